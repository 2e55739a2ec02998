// Figures that open large: a dialog in which one follows the other. Without it a figure's link shows its SVG.
"use strict";

const viewer = document.getElementById("viewer");
const links = [...document.querySelectorAll("figure .open")];
let shown = 0;

function show(index) {
  shown = (index + links.length) % links.length;
  const link = links[shown];
  const figure = link.closest("figure");
  const picture = figure.querySelector(".picture").cloneNode(true);
  viewer.querySelector(".stage").replaceChildren(picture);
  viewer.querySelector("#viewer-title").textContent = figure.querySelector("figcaption a").lastChild.textContent;
  viewer.querySelector("#viewer-caption").textContent = link.dataset.caption;
  viewer.querySelector("#viewer-place").textContent = `Figure ${shown + 1} of ${links.length}`;
  const files = document.querySelector(`[data-of="${figure.id}"]`).cloneNode(true);
  viewer.querySelector("#viewer-files").replaceChildren(files);
  viewer.scrollTop = 0;
}

links.forEach((link, index) =>
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
    event.preventDefault();
    show(index);
    viewer.showModal();
  }),
);

viewer.querySelector("#previous").addEventListener("click", () => show(shown - 1));
viewer.querySelector("#next").addEventListener("click", () => show(shown + 1));
viewer.querySelector("#close").addEventListener("click", () => viewer.close());
viewer.addEventListener("click", (event) => event.target === viewer && viewer.close()); // beside all that is in it
viewer.addEventListener("close", () => links[shown].focus()); // the one that was looked at last
viewer.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft") show(shown - 1);
  if (event.key === "ArrowRight") show(shown + 1);
});
