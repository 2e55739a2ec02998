// Numbers as people write them: decimal points and commas, thousands separators, and what is missing.

export const POINT = ".";
export const COMMA = ",";

// What people and programs write where a value is missing; letters in any case.
const MISSING_MARKS = new Set(
  ["", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "missing", "-", "--", "?", "."],
);
// \u2212 is the minus sign of typesetters.
const SIGN = "[+\u2212-]?";
const EXPONENT = "(?:[eE][+\u2212-]?[0-9]+)?";
const NUMBER = Object.freeze({ [POINT]: numberPattern("\\."), [COMMA]: numberPattern(",") });
// Groups of three, as in 1,234,567.8 or 1.234.567,8 or 1 234 567: one separator between all of them.
const GROUPED = new RegExp(
  `^${SIGN}[0-9]{1,3}(?<group>[.,'\u2019 \u00a0\u2009\u202f_])[0-9]{3}(?:\\k<group>[0-9]{3})*(?:[.,][0-9]*)?$`,
);
// One comma with three digits behind it, which may be a decimal comma as well.
const ONE_GROUP = new RegExp(`^${SIGN}[1-9][0-9]{0,2},[0-9]{3}$`);
const BELOW_THOUSAND = new RegExp(`^${SIGN}[0-9]{1,3}$`);
const THOUSANDS = Object.freeze({
  "'": "an apostrophe",
  "\u2019": "an apostrophe",
  _: "an underscore",
  ",": "a comma",
  ".": "a point",
});
const BLANKS = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const OUTER_BLANKS = new RegExp(`^${BLANKS}+|${BLANKS}+$`, "g");
const LONGEST_SHOWN = 120;

function numberPattern(mark) {
  return new RegExp(`^${SIGN}(?:[0-9]+(?:${mark}[0-9]*)?|${mark}[0-9]+)${EXPONENT}$`);
}

// A text without blanks around it.
export function stripped(text) {
  return text.replace(OUTER_BLANKS, "");
}

// A column's name as it is compared and shown: without blanks around it, letters composed.
export function written(name) {
  return stripped(name.normalize("NFC"));
}

// Whether a cell stands for no value: empty, NA, null, NaN and the like.
export function isMissing(cell) {
  return MISSING_MARKS.has(stripped(cell).toLowerCase());
}

// The finite number in a cell that has `mark` for its decimal mark; null if it is none.
export function numberIn(cell, mark = POINT) {
  const text = stripped(cell);
  if (!NUMBER[mark].test(text)) return null;
  const value = Number(text.replaceAll("\u2212", "-").replace(mark, POINT));
  return Number.isFinite(value) ? value : null;
}

// Whether a cell is a number, with either decimal mark.
export function isNumber(cell) {
  return numberIn(cell, POINT) !== null || numberIn(cell, COMMA) !== null;
}

// Whether a cell is a number, or one with something between its thousands.
export function isMeantAsNumber(cell) {
  return isNumber(cell) || GROUPED.test(stripped(cell));
}

// The decimal mark of columns that no comma separates: a point, unless only commas are seen.
export function decimalMark(columns) {
  const texts = columns.flat().map(stripped);
  const isSeen = (mark) => texts.some((text) => text.includes(mark) && NUMBER[mark].test(text));
  return isSeen(COMMA) && !isSeen(POINT) ? COMMA : POINT;
}

// A cell of which nobody can tell whether its comma is decimal or parts thousands; undefined if none is. That is so in
// a column where every comma has three digits behind it, and beside them stand whole numbers below a thousand, as 950
// stands beside 1,234.
export function ambiguousIn(column) {
  const texts = column.filter((cell) => !isMissing(cell)).map(stripped);
  const withComma = texts.filter((text) => text.includes(COMMA));
  if (!withComma.length || !withComma.every((text) => ONE_GROUP.test(text))) return undefined;
  return texts.some((text) => BELOW_THOUSAND.test(text)) ? withComma[0] : undefined;
}

// What is wrong with a cell that holds no number, and what would be right: the rest of a sentence.
export function notANumber(cell, mark) {
  const text = stripped(cell);
  const right = `${shown(text)} must be a finite decimal number such as 3.5`;
  const group = text.match(GROUPED)?.groups.group;
  if (group && !isNumber(text)) {
    return (
      `${right}, but has ${THOUSANDS[group] ?? "a blank"} between its thousands: write it without, ` +
      `as ${text.replaceAll(group, "")}`
    );
  }
  if (mark === POINT && text.includes(COMMA) && numberIn(text, COMMA) !== null) {
    const thousands = group ? `, or, if the comma parts thousands, without it, as ${text.replaceAll(COMMA, "")}` : "";
    return (
      `${right}, but has a comma: write ${text.replaceAll(COMMA, POINT)}${thousands}; ` +
      "a decimal comma must be in all numbers of the file, and semicolons or tabs between the columns"
    );
  }
  if (mark === COMMA && text.includes(POINT) && numberIn(text, POINT) !== null) {
    return (
      `${shown(text)} has a point, but other numbers in the file have a decimal comma: write one of them everywhere, ` +
      "and nothing between thousands"
    );
  }
  return right;
}

// A text as an error shows it: in quotes, short, with what cannot be seen spelled out.
export function shown(text) {
  const letters = [...text];
  const half = Math.floor((LONGEST_SHOWN - 3) / 2);
  const whole = quoted(letters.slice(0, LONGEST_SHOWN).join(""));
  if ([...whole].length <= LONGEST_SHOWN && letters.length <= LONGEST_SHOWN) return whole;
  const ends = [...quoted([...letters.slice(0, half), ...letters.slice(-(LONGEST_SHOWN - 3 - half))].join(""))];
  return `${ends.slice(0, half).join("")}...${ends.slice(-(LONGEST_SHOWN - 3 - half)).join("")}`;
}

export function quoted(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const spelled = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", [mark]: `\\${mark}` };
  return mark + [...text].map((letter) => spelled[letter] ?? visible(letter)).join("") + mark;
}

function visible(letter) {
  if (letter === " " || !/[\p{C}\p{Z}]/u.test(letter)) return letter;
  const code = letter.codePointAt(0).toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
}
