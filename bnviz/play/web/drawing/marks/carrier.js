// What things can lie on (a shape, its floor, a flat map), and lines that lie there.
//
// A carrier is { place(w) -> [x, y] in the picture, room(w) -> above 0 where that is seen, isNear(w): whether it is
// not far outside, outlines: what can be lain on, scale: pixels for one unit of a weight, about, unit: pixels for one
// of the film's, isFlat: whether straight lines stay straight, palette }.

import { partsAboveZero } from "../shape/seen.js";

const PIECE = 15; // of the film's pixels: a piece of a straight line of weights that lies on a bent surface
const MOST_PIECES = 40;
const MOST_OF_LONG = 100; // pieces of a jump that leaves the picture
const FARTHEST_END = 2400; // of the film's pixels: what of such a jump can be seen at all

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
    if (!(length < Infinity)) break; // so far away, the run is at its end
    const isLong = length > MOST_PIECES * PIECE;
    const [from, to] = isLong ? seenShare(carrier, one, other, length) : [0, 1];
    const most = isLong ? MOST_OF_LONG : MOST_PIECES;
    const pieces = carrier.isFlat ? 1 : 1 + Math.floor(Math.min(((to - from) * length) / PIECE, most));
    for (let k = from > 0 ? 0 : 1; k <= pieces; k += 1) {
      const share = from + ((to - from) * k) / pieces;
      way.push([one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])]);
    }
  }
  return way;
}

// From where to where a long jump can be seen, as shares of it: near the end that is seen, if one is.
function seenShare(carrier, one, other, length) {
  const near = Math.min(FARTHEST_END / length, 1);
  if (carrier.room(one) > 0) return [0, near];
  return carrier.room(other) > 0 ? [1 - near, 1] : [0, 1];
}

// What is seen of lines through weights: their stretches in the picture.
export function seenParts(carrier, lines) {
  return lines.flatMap((line) => partsAboveZero(line.map(carrier.place), line.map(carrier.room)));
}
