// Descending a loss: every point of a run, and the steps until it reaches the minimizer.

// A run has diverged when its loss exceeds this many times the loss at its start (or at 0, if that is larger).
const DIVERGENCE = 1e12;
// Relative slack of the tolerance, so that rounding does not decide a tie.
const ROUNDING = 1e-12;
// Counting in closed form is as cheap for many steps as for few.
const LONGEST_COUNT = 1e15;

// Every point of a run and its losses, the start first. A run whose loss stops being finite, or grows too large, is
// marked as diverged and stays at its last good point from there on.
export function descend(loss, start, optimizer, steps) {
  const bound = DIVERGENCE * Math.max(loss.value(start), loss.value([0, 0]));
  if (!(loss.value(start) < Infinity)) throw new Error("start is too far away: the loss there overflows");
  const points = [[start[0], start[1]]];
  const losses = new Float64Array(steps + 1).fill(loss.value(start));
  const point = Float64Array.of(start[0], start[1]);
  const slope = new Float64Array(2);
  const state = optimizer.init(start);
  let diverged = false;
  for (let step = 1; step <= steps; step++) {
    if (!diverged) {
      optimizer.advance(loss.slopeInto, point, state, slope);
      const value = loss.value(point);
      diverged = !(value <= bound); // NaN is not below it either
      losses[step] = value;
    }
    if (diverged) losses[step] = losses[step - 1];
    points.push(diverged ? points[step - 1] : [point[0], point[1]]);
  }
  return { points, losses, diverged };
}

// The steps until the distance to the minimizer is at most `tolerance` times what it was at `start`: a whole number,
// or null if that is not so within `limit` steps. The first such step counts, even if momentum then overshoots.
export function stepsTo(loss, start, optimizer, tolerance = 1e-6, limit = 1e6) {
  return arrival(loss, start, optimizer, tolerance, limit).steps;
}

// The same with the share of the distance that is left at that step, or after the last if it never arrives.
export function arrival(loss, start, optimizer, tolerance, limit) {
  const whole = loss.distance(start);
  if (whole === 0) return { steps: 0, left: 0 };
  if (!(whole < Infinity)) throw new Error("start is too far away: its distance to the minimizer overflows");
  const target = nearEnough(tolerance);
  if (!optimizer.isLinear) return oneByOne(loss, start, optimizer, target, limit);
  const axes = alongAxes(loss, start);
  if (optimizer.name !== "gradient_descent") return byRecurrence(axes, optimizer, target, limit);
  const steps = inClosedForm(axes, optimizer.learningRate, target, limit);
  return { steps, left: shareLeft(shrinking(axes, optimizer.learningRate), steps === null ? limit : steps) };
}

// Gradient descent's steps from `start` at each of the learning rates, Infinity standing for never.
export function stepsAgainst(loss, start, rates, tolerance = 1e-6) {
  if (loss.distance(start) === 0) return new Float64Array(rates.length);
  const axes = alongAxes(loss, start);
  const target = nearEnough(tolerance);
  return Float64Array.from(rates, (rate) => inClosedForm(axes, rate, target, LONGEST_COUNT) ?? Infinity);
}

export function nearEnough(tolerance) {
  if (!(tolerance > 0 && tolerance < 1)) throw new Error(`tolerance must be above 0 and below 1, but is ${tolerance}`);
  return tolerance * (1 + ROUNDING);
}

// The start's offset from the minimizer along those eigenvectors in which the loss is curved, in units of its length.
export function alongAxes(loss, start) {
  const { eigenvalues, eigenvectors } = loss.spectrum;
  const whole = loss.distance(start);
  const axes = [];
  for (let k = 0; k < 2; k++) {
    const [x, y] = eigenvectors[k];
    const offset = x * (start[0] - loss.minimizer[0]) + y * (start[1] - loss.minimizer[1]);
    if (eigenvalues[k] > 0 && offset !== 0) axes.push({ eigenvalue: eigenvalues[k], offset: offset / whole });
  }
  return axes;
}

// Squares of the offsets, and the logarithms of the factors by which they shrink in a step.
function shrinking(axes, rate) {
  return axes.map(({ eigenvalue, offset }) => {
    const speed = logAbsOneMinus(rate * eigenvalue);
    // A factor of exactly 0 is done after one step; one beyond a float is never done.
    if (speed === -Infinity) return { square: 0, speed: 0 };
    return { square: offset * offset, speed: Math.min(speed, 1e3) };
  });
}

function shareLeft(terms, t) {
  let sum = 0;
  for (const { square, speed } of terms) sum += square * Math.exp(2 * t * speed);
  return Math.sqrt(sum);
}

// The squared distance after t steps is the sum of offset^2 (1 - rate * eigenvalue)^(2t). As a sum of exponentials it
// is convex in t: it falls to one turning point and then rises. Bisection finds that point, then the first t before it
// that is near enough.
function inClosedForm(axes, rate, target, limit) {
  const terms = shrinking(axes, rate);
  const reached = (t) => shareLeft(terms, t) <= target;
  const slope = (t) => terms.reduce((sum, { square, speed }) => sum + square * Math.exp(2 * t * speed) * speed, 0);
  const rising = (t) => slope(t) >= 0;
  let last = limit;
  if (terms.some(({ speed }) => speed > 0)) {
    const turn = Math.max(firstAt(rising, 0, limit), 1);
    last = Math.min(reached(turn) ? turn : turn - 1, limit);
  }
  return last >= 1 && reached(last) ? firstAt(reached, 1, last) : null;
}

// The least t from `low` to `high` at which `holds`, which once it holds goes on holding; else `high`.
function firstAt(holds, low, high) {
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// log|1 - x|, exact to the last digits even near 0, where 1 - x is not; -Infinity at 1.
function logAbsOneMinus(x) {
  return x < 1 ? Math.log1p(-x) : Math.log(x - 1);
}

// A linear rule may oscillate through the tolerance, so every step is computed, along each eigenvector by itself.
function byRecurrence(axes, optimizer, target, limit) {
  const [one, other = { eigenvalue: 1, offset: 0 }] = axes;
  const [now0, before0] = optimizer.transition(one.eigenvalue);
  const [now1, before1] = optimizer.transition(other.eigenvalue);
  let here0 = one.offset;
  let last0 = one.offset;
  let here1 = other.offset;
  let last1 = other.offset;
  let left = 1;
  for (let step = 1; step <= limit; step++) {
    const next0 = now0 * here0 + before0 * last0;
    const next1 = now1 * here1 + before1 * last1;
    last0 = here0;
    here0 = next0;
    last1 = here1;
    here1 = next1;
    left = Math.sqrt(here0 * here0 + here1 * here1);
    if (left <= target) return { steps: step, left };
    if (!(left < Infinity)) return { steps: null, left: Infinity };
  }
  return { steps: null, left };
}

function oneByOne(loss, start, optimizer, target, limit) {
  const run = distancesOf(loss, start, optimizer);
  let left = 1;
  for (let step = 1; step <= limit && !run.isStill(); step++) {
    left = run.next();
    if (left <= target) return { steps: step, left };
    if (!(left < Infinity)) return { steps: null, left: Infinity };
  }
  return { steps: null, left };
}

// A run that is taken step by step: next() takes a step and gives the distance after it, in units of that at the
// start; isStill() says whether nothing moves any more, as when a schedule has brought the rate to 0. Every gradient is
// moved by `moved`.
export function distancesOf(loss, start, optimizer, moved = [0, 0]) {
  const whole = loss.distance(start);
  const point = Float64Array.of(start[0], start[1]);
  const slope = new Float64Array(2);
  const state = optimizer.init(start);
  const final = optimizer.decaySteps ?? Infinity;
  const [moved0, moved1] = moved;
  let step = 0;
  let still = false;
  function movedSlopeInto(w, into) {
    loss.slopeInto(w, into);
    into[0] += moved0;
    into[1] += moved1;
  }
  const slopeInto = moved0 !== 0 || moved1 !== 0 ? movedSlopeInto : loss.slopeInto;
  function next() {
    const x = point[0];
    const y = point[1];
    optimizer.advance(slopeInto, point, state, slope);
    step++;
    if (step > final) still = !(isMoved(x, point[0]) || isMoved(y, point[1]));
    return loss.distance(point) / whole;
  }
  return { next, isStill: () => still };
}

function isMoved(before, after) {
  return Number.isFinite(after) && before !== after;
}
