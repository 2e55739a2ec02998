// How numbers are shown: as in the film, with its thin spaces and powers of ten.

const THIN = "\u202f"; // narrow, and no line breaks there
const MINUS = "\u2212";
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const [SMALLEST, LARGEST] = [1e-4, 1e6]; // what is smaller or as large is a power of ten
const LARGEST_COUNT = 1e9;
const EXACT_UP_TO = 100; // a condition number; beyond it the second decimal says nothing
let mark = ".";

export function useDecimalMark(given) {
  mark = given;
}

// A whole number: four digits stand together, more are grouped by threes.
export function shownCount(count) {
  return Math.abs(count) >= LARGEST_COUNT ? powerOfTen(count, 2) : inGroups(Math.round(count).toFixed(0));
}

export function shownDecimals(value, decimals) {
  return inGroups(value.toFixed(decimals));
}

// With so many significant digits.
export function shownNumber(value, digits = 3) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (Math.abs(value) < SMALLEST || Math.abs(value) >= LARGEST) return powerOfTen(value, digits - 1);
  const size = Number(value.toExponential(digits - 1).split("e")[1]);
  return inGroups(value.toFixed(Math.max(digits - 1 - size, 0)));
}

// A share in percent, with so many digits as still change.
export function shownPercent(share) {
  return `${share >= 0.1 ? inGroups((100 * share).toFixed(0)) : shownNumber(100 * share, 2)}${THIN}%`;
}

// A share that is a power of ten is written as one, with nothing before it: 10⁻⁶.
export function shownShare(value) {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9 ? `10${raised(Math.round(exponent))}` : shownNumber(value);
}

export function shownCondition(value) {
  if (!Number.isFinite(value)) return "∞";
  return value >= LARGEST ? powerOfTen(value, 2) : inGroups(value.toFixed(value > EXACT_UP_TO ? 1 : 3));
}

// What a person types: either decimal mark, the minus of typesetters, a power of ten. NaN for anything else.
export function typedNumber(text) {
  const plain = text.trim().replace(MINUS, "-").replaceAll(THIN, "").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

// As it can be typed again: no groups, no raised digits.
export function plainNumber(value) {
  const text = Math.abs(value) < SMALLEST && value !== 0 ? value.toExponential() : String(value);
  return text.replace(".", mark);
}

function powerOfTen(value, decimals) {
  const [mantissa, exponent] = Math.abs(value).toExponential(decimals).split("e");
  return `${value < 0 ? MINUS : ""}${mantissa.replace(".", mark)}${THIN}×${THIN}10${raised(Number(exponent))}`;
}

function raised(exponent) {
  return [...String(exponent)].map((digit) => RAISED[digit]).join("");
}

function inGroups(text) {
  const [whole, decimals] = text.replace("-", "").split(".");
  const parts = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  const isNegative = text.startsWith("-") && /[1-9]/.test(text);
  return `${isNegative ? MINUS : ""}${parts}${decimals === undefined ? "" : mark + decimals}`;
}
