// Runs cases through the page's own mathematics, for the tests: what a case asks in, plain values out.
"use strict";

const { maths } = window.bnviz;

function dataOf({ features, target, ...names }) {
  return { features: features.map((column) => Float64Array.from(column)), target: Float64Array.from(target), ...names };
}

// What a function gives, or the sentence with which it refuses.
function tried(compute) {
  try {
    return compute();
  } catch (error) {
    return { refused: error.message };
  }
}

const RUNNERS = {
  losses({ data, points }) {
    const columns = dataOf(data);
    const loss = maths.leastSquares(columns);
    return {
      ...loss,
      values: points.map(loss.value),
      excesses: points.map(loss.excess),
      gradients: points.map(loss.gradient),
      distances: points.map(loss.distance),
      means: maths.meansOf(columns),
      deviations: maths.standardDeviations(columns, 1),
      correlation: maths.correlationOf(columns),
    };
  },

  changes: ({ data, knobs }) => maths.changed(dataOf(data), knobs),

  descents({ data, start, optimizer, settings, tolerance, limit, steps, rates }) {
    const loss = maths.leastSquares(dataOf(data));
    const rule = maths.OPTIMIZERS[optimizer].make(settings);
    return {
      stepsTo: maths.stepsTo(loss, start, rule, tolerance, limit),
      settled: maths.settle(loss, start, rule, tolerance, Math.min(limit, 5000), 200),
      counted: maths.countOf(loss, start, rule, { tolerance, limit }),
      quick: maths.quickCount(loss, start, rule, { tolerance, limit }),
      against: maths.stepsAgainst(loss, start, rates, tolerance),
      run: maths.descend(loss, start, rule, steps),
    };
  },

  layers({ batches, ...settings }) {
    const layer = maths.batchNorm(settings);
    const [last, ...before] = batches;
    let running = { mean: last.map(() => 0), variance: last.map(() => 1) };
    for (const batch of before) running = layer.runningAfter(running, batch);
    return { training: layer.forwardTraining(last), running, inference: layer.forwardInference(last, running) };
  },

  norms: ({ rows, ...settings }) => maths.normalizeMatrix(rows, settings),

  shuffles({ seed, count, draws }) {
    const random = maths.randomFrom(seed);
    const drawn = Array.from({ length: draws }, random);
    return { drawn, order: maths.shuffled(count, random), again: maths.shuffled(count, maths.randomFrom(seed)) };
  },

  // One step from a point, twice, by `update`, which is to change nothing that it is given.
  updates({ data, start, optimizer, settings }) {
    const loss = maths.leastSquares(dataOf(data));
    const rule = maths.OPTIMIZERS[optimizer].make(settings);
    const state = rule.init(start);
    const [point, after] = rule.update(loss.gradient, start, state);
    const [last] = rule.update(loss.gradient, point, after);
    const [again] = rule.update(loss.gradient, start, state);
    return { points: [start, point, last], again, run: maths.descend(loss, start, rule, 2).points };
  },

  bests({ data }) {
    const { spectrum } = maths.leastSquares(dataOf(data));
    return Object.values(maths.OPTIMIZERS).map(({ name, hasMomentum, isLinear, decays, best }) => {
      const { learningRate, momentum } = best ? best(spectrum) : { learningRate: null, momentum: null };
      return { name, hasMomentum, isLinear, decays, learningRate, momentum };
    });
  },

  tables: ({ text, source }) => maths.readTable(text, source),
};

// JSON has no words for these.
function plain(name, value) {
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

window.run = (kind, cases) => JSON.stringify(cases.map((item) => tried(() => RUNNERS[kind](item))), plain);
