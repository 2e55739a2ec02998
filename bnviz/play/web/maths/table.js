// Reading a data set from the text of a CSV file, and refusing what no surface can be shown of.
import { chosenColumns } from "./columns.js";
import { tableOf } from "./csv.js";
import { changed, correlationOf, standardDeviations } from "./data.js";
import { leastSquares } from "./loss.js";
import { shown } from "./numerals.js";
import { largestOf, momentsOf } from "./sums.js";

// A file of data has at most so many letters, a line of it so many.
const MOST_LETTERS = 64e6;
const LONGEST_LINE = 10000;
const LONGEST_NAME = 200;
// Fewer rows make no cloud, more are a blot.
const FEWEST_ROWS = 4;
const MOST_ROWS = 10000;
// The squares of larger numbers overflow once they are summed.
const LARGEST = 1e150;
// Standard deviations between these leave room for squares, ratios and sums of thousands.
const SMALLEST_SPREAD = 1e-12;
const LARGEST_SPREAD = 1e12;
// A column that spans less than this share of its largest value has lost its digits once it is centered.
const LEAST_SPAN = 1e-9;
// Features are perfectly correlated if |r| is nearer to 1 than this: nearer, the bowl's shape is rounding's.
const LEAST_INDEPENDENCE = 1e-9;
// Beyond this condition number fewer than four digits of a count of steps hold.
const WORST_CONDITION = 1e12;

// The data set in a CSV's text, read as a lesson reads it, and notes on what was decided, in sentences. The feature
// with the smaller standard deviation comes first. Throws an Error that names source, row and column of what is wrong
// and says what would be right.
export function readTable(text, source) {
  const plain = text.replace(/^\ufeff/, "");
  checkLength(plain, source);
  const { data, notes } = chosenColumns(tableOf(plain, source));
  try {
    checkColumns(data);
    const ordered = narrowerFirst(data);
    checkConditions(ordered);
    return { data: ordered, notes };
  } catch (error) {
    throw new Error(`${source}: ${error.message}`);
  }
}

function checkLength(text, source) {
  if (text.length > MOST_LETTERS) throw new Error(`${source} is too long: it has more than 64,000,000 characters`);
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    if (line.length <= LONGEST_LINE) return;
    const length = line.length.toLocaleString("en");
    throw new Error(`${source}, line ${i + 1} is too long: it has ${length} characters, at most 10,000 are read`);
  });
}

function narrowerFirst(data) {
  const [one, other] = standardDeviations(data);
  if (one <= other) return data;
  return { ...data, features: [...data.features].reverse(), featureNames: [...data.featureNames].reverse() };
}

function checkColumns(data) {
  const count = data.target.length;
  const names = [...data.featureNames, data.targetName];
  names.forEach(checkName);
  [...data.features, data.target].forEach((column, k) => checkSize(column, k < 2 ? "features" : "target", names[k]));
  if (count > MOST_ROWS) {
    throw new Error(`data must have at most 10,000 rows to be drawn, but has ${count.toLocaleString("en")}`);
  }
  if (count < FEWEST_ROWS) throw new Error(`data must have at least ${FEWEST_ROWS} rows, but has ${count}`);
  data.features.forEach((column, k) => {
    checkSpread(column, `feature ${names[k]}`, "it has no spread to divide by; choose another column");
  });
  checkSpread(data.target, `the target ${data.targetName}`, "there is nothing to predict; choose another column");
  const r = correlationOf(data);
  if (1 - Math.abs(r) < LEAST_INDEPENDENCE) {
    throw new Error(
      `data must not have perfectly correlated features, but ${names[0]} and ${names[1]} have ` +
        `r = ${brief(r, 12)}: their loss has no single minimum to show; choose another`,
    );
  }
}

function checkName(name) {
  const length = [...name].length;
  if (length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return;
  const wrong =
    length > LONGEST_NAME
      ? `must have at most ${LONGEST_NAME} characters, but has ${length}`
      : `must be one line without control characters, but is ${shown(name)}`;
  throw new Error(`column ${shown(name)}: its name ${wrong}; call it otherwise in the file`);
}

function checkSize(column, field, name) {
  const row = column.findIndex((value) => Math.abs(value) > LARGEST);
  if (row < 0) return;
  throw new Error(
    `${field} must not have numbers above 1e+150, whose squares overflow, but ${name} has ${brief(column[row], 3)} ` +
      `in row ${row + 1}; give it in larger units`,
  );
}

function checkSpread(column, what, consequence) {
  const most = column.reduce((one, other) => Math.max(one, other));
  const span = most - column.reduce((one, other) => Math.min(one, other));
  if (span === 0) throw new Error(`data must vary, but ${what} is constant (${brief(column[0], 6)}): ${consequence}`);
  if (span < LEAST_SPAN * largestOf(column)) {
    const first = brief(column[0], 6);
    throw new Error(
      `data must vary, but ${what} spans ${brief(span, 3)} around ${first}, less than float64 can tell well from ` +
        `constant: subtract ${first} from it`,
    );
  }
  const { variance, unit } = momentsOf(column);
  const spread = Math.sqrt(variance) * unit;
  if (spread >= SMALLEST_SPREAD && spread <= LARGEST_SPREAD) return;
  throw new Error(
    `data must have columns of a standard deviation from 1e-12 to 1e+12, but that of ${what} is ${brief(spread, 3)}: ` +
      `give it in ${spread < SMALLEST_SPREAD ? "smaller" : "larger"} units`,
  );
}

// Refuses data of which one of the four stages is too narrow a valley for its steps to be counted.
function checkConditions(data) {
  const stages = { raw: [0, 0], centered: [1, 0], scaled: [0, 1], standardized: [1, 1] };
  for (const [name, [centering, scaling]] of Object.entries(stages)) {
    const condition = leastSquares(changed(data, { centering, scaling })).spectrum.conditionNumber;
    if (condition <= WORST_CONDITION) continue;
    throw new Error(
      `data must have a condition number of at most 1e+12, but that of the ${name} data is ${brief(condition, 3)}, ` +
        `beyond what float64 carries and can be counted: ${remedy(data)}`,
    );
  }
}

// What would bring the condition number down: other units, or columns that lie around 0.
function remedy(data) {
  const [one, other] = data.featureNames;
  const [narrow, wide] = standardDeviations(data);
  if (wide <= 1000 * narrow) return `subtract a constant from ${one} and ${other}, so that their values lie around 0`;
  return (
    `${one} has a standard deviation of ${brief(narrow, 3)} and ${other} of ${brief(wide, 3)}; give one of them in ` +
    "other units, so that they are less than a factor of 100,000 apart"
  );
}

// A number to so many digits, with an exponent where it would be long.
function brief(value, digits) {
  const [digit, exponent] = value.toExponential(digits - 1).split("e").map(Number);
  if (exponent >= -4 && exponent < digits) return String(Number(value.toPrecision(digits)));
  return `${digit}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
