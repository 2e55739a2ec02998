// A cut-out loss as it is seen: its outlines in the picture.

import { cutFace } from "./solid.js";
import { facing, partsOf, project } from "./sight.js";

const BELOW_RIM = 0.97; // of the way to the rim

// What is drawn of a solid, as outlines in the picture, each a row of [x, y]:
// inside: of what is seen of the inside, before the near wall is laid over it.
// outside: of what is seen of the outside.
// rim: of the wall's level top, which reaches a little below the inside that is laid over it without a gap.
// nearRim: of the rim above what is seen from outside: it lies before all that is inside.
// face: of the wall's cut surface that faces the viewer.
export function outlinesOf(solid, sight) {
  const { inner, outer, covered } = solid;
  const flat = (shape, line) => line.map((place) => project(sight, shape.lifted(place)));
  return {
    inside: partsOf(sight, inner).inside.map((part) => flat(inner, part)),
    outside: flat(covered, partsOf(sight, covered).outside),
    rim: rimOf(solid, flat),
    nearRim: nearRimOf(solid, sight, flat),
    face: cutFace(solid, nearSide(solid, sight)).map((point) => project(sight, point)),
  };
}

// The end of the flat direction that faces the viewer, 1 or -1.
export function nearSide({ inner }, { towards }) {
  const [x, y] = inner.directions[0];
  return x * towards[0] + y * towards[1] >= 0 ? 1 : -1;
}

// Two outlines, one a side, or a ring's two. Where the cuts reach only the wall, and no more the loss, it is a ring
// that has them as straight edges.
function rimOf({ inner, outer }, flat) {
  const outerSides = outer.rim.map((side) => flat(outer, side));
  const edges = inner.rim.map((side) => flat(inner, side));
  const below = inner.level(BELOW_RIM).map((side) => flat(inner, side));
  if (inner.isClosed) return [outerSides.flat(), below.flat().reverse()];
  return outerSides.map((side, k) => [...side, edges[k].at(-1), ...below[k].reverse(), edges[k][0]]);
}

function nearRimOf({ inner, outer }, sight, flat) {
  const [upper, lower] = outer.rim;
  const edges = [upper, lower];
  if (inner.isClosed && !outer.isClosed) edges.push([upper.at(-1), lower[0]], [lower.at(-1), upper[0]]);
  return edges.flatMap((line) =>
    stretchesOf(line.length, (i) => facing(sight, outer, line[i]) < 0).map(([first, after]) => {
      const edge = line.slice(Math.max(first - 1, 0), after + 1);
      return [...flat(outer, edge), ...flat(inner, edge.map((place) => opposite(inner, place))).reverse()];
    }),
  );
}

// The place on the rim's inner edge beside one on its outer edge.
function opposite({ directions, halfAxes }, [x, y]) {
  const [[ax, ay], [bx, by]] = directions;
  const along = Math.min(Math.max(ax * x + ay * y, -halfAxes[0]), halfAxes[0]);
  const across = Math.sign(bx * x + by * y) * halfAxes[1] * Math.sqrt(1 - (along / halfAxes[0]) ** 2);
  return [along * ax + across * bx, along * ay + across * by];
}

// The stretches of 0, 1, ... count - 1 in which `holds` is true: first and after last.
export function stretchesOf(count, holds) {
  const found = [];
  for (let i = 0, inOne = false; i < count; i += 1) {
    const here = holds(i);
    if (here && !inOne) found.push([i, count]);
    if (!here && inOne) found.at(-1)[1] = i;
    inOne = here;
  }
  return found;
}

// The stretches of a line, in the picture, where its values are above 0, to where they become 0.
export function partsAboveZero(line, values) {
  const mix = (i, j) => {
    const share = values[i] / (values[i] - values[j]);
    if (!(share > 0)) return line[i]; // what is beyond all numbers has no place
    return [line[i][0] + share * (line[j][0] - line[i][0]), line[i][1] + share * (line[j][1] - line[i][1])];
  };
  return stretchesOf(line.length, (i) => values[i] > 0).map(([first, after]) => [
    ...(first > 0 ? [mix(first, first - 1)] : []),
    ...line.slice(first, after),
    ...(after < line.length ? [mix(after - 1, after)] : []),
  ]);
}
