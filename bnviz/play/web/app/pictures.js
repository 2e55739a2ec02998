// Canvases that are drawn anew when what they show has changed, once a frame at most, and can be saved.

import { finenessOf, FULL_PACE, pacedBy } from "../drawing/pace.js";
import { SvgPen } from "../drawing/svg_pen.js";

const SHARPEST = 2; // device pixels for one of the page's: more are not seen, and take time
const SAVED_SHARPNESS = 2;
const waiting = new Set();
let pace = FULL_PACE;
let isMoving = false; // while a knob is turned or a descent runs: then frames count more than fine lines
let lastFrame = null;
const dark = matchMedia("(prefers-color-scheme: dark)");
let palettes = null;

// Colors by role, of the light and the dark scheme.
export function usePalettes(given) {
  palettes = given;
}

export function paletteNow() {
  return palettes[dark.matches ? "dark" : "light"];
}

export function movePictures(moves) {
  if (moves !== isMoving) lastFrame = null;
  isMoving = moves;
}

function finenessNow() {
  const ratio = Math.min(window.devicePixelRatio || 1, SHARPEST);
  return isMoving ? finenessOf(pace, ratio) : { ratio, quality: 1 };
}

// A figure with a canvas in it. paint(context, box, palette, quality) draws, and gives what its places mean, if anything.
export class Picture {
  constructor(figure, paint) {
    this.figure = figure;
    this.canvas = figure.querySelector("canvas");
    this.paint = paint;
    this.places = null; // what was given by the last painting
    this.isSeen = true;
    new ResizeObserver(() => this.redraw()).observe(this.canvas);
    new IntersectionObserver(([entry]) => {
      this.isSeen = entry.isIntersecting;
      this.redraw();
    }, { rootMargin: "100px" }).observe(this.canvas);
    dark.addEventListener("change", () => this.redraw());
  }

  // Soon, together with all others that wait.
  redraw() {
    if (!waiting.size) requestAnimationFrame(drawWaiting);
    waiting.add(this);
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.isSeen || !width || !height) return;
    const { ratio, quality } = finenessNow();
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) {
      this.canvas.width = across;
      this.canvas.height = down;
    }
    const context = this.canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.places = this.paint(context, { x: 0, y: 0, width, height }, paletteNow(), quality);
  }

  // Whether it is drawn or not: a box as it would have.
  get box() {
    return { x: 0, y: 0, width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  svg() {
    const { width, height } = this.box;
    const { background } = paletteNow();
    const desc = this.canvas.getAttribute("aria-label");
    const pen = new SvgPen(width, height, { title: this.title, desc, background });
    this.paint(pen, this.box, paletteNow(), 1);
    return pen.toString();
  }

  async png() {
    const { width, height } = this.box;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SAVED_SHARPNESS, height * SAVED_SHARPNESS];
    const context = canvas.getContext("2d");
    context.scale(SAVED_SHARPNESS, SAVED_SHARPNESS);
    context.fillStyle = paletteNow().background;
    context.fillRect(0, 0, width, height);
    this.paint(context, this.box, paletteNow(), 1);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  get title() {
    return this.figure.querySelector("figcaption").firstElementChild.textContent;
  }
}

function drawWaiting(now) {
  if (isMoving && lastFrame !== null) pace = pacedBy(pace, now - lastFrame);
  lastFrame = isMoving ? now : null;
  const pictures = [...waiting];
  waiting.clear();
  for (const picture of pictures) picture.draw();
}

// What happens when a finger or a mouse is put on a picture: begin(x, y) says what is held, move(held, x, y, dx, dy)
// what becomes of it, end(held) that it was let go. Begin gives null for nothing to be held. What scrolls(held) says yes
// to leaves a finger that goes up or down to the page.
export function draggable(canvas, { begin, move, end, hover = () => "", scrolls = () => false }) {
  let held = null;
  let last = null;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [x, y] = place(event);
    held = begin(x, y);
    if (held === null) return;
    last = [x, y];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    if (held === null) {
      canvas.dataset.cursor = hover(x, y);
      return;
    }
    const isScrolling = event.pointerType === "touch" && scrolls(held); // up and down is the page's then
    move(held, x, y, x - last[0], isScrolling ? 0 : y - last[1]);
    last = [x, y];
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(name, () => {
      if (held === null) return;
      const what = held;
      held = null;
      end(what);
    });
  }
  const keeps = (event) => held !== null && !scrolls(held) && event.preventDefault();
  for (const name of ["touchstart", "touchmove"]) canvas.addEventListener(name, keeps, { passive: false });
}
