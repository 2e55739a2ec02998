// Knobs: a range beside a box for typing. Each shows a value and tells of a new one; what it means is not known here.

import { plainNumber, typedNumber } from "./figures.js";

const POSITIONS = 1000;
const DIGITS = 4; // significant ones that a turn of a knob gives: an address stays short

// bounds() gives [low, high, isLog], and may change with the rest. shown(value) is how it is read out.
// turned(value, isHeld) is called with every new value: isHeld while the knob is still being turned.
export class Knob {
  constructor(element, { bounds, shown, turned }) {
    this.element = element;
    this.range = element.querySelector("input[type=range]");
    this.box = element.querySelector("input.value");
    Object.assign(this, { bounds, shown, turned });
    this.range.max = POSITIONS;
    this.range.addEventListener("input", () => turned(this.valueAt(Number(this.range.value)), true));
    this.range.addEventListener("change", () => turned(this.valueAt(Number(this.range.value)), false));
    this.box.addEventListener("change", () => this.type());
    this.box.addEventListener("focus", () => this.box.select());
  }

  type() {
    const value = typedNumber(this.box.value);
    const isNumber = Number.isFinite(value);
    this.box.setAttribute("aria-invalid", String(!isNumber));
    if (isNumber) this.turned(value, false);
  }

  show(value) {
    const [low, high, isLog] = this.bounds();
    const shown = [value, low, high].join(); // what is shown already is not written again: that would cost a layout
    if (shown === this.last && document.activeElement !== this.range) return;
    this.last = shown;
    const share = isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    const position = String(Math.round(POSITIONS * Math.min(Math.max(share, 0), 1)) || 0);
    if (document.activeElement !== this.range || this.valueAt(Number(this.range.value)) !== value) this.range.value = position;
    this.range.setAttribute("aria-valuetext", this.shown(value));
    if (document.activeElement !== this.box || this.box.getAttribute("aria-invalid") !== "true") {
      const text = plainNumber(value);
      if (this.box.value !== text) this.box.value = text.length > 9 ? plainNumber(Number(value.toPrecision(DIGITS))) : text;
    }
  }

  valueAt(position) {
    const [low, high, isLog] = this.bounds();
    if (position <= 0) return rounded(low);
    if (position >= POSITIONS) return rounded(high);
    const share = position / POSITIONS;
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
