// A run's loss after each step, on a logarithmic scale.

import {
  drawAxisNames, drawNumbersBelow, drawPowersBeside, plotIn, powerTicks, roundTicks,
} from "./marks/axes.js";
import { drawDot, strokeLines, within } from "./marks/lines.js";
import { SMALL_SIZE, drawText } from "./marks/text.js";

const POWER_ROOM = 38; // pixels for a power of ten
const LEAST_DECADES = 2; // decades
const ROOM_ABOVE = 0.3; // decades
const MOST_DECADES = 24; // decades below the highest

// losses: the excess over the minimum after each step. upTo: the step that the run has reached, whole or not.
// last: the step at the right edge; by default that of the last loss. range: [lowest, highest] loss that is shown.
// labels: [below, above]. color: of the line. marks: [{ loss, label, color, dash }] for a level, and
// [{ step, label, color }] for a moment. format: writes numbers of steps.
//
// Gives { toStep(x), toPicture(step) }.
export function drawLossCurve(context, scene) {
  const { box, losses, palette, labels = [], color = palette.ball, marks = [], format = null } = scene;
  const upTo = Math.min(scene.upTo ?? losses.length - 1, losses.length - 1);
  const last = Math.max(scene.last ?? losses.length - 1, 1);
  const [low, high] = decadesOf(scene.range ?? rangeOf(losses, marks));
  const plot = plotIn(box, { left: POWER_ROOM, names: labels });
  const across = (step) => plot.x + (plot.width * step) / last;
  const upwards = (power) => plot.y + (plot.height * (high - power)) / (high - low);
  const height = (loss) => {
    if (!(loss > 0)) return upwards(loss === 0 ? low : high); // what is no number is beyond all of them
    return upwards(Math.min(Math.max(Math.log10(loss), low), high));
  };
  within(context, box, () => {
    const exponents = powerTicks(low, high, Math.max(2, Math.floor(plot.height / 34)));
    const rules = exponents.map((exponent) => [[plot.x, upwards(exponent)], [plot.x + plot.width, upwards(exponent)]]);
    strokeLines(context, rules, palette.grid, 1);
    strokeLines(context, [[[plot.x, upwards(low)], [plot.x + plot.width, upwards(low)]]], palette.rule, 1);
    drawPowersBeside(context, plot, exponents, upwards, palette);
    const ticks = roundTicks(0, last, Math.max(2, plot.width / 90), format);
    drawNumbersBelow(context, plot, { ...ticks, values: ticks.values.filter(Number.isInteger) }, across, palette);
    drawAxisNames(context, box, plot, labels, [palette.muted, palette.loss]);
    for (const mark of marks.filter((one) => one.loss > 0)) drawLevel(context, plot, height(mark.loss), mark, palette);
    const line = lineOf(losses, upTo, across, height, plot.width);
    strokeLines(context, [line], color, 2, { isRound: line.length < 500 });
    for (const { step, label, color: own = palette.text } of marks.filter((one) => one.step <= upTo)) {
      drawDot(context, [across(step), height(losses[Math.round(step)])], 4, own, { palette });
      if (label) drawBesideDot(context, plot, across(step), height(losses[Math.round(step)]), label, own, palette);
    }
    if (line.length) drawDot(context, line.at(-1), 4, color, { palette });
  });
  return {
    toStep: (x) => Math.min(Math.max(((x - plot.x) / plot.width) * last, 0), last),
    toPicture: (step) => [across(step), height(losses[Math.min(Math.round(step), losses.length - 1)])],
  };
}

function rangeOf(losses, marks) {
  let [low, high] = [Infinity, 0];
  for (let k = 0; k < losses.length; k += 1) {
    const loss = losses[k];
    if (loss > 0 && loss < low) low = loss;
    if (loss > high && loss < Infinity) high = loss;
  }
  for (const { loss } of marks) if (loss > 0) low = Math.min(low, loss);
  return high > 0 ? [low, high] : [0.1, 1];
}

// The decades that hold a range, from a whole one on, neither too few nor too many.
function decadesOf([least, most]) {
  const high = Math.log10(most) + ROOM_ABOVE;
  const low = Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)));
  return [Math.max(Math.min(low, Math.floor(high - LEAST_DECADES)), Math.floor(high - MOST_DECADES)), high];
}

// The losses as a line with at most four points a pixel: where many steps share one, from the first of them to the last
// by way of the least and the largest.
function lineOf(losses, upTo, across, height, width) {
  const whole = Math.floor(upTo);
  const perPixel = (across(1) - across(0)) * (width > 0 ? 1 : 0);
  const line = [];
  if (perPixel >= 0.5) {
    for (let k = 0; k <= whole; k += 1) line.push([across(k), height(losses[k])]);
  } else {
    const column = Math.max(1, Math.floor(1 / perPixel));
    for (let first = 0; first <= whole; first += column) {
      const after = Math.min(first + column, whole + 1);
      let [low, high] = [first, first];
      for (let k = first + 1; k < after; k += 1) {
        if (losses[k] < losses[low]) low = k;
        if (!(losses[k] <= losses[high])) high = k;
      }
      const steps = [...new Set([first, Math.min(low, high), Math.max(low, high), after - 1])];
      for (const k of steps) line.push([across(k), height(losses[k])]);
    }
  }
  if (upTo > whole && whole + 1 < losses.length) {
    const share = upTo - whole;
    line.push([across(upTo), height(losses[whole]) + share * (height(losses[whole + 1]) - height(losses[whole]))]);
  }
  return line;
}

function drawLevel(context, plot, y, { label, color, dash = [5, 4] }, palette) {
  const own = color ?? palette.muted;
  strokeLines(context, [[[plot.x, y], [plot.x + plot.width, y]]], own, 1.2, { dash });
  if (!label) return;
  const options = { size: SMALL_SIZE, color: own, align: "right", halo: palette.background };
  drawText(context, label, plot.x + plot.width - 4, y - 5, options);
}

function drawBesideDot(context, plot, x, y, label, color, palette) {
  const isLeft = x > plot.x + plot.width / 2;
  const options = { size: SMALL_SIZE, color, align: isLeft ? "right" : "left", halo: palette.background };
  drawText(context, label, x + (isLeft ? -8 : 8), y + 4, options);
}
