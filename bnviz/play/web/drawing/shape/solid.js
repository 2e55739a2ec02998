// The shape as a solid: an inner and an outer paraboloid, and which places on the ground each covers.
// All in the plane of the ground and in units of space; how it is seen is sight.js's.

import { FLATTEST, heightOver } from "../window.js";

const FEWEST_PIECES = 8; // of one side of a level line
const CUT_POINTS = 33; // along one straight cut
const FLAT_ENOUGH = 0.0012; // units of space by which a line may be off: a seventh of a pixel at the usual size
const OVERLAP = 0.2; // of the wall's thickness
export const WALL = 0.066; // thickness of the wall, in units of space

// z = the form - drop up to `top`, between cuts at `length` from the middle.
function paraboloid(form, drop, top, length, directions, [flat, steep]) {
  const halfAxes = [Math.max(flat, FLATTEST * steep), steep].map((bent) => Math.sqrt((top + drop) / bent));
  const isClosed = halfAxes[0] <= length;
  const [[ax, ay], [bx, by]] = directions;
  const place = (along, across) => [along * ax + across * bx, along * ay + across * by];

  // The two sides of the line at which the way to the rim is `share`. Each runs from the one cut to the other; without
  // cuts the two join. A line of equal height, of no more points than can be seen.
  function level(share) {
    const [along, across] = [halfAxes[0] * share, halfAxes[1] * share];
    const end = Math.asin(Math.min(1, length / along));
    const bulge = 1 / Math.hypot(Math.sin(end) / along, Math.cos(end) / across);
    const piece = 2 * Math.sqrt((2 * FLAT_ENOUGH) / bulge); // so far a chord leaves the ellipse by no more
    const count = Math.max(FEWEST_PIECES, Math.ceil((2 * end) / piece));
    const sides = [[], []];
    for (let i = 0; i <= count; i += 1) {
      const turn = end * ((2 * i) / count - 1);
      const [u, v] = [along * Math.sin(turn), across * Math.cos(turn)];
      sides[0].push(place(u, v));
      sides[1].push(place(u, -v));
    }
    sides[1].reverse();
    return sides;
  }

  // The straight cut on the flat direction's `side` (1 or -1); empty if there is none. It runs on from where the rim's
  // side before it ends.
  function cut(side) {
    if (isClosed) return [];
    const half = halfAxes[1] * Math.sqrt(1 - (length / halfAxes[0]) ** 2);
    return Array.from({ length: CUT_POINTS }, (_, i) =>
      place(side * length, side * half * (1 - (2 * i) / (CUT_POINTS - 1))),
    );
  }

  const rim = level(1);
  // Once around the part that is cut out; the first point is not repeated.
  const border = [rim[0], cut(1), rim[1], cut(-1)].flatMap((line) => line.slice(0, -1));

  const lifted = ([x, y]) => [x, y, heightOver(form, x, y) - drop];
  return { form, drop, top, length, directions, halfAxes, isClosed, level, cut, rim, border, lifted };
}

// The loss itself as the inside of a wall, and the outside of that wall: a paraboloid, too. The wall is as thick at the
// lowest point as at the rim, across. `covered` is the outside as it is drawn: a little higher than the rim, which is
// laid over it without a gap.
export function solidOf({ form, top, length, directions, curvatures }, wall = WALL) {
  const inner = paraboloid(form, 0, top, length, directions, curvatures);
  const half = inner.halfAxes[1];
  const sideways = wall * Math.sqrt(1 + (half / (2 * top)) ** 2);
  const factor = (1 + wall / top) / (1 + sideways / half) ** 2;
  const times = (numbers) => numbers.map((number) => number * factor);
  const outside = (height) => paraboloid(times(form), wall, height, length, directions, times(curvatures));
  return { inner, outer: outside(top), covered: outside(top + OVERLAP * wall), wall };
}

// The wall's cut surface at the flat direction's `side`, points in space; empty if there is none.
export function cutFace({ inner, outer }, side) {
  return [...outer.cut(side).map(outer.lifted), ...inner.cut(side).map(inner.lifted).reverse()];
}
