// Settling: the step from which a descent stays near the minimizer, and whether rounding decides which step that is.
import { alongAxes, arrival, distancesOf, nearEnough } from "./descent.js";

// A run within this share of its initial distance has arrived: below it, rounding decides what happens.
const FLOOR = 1e-12;
// A count is stable if it does not change when the start is moved by NUDGE of its distance and every gradient by
// GRADIENT_NUDGE of the first one, each times every one of SHARES: far more than rounding moves them, far less than
// can be seen. There are many shares because oscillating runs can agree by chance.
export const NUDGE = 1e-9;
export const GRADIENT_NUDGE = 1e-13;
// Most rules settle within so many steps: the rest need not be run longer than that to be told apart from them.
const FIRST_CAP = 1000;
export const SHARES = Object.freeze([0, 1, -1, 0.7, -0.7, 0.5, -0.5, 0.3, -0.3]);

// Steps until the distance is at most `tolerance` times what it was at `start`, and stays so for `stay` steps more or
// until it is below FLOOR. steps: the count, or null if the run does not settle within `limit`; left: the largest
// distance, as a share of the initial one, in the part of the second half of `limit` steps that was computed, and
// Infinity if the descent diverges.
export function settle(loss, start, optimizer, tolerance = 1e-6, limit = 10000, stay = 10000) {
  if (loss.distance(start) === 0) return { steps: 0, left: 0 };
  const target = nearEnough(tolerance);
  if (!optimizer.isLinear) return watched(distancesOf(loss, start, optimizer), 1, target, limit, stay);
  const first = arrival(loss, start, optimizer, tolerance, limit).steps;
  if (first === null) return { steps: null, left: Infinity };
  if (optimizer.name === "gradient_descent" && !grows(loss, optimizer)) {
    // It only comes nearer. To watch it for rounding's sake would take for ever where steps are many.
    return { steps: first, left: 2 * first > limit ? tolerance : 0 };
  }
  return watched(distancesFrom(loss, start, optimizer, first), first, target, limit, stay);
}

// The steps of one run: the first near enough for the rules that are linear, else that from which it stays so.
export function quickCount(loss, start, optimizer, { tolerance = 1e-6, limit = 10000 } = {}) {
  if (optimizer.isLinear) return arrival(loss, start, optimizer, tolerance, limit);
  return settle(loss, start, optimizer, tolerance, limit, limit);
}

// The same with what becomes of it when the run is moved by less than can be seen. isStable: whether all counts are
// the same; low, high: the least and the greatest of them, null when some never arrive; steps: that of the run which
// is not moved, or of the first that arrives, null when none does; left: as in `settle`. The linear rules are counted
// along the eigenvectors, where no gradient is computed that rounding could move: of them the start alone is moved.
export function countOf(loss, start, optimizer, { tolerance = 1e-6, limit = 10000 } = {}) {
  const whole = loss.distance(start);
  if (whole === 0) return { steps: 0, low: 0, high: 0, isStable: true, left: 0 };
  const target = nearEnough(tolerance);
  const gradient = loss.gradient(start);
  const found = SHARES.map((share) => {
    const moved = start.map((weight) => weight + NUDGE * whole * share);
    if (optimizer.isLinear) return arrival(loss, moved, optimizer, tolerance, limit);
    const slopes = gradient.map((slope) => GRADIENT_NUDGE * share * slope);
    return watched(distancesOf(loss, moved, optimizer, slopes), 1, target, limit, limit);
  });
  const counts = found.map(({ steps }) => steps);
  const arrived = counts.filter((count) => count !== null);
  const all = arrived.length === counts.length;
  return {
    steps: arrived.length ? (counts[0] ?? arrived[0]) : null,
    low: all ? Math.min(...arrived) : null,
    high: all ? Math.max(...arrived) : null,
    isStable: counts.every((count) => count === counts[0]),
    left: found[0].left,
  };
}

// The one of `rates` at which the rule settles the soonest; make(rate) gives the optimizer. Adaptive optimizers circle
// before they settle, and at some rates their count hangs on the last bit: a rate whose count is not the same in all
// moved runs is passed over, unless that leaves none. Ties go to the first. If none settles it is the rate with which
// the run is the nearest in the end.
export function tune(loss, start, make, rates, tolerance = 1e-6, limit = 10000) {
  if (loss.distance(start) === 0) return rates[0];
  const target = nearEnough(tolerance);
  for (const cap of FIRST_CAP < limit ? [FIRST_CAP, limit] : [limit]) {
    const counts = rates.map((rate) => watched(distancesOf(loss, start, make(rate)), 1, target, cap, limit));
    const settled = [...rates.keys()].filter((k) => counts[k].steps !== null);
    settled.sort((k, l) => counts[k].steps - counts[l].steps || k - l);
    for (const k of settled) {
      if (countOf(loss, start, make(rates[k]), { tolerance, limit }).isStable) return rates[k];
    }
    if (cap < limit) continue;
    if (!settled.length) return rates[indexOfLeast(counts.map(({ left }) => left))];
    const worst = rates.map((rate) => countOf(loss, start, make(rate), { tolerance, limit }).high ?? Infinity);
    return rates[Math.min(...worst) < Infinity ? indexOfLeast(worst) : settled[0]];
  }
  return rates[0];
}

function indexOfLeast(values) {
  return values.indexOf(Math.min(...values));
}

// The count of a run that is watched from the step `first` on.
function watched(run, first, target, limit, stay) {
  const floor = Math.min(FLOOR, target);
  let outside = first - 1; // the last step after which it was too far
  let left = 0;
  let there = false;
  let distance = 0;
  for (let step = first; ; step++) {
    distance = run.next();
    there = there || distance <= floor;
    if (!there && !(distance <= target)) outside = step;
    if (limit < 2 * step && step <= limit) left = Math.max(left, distance);
    if (outside === step) {
      if (step >= limit || !Number.isFinite(distance)) break;
    } else if (step - outside > stay || (there && outside < limit) || outside >= limit || step - limit > stay) break;
    if (run.isStill()) {
      if (outside === step) outside = Infinity; // it stands still, and too far away
      left = Math.max(left, distance);
      break;
    }
  }
  // Once a run diverges it goes on doing so.
  if (!Number.isFinite(distance) && !there) return { steps: null, left: Infinity };
  return { steps: outside < limit ? outside + 1 : null, left };
}

// The distances of a linear rule from the step `first` on.
function distancesFrom(loss, start, optimizer, first) {
  const runs = alongAxes(loss, start).map(({ eigenvalue, offset }) => {
    const [now, before] = optimizer.transition(eigenvalue);
    return { now, before, here: offset, last: offset };
  });
  function next() {
    let square = 0;
    for (const run of runs) {
      const moved = run.now * run.here + run.before * run.last;
      run.last = run.here;
      run.here = moved;
      square += moved * moved;
    }
    return Math.sqrt(square);
  }
  for (let step = 1; step < first; step++) next();
  return { next, isStill: () => false };
}

// Whether gradient descent's share of any axis becomes larger from step to step.
function grows(loss, optimizer) {
  return loss.spectrum.eigenvalues.some((eigenvalue) => Math.abs(optimizer.transition(eigenvalue)[0]) > 1);
}
