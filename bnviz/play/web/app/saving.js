// The buttons that take things away: what each takes, and what it is called.

import { csvOf, copyText, download, embedCode, linkWith } from "./sharing.js";
import { namesOf, say, told } from "./words.js";

// page: with its state, panels and address.
export function connectSharing(page) {
  const { loss, layer, norms } = page.panels;
  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  const save = (name, content, type) => {
    download(name, content, type);
    say(document.getElementById("copied"), told("saved", { file: name }));
  };
  on("copy-link", () => copyText(linkWith(page.address), told("copied_link")));
  // From a file the frame's address would hold on this machine alone: the page lies beside the other one.
  const ownAddress = () => (location.protocol === "file:" ? `play.html#${page.address}` : linkWith(page.address) || "play.html");
  on("copy-embed", () => copyText(embedCode(ownAddress(), page.title), told("copied_embed")));
  on("numbers-csv", () => save("descent.csv", descentCsv(loss), "text/csv"));
  on("batch-csv", () => save("mini-batch.csv", batchCsv(layer), "text/csv"));
  on("matrix-csv", () => save("norms.csv", matrixCsv(norms), "text/csv"));
  const pictures = { ...loss.pictures, ...layer.pictures };
  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", async () => {
      const { id } = button.closest("figure");
      if (button.dataset.save === "svg") save(`${id}.svg`, pictures[id].svg(), "image/svg+xml");
      else save(`${id}.png`, await pictures[id].png(), "image/png");
    });
  }
}

function descentCsv({ model, way, excess }) {
  const { name_a, name_b } = namesOf(model.rows);
  const names = [name_a, name_b].map((name) => told("weight_of", { name }));
  const loss = told("axis_loss", { loss: told("loss_symbol") });
  return csvOf([told("axis_step"), ...names, loss], way.points.map((point, step) => [step, ...point, excess[step]]));
}

function batchCsv({ rows, batch, result }) {
  const names = Object.values(namesOf(rows)).slice(0, 2);
  const header = [told("row_number"), ...names, ...names.map((name) => `${name}: ${told("after")}`)];
  return csvOf(header, batch.map((row, index) => [
    row + 1,
    ...rows.features.map((column) => column[row]),
    ...(result ? result.output.map((column) => column[index]) : ["", ""]),
  ]));
}

function matrixCsv({ matrix, result }) {
  const named = (key) => matrix[0].map((_, index) => `${told("feature", { number: index + 1 })}: ${told(key)}`);
  const header = [told("row_number"), ...named("matrix_before"), ...named("matrix_after")];
  return csvOf(header, matrix.map((row, index) => [index + 1, ...row, ...result.output[index]]));
}
