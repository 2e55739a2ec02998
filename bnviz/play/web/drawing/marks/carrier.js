// What things can lie on (a shape, its floor, a flat map), and lines that lie there.
//
// A carrier is { place(w) -> [x, y] in the picture, room(w) -> above 0 where that is seen, outlines: what can be lain on,
// scale: pixels for one unit of a weight, about, unit: pixels for one of the film's, palette }.

import { partsAboveZero } from "../shape/seen.js";

const PIECE = 24; // of the film's pixels: a piece of a straight line of weights that lies on a bent surface
const MOST_PIECES = 26;

// Weights at `step` of a run: its own at whole steps, straight between two of them.
export function weightsAt(run, step) {
  const before = Math.min(Math.max(Math.floor(step), 0), run.length - 1);
  const after = Math.min(before + 1, run.length - 1);
  const share = Math.min(Math.max(step - before, 0), 1);
  return [0, 1].map((axis) => run[before][axis] + share * (run[after][axis] - run[before][axis]));
}

// The straight way between weights in pieces short enough to lie on a surface.
export function wayThrough(carrier, points) {
  const way = points.slice(0, 1);
  for (let i = 1; i < points.length; i += 1) {
    const [one, other] = [points[i - 1], points[i]];
    const length = (Math.hypot(other[0] - one[0], other[1] - one[1]) * carrier.scale) / carrier.unit;
    const pieces = carrier.isFlat ? 1 : 1 + Math.floor(Math.min(length / PIECE, MOST_PIECES));
    for (let k = 1; k <= pieces; k += 1) {
      const share = k / pieces;
      way.push([one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])]);
    }
  }
  return way;
}

// What is seen of lines through weights: their stretches in the picture.
export function seenParts(carrier, lines) {
  return lines.flatMap((line) => partsAboveZero(line.map(carrier.place), line.map(carrier.room)));
}
