// The ball: bright, with a dark edge in both themes, lit from the upper left. And the dot that is home.

import { blended, withAlpha } from "./color.js";
import { drawDot } from "./lines.js";

const [LEAST_RADIUS, EDGE_WIDTH] = [6.5, 3]; // pixels; and the film's pixels
const TOWARDS_LIGHT = 0.35; // by which the light's spot is off the middle, in radii

export const SMALLEST_BALL = LEAST_RADIUS;

// touching: where it touches what it lies on, or null where that is not seen.
export function drawBall(context, { middle, touching, radius, palette, unit, color = palette.shape_mark, alpha = 1 }) {
  const dark = palette.outline;
  context.save();
  context.globalAlpha *= alpha;
  if (touching) drawDisc(context, touching, 1.9 * radius, [[0, dark, 0.6], [1, dark, 0]]);
  const edge = Math.max(EDGE_WIDTH * unit, 1.5);
  drawDisc(context, middle, radius + edge, [[0, dark, 1], [0.94, dark, 1], [1, dark, 0]]);
  const [lit, shaded] = [blended(color, palette.sheen, 0.75), blended(color, dark, 0.28)];
  drawDisc(context, middle, radius, [[0, lit, 1], [0.4, color, 1], [1, shaded, 1]], TOWARDS_LIGHT);
  context.restore();
}

// Where a run began, or another one is: a ring that hides nothing.
export function drawGhost(context, [x, y], { radius, palette, color = palette.shape_mark }) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [stroke, width] of [[palette.outline, 4], [color, 2]]) {
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke();
  }
  context.restore();
}

// The lowest point.
export function drawHome(context, place, { palette, unit }) {
  drawDot(context, place, Math.max(7 * unit, 4.5), palette.iso, { palette, edge: 1.5 });
}

// A round gradient: `stops` are [offset, color, alpha] from the middle outwards.
function drawDisc(context, [x, y], radius, stops, light = 0) {
  const shade = context.createRadialGradient(x - light * radius, y - light * radius, 0, x, y, radius);
  for (const [offset, color, alpha] of stops) shade.addColorStop(offset, withAlpha(color, alpha));
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = shade;
  context.fill();
}
