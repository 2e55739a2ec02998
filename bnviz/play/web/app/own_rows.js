// A reader's own rows: a CSV file that is dropped or chosen, read here and sent nowhere.

import { readTable } from "../maths/table.js";
import { shownCount } from "./figures.js";
import { namesOf, say, told } from "./words.js";

const LARGEST = 20e6; // bytes of a file that is read

// take(data): what is to be done with what was read; back(): with the lesson's rows again.
export function ownRows({ take, back }) {
  const place = document.getElementById("own-rows");
  const input = document.getElementById("own-file");
  const lessons = document.getElementById("lesson-rows");
  const said = document.getElementById("own-said");

  async function read(file) {
    try {
      if (file.size > LARGEST) throw new Error(`${file.name} has ${shownCount(file.size)} bytes; at most ${shownCount(LARGEST)} are read`);
      const { data, notes } = readTable(textOf(await file.arrayBuffer()), file.name);
      take(data);
      lessons.hidden = false;
      said.removeAttribute("data-bad");
      const count = shownCount(data.target.length);
      const plain = notes.map((note) => note.replace(`${file.name}: `, ""));
      say(said, [told("read", { file: file.name, count, ...namesOf(data) }), ...plain.map(sentence)].join(" "));
    } catch (error) {
      said.setAttribute("data-bad", "");
      say(said, `${error.message.replace(/\.$/, "")}. ${told("kept")}`);
    }
  }
  input.addEventListener("change", async () => {
    if (input.files.length) await read(input.files[0]);
    input.value = ""; // the same file may be chosen again
  });
  lessons.addEventListener("click", () => {
    lessons.hidden = true;
    said.removeAttribute("data-bad");
    say(said, "");
    back();
  });
  // A file that misses its place would replace the page.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
  document.addEventListener("dragover", () => place.setAttribute("data-over", ""));
  document.addEventListener("dragleave", (event) => event.relatedTarget || place.removeAttribute("data-over"));
  document.addEventListener("drop", (event) => {
    place.removeAttribute("data-over");
    if (event.dataTransfer.files.length) read(event.dataTransfer.files[0]);
  });
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

// UTF-8, or UTF-16 with its mark; what is neither is what Windows wrote for long.
function textOf(buffer) {
  const bytes = new Uint8Array(buffer);
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(mark, { fatal: true }).decode(buffer);
  } catch {
    return new TextDecoder("windows-1252").decode(buffer);
  }
}
