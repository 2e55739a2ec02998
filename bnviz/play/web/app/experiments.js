// What is given to try: with which target, how each begins, and whether it is reached.

import { changed } from "../maths/data.js";
import { stepsTo } from "../maths/descent.js";
import { leastSquares } from "../maths/loss.js";
import { OPTIMIZERS } from "../maths/optimizers.js";
import { shownCount, shownDecimals } from "./figures.js";
import { layerResult } from "./layer_panel.js";
import { LIMIT, rowsAsTheyCome } from "./model.js";
import { say, stepsWord, told } from "./words.js";

const UNDONE = 0.02; // of a spread, by which the rows may be off

// begin: what the knobs are set to; holds: whether nothing was touched that is to be left alone.
const EXPERIMENTS = {
  home: {
    begin: { scaling: 0, centering: 0, optimizer: "gradient_descent", rate: null, momentum: null },
    holds: (state) => state.optimizer === "gradient_descent" && state.rate === null && keepsData(state),
  },
  rule: {
    begin: { scaling: 0, centering: 0, optimizer: "gradient_descent", rate: null, momentum: null },
    holds: (state) => state.scaling === 0 && state.centering === 0 && keepsData(state),
  },
  undo: {
    begin: { mode: "training", gamma_a: 1, gamma_b: 1, beta_a: 0, beta_b: 0 },
    holds: (state) => state.mode === "training" && state.batch > 1,
  },
};

const HARDER = 2; // a target is worth trying where it asks for at most one over this of the steps that there are
const ROOM = 1.1; // a target over what is known to reach it
const LEAST = 20;

// What these rows allow: steps of gradient descent on them as they are (raw), the fewest with one of the two
// preparations or both (best), and the targets that lie within reach and ask for something, null where there is none.
export function offeredBy({ rows, settings }) {
  const { start, tolerance, ddof } = settings;
  const losses = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([centering, scaling]) => leastSquares(changed(rows, { centering, scaling, ddof })));
  const counted = (loss, name) => stepsTo(loss, start, OPTIMIZERS[name].best(loss.spectrum), tolerance, LIMIT);
  const [raw, ...others] = losses.map((loss) => counted(loss, "gradient_descent"));
  const reached = others.filter((steps) => steps !== null);
  const best = reached.length ? Math.min(...reached) : null;
  return { raw, best, home: targetFor(best, raw), rule: targetFor(counted(losses[0], "heavy_ball"), raw) };
}

// The first of 20, 50, 100, ... well above what is within reach and well below what there is.
function targetFor(reachable, plain) {
  if (reachable === null) return null;
  const wanted = Math.max(reachable * ROOM, LEAST - 1);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const target = [1, 2, 5, 10].map((factor) => factor * power).find((round) => round > wanted);
  return plain === null || target * HARDER <= plain ? target : null;
}

export class Experiments {
  constructor(desk, fields) {
    const initial = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.initial]));
    this.desk = desk;
    this.items = [...document.querySelectorAll("[data-experiment]")];
    this.begun = null;
    this.done = new Map(); // what was reached, and what was said of it
    for (const item of this.items) {
      const name = item.dataset.experiment;
      item.querySelector("button").addEventListener("click", () => {
        this.begun = name;
        this.done.delete(name);
        const start = Object.fromEntries(UNTOUCHED.map((key) => [key, initial[key]]));
        desk.turn({ ...(name === "undo" ? {} : start), ...EXPERIMENTS[name].begin }, false);
        if (name === "undo") document.getElementById("layer-panel").scrollIntoView();
      });
    }
  }

  // count: of the descent's steps, as far as they are known for certain.
  show(count) {
    const now = document.getElementById("task-now"); // beside the shape, wherever the page is scrolled to
    now.hidden = this.begun === null || this.begun === "undo";
    for (const item of this.items) {
      const name = item.dataset.experiment;
      const isBegun = this.begun === name;
      const isOver = this.done.has(name) && !isBegun;
      const target = this.desk.lesson.offered[name] ?? null;
      item.hidden = target === null && name !== "undo";
      for (const text of item.querySelectorAll(".task")) {
        say(text, told(`experiment_${name}`, { target: target === null ? "" : shownCount(target) }));
      }
      const [isDone, text] = name === "undo" ? this.undone() : this.arrived(name, target, count);
      if (isBegun && isDone) this.done.set(name, text);
      item.dataset.state = isOver || (isBegun && isDone) ? "done" : isBegun ? "on" : "";
      say(item.querySelector("output"), isOver ? this.done.get(name) : isBegun ? text : "");
      say(item.querySelector(".begin"), told(isBegun || isOver ? "set_up_again" : "set_up"));
      if (name === "undo") say(document.getElementById("undo-told"), isBegun ? text : "");
      else if (isBegun) say(now, `${item.querySelector(".task").textContent} ${text}`);
    }
  }

  forget() {
    this.begun = null;
    this.done.clear();
  }

  arrived(name, target, { steps, high, isStable }) {
    const most = isStable ? steps : high;
    const isDone = EXPERIMENTS[name].holds(this.desk.state) && most !== null && most < target;
    const steps_shown = most === null ? told("never") : shownCount(most);
    if (!isDone) return [false, told("not_yet", { steps: steps_shown, steps_word: most === null ? "" : stepsWord(most) })];
    return [true, told("reached", { steps: steps_shown, steps_word: stepsWord(most) })];
  }

  undone() {
    const { state, lesson } = this.desk;
    const rows = rowsAsTheyCome(state, lesson);
    const result = layerResult(rows, state, lesson);
    if (!result || !EXPERIMENTS.undo.holds(state)) return [false, ""];
    const off = offBy(result, state);
    return [off <= UNDONE, off <= UNDONE ? told("reached_undo") : told("not_yet_undo", { off: shownDecimals(off, 2) })];
  }
}

const UNTOUCHED = ["scale_a", "scale_b", "offset_a", "offset_b", "correlation", "start_a", "start_b", "turn", "tilt"];

function keepsData(state) {
  return state.scale_a === 1 && state.scale_b === 1 && !state.offset_a && !state.offset_b && state.correlation === null;
}

// How far the batch comes out from how it went in, in its own spreads: the root of the mean square of all rows.
function offBy({ output, standardized, mean, variance }, { eps }) {
  let [squares, count] = [0, 0];
  output.forEach((column, f) => {
    const spread = Math.sqrt(variance[f] + eps);
    column.forEach((value, row) => {
      const before = mean[f] + spread * standardized[f][row];
      squares += ((value - before) / spread) ** 2;
      count += 1;
    });
  });
  return Math.sqrt(squares / count);
}
