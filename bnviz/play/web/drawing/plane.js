// Points in a plane: features before and after a layer, samples of a mini-batch.

import { drawAxisNames, drawNumbersBelow, drawNumbersBeside, plotIn, roomBeside, roundTicks } from "./marks/axes.js";
import { edgeFor } from "./marks/color.js";
import { strokeLines, within } from "./marks/lines.js";
import { SMALL_SIZE, drawText } from "./marks/text.js";

const ROOM_AROUND = 0.08; // of the range, on each side
const POINT_SIZE = 3; // pixels, half a point's width
const ELLIPSE_POINTS = 64;

// sets: [{ points: [[x, y], ...], color, shape: "circle", "square", "triangle" or "cross", size, alpha }].
// highlight: { point, label, color } of one that is followed.
// ranges: [[low, high], [low, high]], by default those of all points; aspect: "free", or "equal" where one unit of
// either is as long. ellipse: [{ mean, covariance, color }], one standard deviation around the mean.
// labels: [below, above]; colors: of these two names. origin: whether the axes through 0 are drawn.
// format: writes numbers.
//
// Gives { toData(x, y), toPicture(point), plot }.
export function drawPlane(context, scene) {
  const { box, sets, highlight, palette, labels = [], ellipse = [] } = scene;
  const { aspect = "free", origin = true, format = null } = scene;
  const colors = scene.colors ?? [palette.feature_a, palette.feature_b];
  const given = scene.ranges ?? rangesAround(sets, highlight);
  const guess = plotIn(box, { left: 40, names: labels });
  const count = (plot, axis) => Math.max(2, axis ? plot.height / 46 : plot.width / 84);
  const rough = roundTicks(...fitted(guess, given, aspect)[1], count(guess, 1), format);
  const plot = plotIn(box, { left: roomBeside(context, rough.values.map(rough.write)), names: labels });
  const [[x0, x1], [y0, y1]] = fitted(plot, given, aspect);
  const place = ([x, y]) => [
    plot.x + (plot.width * (x - x0)) / (x1 - x0),
    plot.y + (plot.height * (y1 - y)) / (y1 - y0),
  ];
  within(context, box, () => {
    drawNumbersBelow(context, plot, roundTicks(x0, x1, count(plot, 0), format), (x) => place([x, y0])[0], palette);
    drawNumbersBeside(context, plot, roundTicks(y0, y1, count(plot, 1), format), (y) => place([x0, y])[1], palette);
    drawAxisNames(context, box, plot, labels, colors);
    within(context, plot, () => {
      if (origin) {
        const [x, y] = place([0, 0]);
        const axes = [[[plot.x, y], [plot.x + plot.width, y]], [[x, plot.y], [x, plot.y + plot.height]]];
        strokeLines(context, axes, palette.grid, 1.2);
      }
      for (const set of sets) drawSet(context, set, place, palette);
      for (const { mean, covariance, color = palette.text } of ellipse) {
        strokeLines(context, [ellipseOf(mean, covariance).map(place)], color, 2, { isClosed: true });
      }
      if (highlight) drawHighlight(context, plot, highlight, place, palette);
    });
    const { x, y, width, height } = plot;
    strokeLines(context, [[[x, y], [x, y + height], [x + width, y + height]]], palette.rule, 1);
  });
  return {
    toPicture: place,
    toData: (x, y) => [
      x0 + ((x - plot.x) / plot.width) * (x1 - x0),
      y1 - ((y - plot.y) / plot.height) * (y1 - y0),
    ],
    plot,
  };
}

function rangesAround(sets, highlight) {
  return [0, 1].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (const { points } of [...sets, { points: highlight ? [highlight.point] : [] }]) {
      for (const point of points) {
        low = Math.min(low, point[axis]);
        high = Math.max(high, point[axis]);
      }
    }
    if (!(high >= low)) return [-1, 1];
    const room = ROOM_AROUND * (high - low) || Math.max(Math.abs(high), 1) * 0.5;
    return [low - room, high + room];
  });
}

// The ranges, one of them widened where one unit is to be as long on both axes.
function fitted({ width, height }, ranges, aspect) {
  if (aspect !== "equal") return ranges;
  const scale = Math.min(width / (ranges[0][1] - ranges[0][0]), height / (ranges[1][1] - ranges[1][0]));
  return [width, height].map((size, axis) => {
    const middle = (ranges[axis][0] + ranges[axis][1]) / 2;
    return [middle - size / 2 / scale, middle + size / 2 / scale];
  });
}

function drawSet(context, { points, color, shape = "circle", size = POINT_SIZE, alpha = 1 }, place, palette) {
  context.save();
  context.globalAlpha *= alpha;
  context.beginPath();
  for (const point of points) outlinePoint(context, shape, place(point), size);
  if (shape === "cross") {
    context.strokeStyle = color;
    context.lineWidth = 1.8;
    context.stroke();
  } else {
    context.fillStyle = color;
    context.fill();
    context.strokeStyle = palette.background;
    context.lineWidth = 0.8;
    context.stroke();
  }
  context.restore();
}

function outlinePoint(context, shape, [x, y], size) {
  if (shape === "circle") {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
  } else if (shape === "square") {
    context.rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size);
  } else if (shape === "triangle") {
    context.moveTo(x, y - 1.25 * size);
    context.lineTo(x + 1.1 * size, y + 0.75 * size);
    context.lineTo(x - 1.1 * size, y + 0.75 * size);
    context.closePath();
  } else {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x - size, y + size);
    context.lineTo(x + size, y - size);
  }
}

// Where the distance from the mean is one standard deviation, whatever the direction.
function ellipseOf([mx, my], [[a, b], [, c]]) {
  const first = Math.sqrt(Math.max(a, 0));
  const below = first > 0 ? b / first : 0;
  const second = Math.sqrt(Math.max(c - below * below, 0));
  return Array.from({ length: ELLIPSE_POINTS }, (_, i) => {
    const turn = (2 * Math.PI * i) / ELLIPSE_POINTS;
    return [mx + first * Math.cos(turn), my + below * Math.cos(turn) + second * Math.sin(turn)];
  });
}

function drawHighlight(context, plot, { point, label, color: own }, place, palette) {
  const color = own ?? palette.text;
  const [x, y] = place(point);
  context.save();
  context.beginPath();
  context.arc(x, y, 2 * POINT_SIZE + 1, 0, 2 * Math.PI);
  for (const [stroke, width] of [[edgeFor(color, palette), 4], [color, 2]]) {
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke();
  }
  context.restore();
  if (!label) return;
  const isLeft = x > plot.x + plot.width / 2;
  const options = { size: SMALL_SIZE, weight: 700, color, align: isLeft ? "right" : "left", halo: palette.background };
  drawText(context, label, x + (isLeft ? -12 : 12), y + 4, options);
}
