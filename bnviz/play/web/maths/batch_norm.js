// The batch-normalization layer, as PyTorch has it: a batch's own statistics in training, running ones in use.
import { momentsOf } from "./sums.js";

// A layer over columns, a channel each, a row of them an example. gamma, beta: a number a channel; eps: added to every
// variance; momentum: the weight of the new in running statistics, null for their cumulative average. Nothing is
// kept: running statistics { mean, variance, batches } go in and come out.
export function batchNorm({ gamma, beta, eps = 1e-5, momentum = 0.1 }) {
  function rescaled(standardized) {
    return standardized.map((column, k) => column.map((value) => gamma[k] * value + beta[k]));
  }

  return Object.freeze({
    // By the batch's mean and biased variance. Throws for a batch of one row, which has no spread.
    forwardTraining(columns) {
      const moments = batchMoments(columns, eps);
      const standardized = moments.map(({ offsets, variance, unit }, k) => {
        const spread = variance + eps / unit / unit;
        refuseWithoutSpread(spread, k);
        const factor = 1 / Math.sqrt(spread);
        return offsets.map((value) => value * factor);
      });
      const { mean, variance } = statisticsOf(moments);
      return { output: rescaled(standardized), mean, variance, standardized };
    },

    // By running statistics, whatever the batch.
    forwardInference(columns, running) {
      const standardized = columns.map((column, k) => {
        const spread = running.variance[k] + eps;
        refuseWithoutSpread(spread, k);
        const factor = 1 / Math.sqrt(spread);
        return Float64Array.from(column, (value) => (value - running.mean[k]) * factor);
      });
      return { output: rescaled(standardized), mean: running.mean, variance: running.variance, standardized };
    },

    // The running statistics after one more batch; the variance that goes in is the unbiased one.
    runningAfter(running, columns) {
      const batches = (running.batches ?? 0) + 1;
      const weight = momentum ?? 1 / batches;
      const { mean, variance } = statisticsOf(batchMoments(columns, eps));
      const count = columns[0].length;
      const unbiased = variance.map((value) => value * (count / (count - 1)));
      const moved = (old, fresh) => fresh.map((value, k) => (1 - weight) * old[k] + weight * value);
      return { mean: moved(running.mean, mean), variance: moved(running.variance, unbiased), batches };
    },
  });
}

function batchMoments(columns, eps) {
  if (columns[0].length < 2) {
    throw new Error(
      `batch statistics need more than one value per channel, but the batch has ${columns[0].length}: ` +
        "take a larger batch, or running statistics",
    );
  }
  return columns.map((column) => momentsOf(column, eps));
}

function statisticsOf(moments) {
  return {
    mean: moments.map(({ mean }) => mean),
    variance: moments.map(({ variance, unit }) => variance * unit * unit),
  };
}

function refuseWithoutSpread(spread, channel) {
  if (!(spread > 0)) throw new Error(`channel ${channel} has variance 0: give the layer eps > 0, such as 1e-5`);
}
