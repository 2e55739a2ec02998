// How many steps a run takes at every learning rate, and the rate beyond which it never arrives.

import { drawAxisNames, drawPowersBeside, plotIn, powerTicks } from "./marks/axes.js";
import { drawBall } from "./marks/ball.js";
import { drawDot, fillArea, strokeLines, within } from "./marks/lines.js";
import { SMALL_SIZE, drawPower, drawText, widthOf } from "./marks/text.js";

const COUNT_ROOM = 34; // pixels for a power of ten
const HATCH_APART = 9; // pixels
const LABEL_DOWN = 44; // pixels from the top, where the ball lies of a rate that never arrives
const ABOVE_MOST = 0.25; // decades
const CLIFF_BALL = 7.5; // pixels, half its width

// rates: learning rates, rising, evenly apart in their logarithm. steps: at each; Infinity where it never arrives.
// current: { rate, steps } of the ball. best: { rate, steps } that is marked. limit: the rate of the cliff, 2 / L.
// labels: { below, above, limit, best }, the last two beside what they name.
//
// Gives { toRate(x), toPicture(rate, steps) }.
export function drawCliff(context, { box, rates, steps, current, best, limit, palette, labels = {} }) {
  const names = [labels.below, labels.above];
  const plot = plotIn(box, { left: COUNT_ROOM, names });
  const [first, last] = [Math.log10(rates[0]), Math.log10(rates[rates.length - 1])];
  const counts = steps.filter((count) => count > 0 && count < Infinity);
  const high = Math.log10(Math.max(...counts, 10)) + ABOVE_MOST;
  const low = Math.min(Math.floor(Math.log10(Math.min(...counts, 10))), Math.floor(high - 1));
  const across = (rate) => plot.x + (plot.width * (Math.log10(rate) - first)) / (last - first);
  const upwards = (power) => plot.y + (plot.height * (high - power)) / (high - low);
  const height = (count) => {
    const power = Math.log10(Math.max(count, 1));
    return count < Infinity ? upwards(Math.min(Math.max(power, low), high)) : plot.y;
  };
  const place = (rate, count) => [across(rate), height(count)];
  const wall = Math.min(Math.max(across(limit), plot.x), plot.x + plot.width);
  within(context, box, () => {
    const powers = powerTicks(low, high, Math.max(2, Math.floor(plot.height / 30)));
    const rules = powers.map((power) => [[plot.x, upwards(power)], [plot.x + plot.width, upwards(power)]]);
    strokeLines(context, rules, palette.grid, 1);
    strokeLines(context, [[[plot.x, upwards(low)], [plot.x + plot.width, upwards(low)]]], palette.rule, 1);
    drawPowersBeside(context, plot, powers, upwards, palette);
    drawRatesBelow(context, plot, powerTicks(first, last, Math.max(2, plot.width / 56)), across, palette);
    drawAxisNames(context, box, plot, names, [palette.muted, palette.ball]);
    if (limit <= rates.at(-1)) drawBeyond(context, plot, wall, labels.limit, palette);
    const line = [];
    for (let k = 0; k < rates.length; k += 1) {
      if (steps[k] < Infinity && rates[k] < limit) line.push(place(rates[k], steps[k]));
    }
    if (line.length && wall > line.at(-1)[0] && wall < plot.x + plot.width) line.push([wall, plot.y]); // without end
    strokeLines(context, [line], palette.text, 2);
    if (best) drawBest(context, plot, wall, place(best.rate, best.steps), labels.best, palette);
    if (current) {
      const [x, y] = place(current.rate, current.steps);
      const middle = [Math.min(Math.max(x, plot.x), plot.x + plot.width), Math.max(y, plot.y + CLIFF_BALL)];
      drawBall(context, { middle, touching: null, radius: CLIFF_BALL, palette, unit: 0.6 });
      if (!(current.steps < Infinity)) drawCross(context, middle, palette);
    }
  });
  return {
    toPicture: place,
    toRate: (x) => 10 ** (first + (last - first) * Math.min(Math.max((x - plot.x) / plot.width, 0), 1)),
  };
}

// The wall and what lies beyond it: hatched, so that it is told without color, too.
function drawBeyond(context, plot, wall, label, palette) {
  const [right, top, bottom] = [plot.x + plot.width, plot.y, plot.y + plot.height];
  const area = { x: wall, y: top, width: right - wall, height: bottom - top };
  if (area.width > 0) {
    within(context, area, () => {
      fillArea(context, [[[wall, top], [right, top], [right, bottom], [wall, bottom]]], palette.alarm, { alpha: 0.12 });
      const hatches = [];
      for (let x = wall - area.height; x < right; x += HATCH_APART) hatches.push([[x, bottom], [x + area.height, top]]);
      strokeLines(context, hatches, palette.alarm, 1.2, { alpha: 0.45 });
    });
  }
  strokeLines(context, [[[wall, top], [wall, bottom]]], palette.alarm, 3);
  if (!label) return;
  const options = { size: SMALL_SIZE, weight: 700, color: palette.alarm, halo: palette.background };
  const width = widthOf(context, label, options);
  const fits = right - wall > width + 12;
  drawText(context, label, fits ? wall + 7 : wall - 7, top + LABEL_DOWN, { ...options, align: fits ? "left" : "right" });
}

function drawBest(context, plot, wall, [x, y], label, palette) {
  strokeLines(context, [[[x, y], [x, plot.y + plot.height]]], palette.muted, 1, { dash: [3, 3] });
  drawDot(context, [x, y], 4, palette.text, { palette });
  if (!label) return;
  const options = { size: SMALL_SIZE, color: palette.text, align: "right", halo: palette.background };
  drawText(context, label, Math.min(x, wall) - 9, y + 14, options);
}

function drawCross(context, [x, y], palette) {
  const arm = 4;
  const lines = [[[x - arm, y - arm], [x + arm, y + arm]], [[x - arm, y + arm], [x + arm, y - arm]]];
  strokeLines(context, lines, palette.outline, 2.2);
}

function drawRatesBelow(context, plot, exponents, across, palette) {
  const base = plot.y + plot.height;
  strokeLines(context, exponents.map((k) => [[across(10 ** k), base], [across(10 ** k), base + 5]]), palette.rule, 1);
  for (const exponent of exponents) {
    const x = Math.min(across(10 ** exponent) + 13, plot.x + plot.width + 8);
    drawPower(context, exponent, x, base + 18, { color: palette.muted });
  }
}
