// The loss: its knobs, the shape with its ball, and the charts of what a descent on it does.

import { drawCliff } from "../drawing/cliff.js";
import { drawLossCurve } from "../drawing/curve.js";
import { drawMap } from "../drawing/map.js";
import { drawPlane } from "../drawing/plane.js";
import { drawSurface } from "../drawing/surface.js";
import { turned, viewFor } from "../drawing/view.js";
import { heightOver, windowAround } from "../drawing/window.js";
import { stepsAgainst } from "../maths/descent.js";
import { shownCondition, shownCount, shownDecimals, shownNumber } from "./figures.js";
import { becomesOf, cliffFor, LIMIT, lossModel, rateBounds, ruleFor, stableLimit, stepsOf, wayOf } from "./model.js";
import { draggable, movePictures, Picture } from "./pictures.js";
import { Running } from "./running.js";
import { namesOf, say, stepsWord, told } from "./words.js";

const REACH = 44; // pixels around a ball in which a finger takes hold of it
const [LONG, ROUND] = [30, 2]; // condition numbers from which a loss is called a valley, up to which a round bowl
const WIDE = 0.3; // how far to the rim the start lies where the run climbs, so that it is seen climbing

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
    this.way = wayOf(this.model, this.rule, this.count);
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

  // Of a run that climbs, the steps up to the one that leaves the shape.
  lengthShown() {
    const { points } = this.way;
    if (this.becomes !== "diverges") return points.length - 1;
    const window = this.window();
    const out = points.findIndex((point) => !isWithin(window, point));
    return out < 0 ? points.length - 1 : Math.max(out, 1);
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
    say(byId("condition-now"), shownCondition(spectrum.conditionNumber));
    say(byId("rate-now"), shownNumber(rule.learningRate));
    if (this.isQuick) return;
    const names = namesOf(model.rows);
    const shape = spectrum.conditionNumber > LONG ? "valley" : spectrum.conditionNumber > ROUND ? "oval" : "bowl";
    const verdict = this.verdict();
    label("surface", "surface_told", { shape: told(`shape_${shape}`), condition: shownCondition(spectrum.conditionNumber), verdict });
    label("map", "map_told", names);
    label("rows", "rows_told", { ...names, count: shownCount(model.rows.target.length), correlation: shownDecimals(model.correlation, 3) });
    label("curve", "curve_told", { first: shownNumber(this.excess[0]), last: shownNumber(this.excess.at(-1)) });
    label("cliff", "cliff_told", { limit: shownNumber(spectrum.largestStableLearningRate), rate: shownNumber(rule.learningRate) });
    say(byId("told"), `${verdict} ${told("condition")}: ${shownCondition(spectrum.conditionNumber)}.`);
  }

  verdict() {
    const { steps, low, high } = this.count;
    const counts = { steps, low, high, limit: this.limit };
    const shown = Object.entries(counts).map(([name, count]) => [name, count === null ? "" : shownCount(count)]);
    const values = { ...Object.fromEntries(shown), steps_word: steps === null ? "" : stepsWord(steps) };
    return told(`verdict_${this.becomes}`, { optimizer: told(this.rule.name), ...values });
  }

  get limit() {
    return this.rule.isLinear ? LIMIT : this.desk.lesson.settings.limit;
  }

  // How many steps there are, or how many are shown of them.
  stepsText() {
    const { steps, low, high } = this.count;
    const now = this.running.of(this.length);
    if (now < this.length) return shownCount(Math.floor(now));
    if (this.becomes === "home") return shownCount(steps);
    if (this.becomes === "about") return told("about", { low: shownCount(low), high: shownCount(high) });
    return told(this.becomes, { limit: shownCount(this.limit) });
  }

  tellSteps() {
    say(byId("steps-now"), this.stepsText());
    say(byId("steps-label"), this.count.steps === null ? told("steps") : stepsWord(this.count.steps));
    byId("steps-now").parentElement.classList.toggle("alarm", this.becomes === "diverges");
    byId("steps-now").classList.toggle("long", this.becomes !== "home");
  }

  // -- pictures --
  window() {
    const { loss, start } = this.model;
    if (this.becomes === "diverges") return windowAround(loss, start, { margin: WIDE });
    const usual = windowAround(loss, this.desk.lesson.settings.start);
    return isWithin(usual, start) ? usual : windowAround(loss, start);
  }

  view(window) {
    const { turn, tilt } = this.desk.state;
    return viewFor(window, { azimuthOffset: turn, zenith: tilt });
  }

  // The way as far as it is shown, and where the ball is on it.
  shownWay() {
    const { points } = this.way;
    const step = this.running.of(this.length);
    const [whole, part] = [Math.floor(step), step % 1];
    const [from, to] = [points[whole], points[Math.min(whole + 1, this.length)]];
    const ghost = step > 0 ? points[0] : null; // the start can be dragged, wherever the ball is
    return { ghost, trail: { points, step }, ball: from.map((value, axis) => value + part * (to[axis] - value)) };
  }

  weightNames() {
    const { name_a, name_b } = namesOf(this.model.rows);
    return [told("weight_of", { name: name_a }), told("weight_of", { name: name_b })];
  }

  paintSurface(context, box, palette, quality) {
    const window = this.window();
    const view = this.view(window);
    const home = this.model.loss.minimizer;
    return {
      view,
      ...drawSurface(context, { box, window, view, palette, home, labels: this.weightNames(), quality, ...this.shownWay() }),
    };
  }

  paintMap(context, box, palette, quality) {
    const { loss } = this.model;
    const labels = this.weightNames();
    return drawMap(context, { box, loss, window: this.window(), palette, home: loss.minimizer, labels, quality, ...this.shownWay() });
  }

  paintCurve(context, box, palette) {
    const labels = [told("axis_step"), told("axis_loss", { loss: told("loss_symbol") })];
    return drawLossCurve(context, { box, losses: this.excess, upTo: this.running.of(this.length), palette, labels, color: palette.loss });
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
    const { name_a, name_b } = namesOf(rows);
    const points = Array.from(rows.target, (_, row) => [rows.features[0][row], rows.features[1][row]]);
    return drawPlane(context, { box, sets: [{ points, color: palette.text, size: 2.6, alpha: 0.8 }], labels: [name_a, name_b], palette });
  }

  // -- hands --
  makeDraggable() {
    const { surface, map, cliff } = this.pictures;
    const holdsBall = (picture, x, y) =>
      [this.model.start, this.shownWay().ball].some((weights) => {
        const at = picture.places?.toPicture(weights);
        return at && Math.hypot(at[0] - x, at[1] - y) < REACH;
      });
    const moveStart = (weights, isHeld) => {
      if (!weights) return;
      const [start_a, start_b] = weights.map((weight) => Number(weight.toPrecision(4)));
      this.running.show(Infinity);
      this.desk.turn({ start_a, start_b }, isHeld);
    };
    draggable(surface.canvas, {
      hover: (x, y) => (holdsBall(surface, x, y) ? "grab" : "turn"),
      begin: (x, y) => (holdsBall(surface, x, y) ? "ball" : "shape"),
      move: (held, x, y, dx, dy) => {
        if (held === "ball") return moveStart(surface.places.nearest(x, y), true);
        const view = turned(surface.places.view, dx, dy);
        const [turn, tilt] = [view.azimuthOffset, view.zenith].map((angle) => Math.round(angle * 10) / 10);
        return this.desk.turn({ turn, tilt }, true);
      },
      end: () => this.desk.turn({}, false),
    });
    draggable(map.canvas, {
      hover: (x, y) => (holdsBall(map, x, y) ? "grab" : ""),
      begin: (x, y) => (holdsBall(map, x, y) ? "ball" : null),
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
