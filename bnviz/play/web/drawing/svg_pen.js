// A pen that takes a canvas's commands and writes an SVG: every picture can be saved by the code that draws it.

const NAMED_STATE = ["globalAlpha", "fillStyle", "strokeStyle", "lineWidth", "lineJoin", "lineCap", "lineDashOffset",
  "font", "textAlign", "textBaseline"];
const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" };
const BASELINES = { alphabetic: 0, top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2 }; // ems down to the base line
const FULL_TURN = 2 * Math.PI;

let ruler = null; // a canvas's context, which measures texts

// The part of CanvasRenderingContext2D that the pictures use. A canvas that is drawn becomes an image inside the SVG.
export class SvgPen {
  // The size in CSS pixels. `background`: a color, or none.
  constructor(width, height, { title = "", desc = "", background = null } = {}) {
    Object.assign(this, {
      globalAlpha: 1, fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, lineJoin: "miter", lineCap: "butt",
      lineDashOffset: 0, font: "10px sans-serif", textAlign: "left", textBaseline: "alphabetic",
    });
    this.size = { width, height };
    this.words = { title, desc };
    this.definitions = [];
    this.elements = [];
    this.path = [];
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.dash = [];
    this.states = [];
    this.open = 0; // groups that a clip has opened since the last save
    this.count = 0; // of definitions
    if (background) {
      this.fillStyle = background;
      this.fillRect(0, 0, width, height);
    }
  }

  save() {
    const state = Object.fromEntries(NAMED_STATE.map((name) => [name, this[name]]));
    this.states.push({ ...state, matrix: this.matrix, dash: this.dash, open: this.open });
    this.open = 0;
  }

  restore() {
    if (!this.states.length) return;
    this.elements.push("</g>".repeat(this.open));
    Object.assign(this, this.states.pop());
  }

  // -- transforms --
  transform(a, b, c, d, e, f) {
    const [g, h, i, j, k, l] = this.matrix;
    this.matrix = [g * a + i * b, h * a + j * b, g * c + i * d, h * c + j * d, g * e + i * f + k, h * e + j * f + l];
  }

  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  getTransform() {
    const [a, b, c, d, e, f] = this.matrix;
    return { a, b, c, d, e, f };
  }

  // -- paths --
  beginPath() {
    this.path = [];
  }

  moveTo(x, y) {
    this.path.push(`M${rounded2(x)} ${rounded2(y)}`);
  }

  lineTo(x, y) {
    this.path.push(`${this.path.length ? "L" : "M"}${rounded2(x)} ${rounded2(y)}`);
  }

  closePath() {
    this.path.push("Z");
  }

  rect(x, y, width, height) {
    this.path.push(`M${rounded2(x)} ${rounded2(y)}h${rounded2(width)}v${rounded2(height)}h${rounded2(-width)}Z`);
  }

  arc(x, y, radius, start, end, isBack = false) {
    const at = (angle) => `${rounded2(x + radius * Math.cos(angle))} ${rounded2(y + radius * Math.sin(angle))}`;
    const size = rounded2(radius);
    const round = (angle, isLong) => `A${size} ${size} 0 ${isLong} ${isBack ? 0 : 1} ${at(angle)}`;
    this.path.push(`${this.path.length && !this.path.at(-1).endsWith("Z") ? "L" : "M"}${at(start)}`);
    const turn = isBack ? start - end : end - start;
    if (turn >= FULL_TURN - 1e-9) this.path.push(round(start + Math.PI, 0), round(start, 0), "Z");
    else this.path.push(round(end, ((turn % FULL_TURN) + FULL_TURN) % FULL_TURN > Math.PI ? 1 : 0));
  }

  // -- painting --
  fill(rule = "nonzero") {
    const evenOdd = rule === "evenodd" ? ' fill-rule="evenodd"' : "";
    this.add(`<path d="${this.path.join("")}"${evenOdd}${this.painted("fill", this.fillStyle)}`);
  }

  stroke() {
    if (this.path.length) this.add(`<path d="${this.path.join("")}" fill="none"${this.stroked()}`);
  }

  clip() {
    const area = `<path d="${this.path.join("")}"${this.placed()}/>`;
    const id = this.define((name) => `<clipPath id="${name}">${area}</clipPath>`);
    this.elements.push(`<g clip-path="url(#${id})">`);
    this.open += 1;
  }

  fillRect(x, y, width, height) {
    this.add(`<rect${attributes({ x, y, width, height })}${this.painted("fill", this.fillStyle)}`);
  }

  // What is drawn before is gone where the whole picture is cleared; a part of it is not.
  clearRect() {}

  setLineDash(lengths) {
    this.dash = lengths;
  }

  fillText(text, x, y) {
    this.write(text, x, y, this.painted("fill", this.fillStyle));
  }

  strokeText(text, x, y) {
    this.write(text, x, y, ` fill="none"${this.stroked()}`);
  }

  measureText(text) {
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = this.font;
    return ruler.measureText(text);
  }

  drawImage(source, x, y, width = source.width, height = source.height) {
    const box = attributes({ x, y, width, height });
    this.add(`<image${box} preserveAspectRatio="none" href="${source.toDataURL("image/png")}"${this.faded()}`);
  }

  // -- gradients --
  createLinearGradient(x0, y0, x1, y1) {
    return gradientOf("linearGradient", attributes({ x1: x0, y1: y0, x2: x1, y2: y1 }));
  }

  createRadialGradient(x0, y0, r0, x1, y1, r1) {
    return gradientOf("radialGradient", attributes({ fx: x0, fy: y0, fr: r0, cx: x1, cy: y1, r: r1 }));
  }

  // -- the result --
  toString() {
    const { width, height } = this.size;
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    const { title, desc } = this.words;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
      `<title>${escapedText(title)}</title><desc>${escapedText(desc)}</desc>`,
      `<defs>${this.definitions.join("")}</defs>`,
      ...this.elements.filter(Boolean),
      "</g>".repeat([this, ...this.states].reduce((sum, { open }) => sum + open, 0)),
      "</svg>\n",
    ].join("\n");
  }

  // -- within --
  add(unfinished) {
    this.elements.push(`${unfinished}${this.placed()}/>`);
  }

  define(write) {
    this.count += 1;
    const name = `d${this.count}`;
    this.definitions.push(write(name));
    return name;
  }

  placed() {
    const isMoved = this.matrix.some((part, i) => part !== [1, 0, 0, 1, 0, 0][i]);
    return isMoved ? ` transform="matrix(${this.matrix.map((part) => Number(part.toFixed(6))).join(" ")})"` : "";
  }

  faded() {
    return this.globalAlpha < 1 ? ` opacity="${rounded2(this.globalAlpha)}"` : "";
  }

  // The attributes that paint a fill or a stroke.
  painted(kind, style) {
    if (style.write) return ` ${kind}="url(#${this.define(style.write)})"${this.faded()}`;
    const { color, alpha } = splitAlpha(style);
    const opacity = alpha * this.globalAlpha;
    return ` ${kind}="${color}"${opacity < 1 ? ` ${kind}-opacity="${Number(opacity.toFixed(4))}"` : ""}`;
  }

  stroked() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(rounded2).join(" ")}"` : "";
    const shape = ` stroke-linejoin="${this.lineJoin}" stroke-linecap="${this.lineCap}"`;
    const width = attributes({ "stroke-width": this.lineWidth });
    return `${this.painted("stroke", this.strokeStyle)}${width}${shape}${dash}`;
  }

  write(text, x, y, paint) {
    const [, weight = "400", size, family] = /^(?:(\w+) )?([\d.]+)px (.+)$/.exec(this.font);
    const base = y + BASELINES[this.textBaseline] * Number(size);
    const font = `font-family="${escapedText(family)}" font-size="${size}" font-weight="${weight}"`;
    const place = `${attributes({ x, y: base })} text-anchor="${ANCHORS[this.textAlign]}"`;
    this.elements.push(`<text${place} ${font}${paint}${this.placed()}>${escapedText(text)}</text>`);
  }
}

function gradientOf(tag, shape) {
  const stops = [];
  return {
    addColorStop(offset, style) {
      const { color, alpha } = splitAlpha(style);
      stops.push(`<stop offset="${offset}" stop-color="${color}"${alpha < 1 ? ` stop-opacity="${alpha}"` : ""}/>`);
    },
    write: (name) => `<${tag} id="${name}" gradientUnits="userSpaceOnUse"${shape}>${stops.join("")}</${tag}>`,
  };
}

// "rgba(r, g, b, a)" or any other color -> the color without its alpha, and that.
function splitAlpha(style) {
  const found = /^rgba\((\d+), (\d+), (\d+), ([\d.e-]+)\)$/.exec(style);
  return found ? { color: `rgb(${found.slice(1, 4).join(",")})`, alpha: Number(found[4]) } : { color: style, alpha: 1 };
}

function attributes(numbers) {
  return Object.entries(numbers).map(([name, number]) => ` ${name}="${rounded2(number)}"`).join("");
}

function rounded2(number) {
  return Number(number.toFixed(2));
}

function escapedText(text) {
  return String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}
