// The floor below a shape: a little larger than the shape, in its shadow, with round weights and its lines.

import { fillShaded } from "../marks/coarse.js";
import { strokeLines, thinWidth } from "../marks/lines.js";
import { project } from "./sight.js";

const FLOOR_GAP = 0.6; // between the floor and the lowest point of the wall, in units of space
const FLOOR_MARGIN = 0.42; // of floor beyond the shape, in units of space
const [SPARSE, DENSE] = [0.5, 0.3]; // spacing at which grid lines are wholly there, and not at all
const AWAY = 0.01; // a short way on the floor

// Where the floor is and how far it goes from the minimizer along each axis, in units of space.
export function floorOf({ outer, wall }) {
  const reach = [0, 1].map((axis) => FLOOR_MARGIN + Math.max(...outer.border.map((place) => Math.abs(place[axis]))));
  return { level: -wall - FLOOR_GAP, reach };
}

export function onFloor(sight, { level }, [x, y]) {
  return project(sight, [x, y, level]);
}

export function cornersOf(sight, floor) {
  const [x, y] = floor.reach;
  return [[-x, -y], [x, -y], [x, y], [-x, y]].map((place) => onFloor(sight, floor, place));
}

// The middle of the floor's edge that runs along `axis` and faces the viewer, and the direction away from the floor.
export function edgeOf(sight, floor, axis) {
  const side = sight.towards[1 - axis] >= 0 ? 1 : -1;
  const at = (along, beyond) => {
    const place = [along, along];
    place[1 - axis] = side * (floor.reach[1 - axis] + beyond);
    return onFloor(sight, floor, place);
  };
  const [place, beside, beyond] = [at(0, 0), at(AWAY, 0), at(0, AWAY)];
  const normal = [place[1] - beside[1], beside[0] - place[0]];
  const outward = normal[0] * (beyond[0] - place[0]) + normal[1] * (beyond[1] - place[1]);
  const length = Math.hypot(...normal) * (outward < 0 ? -1 : 1);
  return { place, normal: normal.map((part) => part / length) };
}

// Colors with the shadow in them, the grid, the frame, and lines of equal loss (places on the ground).
export function drawFloor(context, { window, sight, floor, shading, levels, palette, unit, step, quality }) {
  const corners = cornersOf(sight, floor);
  const flat = (line) => line.map((place) => onFloor(sight, floor, place));
  fillShaded(context, [corners], shading.floor, step);
  for (const { lines, strength } of gridOf(window, floor.reach)) {
    const options = { alpha: strength, oneByOne: true };
    strokeLines(context, lines.map(flat), palette.grid, thinWidth(1.6 * unit, quality), options);
  }
  const width = thinWidth(Math.max(1.4 * unit, 0.8), quality);
  strokeLines(context, [[...corners, corners[0]], ...levels.map(flat)], palette.rule, width, { oneByOne: true });
}

// Lines at round weights and how strong they are, from the finest spacing that is seen. While the window grows they
// thin out by and by, none jumps.
function gridOf({ loss, scale }, reach) {
  const decade = Math.floor(Math.log10(DENSE / scale));
  const spacings = [decade, decade + 1, decade + 2].flatMap((power) => [10 ** power, 5 * 10 ** power]);
  const first = spacings.findIndex((spacing) => spacing * scale > DENSE);
  const found = [];
  for (let i = first; i < first + 2; i += 1) {
    const strength = Math.min(Math.max((spacings[i] * scale - DENSE) / (SPARSE - DENSE), 0), 1);
    const skipped = strength < 1 ? Math.round(spacings[i + 1] / spacings[i]) : Infinity;
    const lines = [0, 1].flatMap((axis) => gridLines(axis, spacings[i], skipped, loss.minimizer[axis], scale, reach));
    found.push({ lines, strength });
    if (strength === 1) break;
  }
  return found;
}

function gridLines(axis, spacing, skipped, middle, scale, reach) {
  const first = Math.ceil((middle - reach[axis] / scale) / spacing);
  const last = Math.floor((middle + reach[axis] / scale) / spacing);
  const lines = [];
  for (let number = first; number <= last; number += 1) {
    if (number % skipped === 0 && Number.isFinite(skipped)) continue;
    const ends = [[-reach[0], -reach[1]], [reach[0], reach[1]]];
    for (const end of ends) end[axis] = (number * spacing - middle) * scale;
    lines.push(ends);
  }
  return lines;
}
