// A CSV file's text as a table: which separator it has, which decimal mark, and its rows.
import { COMMA, POINT, ambiguousIn, decimalMark, isNumber, shown, stripped, written } from "./numerals.js";

const SEPARATORS = Object.freeze({ ",": "commas", ";": "semicolons", "\t": "tabs" });
const SEP_LINE = /^"?sep=(.)"?\s*$/iu;
// So many records are looked at to find the separator.
const LOOKED_AT = 50;
const LONGEST_FIELD = 131072;
const MOST_NAMES_SHOWN = 8;

// The table that is written in a text: a first row of names, then a record a row; empty lines are skipped. The
// separator is a comma, a semicolon or a tab: the one that a first line `sep=;` names, or under which rows have as many
// cells as there are names. Where it is no comma, numbers may have a decimal comma, if no number has a point.
// names; columns of texts; rowName(i): what an error calls row i; mark: the decimal mark; notes: what was decided.
export function tableOf(text, source) {
  const first = text.match(/^[^\r\n]*/)[0];
  const named = first.match(SEP_LINE);
  const rest = named ? text.slice(first.length).replace(/^(?:\r\n|\r|\n)/, "") : text;
  if (named && !(named[1] in SEPARATORS)) {
    throw new Error(`${source}, row 1 must name a comma, a semicolon or a tab, but is ${shown(first)}`);
  }
  const separator = named ? named[1] : separatorOf(rest);
  const rows = recordsOf(rest, separator, { skipsBlanks: separator !== "\t", source, skipped: named ? 1 : 0 });
  const header = rows.length ? rows[0].cells.map(written) : [];
  const records = rows.slice(1).map((row) => withoutEnd(row, header, source, separator));
  // Nothing stands in the last column, not even a name: every line ends with a separator.
  const endsEmpty = header.at(-1) === "" && records.every((cells) => stripped(cells.at(-1)) === "");
  const names = endsEmpty ? header.slice(0, -1) : header;
  const columns = header.map((_, k) => records.map((cells) => cells[k]));
  const mark = separator === "," ? POINT : decimalMark(columns);
  if (mark === COMMA) refuseAmbiguous(names, columns, source);
  const comma = mark === COMMA ? ", and numbers have a decimal comma" : "";
  return {
    source,
    names,
    columns,
    mark,
    rowName: (i) => `row ${rows[i + 1].line}`,
    notes: separator === "," ? [] : [`${source}: columns are separated by ${SEPARATORS[separator]}${comma}`],
  };
}

function refuseAmbiguous(names, columns, source) {
  names.forEach((name, k) => {
    const cell = ambiguousIn(columns[k]);
    if (cell === undefined) return;
    throw new Error(
      `${source}, column ${shown(name)}: ${shown(cell)} may have a decimal comma or one between thousands; ` +
        "write the numbers with a decimal point, or all of them without separators between thousands",
    );
  });
}

// The one under which the most rows have as many cells as the first, and among such the most cells.
function separatorOf(text) {
  const fits = Object.keys(SEPARATORS).map((separator) => ({ separator, fit: fitOf(text, separator) }));
  return fits.reduce((best, next) => (isBetter(next.fit, best.fit) ? next : best)).separator;
}

function isBetter(one, other) {
  return one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);
}

function fitOf(text, separator) {
  const rows = recordsOf(text, separator, { most: LOOKED_AT + 1 });
  if (!rows) return [0, 0];
  const names = rows.length ? rows[0].cells.length : 0;
  if (names < 2) return [0, names];
  // Commas that a header alone has, within names, are outdone by semicolons in every row.
  const alike = rows.slice(1).filter((row) => row.cells.length === names).length;
  return [rows.length > 1 ? alike / (rows.length - 1) : 0.5, names];
}

// The records that hold anything, each with the line it ends in. A cell in quotes may hold separators, line ends and
// doubled quotes; a quote that is not closed takes all the rest. A cell that is too long is refused, or, without a
// source to name, gives null.
function recordsOf(text, separator, { skipsBlanks = false, source = null, skipped = 0, most = Infinity }) {
  const rows = [];
  let cells = [];
  let cell = "";
  let line = 1 + skipped;
  // Where in a cell the next letter stands: "start", "plain", "quoted", or "closed" behind a quote in quotes.
  let place = "start";
  let begun = false;
  function endCell() {
    cells.push(cell);
    cell = "";
    place = "start";
  }
  function endRecord() {
    if (begun) endCell();
    if (cells.some((content) => stripped(content))) rows.push({ line, cells });
    cells = [];
    begun = false;
  }
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at];
    const isEnd = letter === "\n" || letter === "\r";
    if (isEnd && place !== "quoted") {
      endRecord();
    } else if (place === "quoted") {
      if (letter === '"') place = "closed";
      else cell += letter;
    } else if (place === "closed" && letter === '"') {
      cell += letter;
      place = "quoted";
    } else if (place === "start" && letter === '"') {
      begun = true;
      place = "quoted";
    } else if (place === "start" && letter === " " && skipsBlanks) {
      begun = true;
    } else if (letter === separator) {
      begun = true;
      endCell();
    } else {
      begun = true;
      cell += letter;
      place = "plain";
    }
    if (cell.length > LONGEST_FIELD) {
      if (source === null) return null;
      throw new Error(`${source} is not CSV: field larger than field limit (${LONGEST_FIELD})`);
    }
    if (isEnd && letter === "\r" && text[at + 1] === "\n") {
      at++;
      if (place === "quoted") cell += "\n";
    }
    if (isEnd && at + 1 < text.length) line++;
  }
  endRecord();
  return rows.slice(0, most);
}

// The row's cells, as many as there are names; empty ones beyond are what a last separator leaves.
function withoutEnd({ line, cells }, header, source, separator) {
  const count = header.length;
  const kept = [...cells];
  while (kept.length > count && !stripped(kept.at(-1))) kept.pop();
  if (kept.length === count) return kept;
  const names = [...header.slice(0, MOST_NAMES_SHOWN), ...(count > MOST_NAMES_SHOWN ? ["..."] : [])].join(", ");
  const hint =
    separator === "," && kept.length > count && kept.every(isNumber)
      ? "; where numbers have a decimal comma, columns must be separated by semicolons"
      : "";
  throw new Error(`${source}, row ${line} must have ${count} values, for ${names}, but has ${kept.length}${hint}`);
}
