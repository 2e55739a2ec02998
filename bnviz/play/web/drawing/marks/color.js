// Colors as numbers, and which edge keeps a color apart from a shape.

const MIDDLE_LUMINANCE = 0.179; // that has one contrast with black and with white

// "#RRGGBB" as red, green and blue from 0 to 1.
export function channelsOf(color) {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
}

export function blended(one, other, share) {
  const [first, second] = [channelsOf(one), channelsOf(other)];
  const mixed = first.map((channel, i) => Math.round(255 * (channel + share * (second[i] - channel))));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

export function withAlpha(color, alpha) {
  const [red, green, blue] = channelsOf(color).map((channel) => Math.round(255 * channel));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

// Dark round a bright color, white round a dark one: one of the two stands out from any shape.
export function edgeFor(color, palette) {
  const [red, green, blue] = channelsOf(color).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE_LUMINANCE ? palette.outline : palette.sheen;
}
