// A loss as a flat map, seen from straight above: colors, lines of equal loss, axes with numbers, and what lies on it.

import { drawArrow } from "./marks/arrow.js";
import { drawNumbersBelow, drawNumbersBeside, drawAxisNames, plotIn, roomBeside, roundTicks } from "./marks/axes.js";
import { drawBall, drawGhost, drawHome } from "./marks/ball.js";
import { fillShaded } from "./marks/coarse.js";
import { layersOf, recordFor } from "./marks/layers.js";
import { strokeLines, within } from "./marks/lines.js";
import { drawTrail } from "./marks/trail.js";
import { entryAt, rampOf } from "./shape/shading.js";
import { FLATTEST, axesOf, heightOver, windowAround } from "./window.js";

const MAP_DIMMED = 0.88; // of the ramp, whose bright end covers much of a map
const MAP_BALL = 8; // pixels, half its width
const FARTHEST_START = 0.74; // of the way from the middle to the edge
const FAR_AWAY = 4; // of the map's width or height
const NUMBER_EVERY = [72, 44]; // pixels or more, to the right and up
const MAP_STEP = 5; // pixels from one sample of the colors to the next

// box: { x, y, width, height }: nothing outside it is touched.
// around: weights that are to be seen, with the minimizer in the middle; or `center`, weights, and `extent`, how far
// the map reaches from there along the axis with less room, in weights. One unit of either weight is as long.
// window: of windowAround, which says at which loss the colors end; by default that around `around`.
// trail, ball, home, ghost, arrow: as on a surface. labels: names of the two weights. lines: of equal loss, up to where
// the colors end. ticks: whether there are axes with numbers. format: writes them.
//
// Gives { toWeights(x, y), or null outside the map; nearest(x, y), drawn back to its edge; toPicture(w); isSeen(w);
// plot: the map itself in the box }.
//
// Hand in the same loss, window and palette again as long as they are the same: then only what lies on the map is drawn
// anew.
export function drawMap(context, scene) {
  const { box, loss, palette, labels = [], lines = 7, ticks = true, format = null, quality = 1 } = scene;
  const around = scene.around ?? scene.window?.start ?? scene.center;
  const center = scene.center ?? loss.minimizer;
  const { x, y, width, height } = box;
  const { a, d, e, f } = context.getTransform();
  const key = [loss, scene.window, palette, lines, ticks, format, quality, ...labels, x, y, width, height, a, d, e, f];
  const record = recordFor(context, [...key, ...around, ...center, scene.extent]);
  record.map ??= laidOut(context, { ...scene, labels, ticks, format, around, center });
  record.level ??= (scene.window ?? windowAround(loss, around)).level;
  const { map, level } = record;
  const { plot, scale, place } = map;
  const carrier = mapCarrier(plot, place, scale, palette);
  const [drawGround] = layersOf(context, box, record, [
    (pen) => {
      if (ticks) drawAxes(pen, box, map, labels, palette);
      within(pen, plot, () => {
        drawColors(pen, { plot, loss, level, place, scale, palette, step: MAP_STEP / quality });
        const levels = Array.from({ length: lines }, (_, k) => level * ((k + 1) / (lines + 1)) ** 2);
        const sides = levels.flatMap((one) => levelLines(loss, one, carrier));
        strokeLines(pen, sides, palette.iso, 1, { alpha: 0.34, oneByOne: true });
      });
      strokeLines(pen, carrier.outlines, palette.rule, 1, { isClosed: true });
    },
  ]);
  within(context, box, () => {
    drawGround();
    within(context, plot, () => drawMarks(context, carrier, scene));
  });
  return handleOfMap(map, center);
}

// Where a map lies in its box, and the numbers on its axes.
function laidOut(context, scene) {
  const { box, labels, ticks, format, around, center } = scene;
  // The numbers' width depends on what is seen, and that on their width: they are asked for in a plot about as large.
  const guess = ticks ? plotIn(box, { left: 40, names: labels }) : box;
  const [, rough] = rangesOf(guess, center, scaleFor(guess, scene, center, around));
  const beside = roundTicks(...rough, guess.height / NUMBER_EVERY[1], format);
  const left = roomBeside(context, beside.values.map(beside.write));
  const plot = ticks ? plotIn(box, { left, names: labels }) : box;
  const scale = scaleFor(plot, scene, center, around);
  const [horizontal, vertical] = rangesOf(plot, center, scale);
  const middle = [plot.x + plot.width / 2, plot.y + plot.height / 2];
  return {
    plot,
    scale,
    middle,
    place: (w) => [middle[0] + (w[0] - center[0]) * scale, middle[1] - (w[1] - center[1]) * scale],
    below: roundTicks(...horizontal, plot.width / NUMBER_EVERY[0], format),
    beside: roundTicks(...vertical, plot.height / NUMBER_EVERY[1], format),
  };
}

function drawAxes(context, box, { plot, place, below, beside }, labels, palette) {
  drawNumbersBelow(context, plot, below, (value) => place([value, 0])[0], palette);
  drawNumbersBeside(context, plot, beside, (value) => place([0, value])[1], palette);
  drawAxisNames(context, box, plot, labels, [palette.feature_a, palette.feature_b]);
}

function handleOfMap({ plot, scale, middle, place }, center) {
  const { x: left, y: top, width, height } = plot;
  const holds = (x, y) => x >= left && x <= left + width && y >= top && y <= top + height;
  const weights = (x, y) => [center[0] + (x - middle[0]) / scale, center[1] - (y - middle[1]) / scale];
  const clamped = (value, start, size) => Math.min(Math.max(value, start), start + size);
  return {
    toPicture: place,
    toWeights: (x, y) => (holds(x, y) ? weights(x, y) : null),
    nearest: (x, y) => weights(clamped(x, left, width), clamped(y, top, height)),
    isSeen: (w) => holds(...place(w)),
    plot,
  };
}

// Pixels for one unit of a weight.
function scaleFor({ width, height }, { extent }, center, around) {
  if (extent) return Math.min(width, height) / 2 / extent;
  const [dx, dy] = [0, 1].map((axis) => Math.abs(around[axis] - center[axis]));
  const scale = Math.min((FARTHEST_START * width) / 2 / dx, (FARTHEST_START * height) / 2 / dy);
  return Number.isFinite(scale) && scale > 0 ? scale : Math.min(width, height) / 4;
}

function rangesOf({ width, height }, center, scale) {
  return [width, height].map((size, axis) => [center[axis] - size / 2 / scale, center[axis] + size / 2 / scale]);
}

function mapCarrier({ x, y, width, height }, place, scale, palette) {
  return {
    place,
    room: (w) => {
      const [px, py] = place(w);
      return Math.min(px - x, x + width - px, py - y, y + height - py);
    },
    isNear: (w) => {
      const [px, py] = place(w);
      return Math.abs(px - x) < FAR_AWAY * width && Math.abs(py - y) < FAR_AWAY * height;
    },
    outlines: [[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]],
    scale,
    isFlat: true,
    unit: Math.min(Math.max(width / 800, 0.5), 0.8),
    palette,
  };
}

function drawColors(context, { plot, loss, level, place, scale, palette, step }) {
  const [[a, b], [, c]] = loss.hessian;
  const ramp = rampOf(palette);
  const [x0, y0] = place(loss.minimizer);
  const form = [a, b, c].map((entry) => (0.5 * entry) / (level * scale * scale));
  const { x, y, width, height } = plot;
  const corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
  fillShaded(context, [corners], (px, py, out) => {
    const entry = entryAt(Math.sqrt(Math.max(heightOver(form, px - x0, y0 - py), 0)));
    for (let j = 0; j < 3; j += 1) out[j] = MAP_DIMMED * ramp[entry + j];
  }, step);
}

// The two sides of the ellipse on which the loss is `level` above its minimum, as far as a map can show them.
function levelLines({ hessian: [[a, b], [, c]], minimizer }, level, { place, scale, outlines: [[low, , high]] }) {
  const { values: [flat, steep], directions: [[ax, ay], [bx, by]] } = axesOf(a, b, c);
  const reach = (bent) => scale * Math.sqrt((2 * level) / bent);
  const [along, across] = [reach(Math.max(flat, FLATTEST * steep)), reach(steep)];
  const [x0, y0] = place(minimizer);
  const far = Math.hypot(...[0, 1].map((axis) => high[axis] - low[axis])) + Math.hypot(x0 - low[0], y0 - low[1]);
  const end = Math.asin(Math.min(1, far / along));
  const count = Math.max(24, Math.ceil(2 * end * Math.sqrt(Math.min(along, far)) * 1.2));
  return [1, -1].map((side) =>
    Array.from({ length: count + 1 }, (_, i) => {
      const turn = end * ((2 * i) / count - 1);
      const [u, v] = [along * Math.sin(turn), side * across * Math.cos(turn)];
      return [x0 + u * ax + v * bx, y0 - u * ay - v * by];
    }),
  );
}

function drawMarks(context, carrier, { trail, ball, home, ghost, arrow }) {
  const { palette, unit, place } = carrier;
  if (trail) drawTrail(context, carrier, trail);
  if (home) drawHome(context, place(home), { palette, unit });
  if (ghost) drawGhost(context, place(ghost), { radius: MAP_BALL - 1, palette });
  if (arrow) drawArrow(context, carrier, arrow);
  if (ball && ball.every(Number.isFinite)) {
    drawBall(context, { middle: place(ball), touching: null, radius: MAP_BALL, palette, unit });
  }
}
