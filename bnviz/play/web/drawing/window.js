// Which part of a quadratic loss is cut out, and how its weights become points of space. Exact.

const CLOSES_AT = 1.1; // half a level's length over `nearest`: from here on it is whole
const LONG_AT = 1.5; // and from here on it is cut off at `nearest`
const CLEAR = 1.08; // of half of a whole level's length, to where the cuts stand: they clear the wall as well
export const FLATTEST = 1e-9; // the least ratio of the curvatures that is told from 0

// The part of a loss below one value of it, between two straight cuts across its flat direction.
//
// x and y are weights less the minimizer, times `scale`; z is the loss above its minimum times one factor, so that
// the value stands at `top`. Where the level closes before it reaches the cuts, there are none: that is a bowl.
// Every loss gets a window of one size in space, in which `start` lies below the rim.
//
// margin: how far from the minimizer to the rim, or to a cut, the start lies at most.
// halfWidth: of the shape at its rim, in its steepest direction, in units of space.
// depth: height of the rim over `halfWidth`.
// length: how far the cuts are from the minimizer at least, over `halfWidth`.
export function windowAround(loss, start, { margin = 0.88, halfWidth = 1.5, depth = 0.75, length = 1.95 } = {}) {
  const [[a, b], [, c]] = loss.hessian;
  const { values, directions } = axesOf(a, b, c);
  const [flat, steep] = values;
  const away = [start[0] - loss.minimizer[0], start[1] - loss.minimizer[1]];
  // The start's way to the rim, in units of the half-width; and along the flat direction, to a cut.
  const risen = Math.sqrt((a * away[0] ** 2 + 2 * b * away[0] * away[1] + c * away[1] ** 2) / steep);
  const along = Math.abs(directions[0][0] * away[0] + directions[0][1] * away[1]) / length;
  const reach = Math.max(risen, along) / margin || 1;
  const [level, scale, top] = [0.5 * steep * reach ** 2, halfWidth / reach, depth * halfWidth];
  const factor = (0.5 * top) / (level * scale ** 2);
  const form = [a * factor, b * factor, c * factor];
  const curvatures = [flat * factor, steep * factor];
  const [mx, my] = loss.minimizer;
  return Object.freeze({
    loss,
    start: [...start],
    level, // the loss less its minimum at which it is cut off
    scale, // units of space for one unit of a weight, the same for both
    top, // height of the rim in units of space
    form, // [p, q, r], with z = p x x + 2 q x y + r y y
    curvatures, // eigenvalues of the form, the flat direction's first
    directions, // unit vectors on the ground, the flat one first
    length: cutsOf(curvatures, top, length * halfWidth),
    ground: (w) => [(w[0] - mx) * scale, (w[1] - my) * scale],
    weights: (g) => [mx + g[0] / scale, my + g[1] / scale],
    lifted: (g) => [g[0], g[1], heightOver(form, g[0], g[1])],
  });
}

export function heightOver(form, x, y) {
  return form[0] * x * x + 2 * form[1] * x * y + form[2] * y * y;
}

// Eigenvalues and unit eigenvectors of [[a, b], [b, c]], the smaller one's first.
export function axesOf(a, b, c) {
  const half = Math.hypot((a - c) / 2, b);
  const large = (a + c) / 2 + half;
  const small = Math.max((a * c - b * b) / large, 0);
  const turn = 0.5 * Math.atan2(2 * b, a - c); // of the steep direction
  const [x, y] = [Math.cos(turn), Math.sin(turn)];
  const sign = y >= 0 ? 1 : -1; // the flat direction is turned to the right
  return { values: [small, large], directions: [[sign * y, -sign * x], [x, y]] };
}

// How far the two straight cuts are from the minimizer, in units of space. A cut through the very tip of a level would
// be seen as a bite out of its rim: a level that reaches a little over the nearest cuts gets them beyond its tips, one
// that reaches far over keeps them, and in between they go out as it grows shorter.
function cutsOf([flat, steep], top, nearest) {
  const half = Math.sqrt(top / Math.max(flat, FLATTEST * steep));
  const short = Math.min(Math.max((LONG_AT - half / nearest) / (LONG_AT - CLOSES_AT), 0), 1);
  const whole = CLEAR * Math.min(half, CLOSES_AT * nearest);
  return nearest + short * short * (3 - 2 * short) * Math.max(whole - nearest, 0);
}
