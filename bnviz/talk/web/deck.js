// The talk: a slide's film plays when the slide is reached going on, and stands at its end when it is reached going back.
"use strict";
(() => {
  const loaded = 3; // slides away in which a film is loaded; browsers refuse more than some dozens of films at once
  const start = document.getElementById("start");
  const filmOf = (slide) => slide.querySelector("video");
  let before = -1; // the slide that was shown last
  let resumes = false; // whether a film plays on when the screen is no longer black

  // -- films --
  /** The address of a slide's film; in a deck of one file the film lies in the slide, in base64. */
  function address(slide) {
    const film = filmOf(slide);
    if (!film.dataset.film) {
      const text = atob(slide.querySelector("script").textContent);
      const bytes = new Uint8Array(text.length);
      for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
      film.dataset.film = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
    }
    return film.dataset.film;
  }

  function loadAround(here) {
    Reveal.getSlides().forEach((slide, index) => {
      const film = filmOf(slide);
      if (!film) return;
      const isNear = Math.abs(index - here) <= loaded;
      if (index > here) rewind(film); // in time, so that its end is not seen when it is reached
      if (isNear && !film.src) {
        film.src = address(slide);
      } else if (!isNear && film.src) {
        film.removeAttribute("src");
        film.load();
      }
    });
  }

  function play(film) {
    delete film.closest("section").dataset.at;
    film.play().catch((error) => {
      if (error.name === "NotAllowedError") start.hidden = false; // a film with sound, before the first key
    });
  }

  function rewind(film) {
    delete film.closest("section").dataset.at;
    if (film.currentTime !== 0) film.currentTime = 0;
  }

  /** The still lies over the film, for a film that is not loaded yet shows nothing. */
  function standAtEnd(film) {
    film.closest("section").dataset.at = "end";
    film.pause();
    if (film.readyState >= 1) film.currentTime = film.duration;
  }

  function toggle() {
    const film = filmOf(Reveal.getCurrentSlide());
    if (Reveal.isOverview()) Reveal.toggleOverview(false);
    else if (!film) Reveal.next();
    else if (film.paused) play(film);
    else film.pause();
  }

  // -- slides --
  function enter() {
    if (Reveal.isOverview() || Reveal.isPrintView()) return;
    const slide = Reveal.getCurrentSlide();
    const here = Reveal.getSlides().indexOf(slide);
    if (here === before) return;
    const isBack = here < before;
    before = here;
    start.hidden = true;
    loadAround(here);
    const film = filmOf(slide);
    if (!film) return;
    if (isBack && !film.loop) standAtEnd(film);
    else {
      rewind(film);
      play(film);
    }
  }

  function loadStills() {
    for (const still of document.querySelectorAll(".slides .still")) still.loading = "eager";
  }

  document.querySelectorAll(".slides video").forEach((film) => {
    film.addEventListener("loadedmetadata", () => {
      if (film.closest("section").dataset.at) film.currentTime = film.duration;
    });
    film.addEventListener("playing", () => (start.hidden = true));
  });
  start.addEventListener("click", () => play(filmOf(Reveal.getCurrentSlide())));
  document.querySelector(".slides").addEventListener("click", (event) => {
    if (event.defaultPrevented || Reveal.isOverview()) return; // a slide was chosen there
    if (event.clientX < innerWidth / 4) Reveal.prev();
    else Reveal.next();
  });
  addEventListener("beforeprint", loadStills);

  // -- reveal.js --
  for (const event of ["ready", "slidechanged", "overviewhidden"]) Reveal.on(event, enter);
  Reveal.on("pdf-ready", loadStills);
  Reveal.on("paused", () => {
    const film = filmOf(Reveal.getCurrentSlide());
    resumes = Boolean(film) && !film.paused;
    if (resumes) film.pause();
  });
  Reveal.on("resumed", () => {
    if (resumes) play(filmOf(Reveal.getCurrentSlide()));
  });
  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.05,
    maxScale: 10,
    center: false,
    controls: false,
    progress: false,
    hash: true,
    hashOneBasedIndex: true,
    transition: "none",
    backgroundTransition: "none",
    navigationMode: "linear",
    autoPlayMedia: false,
    fragments: false,
    postMessage: false,
    scrollActivationWidth: null,
  });
  const on = "&#8594;  ,  &#8595;  ,  SPACE  ,  N  ,  L  ,  J"; // in the list of keys, where Space is ours
  Reveal.registerKeyboardShortcut(on, "Next slide; Space: see below");
  Reveal.addKeyBinding({ keyCode: 32, key: "Space", description: "Play, pause, play again" }, toggle);
  Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker's window" }, () => window.openSpeaker());
})();
