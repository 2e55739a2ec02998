// Chapters that play, captions that can be turned off, never two films at once, and frames that wait to be wanted.
// Nothing plays by itself.
"use strict";

const film = document.getElementById("film");
const captions = document.getElementById("captions");
const back = document.getElementById("back");
const inside = 0.01; // seconds: a chapter begins a little before the frame that a rounded time finds

// -- chapters --
// The contents beside the film, and the text: in each the chapter that is shown is marked.
const lists = ["#film-and-scenes", ".scene"].map((place) => [...document.querySelectorAll(`${place} .chapter`)]);
let from = null; // the chapter in the text that the reader came from

async function playFrom(chapter) {
  const seconds = startOf(chapter);
  film.scrollIntoView({ block: "start" });
  film.focus({ preventScroll: true });
  from = chapter;
  back.hidden = film.closest("section").contains(chapter);
  if (film.readyState < 1) film.currentTime = seconds + inside; // where it is to begin once it is there
  film.play().catch(() => {}); // now, since some browsers allow it only while the click is handled
  await seek(seconds);
}

async function seek(seconds) {
  if (film.readyState < 1) await new Promise((ready) => film.addEventListener("loadedmetadata", ready, { once: true }));
  if (!reaches(seconds)) await hold(seconds);
  film.currentTime = seconds + inside;
}

function startOf(chapter) {
  return Number(chapter.dataset.start);
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
  if (wasPlaying) film.play().catch(() => {});
}

function load(address) {
  return new Promise((done) => {
    film.addEventListener("loadedmetadata", () => done(true), { once: true });
    film.addEventListener("error", () => done(false), { once: true });
    film.src = address;
    film.load(); // whatever `preload` says
  });
}

function mark() {
  for (const chapters of lists) {
    const here = chapters.findLastIndex((chapter) => startOf(chapter) <= film.currentTime);
    chapters.forEach((chapter, index) => {
      if (index === here) chapter.setAttribute("aria-current", "true");
      else chapter.removeAttribute("aria-current");
    });
  }
}

for (const chapter of lists.flat()) chapter.addEventListener("click", () => playFrom(chapter));
film.addEventListener("timeupdate", mark);
film.addEventListener("seeking", mark);

back.addEventListener("click", () => {
  back.hidden = true;
  film.pause();
  from.scrollIntoView({ block: "center" });
  from.focus({ preventScroll: true });
});

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

// -- what can be tried: loaded once it is wanted --
for (const place of document.querySelectorAll("details.play")) {
  place.addEventListener("toggle", () => {
    const frame = place.querySelector("iframe");
    if (place.open && !frame.src) frame.src = frame.dataset.src;
  });
}
