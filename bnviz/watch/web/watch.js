// Asks what is to be seen, and shows it as soon as it is another.
"use strict";

const element = (id) => document.getElementById(id);
let picture = "";

function show(state) {
  element("title").textContent = state.title || "waiting for a change";
  document.title = `${state.error ? "✗ " : ""}${state.title || "bnviz watch"}`;
  document.body.dataset.busy = state.busy;
  element("error").textContent = state.error;
  element("error").hidden = !state.error;
  element("shown").classList.toggle("old", Boolean(state.error));
  if (!state.picture || state.picture === picture) return; // what was made before stays meanwhile
  picture = state.picture;
  const isClip = picture.includes(".mp4");
  const next = document.createElement(isClip ? "video" : "img");
  if (isClip) Object.assign(next, { autoplay: true, loop: true, muted: true, controls: true });
  else next.alt = state.title;
  next.addEventListener(isClip ? "loadeddata" : "load", () => element("shown").replaceChildren(next));
  next.src = picture;
}

async function follow() {
  let number = -1;
  for (;;) {
    try {
      const state = await (await fetch(`state?after=${number}`)).json();
      if (state.number !== number) show(state);
      number = state.number;
    } catch {
      show({ title: "bnviz watch has ended", error: "Start it again: this page goes on by itself." });
      number = -1;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

follow();
