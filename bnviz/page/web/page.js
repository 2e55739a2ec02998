// Chapters that seek, captions that can be turned off, and never two films at once. Nothing plays by itself.
"use strict";

const film = document.getElementById("film");
const chapters = [...document.querySelectorAll(".chapter")];
const starts = chapters.map((chapter) => Number(chapter.dataset.start));
const captions = document.getElementById("captions");
const inside = 0.01; // seconds: a chapter begins a little before the frame that a rounded time finds

// -- chapters --
async function seek(seconds) {
  if (film.readyState < 1) {
    film.preload = "auto";
    film.load();
    await new Promise((ready) => film.addEventListener("loadedmetadata", ready, { once: true }));
  }
  if (!reaches(seconds)) await hold(seconds);
  film.currentTime = seconds + inside;
}

function reaches(seconds) {
  const range = film.seekable;
  return seconds === 0 || (range.length > 0 && range.end(range.length - 1) >= seconds);
}

// A host that cannot send a part of a file leaves a film that cannot be sought in: fetch all of it. Most browsers
// then have the parts themselves; else the film is played from memory, which a strict host may forbid.
async function hold(seconds) {
  const wasPlaying = !film.paused;
  const address = film.currentSrc;
  const whole = await (await fetch(address)).blob();
  await load(address);
  if (!reaches(seconds) && !(await load(URL.createObjectURL(whole)))) await load(address);
  if (wasPlaying) film.play();
}

function load(address) {
  return new Promise((done) => {
    film.addEventListener("loadedmetadata", () => done(true), { once: true });
    film.addEventListener("error", () => done(false), { once: true });
    film.src = address;
  });
}

function mark() {
  const here = starts.findLastIndex((start) => start <= film.currentTime);
  chapters.forEach((chapter, index) => {
    if (index !== here) chapter.removeAttribute("aria-current");
    else if (!chapter.hasAttribute("aria-current")) {
      chapter.setAttribute("aria-current", "true");
      reveal(chapter);
    }
  });
}

// Within the list alone: the page stays where it is.
function reveal(chapter) {
  const panel = chapter.closest(".panel");
  const outer = panel.getBoundingClientRect();
  const inner = chapter.getBoundingClientRect();
  if (inner.top < outer.top) panel.scrollTop += inner.top - outer.top;
  if (inner.bottom > outer.bottom) panel.scrollTop += inner.bottom - outer.bottom;
}

chapters.forEach((chapter, index) => chapter.addEventListener("click", () => seek(starts[index])));
film.addEventListener("timeupdate", mark);
film.addEventListener("seeking", mark);

// -- captions --
function tell() {
  captions.setAttribute("aria-pressed", String(film.textTracks[0].mode === "showing"));
}

captions.hidden = false;
captions.addEventListener("click", () => {
  const track = film.textTracks[0];
  track.mode = track.mode === "showing" ? "hidden" : "showing";
  tell();
});
film.textTracks.addEventListener("change", tell);
tell();

// -- one at a time --
document.addEventListener(
  "play",
  (event) => document.querySelectorAll("video").forEach((other) => other !== event.target && other.pause()),
  true, // the event does not bubble
);
