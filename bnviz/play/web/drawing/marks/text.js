// Text in a picture: one font, sizes that can be read, a halo where it crosses lines.

export const FONT = "Lato, sans-serif";
export const TEXT_SIZE = 14; // CSS pixels
export const SMALL_SIZE = 12; // nothing is smaller but an exponent
const EXPONENT_SIZE = 10.5;
const HALO_WIDTH = 4;
const STEEPEST_LEAN = (75 * Math.PI) / 180; // by which words lean at most

function useFont(context, size, weight) {
  context.font = `${weight} ${size}px ${FONT}`;
}

export function widthOf(context, text, { size = TEXT_SIZE, weight = 400 } = {}) {
  context.save();
  useFont(context, size, weight);
  const { width } = context.measureText(text);
  context.restore();
  return width;
}

// align: "left", "center" or "right"; baseline: "top", "middle", "alphabetic" or "bottom"; halo: a color, or none.
export function drawText(context, text, x, y, options = {}) {
  const { size = TEXT_SIZE, weight = 400, color, align = "left", baseline = "alphabetic", halo = null } = options;
  context.save();
  useFont(context, size, weight);
  context.textAlign = align;
  context.textBaseline = baseline;
  if (halo) {
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.lineWidth = HALO_WIDTH;
    context.strokeText(text, x, y);
  }
  context.fillStyle = color;
  context.fillText(text, x, y);
  context.restore();
}

// Ten to the `exponent`, drawn with a raised exponent, which ends at x.
export function drawPower(context, exponent, x, y, { color, halo = null }) {
  const raised = String(exponent).replace("-", "\u2212");
  const width = widthOf(context, raised, { size: EXPONENT_SIZE });
  const options = { color, halo, align: "right" };
  drawText(context, raised, x, y - 5, { ...options, size: EXPONENT_SIZE });
  drawText(context, "10", x - width - 0.5, y, { ...options, size: SMALL_SIZE });
}

// Words beside a line in the picture, on the side of `normal`, as the line leans and never upside down.
export function drawAlong(context, text, [x, y], normal, { color, size = TEXT_SIZE, away = 5, halo = null }) {
  let angle = Math.atan2(-normal[0], normal[1]);
  angle -= Math.PI * Math.round(angle / Math.PI);
  angle = Math.min(Math.max(angle, -STEEPEST_LEAN), STEEPEST_LEAN);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const room = Math.abs(-normal[0] * sin + normal[1] * cos) * 0.5 * size
    + Math.abs(normal[0] * cos + normal[1] * sin) * 0.5 * widthOf(context, text, { size });
  context.save();
  context.translate(x + normal[0] * (away + room), y + normal[1] * (away + room));
  context.rotate(angle);
  drawText(context, text, 0, 0, { size, color, align: "center", baseline: "middle", halo });
  context.restore();
}
