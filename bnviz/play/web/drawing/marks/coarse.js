// Smooth colors inside exact outlines: worked out on a coarse grid, scaled up, and clipped.
// Colors of a smooth shape change slowly, its outline does not: the one needs few samples, the other none.

import { trace } from "./lines.js";

let scratch = null; // a canvas that holds the samples until they are drawn

// Fill outlines as one shape in the colors that `colorAt(px, py, out)` writes, red, green and blue from 0 to 1, at one
// place in `step` x `step` pixels.
export function fillShaded(context, outlines, colorAt, step) {
  const box = boundsOf(outlines);
  if (!box) return;
  const [left, top] = [Math.floor(box.left / step) - 1, Math.floor(box.top / step) - 1];
  const columns = Math.ceil(box.right / step) + 2 - left;
  const rows = Math.ceil(box.bottom / step) + 2 - top;
  const image = new ImageData(columns, rows);
  const pixels = image.data;
  const spans = spansOf(outlines, rows, columns, left, top, step);
  const color = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    for (let column = spans[2 * row]; column <= spans[2 * row + 1]; column += 1) {
      colorAt((left + column) * step, (top + row) * step, color);
      const at = 4 * (row * columns + column);
      pixels[at] = 255 * color[0]; // what is clamped here is rounded, too
      pixels[at + 1] = 255 * color[1];
      pixels[at + 2] = 255 * color[2];
      pixels[at + 3] = 255;
    }
  }
  context.save();
  context.beginPath();
  for (const outline of outlines) trace(context, outline, true);
  context.clip();
  context.drawImage(held(image), (left - 0.5) * step, (top - 0.5) * step, columns * step, rows * step);
  context.restore();
}

function held(image) {
  scratch ??= document.createElement("canvas");
  scratch.width = image.width;
  scratch.height = image.height;
  scratch.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
  return scratch;
}

function boundsOf(outlines) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const outline of outlines) {
    for (const [x, y] of outline) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right > left && bottom > top && Number.isFinite(right - left + bottom - top) && { left, top, right, bottom };
}

// The first and the last sample of each row that a pixel inside the outlines can ask for.
function spansOf(outlines, rows, columns, left, top, step) {
  const spans = new Int32Array(2 * rows);
  for (let row = 0; row < rows; row += 1) spans.set([columns, -1], 2 * row);
  const widen = (row, column) => {
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 2, rows - 1); r += 1) {
      spans[2 * r] = Math.min(spans[2 * r], Math.max(column - 1, 0));
      spans[2 * r + 1] = Math.max(spans[2 * r + 1], Math.min(column + 2, columns - 1));
    }
  };
  for (const outline of outlines) {
    for (let i = 0; i < outline.length; i += 1) {
      const [one, other] = [outline[i], outline[(i + 1) % outline.length]];
      const pieces = 1 + Math.ceil(Math.abs(other[1] - one[1]) / step);
      for (let k = 0; k < pieces; k += 1) {
        const x = one[0] + (k / pieces) * (other[0] - one[0]);
        const y = one[1] + (k / pieces) * (other[1] - one[1]);
        widen(Math.floor(y / step) - top, Math.floor(x / step) - left);
      }
    }
  }
  return spans;
}
