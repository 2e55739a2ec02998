// The mean squared error of a linear neuron with two weights: J(w) = mean((Xw - y)^2), a valley or a bowl.
import { dotPair, minusPair, numberOf, scaledPair, timesPair, unitOf } from "./sums.js";
import { spectrumOf } from "./spectrum.js";

// Everything known of the loss. hessian: (2/n) X'X, the same everywhere; minimizer, minimum: where J is least,
// and how little that is; spectrum: the Hessian's; value, excess (above the minimum), gradient and distance (to
// the nearest minimizer) are functions of the weights [w0, w1]; slopeInto(w, slope) writes the gradient into
// `slope` and makes nothing new. The sums have twice the digits of a float, so the minimizer is right to the
// last digits however narrow the valley.
export function leastSquares(data) {
  const sums = sumsOf(data);
  const { hessian, count, units } = sums;
  const spectrum = spectrumOf(hessian);
  const isSingular = spectrum.eigenvalues[0] === 0;
  const steep = spectrum.eigenvectors[1];
  const minimizer = isSingular ? nearestMinimizer(sums, spectrum) : onlyMinimizer(sums);
  const residuals = residualsOf(data, minimizer);
  const minimum = residuals.reduce((sum, residual) => sum + residual * residual, 0) / count;
  const left = leftAtMinimizer(data, residuals, isSingular ? steep : null);
  const root = rootOf(sums);
  const [[a, b], [, c]] = hessian;
  const [m0, m1] = minimizer;

  function slopeInto(w, slope) {
    const x = w[0] - m0;
    const y = w[1] - m1;
    slope[0] = x * a + y * b + left[0];
    slope[1] = x * b + y * c + left[1];
  }

  // A sum of squares, which rounding cannot make negative: exact however near the minimizer.
  function excess(w) {
    const x = (w[0] - m0) / units[0];
    const y = (w[1] - m1) / units[1];
    return (root[0] * x + root[1] * y) ** 2 + (root[2] * y) ** 2;
  }

  return Object.freeze({
    hessian,
    minimizer,
    minimum,
    spectrum,
    excess,
    slopeInto,
    value: (w) => minimum + excess(w),
    gradient(w) {
      const slope = [0, 0];
      slopeInto(w, slope);
      return slope;
    },
    distance(w) {
      const x = w[0] - m0;
      const y = w[1] - m1;
      // To the line of minimizers, where they are many.
      if (isSingular) return Math.abs(steep[0] * x + steep[1] * y);
      const length = Math.sqrt(x * x + y * y);
      return length < Infinity ? length : Math.hypot(x, y);
    },
  });
}

// The products of the columns, summed to twice a float's digits, features and target in units of powers of two.
function sumsOf({ features, target }) {
  const [one, other] = features;
  const count = target.length;
  const raw = [dotPair(one, one), dotPair(one, other), dotPair(other, other)];
  const units = [raw[0], raw[2]].map((square) => 1 / unitOf(Math.sqrt(numberOf(square))));
  const products = [dotPair(one, target), dotPair(other, target)];
  const [aa, ab, bb] = raw.map((square) => (2 / count) * numberOf(square));
  return {
    count,
    units,
    hessian: [
      [aa, ab],
      [ab, bb],
    ],
    squares: [
      scaledPair(scaledPair(raw[0], units[0]), units[0]),
      scaledPair(scaledPair(raw[1], units[0]), units[1]),
      scaledPair(scaledPair(raw[2], units[1]), units[1]),
    ],
    products: products.map((product, k) => scaledPair(product, units[k])),
  };
}

function onlyMinimizer({ squares: [aa, ab, bb], products: [ay, by], units }) {
  const determinant = numberOf(minusPair(timesPair(aa, bb), timesPair(ab, ab)));
  const one = numberOf(minusPair(timesPair(bb, ay), timesPair(ab, by)));
  const other = numberOf(minusPair(timesPair(aa, by), timesPair(ab, ay)));
  return [(one / determinant) * units[0], (other / determinant) * units[1]];
}

// Of a line of minimizers the one nearest to 0: along the only direction in which J is curved.
function nearestMinimizer({ products, units, count }, { eigenvalues, eigenvectors }) {
  const steep = eigenvectors[1];
  const [ay, by] = products.map((product, k) => ((2 / count) * numberOf(product)) / units[k]);
  const along = (steep[0] * ay + steep[1] * by) / eigenvalues[1];
  return [steep[0] * along, steep[1] * along];
}

function residualsOf({ features: [one, other], target }, [w0, w1]) {
  return target.map((value, i) => one[i] * w0 + other[i] * w1 - value);
}

// The gradient that rounding leaves at the minimizer. It is kept: a gradient from the rows is never exactly 0,
// and an optimizer that divides by its own gradients would stand still there for ever.
function leftAtMinimizer({ features }, residuals, steep) {
  const scale = 2 / residuals.length;
  const [x, y] = features.map((column) => scale * column.reduce((sum, value, i) => sum + value * residuals[i], 0));
  if (!steep) return [x, y];
  const along = steep[0] * x + steep[1] * y;
  return [steep[0] * along, steep[1] * along];
}

// R = [[r0, r1], [0, r2]] with R'R = X'X / n in the columns' units, which makes J - minimum a sum of squares.
function rootOf({ squares: [aa, ab, bb], count }) {
  const one = numberOf(aa);
  const other = numberOf(bb);
  if (!one) return [0, 0, Math.sqrt(other / count)];
  const determinant = Math.max(numberOf(minusPair(timesPair(aa, bb), timesPair(ab, ab))), 0);
  const along = Math.sqrt(one / count);
  return [along, numberOf(ab) / count / along, Math.sqrt(determinant / one / count)];
}
