// Lines of sight: where they meet a paraboloid, and which part of it turns its inside to the viewer.
//
// A line of sight is the points (o + t v) / (1 + t f): o lies in the picture's plane, v points towards the viewer and f
// is the perspective. t grows towards the viewer. The line meets a paraboloid where a quadratic equation in t holds,
// with a leading coefficient that is the same for all lines.

import { heightOver } from "../window.js";

const DEGREE = Math.PI / 180;
const ARC_POINTS = 33; // along the line where a surface turns away

// view: { azimuth, zenith } in degrees and `distance` of the viewer in units of space.
// frame: { x, y, scale }: where space's origin stands in the picture, and pixels for one unit of space.
export function sightOf({ azimuth, zenith, distance }, frame = { x: 0, y: 0, scale: 1 }) {
  const [ca, sa] = [Math.cos(azimuth * DEGREE), Math.sin(azimuth * DEGREE)];
  const [cz, sz] = [Math.cos(zenith * DEGREE), Math.sin(zenith * DEGREE)];
  const right = [-sa, ca, 0];
  const up = [-ca * cz, -sa * cz, sz];
  const towards = [ca * sz, sa * sz, cz];
  return { right, up, towards, perspective: 1 / distance, frame, slant: sz };
}

export function project({ right, up, towards, perspective, frame }, [x, y, z]) {
  const size = frame.scale / (1 - perspective * (towards[0] * x + towards[1] * y + towards[2] * z));
  return [
    frame.x + size * (right[0] * x + right[1] * y),
    frame.y - size * (up[0] * x + up[1] * y + up[2] * z),
  ];
}

// How many pixels one unit of space is at a point.
export function sizeAt({ towards, perspective, frame }, [x, y, z]) {
  return frame.scale / (1 - perspective * (towards[0] * x + towards[1] * y + towards[2] * z));
}

// A function (px, py, out) that writes to `out` where the line of sight through a place in the picture meets a
// paraboloid from inside, or from outside: the place on the ground. It says whether the two meet at all; for a line
// that passes by, `out` is the place where it comes nearest to touching.
export function meeting({ right, up, towards, perspective: f, frame }, { form, drop }, fromOutside = false) {
  const [vx, vy, vz] = towards;
  const [bx, by] = [form[0] * vx + form[1] * vy, form[1] * vx + form[2] * vy];
  const a = vx * bx + vy * by - vz * f - drop * f * f;
  const [rx, ry] = right;
  const [ux, uy, uz] = up;
  return (px, py, out) => {
    const u = (px - frame.x) / frame.scale;
    const w = (frame.y - py) / frame.scale;
    const [x, y, z] = [u * rx + w * ux, u * ry + w * uy, w * uz];
    const b = 2 * (bx * x + by * y) - f * z - (vz + 2 * drop * f);
    const c = heightOver(form, x, y) - z - drop;
    const square = b * b - 4 * a * c;
    const root = square > 0 ? Math.sqrt(square) : 0;
    // Of the two formulas for a root, the one that loses no digits.
    const far = b < 0 ? (2 * c) / (root - b) : (-b - root) / (2 * a);
    const near = b < 0 ? (root - b) / (2 * a) : (2 * c) / (-b - root);
    const t = fromOutside ? near : far;
    const met = Number.isFinite(t) ? t : 0;
    const size = Math.max(1 + met * f, 1e-3);
    out[0] = (x + met * vx) / size;
    out[1] = (y + met * vy) / size;
    return square >= 0;
  };
}

// The same for the level plane at `height`.
export function meetingPlane({ right, up, towards, perspective: f, frame }, height) {
  const [vx, vy, vz] = towards;
  return (px, py, out) => {
    const u = (px - frame.x) / frame.scale;
    const w = (frame.y - py) / frame.scale;
    const t = (height - w * up[2]) / (vz - f * height);
    const size = Math.max(1 + t * f, 1e-3);
    out[0] = (u * right[0] + w * up[0] + t * vx) / size;
    out[1] = (u * right[1] + w * up[1] + t * vy) / size;
    return true;
  };
}

// Over a place on the ground: above 0 where the viewer sees the inside of the paraboloid, else below.
export function facing({ towards: v, perspective: f }, { form, drop }, [x, y]) {
  const [bx, by] = [form[0] * x + form[1] * y, form[1] * x + form[2] * y];
  return v[2] + f * drop - 2 * (bx * v[0] + by * v[1]) + f * (bx * x + by * y);
}

// Outlines on the ground: of what turns its inside to the viewer, several polygons perhaps, and its outside, one
// polygon, of no points if there is none.
export function partsOf(sight, shape) {
  const { border } = shape;
  const inward = border.map((place) => facing(sight, shape, place) >= 0);
  if (inward.every(Boolean)) return { inside: [border], outside: [] };
  if (!inward.some(Boolean)) return { inside: [], outside: border };
  const count = border.length;
  const before = (i) => (i + count - 1) % count;
  const first = inward.findIndex((here, i) => here && !inward[before(i)]);
  const stretches = []; // in turn of the inside and of the outside, with the crossings at both ends
  for (let k = 0; k < count; k += 1) {
    const i = (first + k) % count;
    if (inward[i] !== inward[before(i)]) {
      const crossing = crossingOf(sight, shape, border[before(i)], border[i]);
      stretches.at(-1)?.push(crossing);
      stretches.push([crossing]);
    }
    stretches.at(-1).push(border[i]);
  }
  stretches.at(-1).push(stretches[0][0]);
  const insides = stretches.filter((_, k) => k % 2 === 0);
  const outsides = stretches.filter((_, k) => k % 2 === 1);
  return {
    inside: insides.map((line) => [...line, ...turning(sight, shape, line.at(-1), line[0])]),
    outside: outsides.flatMap((line, k) => [
      ...line,
      ...turning(sight, shape, line.at(-1), outsides[(k + 1) % outsides.length][0]),
    ]),
  };
}

function placeBetween(one, other, share) {
  return [one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])];
}

// The place between two at which the surface turns away.
function crossingOf(sight, shape, one, other) {
  const [start, end] = [facing(sight, shape, one), facing(sight, shape, other)];
  let share = start / (start - end);
  for (let i = 0; i < 3; i += 1) { // of Newton: the function is nearly straight
    const now = facing(sight, shape, placeBetween(one, other, share));
    const after = facing(sight, shape, placeBetween(one, other, share + 1e-4));
    share -= (now / (after - now)) * 1e-4;
  }
  return placeBetween(one, other, share);
}

// The places between two, both left out, along the line at which the surface turns away.
function turning(sight, shape, one, other) {
  const { towards: v, perspective: f } = sight;
  const { form } = shape;
  let [dx, dy] = [form[0] * v[0] + form[1] * v[1], form[1] * v[0] + form[2] * v[1]];
  const length = Math.hypot(dx, dy);
  dx /= length;
  dy /= length;
  const bend = 4 * f * heightOver(form, dx, dy);
  return Array.from({ length: ARC_POINTS - 2 }, (_, i) => {
    const place = placeBetween(one, other, (i + 1) / (ARC_POINTS - 1));
    const [gx, gy] = [f * place[0] - v[0], f * place[1] - v[1]];
    const slope = 2 * (gx * (form[0] * dx + form[1] * dy) + gy * (form[1] * dx + form[2] * dy));
    const value = facing(sight, shape, place);
    const step = (2 * value) / (Math.sqrt(Math.max(slope * slope - bend * value, 0)) - slope);
    return [place[0] + step * dx, place[1] + step * dy];
  });
}
