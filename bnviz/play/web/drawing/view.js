// Where a shape is seen from, and how it is turned by hand.

const LEAN = 18; // degrees off the trough's axis
const DISTANCE = 20; // of the viewer, in units of space
const LOWEST = 30; // degrees from the vertical: a viewer above moves away, until what is seen is a map
const FARTHEST = 1e6;
const DEGREES_PER_PIXEL = { azimuth: 0.45, zenith: 0.3 };
const STEEPEST = 70; // degrees from the vertical, from where the inside is still seen
const AROUND = 160; // degrees either way: no full circle

// Along the trough, a little off its axis, from the side on which the start does not lie, so that it lies on the far
// wall. A bowl has no axis: the rounder it is, the more the start's own direction counts.
//
// azimuthOffset: degrees by which the viewer stands elsewhere, counter-clockwise as seen from above.
// zenith: degrees between the viewer and the vertical: 0 is straight from above.
export function viewFor(window, { azimuthOffset = 0, zenith = 50, lean = LEAN } = {}) {
  const axis = axisOf(window) + lean;
  const angle = Math.min(Math.max(zenith, 0), STEEPEST);
  const offset = Math.min(Math.max(azimuthOffset, -AROUND), AROUND);
  return seenFrom({ axis, azimuthOffset: offset, zenith: angle });
}

// The view after the background was dragged by dx to the right and dy downwards, in pixels.
export function turned(view, dx, dy) {
  const azimuthOffset = view.azimuthOffset - dx * DEGREES_PER_PIXEL.azimuth;
  const zenith = view.zenith - dy * DEGREES_PER_PIXEL.zenith;
  return seenFrom({
    axis: view.axis,
    azimuthOffset: Math.min(Math.max(azimuthOffset, -AROUND), AROUND),
    zenith: Math.min(Math.max(zenith, 0), STEEPEST),
  });
}

function seenFrom({ axis, azimuthOffset, zenith }) {
  const near = Math.min(zenith / LOWEST, 1);
  const distance = near > 0 ? Math.min(DISTANCE / near, FARTHEST) : FARTHEST;
  return Object.freeze({ axis, azimuthOffset, zenith, azimuth: axis + azimuthOffset, distance });
}

// The viewer's side of the flat direction, in degrees.
function axisOf({ directions: [[x, y]], curvatures: [flat, steep], start, ground }) {
  const [sx, sy] = ground(start);
  const round = flat / steep;
  // Directions without a sense are added as vectors of twice their angle.
  const own = Math.atan2(y, x);
  const toStart = sx === 0 && sy === 0 ? own : Math.atan2(sy, sx);
  const turn = 0.5 * Math.atan2(
    (1 - round) * Math.sin(2 * own) + round * Math.sin(2 * toStart),
    (1 - round) * Math.cos(2 * own) + round * Math.cos(2 * toStart),
  );
  const towardsStart = Math.cos(turn) * sx + Math.sin(turn) * sy > 1e-9;
  return (turn * 180) / Math.PI + (towardsStart ? 180 : 0);
}
