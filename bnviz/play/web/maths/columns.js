// Which columns of a table are the features and the target, and whether every row has numbers there.
import { isMeantAsNumber, isMissing, isNumber, notANumber, numberIn, quoted, shown } from "./numerals.js";

const MOST_LISTED = 8;
// So many cells of a column tell whether it is meant as numbers.
const MOST_LOOKED_AT = 1000;

// A table of three columns has two features and, last, the target. Of more columns the first two that hold numbers are
// the features, and the last that does the target; a first column without a name, or that counts the rows from 0 or 1,
// is an index and no feature. Throws naming the table's source, row and column of what is wrong.
export function chosenColumns(table) {
  const { places, notes } = placesOf(table);
  const values = places.map((k) => Float64Array.from(table.columns[k], (cell) => numberIn(cell, table.mark) ?? NaN));
  refuseMissing(table, places, values);
  const count = values[0].length;
  if (count < 2) {
    throw new Error(`${table.source} must have at least two rows of numbers below the header, but has ${count}`);
  }
  const [one, other, last] = places.map((k) => table.names[k]);
  return {
    data: { features: values.slice(0, 2), target: values[2], featureNames: [one, other], targetName: last },
    notes: [...table.notes, ...notes],
  };
}

function placesOf(table) {
  const { names, source } = table;
  checkHeader(table);
  if (names.length === 3) return { places: [0, 1, 2], notes: [takenNote(table, [0, 1, 2])] };
  const index = indexOf(table);
  const numeric = names.flatMap((name, k) => (k !== index && name && isNumeric(table.columns[k]) ? [k] : []));
  if (numeric.length < 3) {
    const held = numeric.map((k) => names[k]).join(", ") || "none";
    throw new Error(
      `${source} must have three columns of numbers, two features and the target, but those with numbers are ` +
        `${held}; its columns are ${few(names.map((name) => name || "''")).join(", ")}`,
    );
  }
  const places = [numeric[0], numeric[1], numeric.at(-1)];
  for (const k of places) {
    const alike = names.filter((name) => name === names[k]).length;
    if (alike > 1) throw new Error(`${source} has ${alike} columns named ${shown(names[k])}: rename them`);
  }
  const others = names.flatMap((name, k) => (places.includes(k) ? [] : [name || "one without a name"]));
  const asIndex = index === null ? "" : ` (${names[index] || "the first column"} numbers the rows)`;
  return { places, notes: [`${takenNote(table, places)}; left out: ${few(others).join(", ")}${asIndex}`] };
}

function takenNote({ source, names }, [one, other, last]) {
  return `${source}: the features are ${names[one]} and ${names[other]}, the target is ${names[last]}`;
}

function checkHeader({ source, names }) {
  const right = `${source}: row 1 must name three columns or more, two features and the target, such as A,B,y`;
  if (names.length < 3) throw new Error(`${right}, but has ${names.length}: ${names.join(", ") || "nothing"}`);
  if (names.some(isNumber)) throw new Error(`${right}, but it holds numbers: ${few(names).join(", ")}`);
  if (names.length === 3 && (!names.every(Boolean) || new Set(names).size !== 3)) {
    throw new Error(`${right}, non-empty and distinct, but names ${names.map(quoted).join(", ")}`);
  }
}

function few(names) {
  return [...names.slice(0, MOST_LISTED), ...(names.length > MOST_LISTED ? ["..."] : [])];
}

// 0 if the first column only numbers the rows: it has no name, or counts from 0 or 1; else null.
function indexOf({ names, columns, mark }) {
  if (!names[0]) return 0;
  const values = columns[0].map((cell) => numberIn(cell, mark));
  if (values.length < 2) return null;
  return values.every((value, i) => value === i) || values.every((value, i) => value === i + 1) ? 0 : null;
}

// Whether most of what stands in the column is meant as numbers.
function isNumeric(column) {
  const cells = column.filter((cell) => !isMissing(cell)).slice(0, MOST_LOOKED_AT);
  return 2 * cells.filter(isMeantAsNumber).length > cells.length;
}

// Throws for the first cell that is no number.
function refuseMissing({ source, names, columns, mark, rowName }, places, values) {
  for (let row = 0; row < values[0].length; row++) {
    const which = values.findIndex((column) => Number.isNaN(column[row]));
    if (which < 0) continue;
    const cell = columns[places[which]][row];
    const wrong = isMissing(cell)
      ? `${shown(cell)} must be a finite decimal number such as 3.5; fill it in, or leave the row out`
      : notANumber(cell, mark);
    throw new Error(`${source}, ${rowName(row)}, column ${shown(names[places[which]])}: ${wrong}`);
  }
}
