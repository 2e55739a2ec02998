// What of a run can be told apart as jumps at one size, and what only makes a veil: worked out once a run and size.

import { stretchesOf } from "../shape/seen.js";

const TOLD_APART = 7; // the film's pixels from a jump's line to the end of the next, which goes back
const SHORT = 3; // the film's pixels: points of a smooth path that are nearer than this are left out
const FEWEST_JUMPS = 6; // that make a veil
const SIZES = 12; // sizes that differ by less than one part in so many share a plan
const MOST_STEPS = 900; // that are drawn one by one: the newest
const GONE = 20000; // of the film's pixels: a run that has gone so far is not followed any more
const CELL = 3; // the film's pixels: jumps between the same two squares of this size are drawn once

const plans = new WeakMap();

// The plan of a run: { lines: steps to draw straight through, veils: [first, after] jumps, swept: how far the ends have
// moved up to each step, in weights }.
export function planOf(points, scale, unit) {
  const pixels = scale / unit;
  const key = `${points.length} ${Math.round(SIZES * Math.log(pixels))}`;
  let known = plans.get(points);
  if (!known || known.key !== key) {
    known = { key, ...planFor(points, pixels) };
    plans.set(points, known);
  }
  return known;
}

function planFor(points, pixels) {
  const count = stepsInReach(points, pixels);
  const swept = new Float64Array(Math.max(count, 1));
  const blurred = new Uint8Array(count);
  for (let k = 0; k + 2 <= count; k += 1) {
    const [one, two, three] = [points[k], points[k + 1], points[k + 2]];
    const [x, y] = [(two[0] - one[0]) * pixels, (two[1] - one[1]) * pixels];
    const [nextX, nextY] = [(three[0] - two[0]) * pixels, (three[1] - two[1]) * pixels];
    const [shiftX, shiftY] = [x + nextX, y + nextY];
    const [length, next] = [Math.hypot(x, y), Math.hypot(nextX, nextY)];
    const back = x * nextX + y * nextY < -0.5 * length * next;
    const near = Math.abs(x * shiftY - y * shiftX) < TOLD_APART * length; // of the jump's own line, however far along
    blurred[k] = back && near ? 1 : 0;
    swept[k + 1] = swept[k] + Math.hypot(shiftX, shiftY) / pixels;
  }
  if (count > 1) blurred[count - 1] = blurred[count - 2];
  const veils = count > FEWEST_JUMPS
    ? stretchesOf(count, (k) => blurred[k]).filter(([first, after]) => after - first >= FEWEST_JUMPS)
    : [];
  const inVeil = new Uint8Array(count);
  for (const [first, after] of veils) inVeil.fill(1, first, after);
  const stretches = stretchesOf(count, (k) => !inVeil[k]);
  const lines = stretches.flatMap(([first, after]) => onceEach(points, thinned(points, first, after, pixels), pixels));
  return { lines: newestSteps(lines), veils, swept };
}

// The steps until a run has gone so far that nothing of it is seen any more.
function stepsInReach(points, pixels) {
  const [x, y] = points[0];
  const gone = points.findIndex((point) => !(Math.hypot(point[0] - x, point[1] - y) * pixels < GONE));
  return gone < 0 ? points.length - 1 : Math.max(gone, 1);
}

// The steps from `first` to `after` that a line goes through, at least SHORT apart.
function thinned(points, first, after, pixels) {
  const chosen = [first];
  for (let k = first + 1; k < after; k += 1) {
    const last = points[chosen.at(-1)];
    if (Math.hypot(points[k][0] - last[0], points[k][1] - last[1]) * pixels >= SHORT) chosen.push(k);
  }
  return [...chosen, after];
}

// The same in pieces, without jumps that lie on one that was drawn before: a run that goes round and round.
function onceEach(points, steps, pixels) {
  if (steps.length < MOST_STEPS / 4) return [steps];
  const seen = new Set();
  const cell = (k) => points[k].map((weight) => Math.round((weight * pixels) / CELL));
  const pieces = [[steps[0]]];
  for (let i = 1; i < steps.length; i += 1) {
    const jump = [cell(steps[i - 1]), cell(steps[i])].join();
    if (seen.has(jump)) pieces.push([steps[i]]);
    else pieces.at(-1).push(steps[i]);
    seen.add(jump);
  }
  return pieces.filter((piece) => piece.length > 1);
}

function newestSteps(lines) {
  let left = MOST_STEPS;
  const kept = [];
  for (const steps of [...lines].reverse()) {
    if (left <= 1) break;
    kept.unshift(steps.slice(-left));
    left -= steps.length;
  }
  return kept;
}
