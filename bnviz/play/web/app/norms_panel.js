// Norms: a small matrix before and after, whose numbers share mean and spread by column, row or group.

import { normalizeMatrix } from "../maths/norms.js";
import { randomFrom } from "../maths/random.js";
import { shownDecimals, shownNumber } from "./figures.js";
import { say, told } from "./words.js";

export const SIZE = 6; // samples, and features
const SAME = 1e-9; // a number that changes by less has not changed
const AWAY = 4; // from a number to the one that it is tried with, to see what changes with it

export class NormsPanel {
  constructor(desk) {
    this.desk = desk;
    this.tables = ["matrix-before", "matrix-after"].map((id) => document.getElementById(id));
    for (const table of this.tables) fill(table, table === this.tables[0] ? (cell) => this.choose(cell) : null);
  }

  choose(cell) {
    this.desk.turn({ cell, cell_value: null }, false);
  }

  // Where a group ends a row's numbers have to be as many in each: so many groups as divide them.
  get groups() {
    const { share, groups } = this.desk.state;
    return share === "group" ? divisors().reduce((near, one) => (Math.abs(one - groups) < Math.abs(near - groups) ? one : near)) : 1;
  }

  show() {
    const { state, lesson } = this.desk;
    const how = { share: state.share === "rms" ? "row_rms" : state.share, groups: this.groups, eps: state.eps };
    this.matrix = matrixOf(lesson.settings.batch_seed, state);
    this.result = normalizeMatrix(this.matrix, how);
    const [row, column] = [Math.floor(state.cell / SIZE), state.cell % SIZE];
    const other = this.matrix.map((values) => [...values]);
    other[row][column] += AWAY;
    const moved = normalizeMatrix(other, how).output;
    let count = 0;
    this.eachCell((cells, r, c) => {
      const moves = Math.abs(moved[r][c] - this.result.output[r][c]) > SAME;
      count += moves;
      const group = this.result.groupOf(r, c);
      cells.forEach((cell, index) => {
        const text = shownDecimals((index ? this.result.output : this.matrix)[r][c], index ? 2 : 1);
        say(cell.querySelector("button") ?? cell, text);
        cell.dataset.ground = String(group % 2);
        cell.toggleAttribute("data-chosen", r === row && c === column);
        cell.toggleAttribute("data-moves", Boolean(index && moves));
        cell.querySelector("button")?.setAttribute("aria-pressed", String(r === row && c === column));
      });
    });
    const isAlone = this.matrix[0].length === this.groups && state.share === "group";
    say(document.getElementById("cell-told"), isAlone ? told("cell_alone") : told("cell_told", { count, total: SIZE * SIZE }));
    const group = this.result.groupOf(row, column);
    const [mean, variance] = [this.result.means[group], this.result.variances[group]];
    const shared = { mean: shownNumber(mean), spread: shownNumber(Math.sqrt(variance + state.eps)) };
    const key = state.share === "rms" ? "cell_shares_rms" : "cell_shares";
    say(document.getElementById("cell-shares"), isAlone ? "" : told(key, shared));
    say(document.getElementById("cell_value-label"), told("cell_knob", { row: row + 1, column: column + 1 }));
    document.getElementById("knob-groups").hidden = state.share !== "group";
  }

  get cellValue() {
    const { cell } = this.desk.state;
    return this.matrix[Math.floor(cell / SIZE)][cell % SIZE];
  }

  eachCell(visit) {
    for (let r = 0; r < SIZE; r++) {
      for (let c = 0; c < SIZE; c++) visit(this.tables.map((table) => table.tBodies[0].rows[r].cells[c + 1]), r, c);
    }
  }
}

// Features of unlike size, rounded so that they can be read.
export function matrixOf(seed, { cell, cell_value }) {
  const random = randomFrom(seed);
  const columns = Array.from({ length: SIZE }, () => ({ middle: 16 * random() - 8, width: 0.5 + 5 * random() }));
  const rows = Array.from({ length: SIZE }, () =>
    columns.map(({ middle, width }) => Math.round(10 * (middle + width * (2 * random() - 1))) / 10),
  );
  if (cell_value !== null) rows[Math.floor(cell / SIZE)][cell % SIZE] = cell_value;
  return rows;
}

function divisors() {
  return Array.from({ length: SIZE }, (_, index) => index + 1).filter((count) => SIZE % count === 0);
}

// Headers and cells; a cell that can be chosen is a button.
function fill(table, choose) {
  const head = table.createTHead().insertRow();
  head.insertCell();
  const body = table.createTBody();
  for (let c = 0; c < SIZE; c++) head.append(header("col", "feature", c + 1));
  for (let r = 0; r < SIZE; r++) {
    const row = body.insertRow();
    row.append(header("row", "sample", r + 1));
    for (let c = 0; c < SIZE; c++) {
      const cell = row.insertCell();
      if (!choose) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.addEventListener("click", () => choose(SIZE * r + c));
      cell.append(button);
    }
  }
}

function header(scope, key, number) {
  const cell = document.createElement("th");
  cell.scope = scope;
  const whole = document.createElement("span");
  whole.className = "unseen";
  whole.textContent = told(key, { number });
  const seen = document.createElement("span");
  seen.setAttribute("aria-hidden", "true");
  seen.textContent = number;
  cell.append(whole, seen);
  return cell;
}
