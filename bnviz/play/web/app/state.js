// The state of all knobs as one flat object, and how it stands in an address. Nothing here knows the page.

// What each field may be; `log` is whether its knob turns by factors. A field that is null follows the rest:
// the correlation is the rows' own, rate and momentum are the best ones.
export function fieldsOf(lesson) {
  const { start, batch_size, eps } = lesson.settings;
  const count = lesson.data.target.length;
  const batch = Math.min(batch_size, count);
  const number = (initial, low, high, more = {}) => ({ kind: "number", initial, low, high, ...more });
  const choice = (initial, ...of) => ({ kind: "choice", initial, of: [initial, ...of] });
  return {
    show: choice("", "loss", "layer", "norms"),
    scaling: number(0, 0, 1),
    centering: number(0, 0, 1),
    scale_a: number(1, 1e-3, 1e3, { log: true }),
    scale_b: number(1, 1e-3, 1e3, { log: true }),
    offset_a: number(0, -10, 10),
    offset_b: number(0, -10, 10),
    correlation: number(null, -0.999, 0.999),
    optimizer: choice("gradient_descent", "heavy_ball", "nesterov", "adagrad", "rmsprop", "adam"),
    rate: number(null, 1e-18, 1e18, { log: true }),
    momentum: number(null, 0, 0.999),
    decay: { kind: "flag", initial: true },
    start_a: number(start[0], -1e50, 1e50),
    start_b: number(start[1], -1e50, 1e50),
    turn: number(0, -180, 180),
    tilt: number(50, 0, 70),
    batch: number(batch, 1, Math.min(count, 100), { whole: true }),
    shuffles: number(0, 0, 1000, { whole: true }),
    mode: choice("training", "inference"),
    gamma_a: number(1, -1e6, 1e6),
    gamma_b: number(1, -1e6, 1e6),
    beta_a: number(0, -1e6, 1e6),
    beta_b: number(0, -1e6, 1e6),
    eps: number(eps, 0, 1e6, { log: true }),
    share: choice("column", "row", "group", "rms"),
    groups: number(2, 1, 6, { whole: true }),
    cell: number(0, 0, 35, { whole: true }),
    cell_value: number(null, -20, 20),
  };
}

export function initialState(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.initial]));
}

// What differs from the beginning, as an address has it behind "#"; nothing if nothing does.
export function stateWritten(state, fields) {
  const changed = Object.keys(fields).filter((name) => state[name] !== fields[name].initial);
  return changed.map((name) => `${name}=${encodeURIComponent(String(state[name]))}`).join("&");
}

// The state in an address. What is unknown or no value is passed over, what is out of bounds is brought back:
// a link may be old, or typed by hand.
export function stateRead(text, fields) {
  const state = initialState(fields);
  for (const [name, value] of new URLSearchParams(text.replace(/^#/, ""))) {
    const field = Object.hasOwn(fields, name) ? fields[name] : null;
    const read = field && allowedValue(value, field);
    if (read !== null && read !== undefined) state[name] = read;
  }
  return state;
}

function allowedValue(text, field) {
  if (field.kind === "choice") return field.of.includes(text) ? text : null;
  if (field.kind === "flag") return ["true", "false"].includes(text) ? text === "true" : null;
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? within(value, field) : null;
}

export function within(value, field) {
  const inside = Math.min(Math.max(value, field.low), field.high);
  return field.whole ? Math.round(inside) : inside;
}
