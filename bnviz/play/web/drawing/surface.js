// A quadratic loss cut out at one value: trough or bowl, with a wall, on its floor, and what lies on it.
// Nothing is sorted by depth: floor, rim, inside, what lies on it, outside and near rim are drawn in this order.

import { drawArrow } from "./marks/arrow.js";
import { SMALLEST_BALL, drawBall, drawGhost, drawHome } from "./marks/ball.js";
import { fillShaded } from "./marks/coarse.js";
import { blended } from "./marks/color.js";
import { layersOf, recordFor } from "./marks/layers.js";
import { fillArea, strokeLines, thinWidth, within } from "./marks/lines.js";
import { drawAlong } from "./marks/text.js";
import { drawTrail } from "./marks/trail.js";
import { cornersOf, drawFloor, edgeOf, floorOf, onFloor } from "./shape/floor.js";
import { nearSide, outlinesOf, partsAboveZero } from "./shape/seen.js";
import { shadingOf } from "./shape/shading.js";
import { facing, meeting, project, sightOf, sizeAt } from "./shape/sight.js";
import { solidOf } from "./shape/solid.js";

const BALL_RADIUS = 0.12; // in units of space
const FAR_OFF = 3; // over the rim's height: what is higher is not near
const HIGHEST_BALL = 1.5; // over the rim's height: a ball that flew off is not drawn
const HAIR_WIDTH = 0.8; // pixels, half of which lie beyond an edge
const PADDING = 6; // pixels
const NAME_ROOM = 26; // pixels around the floor, where its edges are named
const FINEST_UNIT = 0.5; // pixels for one of the film's, at least
const USUAL_SIZE = 900; // of a box in which the film's pixels are pixels
const SAMPLES = 84; // of a shape's colors across the box
const STEADY = 1e-9; // by which a place may be beyond an edge

// box: { x, y, width, height }: nothing outside it is touched.
// window, view: of windowAround and viewFor.
// lines: how many lines of equal loss there are, evenly spaced in its square root.
// trail: { points, step }; see drawTrail. ball, home, ghost: weights. arrow: { from, to } in weights, `color`.
// labels: names of the two weights along the floor's edges. quality: 1, or less for coarser colors, as while dragging.
//
// Gives { toWeights(x, y): where the line of sight meets the inside, or null where that is hidden or not there;
// nearest(x, y): the same, drawn back to the shape's edge; toPicture(w); isSeen(w); frame: where space's origin stands
// in the picture, and pixels for one unit of space }.
//
// Hand in the same window, view and palette again as long as they are the same: then only what lies on the surface is
// drawn anew.
export function drawSurface(context, scene) {
  const { box, window, view, palette, lines = 7, labels = [], arrow = null, quality = 1 } = scene;
  const { x, y, width, height } = box;
  const { a, d, e, f } = context.getTransform();
  const key = [window, view, palette, lines, quality, ...labels, x, y, width, height, a, d, e, f];
  const record = recordFor(context, [...key, ...(arrow ? [...arrow.from, ...arrow.to] : [])]);
  record.seen ??= seenBy(scene, lines, labels, quality);
  const { seen } = record;
  const [drawFar, drawNear] = layersOf(context, box, record, [
    (pen) => {
      drawFloor(pen, { ...seen, step: 2 * seen.step });
      drawNames(pen, seen, labels);
      if (arrow) drawArrow(pen, floorCarrierOf(seen), { ...arrow, color: palette.muted });
      drawInside(pen, seen);
    },
    (pen) => drawNearWall(pen, seen),
  ]);
  within(context, box, () => {
    drawFar();
    drawWhatLies(context, seen, scene);
    drawNear();
  });
  return handleOf(seen, box);
}

// All that is the same for whatever lies on the surface.
function seenBy({ box, window, view, palette }, lines, labels, quality) {
  const solid = solidOf(window);
  const floor = floorOf(solid);
  const sight = sightOf(view, framing(solid, floor, view, box, labels.length ? NAME_ROOM : PADDING));
  const size = Math.min(box.width, 1.35 * box.height);
  return {
    window, solid, floor, sight, palette, quality,
    unit: Math.min(Math.max(size / USUAL_SIZE, FINEST_UNIT), 1),
    step: Math.max(size / SAMPLES, 3) / quality,
    outlines: outlinesOf(solid, sight),
    shading: shadingOf(solid, sight, palette, floor.level),
    levels: Array.from({ length: lines }, (_, k) => solid.inner.level((k + 1) / (lines + 1))).flat(),
  };
}

// How space is moved and scaled so that shape and floor fill the box.
function framing(solid, floor, view, box, room) {
  const sight = sightOf(view);
  const { inner, outer } = solid;
  const points = [
    ...cornersOf(sight, floor),
    ...outer.border.map((place) => project(sight, outer.lifted(place))),
    ...inner.border.map((place) => project(sight, inner.lifted(place))),
  ];
  const [low, high] = [Math.min, Math.max].map((end) => [0, 1].map((axis) => end(...points.map((p) => p[axis]))));
  const scale = Math.min((box.width - 2 * room) / (high[0] - low[0]), (box.height - 2 * room) / (high[1] - low[1]));
  return {
    x: box.x + box.width / 2 - (scale * (low[0] + high[0])) / 2,
    y: box.y + box.height / 2 - (scale * (low[1] + high[1])) / 2,
    scale: Math.max(scale, 1),
  };
}

// The far rim, the inside, and the lines on it as far as they face the viewer.
function drawInside(context, { solid, sight, outlines, shading, levels, palette, step, unit, quality }) {
  fillShaded(context, outlines.rim, shading.rim, 2 * step);
  fillShaded(context, outlines.inside, shading.inside, step);
  const parts = levels.flatMap((line) =>
    partsAboveZero(
      line.map((place) => project(sight, solid.inner.lifted(place))),
      line.map((place) => facing(sight, solid.inner, place)),
    ),
  );
  const width = thinWidth(Math.max(1.5 * unit, 1), quality);
  strokeLines(context, parts, palette.iso, width, { alpha: 0.32, oneByOne: true });
}

// What stands before all that lies inside: the outside of the near wall, its rim, and the near cut.
function drawNearWall(context, { solid, sight, outlines, shading, palette, step }) {
  if (outlines.outside.length) fillShaded(context, [outlines.outside], shading.outside, step);
  for (const ring of outlines.nearRim) fillShaded(context, [ring], shading.rim, 2 * step);
  if (!outlines.face.length) return;
  const [x, y] = solid.inner.directions[0].map((part) => part * nearSide(solid, sight));
  const color = blended("#000000", palette.rim, shading.faceLight([x, y, 0]));
  fillArea(context, [outlines.face], color, { hair: HAIR_WIDTH });
}

function drawWhatLies(context, seen, { trail, ball, home, ghost, arrow }) {
  const { window, sight, palette, unit } = seen;
  const carrier = carrierOf(seen);
  const ballRadius = Math.max(BALL_RADIUS * sight.frame.scale, SMALLEST_BALL) / sight.frame.scale;
  if (trail) drawTrail(context, carrier, trail);
  if (home && carrier.room(home) > 0) drawHome(context, carrier.place(home), { palette, unit });
  if (ghost && carrier.room(ghost) > 0) {
    drawGhost(context, carrier.place(ghost), { radius: 0.8 * ballRadius * sight.frame.scale, palette });
  }
  if (arrow) drawArrow(context, carrier, arrow);
  if (ball && window.lifted(window.ground(ball))[2] < HIGHEST_BALL * window.top) {
    const center = middleOf(window, ball, ballRadius);
    const touching = carrier.room(ball) > 0 ? carrier.place(ball) : null;
    const radius = ballRadius * sizeAt(sight, center);
    drawBall(context, { middle: project(sight, center), touching, radius, palette, unit });
  }
}

// The middle of a ball in space: on the surface's normal over its weights.
function middleOf({ ground, lifted, form }, weights, radius) {
  const [x, y, z] = lifted(ground(weights));
  const slope = [2 * (form[0] * x + form[1] * y), 2 * (form[1] * x + form[2] * y)];
  const share = radius / Math.hypot(slope[0], slope[1], 1);
  return [x - share * slope[0], y - share * slope[1], z + share];
}

// The inside as what lines and marks lie on.
function carrierOf({ window, solid, sight, outlines, palette, unit }) {
  const { top, length, directions: [[ax, ay]], ground, lifted, scale } = window;
  return {
    place: (w) => project(sight, lifted(ground(w))),
    room: (w) => {
      const place = ground(w);
      const along = Math.abs(ax * place[0] + ay * place[1]);
      return Math.min(top - lifted(place)[2], length - along, facing(sight, solid.inner, place));
    },
    isNear: (w) => lifted(ground(w))[2] < FAR_OFF * top,
    outlines: outlines.inside,
    scale: scale * sight.frame.scale,
    unit,
    palette,
  };
}

// The floor as what an arrow lies on, thinner than on the shape.
function floorCarrierOf({ window, sight, floor, palette, unit }) {
  const { scale, ground } = window;
  const place = (w) => onFloor(sight, floor, ground(w));
  const room = (w) => Math.min(...ground(w).map((part, axis) => floor.reach[axis] - Math.abs(part)));
  return { place, room, isFlat: true, scale: scale * sight.frame.scale, unit: 0.6 * unit, palette };
}

function drawNames(context, { sight, floor, palette }, labels) {
  const colors = [palette.feature_a, palette.feature_b];
  labels.forEach((label, axis) => {
    const { place, normal } = edgeOf(sight, floor, axis);
    drawAlong(context, label, place, normal, { color: colors[axis] });
  });
}

function handleOf({ window, solid, sight, outlines }, box) {
  const { top, length, directions: [[ax, ay]], ground, lifted, weights } = window;
  const meet = meeting(sight, solid.inner);
  const holds = (place) =>
    lifted(place)[2] <= top + STEADY && Math.abs(ax * place[0] + ay * place[1]) <= length + STEADY;
  const inBox = ([x, y]) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  const before = [outlines.outside, outlines.face, ...outlines.nearRim];
  const isHidden = (x, y) => before.some((outline) => encloses(outline, x, y));
  const toPicture = (w) => project(sight, lifted(ground(w)));
  return {
    frame: sight.frame,
    toPicture,
    toWeights: (x, y) => {
      const place = [0, 0];
      if (!inBox([x, y]) || !meet(x, y, place) || !holds(place) || isHidden(x, y)) return null;
      return weights(place);
    },
    nearest: (x, y) => {
      const place = [0, 0];
      meet(x, y, place);
      const along = Math.abs(ax * place[0] + ay * place[1]) / length;
      const beyond = Math.max(along, Math.sqrt(lifted(place)[2] / top), 1);
      return weights(place.map((part) => part / beyond));
    },
    isSeen: (w) => {
      const place = ground(w);
      const picture = toPicture(w);
      return holds(place) && facing(sight, solid.inner, place) > 0 && inBox(picture) && !isHidden(...picture);
    },
  };
}

// Whether a place in the picture lies inside an outline.
function encloses(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const [[x1, y1], [x2, y2]] = [outline[i], outline[j]];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
