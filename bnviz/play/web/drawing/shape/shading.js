// The colors of a shape and of the floor below it, at any place of the picture.

import { channelsOf } from "../marks/color.js";
import { heightOver } from "../window.js";
import { meeting, meetingPlane } from "./sight.js";

const ofLengthOne = ([x, y, z]) => [x, y, z].map((part) => part / Math.hypot(x, y, z));
const LIGHT = ofLengthOne([-0.55, 0.6, 0.58]); // right, up, to the viewer
const HALFWAY = ofLengthOne([LIGHT[0], LIGHT[1], LIGHT[2] + 1]);
const [AMBIENT, DIFFUSE, HIGHLIGHT, SHEEN] = [0.74, 0.34, 0.13, 0.12];
const [COOL, WARM] = [[0.96, 1.0, 1.05], [1.06, 1.0, 0.91]]; // in the shade, and in the light
const TAN = [1.08, 1.0, 0.95]; // in the shade of what is high up, or sand would turn olive there
const [STREAK, NARROW] = [[0.05, 0.09, 0.12], 150]; // what shines where it is level; how soon that fades as it rises
const FALLS_OFF = 0.22; // of the light on the rim, from the end next to the light to the other
const OUTSIDE_LIGHT = 0.52; // how bright the outside is, next to the inside
const RELIEF = Math.sin((50 * Math.PI) / 180); // seen as low as this or lower, the light is at its full strength
const [STEEL, STEEL_SHARE] = [[0.45, 0.55, 0.66], 0.45]; // what the outside's color is mixed with
const FLOOR_SHARE = 0.35; // of the way from a panel's color to the grid's: a little lighter than the background
const SLICES = [0.05, 0.35, 1.0]; // heights over the rim's at which the shape is cut through for its shadow
const SHADOW_LEAN = 0.3; // how far a slice's shadow moves away from the light, over its height
const SOFTNESS = 0.42; // half the width of a shadow's edge, over the height of what throws it
const FINE = 512; // entries of the table of heights' colors
const ramps = new WeakMap(); // the tables, by palette

// Functions (px, py, out) that write red, green and blue from 0 to 1: of the loss itself, of the outside of the wall,
// of the wall's level top, and of the floor at `floorLevel` under the shape's soft shadow. And how bright a face is.
export function shadingOf(solid, sight, palette, floorLevel) {
  const { right, up, towards } = sight;
  const along = (v) => [0, 1, 2].map((i) => v[0] * right[i] + v[1] * up[i] + v[2] * towards[i]);
  const lights = { light: along(LIGHT), shine: along(HALFWAY), viewer: towards };
  const ramp = rampOf(palette);
  const shape = { ...lights, ramp, top: solid.inner.top, innerForm: solid.inner.form };
  return {
    inside: surfaceColor(sight, solid.inner, shape, 1, Math.min(1, sight.slant / RELIEF)),
    outside: surfaceColor(sight, solid.outer, shape, -1, 1),
    rim: rimColor(sight, solid.inner, lights.light, channelsOf(palette.rim)),
    floor: floorColor(sight, solid.outer, lights.light, palette, floorLevel),
    faceLight: (normal) => faceLight(lights.light, normal),
  };
}

// The colors of heights by share of the way from the minimum to the rim, red, green and blue of FINE entries in turn.
export function rampOf(palette) {
  const known = ramps.get(palette);
  if (known) return known;
  const knots = palette.heights.map(channelsOf);
  const table = new Float32Array(3 * FINE);
  for (let i = 0; i < FINE; i += 1) {
    const at = (i / (FINE - 1)) * (knots.length - 1);
    const k = Math.min(Math.floor(at), knots.length - 2);
    for (let j = 0; j < 3; j += 1) table[3 * i + j] = knots[k][j] + (at - k) * (knots[k + 1][j] - knots[k][j]);
  }
  ramps.set(palette, table);
  return table;
}

// Where the table's entry for a share begins.
export function entryAt(share) {
  return 3 * Math.round((share > 1 ? 1 : share) * (FINE - 1));
}

// `side` is 1 for a surface's inside, -1 for its outside. From straight above it is a map, whose color is to mean the
// height and nothing else: `relief` is how much of the light there is.
function surfaceColor(sight, paraboloid, { light, shine, viewer, ramp, top, innerForm }, side, relief) {
  const meet = meeting(sight, paraboloid, side < 0);
  const { form } = paraboloid;
  const place = [0, 0];
  return (px, py, out) => {
    meet(px, py, place);
    const [x, y] = place;
    const share = Math.sqrt(Math.min(Math.max(heightOver(innerForm, x, y) / top, 0), 1));
    const entry = entryAt(share);
    const slopeX = 2 * (form[0] * x + form[1] * y);
    const slopeY = 2 * (form[1] * x + form[2] * y);
    const square = 1 + slopeX * slopeX + slopeY * slopeY;
    const factor = side / Math.sqrt(square);
    const lit = factor * (light[2] - slopeX * light[0] - slopeY * light[1]);
    const shining = factor * (shine[2] - slopeX * shine[0] - slopeY * shine[1]);
    const turnedTo = factor * (viewer[2] - slopeX * viewer[0] - slopeY * viewer[1]);
    const diffuse = lit > 0 ? DIFFUSE * lit : 0;
    const edge = 1 - (turnedTo > 0 ? turnedTo : 0);
    const sheen = SHEEN * edge * edge * edge;
    const spot = shining > 0 ? HIGHLIGHT * shining ** 8 : 0;
    const streak = side > 0 ? Math.exp((-NARROW / 2) * Math.log(square)) : 0;
    for (let j = 0; j < 3; j += 1) {
      const base = ramp[entry + j];
      const body = side > 0 ? base : base + STEEL_SHARE * (STEEL[j] - base);
      const shade = COOL[j] + share * (TAN[j] - COOL[j]);
      const color = body * (AMBIENT * shade + WARM[j] * diffuse + sheen) + spot + streak * STREAK[j];
      out[j] = side > 0 ? base + relief * (color - base) : OUTSIDE_LIGHT * color;
    }
  };
}

// Brighter towards the light.
function rimColor(sight, { top, length, halfAxes, directions }, light, color) {
  const meet = meetingPlane(sight, top);
  const across = directions.map(([x, y]) => Math.abs(x * light[0] + y * light[1]));
  const reach = Math.min(length, halfAxes[0]) * across[0] + halfAxes[1] * across[1];
  const place = [0, 0];
  return (px, py, out) => {
    meet(px, py, place);
    const towardsLight = (place[0] * light[0] + place[1] * light[1]) / reach;
    const dark = (0.5 - 0.5 * Math.min(Math.max(towardsLight, -1), 1)) * FALLS_OFF;
    for (let j = 0; j < 3; j += 1) out[j] = color[j] * (1 - dark * (2 - TAN[j]));
  };
}

// How bright a face with this normal is, next to the rim.
function faceLight(light, normal) {
  const on = (v) => Math.max(v[0] * light[0] + v[1] * light[1] + v[2] * light[2], 0);
  return Math.min((AMBIENT + DIFFUSE * on(normal)) / (AMBIENT + DIFFUSE * on([0, 0, 1])), 1);
}

// The shadow is the mean of the shadows of a few level slices: the lower one is, the sharper and the nearer.
function floorColor(sight, { directions, halfAxes, top, drop, length }, light, palette, level) {
  const meet = meetingPlane(sight, level);
  const [panel, grid, dark] = [palette.panel, palette.grid, palette.shade].map(channelsOf);
  const bright = panel.map((channel, j) => channel + FLOOR_SHARE * (grid[j] - channel));
  const slices = SLICES.map((share) => {
    const rise = share * top - level;
    const shift = (SHADOW_LEAN * rise) / Math.max(light[2], 0.3);
    const shrunk = Math.sqrt((share * top + drop) / (top + drop));
    return {
      x: -light[0] * shift, y: -light[1] * shift, a: halfAxes[0] * shrunk, b: halfAxes[1] * shrunk,
      soft: 2 * SOFTNESS * rise,
    };
  });
  const [[ax, ay], [bx, by]] = directions;
  const place = [0, 0];
  return (px, py, out) => {
    meet(px, py, place);
    let shadow = 0;
    for (const { x, y, a, b, soft } of slices) {
      const [dx, dy] = [place[0] - x, place[1] - y];
      const [u, v] = [ax * dx + ay * dy, bx * dx + by * dy];
      const radius = Math.sqrt((u / a) ** 2 + (v / b) ** 2) + 1e-9;
      const slope = Math.sqrt((u / (a * a)) ** 2 + (v / (b * b)) ** 2) / radius + 1e-9;
      const beyond = Math.max((radius - 1) / slope, Math.abs(u) - length);
      const edge = Math.min(Math.max(0.5 - beyond / soft, 0), 1);
      shadow += (edge * edge * (3 - 2 * edge)) / slices.length;
    }
    for (let j = 0; j < 3; j += 1) out[j] = bright[j] + shadow * (dark[j] - bright[j]);
  };
}
