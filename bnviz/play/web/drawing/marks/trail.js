// The way that a run has come: real jumps while they can be told apart, then a veil that fades.

import { seenParts, wayThrough, weightsAt } from "./carrier.js";
import { drawDot, strokeCased, trace } from "./lines.js";
import { planOf } from "./trail_plan.js";

const LINE = 5; // width, in the film's pixels
const LAYERS = 8; // how often a veil is laid over its newest part
const [FIRST_LAYER, LATER_LAYER] = [0.2, 0.08]; // how dense they are
const EDGE_OF_VEIL = 0.5; // how dense a line around it is
const VEIL_POINTS = 16; // along a veil
const LONG_JUMP = 30; // the film's pixels: a jump whose ends get a mark
const MARKS_APART = 44; // the film's pixels from one mark to the next

// trail: { points: weights after each step, step: how far the run has come, whole or not; by default to its end, color,
// dash }. Jumps to and fro that lie closer than the eye can tell apart are not drawn one by one, or they would make a
// comb: what they have swept over is a veil, the fainter the longer ago.
export function drawTrail(context, carrier, { points, step = points.length - 1, color, dash = [] }) {
  if (points.length < 2 || step <= 0) return;
  const now = Math.min(step, points.length - 1);
  const { unit, palette } = carrier;
  const paint = color ?? palette.shape_mark;
  const plan = planOf(points, carrier.scale, unit);
  for (const [first, after] of plan.veils) {
    if (now > first) drawVeil(context, carrier, points, plan.swept, first, Math.min(now, after), paint);
  }
  const lines = [];
  const landings = [];
  for (const steps of plan.lines) {
    const done = steps.filter((k) => k <= now);
    if (!done.length) continue;
    const through = done.map((k) => points[k]);
    if (now < steps.at(-1)) through.push(weightsAt(points, now));
    if (through.length > 1) lines.push(through);
    landings.push(...done.filter((k) => isLanding(points, k, carrier)));
  }
  for (const [first, after] of plan.veils) {
    if (!(first < now && now < after + 1)) continue; // the jump under way and the one before it stay visible
    const whole = [Math.floor(now) - 1, Math.floor(now)].filter((k) => k >= first);
    lines.push([...whole.map((k) => points[k]), weightsAt(points, now)]);
  }
  const parts = seenParts(carrier, lines.map((line) => wayThrough(carrier, line)));
  const width = Math.max(LINE * unit, 2);
  strokeCased(context, parts, paint, width, { unit: Math.max(unit, 0.5), palette, dash });
  for (const place of marksApart(landings.map((k) => points[k]), carrier)) {
    drawDot(context, place, 1.35 * width, paint, { palette });
  }
}

// Whether a long jump begins or ends at step k, and no short one.
function isLanding(points, k, { scale, unit }) {
  return [k - 1, k].every((i) => {
    const [one, other] = [points[i], points[i + 1]];
    return !one || !other || Math.hypot(other[0] - one[0], other[1] - one[1]) * scale >= LONG_JUMP * unit;
  });
}

// Places in the picture that are seen and not too near to one before.
function marksApart(ends, carrier) {
  const chosen = [];
  for (const end of ends) {
    if (carrier.room(end) <= 0) continue;
    const [x, y] = carrier.place(end);
    if (chosen.every((other) => Math.hypot(x - other[0], y - other[1]) >= MARKS_APART * carrier.unit)) {
      chosen.push([x, y]);
    }
  }
  return chosen;
}

// What the jumps from `first` to `now` have swept over, laid anew from ever later on. `swept` is how far the ends have
// moved up to each step.
function drawVeil(context, carrier, points, swept, first, now, color) {
  const last = lastNear(carrier, points, first, Math.min(now - 1, swept.length - 1));
  if (last <= first) return;
  const [begin, end] = [sweptAt(swept, first), sweptAt(swept, last)];
  const borders = Array.from({ length: LAYERS }, (_, layer) => {
    const since = Math.max(stepAt(swept, begin + ((end - begin) * layer) / LAYERS), first);
    const [evens, odds] = [0, 1].map((parity) => endsOf(points, parity, since, last));
    return wayThrough(carrier, [evens[0], ...odds, ...evens.reverse()]);
  });
  context.save();
  if (borders[0].some((weights) => carrier.room(weights) < 0)) { // the clip takes longer than the veil
    context.beginPath();
    for (const outline of carrier.outlines) trace(context, outline, true);
    context.clip();
  }
  context.fillStyle = color;
  for (const [layer, border] of borders.entries()) {
    context.globalAlpha = layer ? LATER_LAYER : FIRST_LAYER;
    context.beginPath();
    trace(context, border.map(carrier.place), true);
    context.fill();
    if (layer) continue;
    context.globalAlpha = EDGE_OF_VEIL; // without it a run straight to and fro would leave nothing
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.restore();
}

// The last step until which a run that grows stays near the picture.
function lastNear({ isNear }, points, first, last) {
  const holds = (k) => [k, k + 1].every((step) => !points[step] || isNear(points[step]));
  if (holds(Math.floor(last))) return last;
  let [near, far] = [first, Math.floor(last)];
  while (far - near > 1) {
    const middle = (near + far) >> 1;
    if (holds(middle)) near = middle;
    else far = middle;
  }
  return near;
}

// One end of the jumps at steps from `first` to `last`: those of even number, or of odd.
function endsOf(points, parity, first, last) {
  const latest = points.length - 1 - ((points.length - 1 - parity) % 2);
  return Array.from({ length: VEIL_POINTS }, (_, i) => {
    const step = Math.min(Math.max(first + (i / (VEIL_POINTS - 1)) * (last - first), parity), latest);
    const before = Math.min(step - ((step - parity) % 2), latest);
    const after = Math.min(before + 2, latest);
    const share = (step - before) / 2;
    return [0, 1].map((axis) => points[before][axis] + share * (points[after][axis] - points[before][axis]));
  });
}

function sweptAt(swept, step) {
  const before = Math.min(Math.floor(step), swept.length - 1);
  const after = Math.min(before + 1, swept.length - 1);
  return swept[before] + (step - before) * (swept[after] - swept[before]);
}

// The step, whole or not, at which so much was swept over.
function stepAt(swept, amount) {
  let [low, high] = [0, swept.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (swept[middle] <= amount) low = middle;
    else high = middle;
  }
  const piece = swept[high] - swept[low];
  return low + (piece > 0 ? Math.min((amount - swept[low]) / piece, 1) : 0);
}
