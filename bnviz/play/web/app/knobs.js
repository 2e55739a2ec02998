// Knobs: a range beside a box for typing. Each shows a value and tells of a new one; what it means is not known here.

import { plainNumber, typedNumber } from "./figures.js";

const POSITIONS = 1000;
const PRESS = 10; // positions of one press of an arrow key; with Shift one
const CATCH = 15; // positions from an end within which a knob that catches goes to it
const DIGITS = 4; // significant ones that a turn of a knob gives: an address stays short

// bounds() gives [low, high, isLog], and may change with the rest. isWhole: it turns from one whole number to the next.
// catches: near its ends it goes to them. shown(value) is how it is read out.
// turned(value, isHeld) is called with every new value: isHeld while the knob is still being turned.
export class Knob {
  constructor(element, { bounds, shown, turned, tellBounds, isWhole = false, catches = false }) {
    this.element = element;
    this.range = element.querySelector("input[type=range]");
    this.box = element.querySelector("input.value");
    this.complaint = element.querySelector(".bounds");
    Object.assign(this, { bounds, shown, turned, tellBounds, isWhole, catches });
    this.range.addEventListener("keydown", (event) => this.press(event));
    // A finger that scrolls the page begins on a knob as one that turns it does: what it turned is taken back.
    this.range.addEventListener("pointerdown", () => (this.held = this.value));
    this.range.addEventListener("pointercancel", () => turned(this.held, false));
    this.range.addEventListener("input", () => turned(this.valueAt(Number(this.range.value)), true));
    this.range.addEventListener("change", () => turned(this.valueAt(Number(this.range.value)), false));
    this.box.addEventListener("change", () => this.type());
    this.box.addEventListener("focus", () => this.box.select());
  }

  type() {
    const value = typedNumber(this.box.value);
    const isNumber = Number.isFinite(value);
    this.box.setAttribute("aria-invalid", String(!isNumber));
    const complaint = this.tellBounds(value);
    this.complaint.hidden = !complaint;
    this.complaint.textContent = complaint;
    this.last = null;
    if (isNumber) this.turned(value, false);
  }

  get positions() {
    const [low, high] = this.bounds();
    return this.isWhole ? Math.max(high - low, 1) : POSITIONS;
  }

  // A thousand presses from end to end would be too many.
  press(event) {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!way || this.isWhole) return;
    event.preventDefault();
    const position = Math.min(Math.max(Number(this.range.value) + way * (event.shiftKey ? 1 : PRESS), 0), POSITIONS);
    this.range.value = position;
    this.turned(this.valueAt(position), false);
  }

  show(value) {
    this.value = value;
    const [low, high, isLog] = this.bounds();
    const shown = [value, low, high].join(); // what is shown already is not written again: that would cost a layout
    if (shown === this.last && document.activeElement !== this.range) return;
    this.last = shown;
    this.range.max = this.positions;
    const share = isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    const position = String(Math.round(this.positions * Math.min(Math.max(share, 0), 1)) || 0);
    if (document.activeElement !== this.range || this.valueAt(Number(this.range.value)) !== value) this.range.value = position;
    this.range.setAttribute("aria-valuetext", this.shown(value));
    if (document.activeElement !== this.box || this.box.getAttribute("aria-invalid") !== "true") {
      const text = plainNumber(value);
      if (this.box.value !== text) this.box.value = text.length > 9 ? plainNumber(Number(value.toPrecision(DIGITS))) : text;
    }
  }

  valueAt(position) {
    const [low, high, isLog] = this.bounds();
    const edge = this.catches ? CATCH : 0;
    if (position <= edge) return rounded(low);
    if (position >= this.positions - edge) return rounded(high);
    const share = position / this.positions;
    if (this.isWhole) return Math.round(low + (high - low) * share);
    return isLog ? rounded(low * (high / low) ** share) : nearRound(low, high, share);
  }
}

function rounded(value) {
  return Number(value.toPrecision(DIGITS));
}

// So many decimals as the knob's positions tell apart.
function nearRound(low, high, share) {
  const step = (high - low) / POSITIONS;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return Number((low + (high - low) * share).toFixed(Math.min(decimals, 15)));
}
