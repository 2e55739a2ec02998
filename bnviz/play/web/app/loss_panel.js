// The loss: its knobs, the shape with its ball, and the charts of what a descent on it does.

import { drawCliff } from "../drawing/cliff.js";
import { drawLossCurve } from "../drawing/curve.js";
import { drawMap } from "../drawing/map.js";
import { drawPlane } from "../drawing/plane.js";
import { drawSurface } from "../drawing/surface.js";
import { turned, viewFor } from "../drawing/view.js";
import { heightOver, windowAround } from "../drawing/window.js";
import { stepsAgainst } from "../maths/descent.js";
import { shownCondition, shownCount, shownDecimals, shownNumber, shownPercent, shownShare } from "./figures.js";
import { becomesOf, cliffFor, LIMIT, lossModel, rateBounds, rawLossOf, ruleFor, stableLimit, stepsOf, wayOf } from "./model.js";
import { draggable, movePictures, paletteNow, Picture } from "./pictures.js";
import { Running } from "./running.js";
import { namesOf, say, stepsWord, told } from "./words.js";

const REACH = 28; // pixels around a ball in which a finger takes hold of it
const [LONG, ROUND] = [30, 2]; // condition numbers from which a loss is called a valley, up to which a round bowl
const USUAL = 0.88; // of the way to the rim or a cut, where the start lies
const CLIMBS = 4; // jumps of a run that climbs which are to be seen
const NEAREST = 0.06; // of the way to the rim, for them, where the start lies at least
const LONGEST_NAME = 16; // letters of a column's name in a picture
const MAP_EDGE = 0.74; // of the way to the map's edge, where the start lies

export class LossPanel {
  // desk: { state, lesson, turn(changes, isHeld) }, where the knobs' values are kept.
  constructor(desk) {
    this.desk = desk;
    this.isQuick = false;
    this.running = new Running(() => this.showRun());
    this.pictures = {
      surface: new Picture(byId("surface"), (...given) => this.paintSurface(...given)),
      map: new Picture(byId("map"), (...given) => this.paintMap(...given)),
      curve: new Picture(byId("curve"), (...given) => this.paintCurve(...given)),
      cliff: new Picture(byId("cliff"), (...given) => this.paintCliff(...given)),
      rows: new Picture(byId("rows"), (...given) => this.paintRows(...given)),
    };
    this.makeDraggable();
    byId("run").addEventListener("click", () => this.toggleRun());
    byId("step").addEventListener("click", () => this.running.step(this.length));
    byId("reset").addEventListener("click", () => {
      this.running.show(0);
      this.showRun();
    });
  }

  // Everything anew from the state. isQuick: a knob is still being turned.
  show(isQuick) {
    const { state, lesson } = this.desk;
    this.isQuick = isQuick;
    this.model = lossModel(state, lesson);
    this.rule = ruleFor(this.model, state, lesson);
    this.count = stepsOf(this.model, this.rule, lesson, isQuick);
    this.way = wayOf(this.model, this.rule, this.count, lesson, isQuick);
    this.becomes = becomesOf(this.model, this.rule, this.count, this.way, lesson);
    this.length = this.lengthShown();
    this.excess = this.way.losses.map((loss) => loss - this.model.loss.minimum);
    this.running.show(Infinity); // what was turned is seen whole
    this.tell();
    this.redraw();
  }

  redraw() {
    for (const picture of Object.values(this.pictures)) picture.redraw();
  }

  // Of a run that climbs, the steps on the shape: where the next one leads an arrow shows.
  lengthShown() {
    const { points } = this.way;
    if (this.becomes !== "diverges") return points.length - 1;
    const window = this.window();
    const out = points.findIndex((point) => !isWithin(window, point));
    return out < 0 ? points.length - 1 : Math.max(out - 1, 0);
  }

  // -- running --
  toggleRun() {
    if (this.running.isOn) this.running.pause();
    else this.running.run(this.length);
  }

  showRun() {
    movePictures(this.running.isOn);
    say(byId("run"), told(this.running.isOn ? "pause" : "run"));
    this.tellSteps();
    for (const name of ["surface", "map", "curve"]) this.pictures[name].redraw();
  }

  // -- what is told --
  tell() {
    const { model, rule } = this;
    const { spectrum } = model.loss;
    this.tellSteps();
    say(byId("run"), told(this.running.isOn ? "pause" : "run"));
    say(byId("rate-kind"), told(this.desk.state.rate === null ? "rate_best" : "rate_now"));
    say(byId("condition-now"), shownCondition(spectrum.conditionNumber));
    say(byId("rate-now"), shownNumber(rule.learningRate));
    if (this.isQuick) return;
    const names = namesOf(model.rows);
    const shape = spectrum.conditionNumber > LONG ? "valley" : spectrum.conditionNumber > ROUND ? "oval" : "bowl";
    const verdict = this.verdict();
    const bends = told("bends", { condition: shownCondition(spectrum.conditionNumber) });
    label("surface", "surface_told", { shape: told(`shape_${shape}`), bends, verdict });
    label("map", "map_told", names);
    label("rows", "rows_told", { ...names, count: shownCount(model.rows.target.length), correlation: shownDecimals(model.correlation, 3) });
    label("curve", "curve_told", { first: shownNumber(this.excess[0]), last: shownNumber(this.excess.at(-1)) });
    const limit = stableLimit(rule, spectrum);
    const values = { rate: shownNumber(rule.learningRate), limit: shownNumber(limit), optimizer: told(rule.name) };
    label("cliff", Number.isFinite(limit) ? "cliff_told" : "cliff_told_open", values);
    const isPlain = rule.name === "gradient_descent" && this.desk.state.rate === null && this.becomes === "home";
    say(byId("told"), [verdict, isPlain ? told("from_everywhere") : "", bends].filter(Boolean).join(" "));
    const isCut = this.becomes !== "diverges" && this.length < (this.count.steps ?? this.limit);
    say(byId("curve").querySelector(".more"), isCut ? told("curve_cut", { steps: shownCount(this.length) }) : "");
    const isWhole = this.desk.state.scaling === 1 && this.desk.state.centering === 1;
    byId("left-over").hidden = !isWhole;
    say(byId("left-over"), told("left_over", { correlation: shownDecimals(model.correlation, 3) }));
  }

  verdict() {
    const { steps, low, high } = this.count;
    const counts = { steps, low, high, limit: this.limit };
    const shown = Object.entries(counts).map(([name, count]) => [name, count === null ? "" : shownCount(count)]);
    const share = shownShare(this.desk.lesson.settings.tolerance);
    const values = { ...Object.fromEntries(shown), share, steps_word: steps === null ? "" : stepsWord(steps) };
    const text = told(`verdict_${this.becomes}`, { optimizer: told(this.rule.name), ...values });
    return text[0].toUpperCase() + text.slice(1);
  }

  get limit() {
    return this.rule.isLinear ? LIMIT : this.desk.lesson.settings.limit;
  }

  // How many steps there are, or how many are shown of them.
  stepsText() {
    const { steps, low, high } = this.count;
    if (this.becomes === "home") return shownCount(steps);
    if (this.becomes === "about") return told("about", { low: shownCount(low), high: shownCount(high) });
    return told(this.becomes, { limit: shownCount(this.limit) });
  }

  tellSteps() {
    const now = Math.floor(this.running.of(this.length));
    const steps = this.becomes === "home" ? shownCount(this.count.steps) : null;
    const climbs = told("running_up", { now: shownCount(now) });
    const { loss, start } = this.model;
    const left = shownPercent(loss.distance(this.way.points[now]) / (loss.distance(start) || 1));
    const goes = told(steps === null ? "running_on" : "running", { now: shownCount(now), steps, left });
    const running = this.becomes === "diverges" ? climbs : goes;
    say(byId("running-now"), now < this.length || this.becomes === "diverges" ? running : "");
    say(byId("steps-now"), this.stepsText());
    const word = this.becomes === "home" ? stepsWord(this.count.steps) : told("steps");
    say(byId("steps-label"), this.becomes === "diverges" ? "" : told("steps_to", { steps_word: word }));
    byId("steps-now").parentElement.classList.toggle("alarm", this.becomes === "diverges");
    byId("steps-now").classList.toggle("long", this.becomes !== "home");
  }

  // -- pictures --
  window() {
    const { loss, start } = this.model;
    if (this.becomes === "diverges") return windowAround(loss, start, { margin: this.climbingMargin() });
    const usual = windowAround(loss, this.desk.lesson.settings.start);
    return isWithin(usual, start) ? usual : windowAround(loss, start);
  }

  // So far from the rim that a run which climbs has some jumps before it.
  climbingMargin() {
    const [first, second] = this.way.losses.slice(0, 2).map((value) => value - this.model.loss.minimum);
    const growth = Math.max(Math.sqrt(second / first), 1);
    return Math.min(Math.max(USUAL / growth ** CLIMBS, NEAREST), USUAL);
  }

  // From where the rows that were read are seen best: knobs turn the shape, and never who looks at it.
  view() {
    const { state, lesson } = this.desk;
    const { turn, tilt } = state;
    return viewFor(windowAround(rawLossOf(lesson.rows), lesson.settings.start), { azimuthOffset: turn, zenith: tilt });
  }

  // The way as far as it is shown, and where the ball is on it.
  shownWay() {
    const { points } = this.way;
    const step = this.running.of(this.length);
    const [whole, part] = [Math.floor(step), step % 1];
    const [from, to] = [points[whole], points[Math.min(whole + 1, this.length)]];
    const leaves = this.becomes === "diverges" && step === this.length && points[this.length + 1];
    const arrow = leaves ? { from: points[this.length], to: leaves, color: paletteNow().alarm } : null;
    const ghost = step > 0 ? points[0] : null; // the start can be dragged, wherever the ball is
    return { ghost, arrow, trail: { points, step }, ball: from.map((value, axis) => value + part * (to[axis] - value)) };
  }

  weightNames() {
    return this.shortNames().map((name) => told("weight_of", { name }));
  }

  shortNames() {
    const { name_a, name_b } = namesOf(this.model.rows);
    return [name_a, name_b].map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name));
  }

  paintSurface(context, box, palette, quality) {
    const window = this.window();
    const view = this.view();
    const home = this.model.loss.minimizer;
    return {
      view,
      ...drawSurface(context, { box, window, view, palette, home, labels: this.weightNames(), quality, ...this.shownWay() }),
    };
  }

  paintMap(context, box, palette, quality) {
    const { loss } = this.model;
    const labels = this.weightNames();
    const window = this.window();
    const room = this.mapRoom(window);
    return drawMap(context, { box, loss, window, ...room, palette, home: loss.minimizer, labels, quality, ...this.shownWay() });
  }

  // What the map shows: as much as the shape does, so that a run which climbs has room there, too.
  mapRoom(window) {
    if (this.becomes !== "diverges") return { around: window.start };
    const center = this.model.loss.minimizer;
    const away = window.start.map((weight, axis) => Math.abs(weight - center[axis]));
    return { center, extent: (Math.max(...away) / MAP_EDGE) * (USUAL / this.climbingMargin()) };
  }

  paintCurve(context, box, palette) {
    const labels = [told("axis_step"), told("axis_loss", { loss: told("loss_symbol") })];
    return drawLossCurve(context, { box, losses: this.excess.slice(0, Math.max(this.length + 1, 2)), upTo: this.running.of(this.length), palette, labels, color: palette.loss });
  }

  paintCliff(context, box, palette) {
    const { model, rule, count } = this;
    const { state, lesson } = this.desk;
    const [low, high] = rateBounds(model, state, lesson);
    const curve = cliffFor(model, rule, low, high, state, lesson);
    const { bestLearningRate } = model.loss.spectrum;
    const isPlain = rule.name === "gradient_descent";
    return drawCliff(context, {
      box,
      ...curve,
      current: { rate: rule.learningRate, steps: count.steps ?? Infinity },
      limit: stableLimit(rule, model.loss.spectrum),
      best: isPlain ? { rate: bestLearningRate, steps: stepsAgainst(model.loss, model.start, [bestLearningRate], lesson.settings.tolerance)[0] } : null,
      palette,
      labels: { below: told("axis_rate"), above: told("steps"), limit: told("diverges"), best: told("cliff_best") },
    });
  }

  paintRows(context, box, palette) {
    const { rows } = this.model;
    const points = Array.from(rows.target, (_, row) => [rows.features[0][row], rows.features[1][row]]);
    return drawPlane(context, { box, sets: [{ points, color: palette.text, size: 2.6, alpha: 0.8 }], labels: this.shortNames(), palette });
  }

  // -- hands --
  makeDraggable() {
    const { surface, map, cliff } = this.pictures;
    const holdsStart = (picture, x, y) => {
      const at = picture.places?.toPicture(this.model.start);
      return at && Math.hypot(at[0] - x, at[1] - y) < REACH;
    };
    const moveStart = (weights, isHeld) => {
      if (!weights) return;
      const [start_a, start_b] = weights.map((weight) => Number(weight.toPrecision(4)));
      this.running.show(Infinity);
      this.desk.turn({ start_a, start_b }, isHeld);
    };
    draggable(surface.canvas, {
      scrolls: (held) => held === "shape",
      hover: (x, y) => (holdsStart(surface, x, y) ? "grab" : "turn"),
      begin: (x, y) => (holdsStart(surface, x, y) ? "ball" : "shape"),
      move: (held, x, y, dx, dy) => {
        if (held === "ball") return moveStart(surface.places.nearest(x, y), true);
        const view = turned(surface.places.view, dx, dy);
        const [turn, tilt] = [view.azimuthOffset, view.zenith].map((angle) => Math.round(angle * 10) / 10);
        return this.desk.turn({ turn, tilt }, true);
      },
      end: () => this.desk.turn({}, false),
    });
    draggable(map.canvas, {
      hover: (x, y) => (holdsStart(map, x, y) ? "grab" : ""),
      begin: (x, y) => (holdsStart(map, x, y) ? "ball" : null),
      move: (held, x, y) => moveStart(map.places.toWeights(x, y), true),
      end: () => this.desk.turn({}, false),
    });
    draggable(cliff.canvas, {
      hover: () => "slide",
      begin: (x) => (this.takeRate(x), "rate"),
      move: (held, x) => this.takeRate(x),
      end: () => this.desk.turn({}, false),
    });
  }

  takeRate(x) {
    const rate = this.pictures.cliff.places?.toRate(x);
    if (rate) this.desk.turn({ rate: Number(rate.toPrecision(4)), momentum: this.rule.momentum }, true);
  }
}

function isWithin(window, weights) {
  const [x, y] = window.ground(weights);
  const [along] = window.directions;
  return heightOver(window.form, x, y) < window.top && Math.abs(along[0] * x + along[1] * y) < window.length;
}

function byId(id) {
  return document.getElementById(id);
}

function label(id, key, values) {
  byId(id).querySelector("canvas").setAttribute("aria-label", told(key, values));
}
