// What stays the same from frame to frame, worked out and drawn once: while a ball runs, its surface stands still.

const records = new WeakMap(); // what each canvas showed last

// The record of what `context` shows, empty when something in `key` has changed since the frame before: a place to
// keep what was worked out for it. `isStill` says whether nothing has.
export function recordFor(context, key) {
  const known = records.get(context);
  const isStill = known?.key.length === key.length && known.key.every((part, i) => part === key[i]);
  const record = isStill ? known : { key };
  record.isStill = isStill;
  records.set(context, record);
  return record;
}

// Functions without arguments that draw what `draws` do with a context: from pictures of their own where nothing has
// changed since the frame before, else directly.
export function layersOf(context, { x, y, width, height }, record, draws) {
  const { a, b, c, d, e, f } = context.getTransform();
  const place = [a * x + e, d * y + f, a * width, d * height];
  const fits = b === 0 && c === 0 && place.every((part) => Math.abs(part - Math.round(part)) < 1e-6);
  if (!record.isStill || !fits || !context.canvas) return draws.map((draw) => () => draw(context));
  const [left, top, across, down] = place.map(Math.round);
  record.layers ??= draws.map((draw) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [across, down];
    const own = canvas.getContext("2d");
    own.setTransform(a, 0, 0, d, e - left, f - top);
    draw(own);
    return canvas;
  });
  return record.layers.map((canvas) => () => {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(canvas, left, top);
    context.restore();
  });
}
