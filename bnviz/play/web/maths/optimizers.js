// The six optimizers: how each takes a step, in the formulas of its source and with PyTorch's settings.

// By name, in the order of their publication. hasMomentum: whether it has a momentum to be set; isLinear: whether
// a step is linear in the gradient; decays: whether its rate is meant to fall to 0; make: an optimizer from its
// learning rate (above 0), its momentum (0 to 1), if the rate falls linearly to 0 the steps in which it does, and what
// else it has of its own, by bn_math's names; best: from a spectrum the optimizer with the best settings for that
// quadratic, or null where no formula is known.
export const OPTIMIZERS = Object.freeze({
  // Cauchy 1847.
  gradient_descent: entryOf({
    name: "gradient_descent",
    isLinear: true,
    settings: (spectrum) => ({ learningRate: spectrum.bestLearningRate }),
    advance: ({ rateAt }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      slopeInto(point, slope);
      for (let k = 0; k < 2; k++) point[k] -= rate * slope[k];
    },
    transition: ({ learningRate }, eigenvalue) => [1 - learningRate * eigenvalue, 0],
  }),
  // Polyak 1964, equation 9. The state holds the point before.
  heavy_ball: entryOf({
    name: "heavy_ball",
    isLinear: true,
    hasMomentum: true,
    settings: (spectrum) => spectrum.heavyBall,
    advance: ({ rateAt, momentum }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      slopeInto(point, slope);
      for (let k = 0; k < 2; k++) {
        const here = point[k];
        point[k] = here - rate * slope[k] + momentum * (here - state[1 + k]);
        state[1 + k] = here;
      }
    },
    transition: ({ learningRate, momentum }, eigenvalue) => [1 + momentum - learningRate * eigenvalue, -momentum],
  }),
  // Nesterov 1983; Sutskever et al. 2013, equations 3 and 4: the slope is that ahead of the ball.
  nesterov: entryOf({
    name: "nesterov",
    isLinear: true,
    hasMomentum: true,
    settings: (spectrum) => spectrum.nesterov,
    advance: ({ rateAt, momentum }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      for (let k = 0; k < 2; k++) {
        const here = point[k];
        point[k] = here + momentum * (here - state[1 + k]);
        state[1 + k] = here;
      }
      slopeInto(point, slope);
      for (let k = 0; k < 2; k++) point[k] -= rate * slope[k];
    },
    transition: ({ learningRate, momentum }, eigenvalue) => {
      const shrink = 1 - learningRate * eigenvalue;
      return [(1 + momentum) * shrink, -momentum * shrink];
    },
  }),
  // Duchi, Hazan and Singer 2011, figure 1. The state holds the sum of all squares.
  adagrad: entryOf({
    name: "adagrad",
    own: { eps: 1e-10 },
    advance: ({ rateAt, eps }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      slopeInto(point, slope);
      for (let k = 0; k < 2; k++) {
        state[1 + k] += slope[k] * slope[k];
        point[k] -= (rate * slope[k]) / (Math.sqrt(state[1 + k]) + eps);
      }
    },
  }),
  // Hinton 2012, lecture 6e. The state holds the running mean of squares.
  rmsprop: entryOf({
    name: "rmsprop",
    decays: true,
    own: { decay: 0.99, eps: 1e-8 },
    advance: ({ rateAt, decay, eps }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      slopeInto(point, slope);
      for (let k = 0; k < 2; k++) {
        state[1 + k] = decay * state[1 + k] + (1 - decay) * slope[k] * slope[k];
        point[k] -= (rate * slope[k]) / (Math.sqrt(state[1 + k]) + eps);
      }
    },
  }),
  // Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1. The state holds the running means of slopes and squares.
  adam: entryOf({
    name: "adam",
    decays: true,
    own: { beta1: 0.9, beta2: 0.999, eps: 1e-8 },
    advance: ({ rateAt, beta1, beta2, eps }) => (slopeInto, point, state, slope) => {
      const rate = rateAt(state[0]++);
      slopeInto(point, slope);
      // Both running means start at 0; dividing by the weight gathered so far takes that bias out.
      const gathered = 1 - beta1 ** state[0];
      const gatheredSquares = 1 - beta2 ** state[0];
      for (let k = 0; k < 2; k++) {
        state[1 + k] = beta1 * state[1 + k] + (1 - beta1) * slope[k];
        state[3 + k] = beta2 * state[3 + k] + (1 - beta2) * slope[k] * slope[k];
        const root = Math.sqrt(state[3 + k] / gatheredSquares);
        point[k] -= (rate * (state[1 + k] / gathered)) / (root + eps);
      }
    },
  }),
});

function entryOf({ name, isLinear = false, hasMomentum = false, decays = false, own = {}, settings, advance, transition }) {
  function make({ learningRate, momentum = null, decaySteps = null, ...others }) {
    if (!(learningRate > 0 && learningRate < Infinity)) {
      throw new Error(`learning rate must be a finite number above 0, but is ${learningRate}`);
    }
    if (hasMomentum && !(momentum !== null && momentum >= 0 && momentum <= 1)) {
      throw new Error(`momentum must be a number from 0 to 1, but is ${momentum}`);
    }
    if (decaySteps !== null && !(Number.isInteger(decaySteps) && decaySteps >= 1)) {
      throw new Error(`decay steps must be a whole number of at least 1, but is ${decaySteps}`);
    }
    const given = { learningRate, momentum: hasMomentum ? momentum : null };
    const isConstant = decaySteps === null;
    const rateAt = (step) => (isConstant ? learningRate : learningRate * Math.max(0, 1 - step / decaySteps));
    return optimizerOf(name, given, decaySteps, advance({ ...own, ...others, ...given, rateAt }), isLinear && isConstant && transition);
  }

  return Object.freeze({
    name,
    hasMomentum,
    isLinear,
    decays,
    make,
    best: settings ? (spectrum) => make(settings(spectrum)) : null,
  });
}

// init: the state before the first step from a start; update: the point and the state after one step, of which it
// changes neither; advance(slopeInto, point, state, slope): the same in place, for runs of many steps. A linear rule
// with a fixed rate has a transition, too: [now, before], the factors of the distances along an eigenvector in
// e(t + 1) = now * e(t) + before * e(t - 1).
function optimizerOf(name, given, decaySteps, advance, transition) {
  return Object.freeze({
    name,
    ...given,
    decaySteps,
    isLinear: Boolean(transition),
    advance,
    transition: transition ? (eigenvalue) => transition(given, eigenvalue) : null,
    // Steps taken, then two numbers each of what the rule keeps; the momentum rules keep the point before.
    init: (start) => (given.momentum === null ? new Float64Array(5) : Float64Array.of(0, start[0], start[1], 0, 0)),
    update(gradient, point, state) {
      const next = [point[0], point[1]];
      const after = Float64Array.from(state);
      function slopeInto(w, slope) {
        [slope[0], slope[1]] = gradient(w);
      }
      advance(slopeInto, next, after, [0, 0]);
      return [next, after];
    },
  });
}
