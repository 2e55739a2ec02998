// The spectrum of a quadratic loss of two weights: what its eigenvalues say about step sizes and momentum.
import { minusPair, numberOf, productPair, unitOf } from "./sums.js";

// Features whose directions differ by less than this share cannot be told apart.
const RANK_TOLERANCE = 1e-14;
// A component of an eigenvector that is no more than rounding.
const NO_COMPONENT = 1e-9;

// Of a symmetric positive semidefinite Hessian [[a, b], [b, c]]. Eigenvalues ascend, eigenvectors[k] belongs to
// the k-th, its first component positive. When the smaller is 0 the formulas keep their limits: the condition
// number is infinite, the best contraction 1.
export function spectrumOf(hessian) {
  const [[a, b], [, c]] = hessian;
  if (!(a >= 0 && c >= 0 && a + c > 0 && a + c < Infinity)) {
    throw new Error("hessian must be finite and positive somewhere: this loss has no curvature");
  }
  const unit = unitOf(Math.max(a, c));
  const across = b / unit;
  const half = (c / unit - a / unit) / 2;
  const root = Math.sqrt(half * half + across * across);
  const largest = ((a / unit + c / unit) / 2 + root) * unit;
  // From the determinant, of which no digit is lost: the difference mean - root has few left in a valley.
  const determinant = numberOf(minusPair(productPair(a / unit, c / unit), productPair(across, across)));
  const isSingular = !(a > 0 && c > 0) || determinant / ((a / unit) * (c / unit)) <= 2 * RANK_TOLERANCE;
  const smallest = isSingular ? 0 : Math.min((determinant / (largest / unit)) * unit, largest);
  const steep = steepDirection(half, root, across);
  return Object.freeze({
    eigenvalues: [smallest, largest],
    eigenvectors: [signed([steep[1], -steep[0]]), signed(steep)],
    conditionNumber: smallest > 0 ? largest / smallest : Infinity,
    bestLearningRate: 2 / (smallest + largest),
    largestStableLearningRate: 2 / largest,
    bestContraction: (largest - smallest) / (largest + smallest),
    heavyBall: bestHeavyBall(smallest, largest),
    nesterov: bestNesterov(smallest, largest),
  });
}

// The unit vector along which [[-half, across], [across, half]] is largest.
function steepDirection(half, root, across) {
  if (root === 0) return [0, 1];
  const [x, y] = half >= 0 ? [across, half + root] : [root - half, across];
  const length = Math.sqrt(x * x + y * y);
  return [x / length, y / length];
}

function signed([x, y]) {
  const first = Math.abs(x) > NO_COMPONENT ? x : y;
  return first < 0 ? [0 - x, 0 - y] : [x, y];
}

// Polyak 1964; Lessard, Recht and Packard 2016 (arXiv 1408.3595), table 1.
function bestHeavyBall(smallest, largest) {
  const sum = Math.sqrt(largest) + Math.sqrt(smallest);
  return { learningRate: 4 / sum ** 2, momentum: ((Math.sqrt(largest) - Math.sqrt(smallest)) / sum) ** 2 };
}

// Lessard, Recht and Packard 2016, table 1, "optimal tuning".
function bestNesterov(smallest, largest) {
  const one = Math.sqrt(3 * largest + smallest);
  const other = 2 * Math.sqrt(smallest);
  return { learningRate: 4 / (3 * largest + smallest), momentum: (one - other) / (one + other) };
}
