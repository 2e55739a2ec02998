// Axes with round numbers on them: how far apart, where, and how they are drawn.

import { strokeLines } from "./lines.js";
import { writtenShort } from "./numbers.js";
import { SMALL_SIZE, TEXT_SIZE, drawPower, drawText, widthOf } from "./text.js";

const TICK = 5; // pixels
const BETWEEN_NUMBERS = 14; // pixels at least
const LINE_HEIGHT = 18; // pixels

// Round values between two, about `count` of them: { values, write }, which writes one with as many digits as it needs.
export function roundTicks(low, high, count, format = null) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return { values: [], write: String };
  const rough = span / Math.max(count, 1);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const spacing = decade * ([1, 2, 5].find((factor) => factor * decade >= rough * 0.999) ?? 10);
  const values = [];
  for (let k = Math.ceil(low / spacing - 1e-9); k * spacing <= high + 1e-9 * span; k += 1) values.push(k * spacing);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const digits = Math.max(1, Math.ceil(Math.log10(largest / spacing)) + 1);
  return { values, write: format ?? ((value) => writtenShort(Math.abs(value) < spacing / 2 ? 0 : value, digits)) };
}

// The powers of ten from 10^low to 10^high, at most `count` of them, evenly apart.
export function powerTicks(low, high, count) {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const apart = Math.max(1, Math.ceil((last - first + 1) / Math.max(count, 1)));
  const exponents = [];
  for (let k = Math.ceil(first / apart) * apart; k <= last; k += apart) exponents.push(k);
  return exponents;
}

// The part of a box that is left for the picture itself: `left` pixels of numbers beside it, names above and below.
export function plotIn({ x, y, width, height }, { left, names = [] }) {
  const above = names[1] ? LINE_HEIGHT + 8 : 9;
  const below = LINE_HEIGHT + TICK + (names[0] ? LINE_HEIGHT : 2);
  const [across, up] = [width - left - 8, height - above - below];
  return { x: x + left, y: y + above, width: Math.max(across, 1), height: Math.max(up, 1) };
}

// Numbers below a plot, those that would touch one before left out. `at` says where a value is.
export function drawNumbersBelow(context, plot, { values, write }, at, palette) {
  const base = plot.y + plot.height;
  const marks = values.filter((value) => at(value) >= plot.x - 0.5 && at(value) <= plot.x + plot.width + 0.5);
  strokeLines(context, marks.map((value) => [[at(value), base], [at(value), base + TICK]]), palette.rule, 1);
  let free = -Infinity;
  for (const value of marks) {
    const half = widthOf(context, write(value), { size: SMALL_SIZE }) / 2;
    const x = Math.min(at(value), plot.x + plot.width + 8 - half);
    if (x - half < free) continue;
    drawText(context, write(value), x, base + TICK + 12, { size: SMALL_SIZE, color: palette.muted, align: "center" });
    free = x + half + BETWEEN_NUMBERS;
  }
}

export function drawNumbersBeside(context, plot, { values, write }, at, palette) {
  const marks = values.filter((value) => at(value) >= plot.y - 0.5 && at(value) <= plot.y + plot.height + 0.5);
  strokeLines(context, marks.map((value) => [[plot.x - TICK, at(value)], [plot.x, at(value)]]), palette.rule, 1);
  for (const value of marks) {
    const options = { size: SMALL_SIZE, color: palette.muted, align: "right" };
    drawText(context, write(value), plot.x - TICK - 3, at(value) + 4.2, options);
  }
}

export function drawPowersBeside(context, plot, exponents, at, palette) {
  for (const exponent of exponents) {
    drawPower(context, exponent, plot.x - TICK, at(exponent) + 4.2, { color: palette.muted });
  }
}

// The name of what runs to the right, below on the right; the name of what runs up, above on the left.
export function drawAxisNames(context, box, plot, [below, above], [colorBelow, colorAbove]) {
  const base = plot.y + plot.height + TICK + LINE_HEIGHT;
  const options = { size: TEXT_SIZE };
  if (below) {
    drawText(context, below, plot.x + plot.width, base + 11, { ...options, color: colorBelow, align: "right" });
  }
  if (above) drawText(context, above, box.x + 2, plot.y - 9, { ...options, color: colorAbove });
}

// The room that numbers beside a plot take.
export function roomBeside(context, texts) {
  return Math.max(...texts.map((text) => widthOf(context, text, { size: SMALL_SIZE })), 14) + TICK + 5;
}
