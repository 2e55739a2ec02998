// Numbers as they are writtenShort in a picture.

const THIN_SPACE = "\u2009";
const RAISED = "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"; // minus, then 0 to 9

// A number with so many digits after the first, without zeros at the end; thousands stand apart, minus is a minus.
export function writtenShort(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : value < 0 ? "\u2212\u221e" : "";
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -4 || size > 8) return powered(value, digits);
  const places = Math.min(Math.max(digits - 1 - size, 0), 12);
  const text = Math.abs(value).toFixed(places);
  const [whole, rest = ""] = text.split(".");
  const kept = rest.replace(/0+$/, "");
  return (value < 0 ? "\u2212" : "") + grouped(whole) + (kept ? `.${kept}` : "");
}

// From five digits on: four can be read at once.
function grouped(digits) {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

function powered(value, digits) {
  const [mantissa, exponent] = value.toExponential(Math.max(digits - 1, 0)).split("e");
  const raised = [...String(Number(exponent))].map((sign) => RAISED["-0123456789".indexOf(sign)]);
  const kept = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${kept.replace("-", "\u2212")}${THIN_SPACE}\u00b7${THIN_SPACE}10${raised.join("")}`;
}
