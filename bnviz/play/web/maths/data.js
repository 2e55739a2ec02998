// Data sets of two features and a target, in columns: their moments, and what the knobs make of them.
import { momentsOf } from "./sums.js";

// Less of a feature than this that is not the other's as well is rounding's.
const LEAST_PART = 1e-7;

// The mean of each feature.
export function meansOf(data) {
  return data.features.map((column) => momentsOf(column).mean);
}

export function targetMeanOf(data) {
  return momentsOf(data.target).mean;
}

// The standard deviation of each feature, dividing by n - ddof.
export function standardDeviations(data, ddof = 0) {
  return data.features.map((column) => deviationOf(momentsOf(column), ddof));
}

// Pearson's r of the features.
export function correlationOf(data) {
  const [one, other] = data.features.map((column) => standardizedColumn(varied(data, column)));
  const mean = one.reduce((sum, value, i) => sum + value * other[i], 0) / one.length;
  return Math.min(Math.max(mean, -1), 1);
}

// The data as the knobs change them, in this order. scales, offsets: each feature times its scale plus its offset;
// correlation: null, or what Pearson's r is to be, between -1 and 1; centering: features and target less that share of
// their means; scaling: features over their standard deviation to that power, both 0 to 1: with 1 and 1 the data are
// standardized. Throws for a constant feature.
export function changed(
  data,
  { scales = [1, 1], offsets = [0, 0], correlation = null, centering = 0, scaling = 0, ddof = 0 } = {},
) {
  const features = data.features.map((column, k) => column.map((value) => value * scales[k] + offsets[k]));
  const scaled = { ...data, features };
  const correlated = correlation === null ? scaled : withCorrelation(scaled, correlation);
  return partlyStandardized(correlated, centering, scaling, ddof);
}

// Rows keep the first feature; the second is mixed from it and from what in it is uncorrelated with the first, so that
// the cloud tilts and means and deviations stay. The target moves along with what least squares with a bias predicts:
// its weights and its residuals stay as they are.
function withCorrelation(data, r) {
  if (!(r > -1 && r < 1)) throw new Error(`correlation must be above -1 and below 1, but is ${r}`);
  const [one, other] = data.features.map((column) => standardizedColumn(varied(data, column)));
  const part = uncorrelatedPart(other, one);
  const length = Math.sqrt(meanProduct(part, part));
  if (!(length > LEAST_PART)) {
    throw new Error(`${data.featureNames.join(" and ")} are perfectly correlated: there is nothing to mix`);
  }
  const own = standardizedColumn(part);
  const moments = momentsOf(data.features[1]);
  const deviation = deviationOf(moments, 0);
  const share = Math.sqrt((1 - r) * (1 + r));
  const mixed = one.map((value, i) => moments.mean + deviation * (r * value + share * own[i]));
  // The second weight is the slope of the target along what is the second feature's own.
  const { offsets, unit } = momentsOf(data.target);
  const weight = (meanProduct(own, offsets) * unit) / length / deviation;
  const target = data.target.map((value, i) => value + weight * (mixed[i] - data.features[1][i]));
  return { ...data, features: [data.features[0], mixed], target };
}

// What of `column` is uncorrelated with `base`; both standardized. Twice, so that rounding leaves nothing of it.
function uncorrelatedPart(column, base) {
  const once = less(column, base, meanProduct(column, base));
  return less(once, base, meanProduct(once, base));
}

function less(column, base, share) {
  return column.map((value, i) => value - share * base[i]);
}

function meanProduct(one, other) {
  return one.reduce((sum, value, i) => sum + value * other[i], 0) / one.length;
}

function partlyStandardized(data, centering, scaling, ddof) {
  for (const [name, share] of Object.entries({ centering, scaling })) {
    if (!(share >= 0 && share <= 1)) throw new Error(`${name} must be from 0 to 1, but is ${share}`);
  }
  const features = data.features.map((column) => {
    const moments = momentsOf(varied(data, column));
    const shift = centering * moments.mean;
    const divisor = deviationOf(moments, ddof) ** scaling;
    return column.map((value) => (value - shift) / divisor);
  });
  const shift = centering * targetMeanOf(data);
  return { ...data, features, target: data.target.map((value) => value - shift) };
}

function standardizedColumn(column) {
  const { offsets, variance } = momentsOf(column);
  const deviation = Math.sqrt(variance);
  return offsets.map((value) => value / deviation);
}

function deviationOf({ offsets, variance, unit }, ddof) {
  return Math.sqrt(variance) * unit * Math.sqrt(offsets.length / (offsets.length - ddof));
}

function varied(data, column) {
  if (!(momentsOf(column).variance > 0)) {
    const name = data.featureNames[data.features.indexOf(column)];
    throw new Error(`feature ${name} is constant (${column[0]}): it has no spread to divide by; drop it`);
  }
  return column;
}
