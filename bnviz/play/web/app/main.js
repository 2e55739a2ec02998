// The page: what the lesson brings, the knobs with what they may be, and the panels that follow them.

import { meansOf, standardDeviations } from "../maths/data.js";
import { OPTIMIZERS } from "../maths/optimizers.js";
import { Experiments, offeredBy } from "./experiments.js";
import { plainNumber, shownCount, shownDecimals, shownNumber, useDecimalMark } from "./figures.js";
import { Knob } from "./knobs.js";
import { LayerPanel } from "./layer_panel.js";
import { LossPanel } from "./loss_panel.js";
import { correlationAsItComes, rateBounds } from "./model.js";
import { NormsPanel } from "./norms_panel.js";
import { ownRows } from "./own_rows.js";
import { movePictures, usePalettes } from "./pictures.js";
import { connectSharing } from "./saving.js";
import { writeAddress } from "./sharing.js";
import { fieldsOf, stateRead, stateWritten, within } from "./state.js";
import { namesOf, say, stepsWord, told, useWords } from "./words.js";

// Which panel, or picture of it, follows which knobs.
const DATA = ["scale_a", "scale_b", "offset_a", "offset_b", "correlation"];
const FOLLOWED_BY = {
  loss: [...DATA, "scaling", "centering", "optimizer", "rate", "momentum", "decay", "start_a", "start_b"],
  view: ["turn", "tilt"],
  layer: [...DATA, "batch", "shuffles", "mode", "gamma_a", "gamma_b", "beta_a", "beta_b", "eps"],
  norms: ["share", "groups", "cell", "cell_value", "eps"],
};
const SETTLED = 250; // milliseconds without a turn, after which everything is looked at twice

// Begins with what was given by the page's data: see bnviz/play/model.py.
export function start(given) {
  useWords(given.words, given.language);
  useDecimalMark(given.decimal_mark);
  usePalettes(given.palettes);
  const page = new Page(given);
  page.begin();
  return page;
}

class Page {
  constructor({ data, settings, words }) {
    this.lesson = lessonOf(columnsOf(data), settings);
    this.own = this.lesson;
    this.title = words.title;
    this.fields = fieldsOf(this.lesson);
    this.state = stateRead(location.hash, this.fields);
    this.panels = { loss: new LossPanel(this), layer: new LayerPanel(this), norms: new NormsPanel(this) };
    this.experiments = new Experiments(this, this.fields);
    this.knobs = Object.fromEntries(Object.entries(this.knobTable()).map(([name, knob]) => [name, this.knob(name, knob)]));
    this.connectChoices();
    connectSharing(this);
    ownRows({ take: (data) => this.useRows(lessonOf(data, settings)), back: () => this.useRows(this.own) });
  }

  begin() {
    document.body.toggleAttribute("data-show", this.state.show !== "");
    for (const panel of document.querySelectorAll(".panel")) {
      panel.toggleAttribute("data-shown", panel.id === `${this.state.show}-panel`);
    }
    this.show(false);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches && this.state.show !== "layer" && this.state.show !== "norms") {
      this.panels.loss.toggleRun();
    }
    addEventListener("hashchange", () => {
      if (location.hash.includes("=") || location.hash.length < 2) {
        this.state = stateRead(location.hash, this.fields);
        this.show(false);
      } else writeAddress(this.address);
    });
  }

  get address() {
    return stateWritten(this.state, this.fields);
  }

  // The knobs' new values. isHeld: more of them are to come, so that nothing slow is done now.
  turn(changes, isHeld) {
    const allowed = Object.entries(changes).map(([name, value]) => {
      const { kind } = this.fields[name];
      return [name, kind === "number" && value !== null ? within(value, this.fields[name]) : value];
    });
    this.state = { ...this.state, ...Object.fromEntries(allowed) };
    this.waitsQuick = isHeld;
    if (!this.waits) requestAnimationFrame(() => this.showNow());
    this.waits = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED);
  }

  showNow() {
    this.waits = false;
    this.show(this.waitsQuick);
  }

  settle() {
    this.show(false);
    writeAddress(this.address);
  }

  // Only what depends on what has changed is looked at; the rest stays as it is.
  show(isQuick) {
    const { loss, layer, norms } = this.panels;
    movePictures(isQuick || loss.running.isOn);
    const last = this.last ?? {};
    const changed = (names) => this.lesson !== last.lesson || names.some((name) => this.state[name] !== last.state[name]);
    const isSettling = last.isQuick && !isQuick;
    if (changed(FOLLOWED_BY.loss) || isSettling) loss.show(isQuick);
    else if (changed(FOLLOWED_BY.view)) loss.pictures.surface.redraw();
    if (changed(FOLLOWED_BY.layer)) layer.show();
    if (changed(FOLLOWED_BY.norms)) norms.show();
    if (!isQuick) this.experiments.show(loss.count);
    if (!isQuick && (changed(DATA) || !this.offered)) this.offered = this.offeredNow();
    if (!isQuick) this.sayNames();
    this.showKnobs(isQuick && last.state);
    this.last = { state: this.state, lesson: this.lesson, isQuick };
  }

  // What the rows as they come allow: as read, or as the data's knobs have made them.
  offeredNow() {
    const { raw } = this.panels.loss.model;
    return raw === this.lesson.rows ? this.lesson.offered : offeredBy({ rows: raw, settings: this.lesson.settings });
  }

  useRows(lesson) {
    this.lesson = lesson;
    this.state = { ...this.state, start_a: lesson.settings.start[0], start_b: lesson.settings.start[1] };
    const same = Object.fromEntries(["scale_a", "scale_b", "offset_a", "offset_b", "correlation", "rate", "momentum", "batch"].map((name) => [name, fieldsOf(lesson)[name].initial]));
    this.state = { ...this.state, ...same };
    document.getElementById("own-rows-stay").hidden = lesson === this.own;
    this.turn({}, false);
  }

  // -- words with names in them --
  sayNames() {
    const names = namesOf(this.lesson.rows);
    const name = { a: names.name_a, b: names.name_b };
    for (const element of document.querySelectorAll("[data-say]")) {
      const { say: key, of } = element.dataset;
      const values = { ...names, name: name[of], row: 1, decay: shownCount(this.lesson.settings.decay_steps) };
      say(element, key === "name" ? name[of] : key === "cell_knob" ? element.textContent : told(key, values));
    }
    const { raw, best } = this.offered;
    const steps = raw === null ? {} : { steps: shownCount(raw), steps_word: stepsWord(raw) };
    const key = raw === null ? "question_never" : best !== null && 2 * best <= raw ? "question" : "question_plain";
    say(document.getElementById("question"), told(key, { ...names, ...steps, limit: shownCount(1e6) }));
  }

  // -- knobs --
  knob(name, { changes = (value) => ({ [name]: value }), ...how }) {
    const element = document.querySelector(`[data-knob="${name}"]`);
    const turned = (value, isHeld) => this.turn(changes(value), isHeld);
    return new Knob(element, { shown: (value) => shownNumber(value), turned, tellBounds: (value) => this.boundsTold(name, value), ...how });
  }

  // What is said of a typed value that is none, or is brought back to what it can be; nothing of any other.
  boundsTold(name, value) {
    const { low, high } = this.fields[name];
    if (value >= low && value <= high) return "";
    return told("bounds", { low: shownNumber(low), high: shownNumber(high) });
  }

  knobTable() {
    const percent = (value) => `${shownDecimals(100 * value, 0)}${"\u2009"}%`;
    const degrees = (value) => `${shownDecimals(value, 0)}°`;
    const fixed = (name) => () => [this.fields[name].low, this.fields[name].high, Boolean(this.fields[name].log)];
    const around = (axis) => () => {
      const { loss } = this.panels.loss.model;
      const from = this.lesson.settings.start[axis];
      const reach = Math.abs(loss.minimizer[axis] - from) || 1;
      return [Math.min(from, loss.minimizer[axis]) - reach, Math.max(from, loss.minimizer[axis]) + reach, false];
    };
    const wide = (axis) => Math.max(1, this.lesson.spreads[axis]);
    const far = (axis) => 2 * (Math.abs(this.lesson.means[axis]) + wide(axis));
    const rule = () => this.panels.loss.rule;
    return {
      scaling: { bounds: fixed("scaling"), shown: percent, catches: true },
      centering: { bounds: fixed("centering"), shown: percent, catches: true },
      scale_a: { bounds: fixed("scale_a") },
      scale_b: { bounds: fixed("scale_b") },
      offset_a: { bounds: fixed("offset_a") },
      offset_b: { bounds: fixed("offset_b") },
      correlation: { bounds: fixed("correlation") },
      rate: {
        bounds: () => [...rateBounds(this.panels.loss.model, this.state, this.lesson), true],
        changes: (rate) => ({ rate, momentum: rule().momentum ?? null }),
      },
      momentum: { bounds: fixed("momentum"), changes: (momentum) => ({ momentum, rate: rule().learningRate }) },
      start_a: { bounds: around(0) },
      start_b: { bounds: around(1) },
      batch: { bounds: () => [1, Math.min(this.lesson.rows.target.length, this.fields.batch.high), false], shown: shownCount, isWhole: true },
      gamma_a: { bounds: () => [1 / (4 * wide(0)), 4 * wide(0), true] },
      gamma_b: { bounds: () => [1 / (4 * wide(1)), 4 * wide(1), true] },
      beta_a: { bounds: () => [-far(0), far(0), false] },
      beta_b: { bounds: () => [-far(1), far(1), false] },
      eps: { bounds: () => [1e-8, 100, true] },
      groups: { bounds: fixed("groups"), shown: shownCount, isWhole: true },
      turn: { bounds: fixed("turn"), shown: degrees },
      tilt: { bounds: fixed("tilt"), shown: degrees },
      cell_value: { bounds: fixed("cell_value") },
    };
  }

  // All of them, or those that differ from a state before: a knob that is written anew costs a layout.
  showKnobs(before) {
    const { model, rule } = this.panels.loss;
    const { state, knobs } = this;
    const shown = {
      ...state,
      correlation: state.correlation ?? correlationAsItComes(model),
      rate: rule.learningRate,
      momentum: rule.momentum ?? 0,
      cell_value: this.panels.norms.cellValue,
      groups: this.panels.norms.groups,
    };
    for (const [name, knob] of Object.entries(knobs)) {
      if (!before || state[name] !== before[name] || name === "rate" || name === "momentum") knob.show(shown[name]);
    }
    if (before) return;
    const entry = OPTIMIZERS[state.optimizer];
    knobs.momentum.element.hidden = !entry.hasMomentum;
    document.getElementById("decay-row").hidden = !entry.decays;
    document.getElementById("optimizer").value = state.optimizer;
    document.getElementById("best").checked = state.rate === null;
    document.getElementById("decay").checked = state.decay;
    const how = entry.best ? told("best_theory") : told("best_tried", { count: shownCount(this.lesson.settings.tries.length) });
    say(document.getElementById("best-how"), how);
    for (const name of ["mode", "share"]) {
      for (const input of document.querySelectorAll(`input[name="${name}"]`)) input.checked = input.value === state[name];
    }
  }

  connectChoices() {
    const on = (id, changes) => document.getElementById(id).addEventListener("change", (event) => this.turn(changes(event.target), false));
    on("optimizer", ({ value }) => ({ optimizer: value, rate: null, momentum: null }));
    on("best", ({ checked }) => {
      const { learningRate, momentum } = this.panels.loss.rule;
      return checked ? { rate: null, momentum: null } : { rate: Number(plainNumberOf(learningRate)), momentum: momentum ?? null };
    });
    on("decay", ({ checked }) => ({ decay: checked }));
    on("mode", ({ value }) => ({ mode: value }));
    on("share", ({ value }) => ({ share: value }));
    document.getElementById("reset-knobs").addEventListener("click", () => {
      const { show } = this.state;
      this.experiments.forget();
      this.state = { ...stateRead("", fieldsOf(this.lesson)), show };
      this.panels.loss.running.show(Infinity);
      this.turn({}, false);
    });
  }
}

function plainNumberOf(value) {
  return value.toPrecision(6);
}

function columnsOf({ features, target, feature_names, target_name }) {
  return {
    features: features.map((column) => Float64Array.from(column)),
    target: Float64Array.from(target),
    featureNames: feature_names,
    targetName: target_name,
  };
}

// The rows with what the knobs' bounds and the questions depend on.
function lessonOf(rows, settings) {
  const lesson = { rows, settings, means: meansOf(rows), spreads: standardDeviations(rows, settings.ddof) };
  return { ...lesson, data: rows, offered: offeredBy(lesson) };
}
