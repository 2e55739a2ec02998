// Lines and areas of one color, as they are drawn on every picture.

import { edgeFor } from "./color.js";

const CASING = 3; // of dark edge round a line, both sides together, in the film's pixels
const PALE = 0.4; // of the line between dashes

export function trace(context, line, isClosed = false) {
  if (line.length < 2) return;
  context.moveTo(line[0][0], line[0][1]);
  for (let i = 1; i < line.length; i += 1) context.lineTo(line[i][0], line[i][1]);
  if (isClosed) context.closePath();
}

// Stroke lines, each a row of [x, y], as one path; or one by one, which is quicker, where they do not cross.
export function strokeLines(context, lines, color, width, options = {}) {
  const { alpha = 1, dash = [], isClosed = false, isRound = false, oneByOne = false } = options;
  context.save();
  context.globalAlpha *= alpha;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = isRound ? "round" : "bevel"; // round joins of many short pieces take long
  context.lineCap = isRound && !dash.length ? "round" : "butt";
  context.setLineDash(dash);
  for (const path of oneByOne ? lines.map((line) => [line]) : [lines]) {
    context.beginPath();
    for (const line of path) trace(context, line, isClosed);
    context.stroke();
  }
  context.restore();
}

// The width of a thin line: while frames have to keep up no more than a pixel, which is drawn several times as fast.
export function thinWidth(width, quality) {
  return quality < 1 ? Math.min(width, 1) : width;
}

// Fill outlines as one shape, half a `hair` beyond its edge: two shapes that share an edge would let what lies below
// them through there.
export function fillArea(context, outlines, color, { alpha = 1, hair = 0 } = {}) {
  context.save();
  context.globalAlpha *= alpha;
  context.fillStyle = color;
  context.beginPath();
  for (const outline of outlines) trace(context, outline, true);
  context.fill();
  if (hair > 0) {
    context.strokeStyle = color;
    context.lineWidth = hair;
    context.lineJoin = "bevel";
    context.stroke();
  }
  context.restore();
}

// Stroke lines on a ground that is a little broader, which keeps them apart from every color of a shape. Ground and
// line go on between dashes, paler, so that a dashed line is still one line.
export function strokeCased(context, lines, color, width, { unit, palette, dash = [] }) {
  strokeLines(context, lines, edgeFor(color, palette), width + CASING * unit, { alpha: 0.9, isRound: true });
  if (dash.length) strokeLines(context, lines, color, width, { alpha: PALE });
  strokeLines(context, lines, color, width, { dash, isRound: true });
}

// A filled dot with an edge.
export function drawDot(context, [x, y], radius, color, { palette, edge = 1.2, alpha = 1 }) {
  context.save();
  context.globalAlpha *= alpha;
  context.beginPath();
  context.arc(x, y, radius + edge, 0, 2 * Math.PI);
  context.fillStyle = edgeFor(color, palette);
  context.fill();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.restore();
}

// Only what lies in the box is touched while `draw` runs.
export function within(context, { x, y, width, height }, draw) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}
