// Sums and products to twice the digits of a float, and the units in which nothing overflows.

// A float times this is split into two halves whose products are exact (Dekker 1971).
const SPLITTER = 134217729;

// A pair { high, low } stands for the exact sum of the two, low being what rounding cut off high.
function pairOf(high, low) {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

// What rounding cut off the product of a and b.
function productError(a, b, product) {
  const wideA = SPLITTER * a;
  const wideB = SPLITTER * b;
  const highA = wideA - (wideA - a);
  const highB = wideB - (wideB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

// The sum of the products of two columns, as if each operation had twice the digits
// (Ogita, Rump and Oishi 2005, algorithm Dot2).
export function dotPair(one, other) {
  let sum = 0;
  let rest = 0;
  for (let i = 0; i < one.length; i++) {
    const product = one[i] * other[i];
    const next = sum + product;
    const taken = next - sum;
    rest += sum - (next - taken) + (product - taken) + productError(one[i], other[i], product);
    sum = next;
  }
  return pairOf(sum, rest);
}

export function productPair(a, b) {
  const product = a * b;
  return { high: product, low: productError(a, b, product) };
}

export function timesPair(one, other) {
  const product = one.high * other.high;
  const error = productError(one.high, other.high, product);
  return pairOf(product, error + (one.high * other.low + one.low * other.high));
}

export function minusPair(one, other) {
  const sum = one.high - other.high;
  const taken = sum - one.high;
  const error = one.high - (sum - taken) - (other.high + taken);
  return pairOf(sum, error + (one.low - other.low));
}

// Times a power of two, which rounds nothing.
export function scaledPair(pair, power) {
  return { high: pair.high * power, low: pair.low * power };
}

export function numberOf(pair) {
  return pair.high + pair.low;
}

// The sum of a column, exact but for its last digit (Neumaier 1974).
export function sumOf(column) {
  let sum = 0;
  let rest = 0;
  for (let i = 0; i < column.length; i++) {
    const next = sum + column[i];
    rest += Math.abs(sum) >= Math.abs(column[i]) ? sum - next + column[i] : column[i] - next + sum;
    sum = next;
  }
  return sum + rest;
}

export function largestOf(column) {
  let largest = 0;
  for (let i = 0; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]));
  return largest;
}

// A power of two about as large as `size`: to divide by it rounds nothing.
export function unitOf(size) {
  return size > 0 ? 2 ** Math.min(Math.max(Math.ceil(Math.log2(size)), -1000), 1000) : 1;
}

// Mean, offsets from it and biased variance of a column, offsets in units of `unit` and the variance of its
// square, in which neither overflows nor vanishes; `eps` has room in the unit, too. The mean is computed
// twice, the second time from the offsets, so that those of a constant are exactly 0.
export function momentsOf(column, eps = 0) {
  const count = column.length;
  const unit = unitOf(Math.max(largestOf(column), Math.sqrt(eps)));
  const offsets = Float64Array.from(column, (value) => value / unit);
  const mean = sumOf(offsets) / count;
  for (let i = 0; i < count; i++) offsets[i] -= mean;
  const slip = sumOf(offsets) / count;
  const squares = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    offsets[i] -= slip;
    squares[i] = offsets[i] * offsets[i];
  }
  const variance = sumOf(squares) / count;
  // A constant has no size of its own: then it is eps alone that must not vanish.
  return { mean: (mean + slip) * unit, offsets, variance, unit: variance > 0 ? unit : unitOf(Math.sqrt(eps)) };
}
