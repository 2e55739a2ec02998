// The layer: a mini-batch before and after it, and row 1 on its way, always with other rows.

import { drawPlane } from "../drawing/plane.js";
import { batchNorm } from "../maths/batch_norm.js";
import { randomFrom, shuffled } from "../maths/random.js";
import { shownCount, shownNumber } from "./figures.js";
import { rowsAsTheyCome } from "./model.js";
import { Picture } from "./pictures.js";
import { namesOf, say, told } from "./words.js";

const FOLLOWED = 0; // the row that is always in the mini-batch
const REMEMBERED = 24; // places where that row came out before
const PARTS = ["value", "mean", "spread", "standardized", "out"];
const WHOLE = 3.6; // spreads around the middle that the plane behind the layer shows at least

export class LayerPanel {
  constructor(desk) {
    this.desk = desk;
    this.pictures = {
      before: new Picture(document.getElementById("before"), (...given) => this.paintBefore(...given)),
      after: new Picture(document.getElementById("after"), (...given) => this.paintAfter(...given)),
    };
    document.getElementById("shuffle").addEventListener("click", () => {
      const shuffles = (this.desk.state.shuffles + 1) % 1000;
      this.desk.turn({ shuffles }, false);
    });
  }

  show() {
    const { state, lesson } = this.desk;
    this.rows = rowsAsTheyCome(state, lesson);
    this.batch = batchOf(this.rows, state.batch, lesson.settings.batch_seed, state.shuffles);
    this.result = layerResult(this.rows, state, lesson);
    this.tell();
    for (const picture of Object.values(this.pictures)) picture.redraw();
  }

  // The mini-batches that the running statistics have seen.
  seen() {
    const { state, lesson } = this.desk;
    return Array.from({ length: state.shuffles }, (_, k) => batchOf(this.rows, state.batch, lesson.settings.batch_seed, k));
  }

  tell() {
    const { state } = this.desk;
    const names = namesOf(this.rows);
    const row = FOLLOWED + 1;
    const batch = shownCount(this.batch.length);
    say(document.getElementById("layer-lead"), told("layer_lead", { row }));
    say(document.getElementById("shuffled"), told("shuffled", { count: shownCount(state.shuffles + 1) }));
    const cold = told("running_cold", { count: shownCount(state.batch > 1 ? state.shuffles : 0), mean: 0, variance: 1 });
    const note = this.result ? (state.mode === "inference" ? cold : "") : told("one_row");
    say(document.getElementById("mode-note"), note);
    const value = this.rows.features.map((column) => column[FOLLOWED]);
    const [value_a, value_b] = value.map((part) => shownNumber(part));
    this.label("before", "before_told", { batch, row, count: shownCount(this.rows.target.length), value_a, value_b });
    const out = this.result ? this.result.output.map((column) => column[0]) : null;
    this.label("after", "after_told", { batch, row, value_a: out ? shownNumber(out[0]) : "", value_b: out ? shownNumber(out[1]) : "" });
    const parts = this.result && {
      value,
      mean: this.result.mean,
      spread: this.result.variance.map((variance) => Math.sqrt(variance + state.eps)),
      standardized: this.result.standardized.map((column) => column[0]),
      out,
    };
    for (const name of PARTS) {
      const cells = document.querySelectorAll(`#row-table [data-part="${name}"] td`);
      cells.forEach((cell, index) => say(cell, parts ? shownNumber(parts[name][index]) : ""));
    }
    document.getElementById("row-table").dataset.names = `${names.name_a}, ${names.name_b}`;
  }

  label(id, key, values) {
    document.querySelector(`#${id} canvas`).setAttribute("aria-label", told(key, values));
  }

  paintBefore(context, box, palette) {
    const { name_a, name_b } = namesOf(this.rows);
    const all = Array.from(this.rows.target, (_, row) => pointOf(this.rows.features, row));
    const inBatch = this.batch.map((row) => pointOf(this.rows.features, row));
    const sets = [
      { points: all, color: palette.muted, size: 2, alpha: 0.45 },
      { points: inBatch, color: palette.valley, size: 4, shape: "square" },
    ];
    return drawPlane(context, { box, sets, highlight: { point: inBatch[0], color: palette.ball }, labels: [name_a, name_b], palette });
  }

  paintAfter(context, box, palette) {
    const { name_a, name_b } = namesOf(this.rows);
    const { state, lesson } = this.desk;
    if (!this.result) return drawPlane(context, { box, sets: [], ranges: layerRanges(state, []), labels: [name_a, name_b], palette });
    const points = this.batch.map((_, index) => pointOf(this.result.output, index));
    const before = [];
    for (let shuffle = Math.max(0, state.shuffles - REMEMBERED); shuffle < state.shuffles; shuffle++) {
      const other = layerResult(this.rows, { ...state, shuffles: shuffle }, lesson);
      if (other) before.push(pointOf(other.output, 0));
    }
    const sets = [
      { points: before, color: palette.ball, size: 2.4, alpha: 0.45 },
      { points, color: palette.bowl, size: 4, shape: "square" },
    ];
    return drawPlane(context, { box, sets, highlight: { point: points[0], color: palette.ball }, ranges: layerRanges(state, points), labels: [name_a, name_b], palette });
  }
}

// The rows of the mini-batch after so many shuffles: the followed one and its batchmates, none twice.
export function batchOf(rows, size, seed, shuffles) {
  const others = shuffled(rows.target.length - 1, randomFrom(seed + 7919 * shuffles));
  return [FOLLOWED, ...Array.from(others.slice(0, size - 1), (row) => row + 1)];
}

// What the layer makes of the mini-batch, a column a feature; null where it refuses a row alone.
export function layerResult(rows, state, lesson) {
  const { eps } = state;
  const { momentum, batch_seed } = lesson.settings;
  const layer = batchNorm({ gamma: [state.gamma_a, state.gamma_b], beta: [state.beta_a, state.beta_b], eps, momentum });
  const columnsOf = (shuffles) => {
    const chosen = batchOf(rows, state.batch, batch_seed, shuffles);
    return rows.features.map((column) => Float64Array.from(chosen, (row) => column[row]));
  };
  const columns = columnsOf(state.shuffles);
  if (state.mode === "training") return state.batch < 2 ? null : layer.forwardTraining(columns);
  let running = { mean: [0, 0], variance: [1, 1] };
  if (state.batch > 1) for (let k = 0; k < state.shuffles; k++) running = layer.runningAfter(running, columnsOf(k));
  return layer.forwardInference(columns, running);
}

function pointOf(columns, row) {
  return columns.map((column) => column[row]);
}

// What the plane behind the layer shows: more than the usual only where gamma and beta ask for it, or a point lies.
function layerRanges(state, points) {
  return ["a", "b"].map((name, axis) => {
    const reach = WHOLE * Math.max(1, Math.abs(state[`gamma_${name}`]));
    const middle = state[`beta_${name}`];
    const values = points.map((point) => point[axis]);
    const [low, high] = [Math.min(-WHOLE, middle - reach, ...values), Math.max(WHOLE, middle + reach, ...values)];
    const room = 0.03 * (high - low);
    return [low - room, high + room];
  });
}
