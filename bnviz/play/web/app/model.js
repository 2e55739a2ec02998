// From the knobs to all that is shown of the loss: rows, loss, rule, descent. Pure; what did not change is kept.

import { changed, correlationOf } from "../maths/data.js";
import { descend, stepsAgainst, stepsTo } from "../maths/descent.js";
import { leastSquares } from "../maths/loss.js";
import { OPTIMIZERS } from "../maths/optimizers.js";
import { countOf, quickCount, tune } from "../maths/settling.js";

export const LIMIT = 1_000_000; // steps of a linear rule that are looked at
export const DRAWN = 20_000; // steps that are drawn at most
const DRAWN_QUICKLY = 3_000; // and while a knob is being turned
const RATES = 240; // on the curve of steps against rates; of rules that are run for it so many fewer:
const FEWER = 4;
const CURVE_LIMIT = 5_000; // and no longer than this

// The last result is given again as long as the arguments are the same.
function kept(compute) {
  let [last, result] = [null, null];
  return (...given) => {
    if (!last || given.some((value, index) => value !== last[index])) [last, result] = [given, compute(...given)];
    return result;
  };
}

// -- rows and loss --
const asTheyCome = kept((rows, ddof, scaleA, scaleB, offsetA, offsetB, correlation) =>
  changed(rows, {
    scales: [scaleA, scaleB],
    offsets: [offsetA, offsetB],
    correlation,
    centering: 0,
    scaling: 0,
    ddof,
  }),
);
const prepared = kept((rows, ddof, centering, scaling) =>
  changed(rows, { scales: [1, 1], offsets: [0, 0], correlation: null, centering, scaling, ddof }),
);
const lossOf = kept((rows) => leastSquares(rows));
export const rawLossOf = kept((rows) => leastSquares(rows));

// The rows as the data's knobs make them, before they are prepared. An offset is in spreads of its feature.
export function rowsAsTheyCome(state, lesson) {
  const { rows, spreads, settings } = lesson;
  const offsets = [state.offset_a * spreads[0] * state.scale_a, state.offset_b * spreads[1] * state.scale_b];
  return asTheyCome(rows, settings.ddof, state.scale_a, state.scale_b, ...offsets, state.correlation);
}

export function correlationAsItComes({ raw }) {
  return correlationOf(raw);
}

export function lossModel(state, lesson) {
  const raw = rowsAsTheyCome(state, lesson);
  const rows = prepared(raw, lesson.settings.ddof, state.centering, state.scaling);
  const loss = lossOf(rows);
  return { raw, rows, loss, correlation: correlationOf(rows), start: [state.start_a, state.start_b] };
}

// -- the rule --
// Its best settings: from theory for the rules that are linear, else the quickest of the lesson's grid.
const bestTried = kept((loss, name, decaySteps, a, b, settings) => {
  const reach = Math.max(Math.abs(loss.minimizer[0] - a), Math.abs(loss.minimizer[1] - b)) || 1;
  const rates = settings.tries.map((share) => share * reach);
  const make = (learningRate) => OPTIMIZERS[name].make({ learningRate, decaySteps, ...settings.own[name] });
  return tune(loss, [a, b], make, rates, settings.tolerance, settings.limit);
});

export function bestSettings(model, state, lesson) {
  const rule = OPTIMIZERS[state.optimizer];
  if (rule.best) return rule.best(model.loss.spectrum);
  return { learningRate: bestTried(model.loss, state.optimizer, decayOf(state, lesson), ...model.start, lesson.settings) };
}

function decayOf(state, lesson) {
  return OPTIMIZERS[state.optimizer].decays && state.decay ? lesson.settings.decay_steps : null;
}

const ruleOf = kept((name, learningRate, momentum, decaySteps, own) =>
  OPTIMIZERS[name].make({ learningRate, momentum, decaySteps, ...own }),
);

export function ruleFor(model, state, lesson) {
  const best = state.rate === null || state.momentum === null ? bestSettings(model, state, lesson) : {};
  const learningRate = state.rate ?? best.learningRate;
  const momentum = state.momentum ?? best.momentum ?? null;
  return ruleOf(state.optimizer, learningRate, momentum, decayOf(state, lesson), lesson.settings.own[state.optimizer]);
}

// From where to where the rate's knob goes: from far below what any of these losses wants to beyond the cliff.
export function rateBounds(model, state, lesson) {
  if (!OPTIMIZERS[state.optimizer].isLinear) {
    const { minimizer } = model.loss;
    const reach = Math.max(...minimizer.map((value, index) => Math.abs(value - model.start[index]))) || 1;
    return [1e-4 * reach, 10 * reach];
  }
  const limits = [model.loss, rawLossOf(model.raw)].map((loss) => loss.spectrum.largestStableLearningRate);
  return [Math.min(...limits) / 100, 4 * Math.max(...limits)];
}

// -- the descent --
const counted = kept((loss, a, b, rule, settings) => countOf(loss, [a, b], rule, bounds(rule, settings)));
const countedOnce = kept((loss, a, b, rule, settings) => quickCount(loss, [a, b], rule, bounds(rule, settings)));

function bounds(rule, settings) {
  return { tolerance: settings.tolerance, limit: rule.isLinear ? LIMIT : settings.limit };
}

// How many steps it takes; `isQuick` while a knob is being turned, when nothing is looked at twice.
export function stepsOf(model, rule, lesson, isQuick) {
  const [a, b] = model.start;
  if (!isQuick) return counted(model.loss, a, b, rule, lesson.settings);
  const { steps } = countedOnce(model.loss, a, b, rule, lesson.settings);
  return { steps, low: steps, high: steps, isStable: true };
}

const descended = kept((loss, a, b, rule, steps) => descend(loss, [a, b], rule, steps));

// The way itself, to where it arrives; of one that never does, or takes too long, its first part.
export function wayOf(model, rule, count, lesson, isQuick) {
  const steps = Math.min(count.steps ?? (rule.isLinear ? DRAWN : lesson.settings.limit), isQuick ? DRAWN_QUICKLY : DRAWN);
  return descended(model.loss, ...model.start, rule, steps);
}

const cliffOf = kept((loss, a, b, rule, low, high, decaySteps, settings) => {
  const fine = rule.name === "gradient_descent";
  const many = fine ? RATES : RATES / FEWER;
  const rates = Float64Array.from({ length: many }, (_, index) => low * (high / low) ** (index / (many - 1)));
  if (fine) return { rates, steps: stepsAgainst(loss, [a, b], rates, settings.tolerance) };
  const limited = { tolerance: settings.tolerance, limit: CURVE_LIMIT };
  const { momentum } = rule;
  const steps = rates.map((learningRate) => {
    const other = OPTIMIZERS[rule.name].make({
      learningRate,
      momentum,
      decaySteps,
      ...settings.own[rule.name],
    });
    return quickCount(loss, [a, b], other, limited).steps ?? Infinity;
  });
  return { rates, steps };
});

export function cliffFor(model, rule, low, high, state, lesson) {
  return cliffOf(model.loss, ...model.start, rule, low, high, decayOf(state, lesson), lesson.settings);
}

// The rate from which on a rule diverges; of those that divide by their own gradients there is none.
export function stableLimit({ name, momentum }, { largestStableLearningRate }) {
  if (name === "gradient_descent") return largestStableLearningRate;
  if (name === "heavy_ball") return largestStableLearningRate * (1 + momentum);
  if (name === "nesterov") return (largestStableLearningRate * (1 + momentum)) / (1 + 2 * momentum);
  return Infinity;
}

// What becomes of a run: home; about (it arrives, rounding decides when); diverges; circles (it has been as near as
// home and did not stay); not_within, for all that is known.
export function becomesOf({ loss, start }, rule, { steps, low, isStable }, way, lesson) {
  if (steps !== null && isStable) return "home";
  if (steps !== null && low !== null) return "about";
  if (way.diverged || rule.learningRate > stableLimit(rule, loss.spectrum)) return "diverges";
  if (rule.isLinear) return "not_within";
  const { tolerance, limit } = lesson.settings;
  return stepsTo(loss, start, rule, tolerance, limit) === null ? "not_within" : "circles";
}
