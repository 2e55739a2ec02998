// Four normalizations of one small matrix, which differ only in which values share a mean and a variance.
import { largestOf, momentsOf, sumOf, unitOf } from "./sums.js";

// The spacing of floats at 1, which PyTorch's RMS norm takes where it is given no eps.
const SPACING = 2 ** -52;

// Which group the value in row r and column c belongs to, and how many groups there are; rows are samples, columns
// their features. column: batch norm; row: layer norm; group: group norm, each row in `groups` of neighboring columns;
// row_rms: RMS norm, which subtracts no mean.
const GROUPINGS = Object.freeze({
  column: (rows, columns) => ({ count: columns, groupOf: (r, c) => c }),
  row: (rows) => ({ count: rows, groupOf: (r) => r }),
  group: (rows, columns, groups) => ({
    count: rows * groups,
    groupOf: (r, c) => r * groups + Math.floor((c * groups) / columns),
  }),
  row_rms: (rows) => ({ count: rows, groupOf: (r) => r }),
});

// output: the normalized matrix; means, variances: of each group, biased (of row_rms 0, and the mean squares);
// groupOf(r, c): which group a value belongs to. gamma is 1 and beta 0. Throws where a layer refuses the matrix.
export function normalizeMatrix(rows, { share = "column", groups = 1, eps = epsOf(share) } = {}) {
  const columns = rows[0].length;
  if (!(share in GROUPINGS)) {
    throw new Error(`share must be one of ${Object.keys(GROUPINGS).join(", ")}, but is ${share}`);
  }
  if (share === "group" && !(Number.isInteger(groups) && groups >= 1 && columns % groups === 0)) {
    throw new Error(`groups must divide the number of columns, but ${groups} does not divide ${columns}`);
  }
  const { count, groupOf } = GROUPINGS[share](rows.length, columns, groups);
  const members = Array.from({ length: count }, () => []);
  rows.forEach((row, r) => row.forEach((value, c) => members[groupOf(r, c)].push(value)));
  // As in PyTorch, which looks for more than one value over all samples in a group norm, and over none in the rest.
  if ((share === "column" && rows.length < 2) || (share === "group" && rows.length * columns === groups)) {
    throw new Error("a group needs more than one value to have a variance, but has one");
  }
  const found = members.map((values, group) => normalizedGroup(values, share !== "row_rms", eps, group));
  const taken = new Array(count).fill(0);
  const output = rows.map((row, r) =>
    row.map((value, c) => {
      const group = groupOf(r, c);
      return found[group].values[taken[group]++];
    }),
  );
  return {
    output,
    means: found.map(({ mean }) => mean),
    variances: found.map(({ variance }) => variance),
    groupOf,
  };
}

function epsOf(share) {
  return share === "row_rms" ? SPACING : 1e-5;
}

function normalizedGroup(values, centers, eps, group) {
  const { mean, offsets, variance, unit } = centers ? momentsOf(values, eps) : squaresOf(values, eps);
  const spread = variance + eps / unit / unit;
  if (!(spread > 0)) {
    const what = centers ? "variance" : "mean square";
    throw new Error(`group ${group} has ${what} 0: give the layer eps > 0, such as 1e-5`);
  }
  const factor = 1 / Math.sqrt(spread);
  return { values: offsets.map((value) => value * factor), mean, variance: variance * unit * unit };
}

// As `momentsOf`, of values from which no mean is subtracted.
function squaresOf(values, eps) {
  const unit = unitOf(Math.max(largestOf(values), Math.sqrt(eps)));
  const offsets = values.map((value) => value / unit);
  const variance = sumOf(offsets.map((value) => value * value)) / values.length;
  return { mean: 0, offsets, variance, unit: variance > 0 ? unit : unitOf(Math.sqrt(eps)) };
}
