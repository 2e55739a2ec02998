// An arrow in the plane of the weights, as it lies on a surface, its floor or a map: foreshortened with it.

import { seenParts, wayThrough } from "./carrier.js";
import { edgeFor } from "./color.js";
import { fillArea, strokeLines } from "./lines.js";

const SHAFT = 7; // width of the shaft, in the film's pixels
const THINNEST = 3; // pixels
const [HEAD, SPREAD] = [3.3, 1.8]; // length of the head and half its width, in widths of the shaft
const SHORTENED = 0.7; // the least share of its spread to which a head is foreshortened
const EDGE = 1.5; // pixels of edge, on one side

export function drawArrow(context, carrier, { from, to, color = carrier.palette.iso, alpha = 1 }) {
  const line = wayThrough(carrier, [from, to]);
  const flat = line.map(carrier.place);
  const lengths = lengthsAlong(flat);
  const length = lengths.at(-1);
  if (!(length >= 1) || !flat.flat().every(Number.isFinite)) return;
  const width = Math.min(Math.max(SHAFT * carrier.unit, THINNEST), (length / HEAD) * 0.8); // a short one is thinner
  const tipIsSeen = carrier.room(to) > 0;
  const head = [headOf(carrier, from, to, flat, lengths, width)];
  const end = Math.max(length - 0.85 * HEAD * width, 0.02 * length);
  const shaft = seenParts(carrier, [[...line.filter((_, i) => lengths[i] < end), pointAlong(line, lengths, end)]]);
  const edge = edgeFor(color, carrier.palette);
  strokeLines(context, shaft, edge, width + 2 * EDGE, { alpha, isRound: true });
  if (tipIsSeen) strokeLines(context, head, edge, 2 * EDGE, { alpha, isClosed: true, isRound: true });
  strokeLines(context, shaft, color, width, { alpha, isRound: true });
  if (tipIsSeen) fillArea(context, head, color, { alpha });
}

// The head's sides spread in the plane that the arrow lies on.
function headOf(carrier, from, to, flat, lengths, width) {
  const tip = flat.at(-1);
  const base = pointAlong(flat, lengths, Math.max(lengths.at(-1) - HEAD * width, 0));
  const size = Math.max(Math.hypot(tip[0] - base[0], tip[1] - base[1]), 1e-9);
  const across = [-(tip[1] - base[1]) / size, (tip[0] - base[0]) / size];
  const way = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const sideways = [-(to[1] - from[1]), to[0] - from[0]].map((part) => part / (way * carrier.scale)); // one pixel long
  const [one, other] = [-1, 1].map((side) => carrier.place([to[0] + side * sideways[0], to[1] + side * sideways[1]]));
  const seen = Math.abs((other[0] - one[0]) * across[0] + (other[1] - one[1]) * across[1]) / 2;
  const spread = SPREAD * width * Math.min(Math.max(seen, SHORTENED), 1);
  const beside = (side) => [base[0] + side * spread * across[0], base[1] + side * spread * across[1]];
  return [tip, beside(1), beside(-1)];
}

// How far each point of a line is from its first, along it.
function lengthsAlong(line) {
  const lengths = [0];
  for (let i = 1; i < line.length; i += 1) {
    lengths.push(lengths[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]));
  }
  return lengths;
}

// The point of a line at a distance from its first.
function pointAlong(line, lengths, distance) {
  const after = Math.max(lengths.findIndex((length) => length >= distance), 1);
  const share = (distance - lengths[after - 1]) / Math.max(lengths[after] - lengths[after - 1], 1e-12);
  return [0, 1].map((axis) => line[after - 1][axis] + share * (line[after][axis] - line[after - 1][axis]));
}
