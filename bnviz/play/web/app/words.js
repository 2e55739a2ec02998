// The words of the page, filled in: names in braces become numbers and names of columns.

let words = {};
let plurals = new Intl.PluralRules("en");

export function useWords(given, language) {
  words = given;
  plurals = new Intl.PluralRules(language);
}

export function told(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`there is no word ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// "step" or "steps": which form a number takes is the language's business.
export function stepsWord(count) {
  return words[`steps_${plurals.select(count)}`] ?? words.steps_other;
}

export function namesOf(data) {
  const [name_a, name_b] = data.featureNames;
  return { name_a, name_b, name_target: data.targetName };
}

// Writes a text only where it is another one: a screen reader would read it again.
export function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
