// The speaker's window: what is shown, what comes next, what to say, and the time. It is filled from here and
// needs no address and no script of its own, so that a file may have it, and a host that allows only its own.
"use strict";
(() => {
  let view = null;
  let begun = 0; // when the talk did, in milliseconds

  const two = (number) => String(number).padStart(2, "0");
  const find = (name) => view.document.querySelector(name);

  function clock(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  }

  function tick() {
    const now = new Date();
    find(".clock").textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    find(".elapsed").textContent = clock(now - begun);
    const film = Reveal.getCurrentSlide().querySelector("video");
    find("progress").hidden = !film;
    if (film) find("progress").value = film.duration ? film.currentTime / film.duration : 0;
  }

  function picture(frame, slide) {
    const shown = slide && slide.querySelector(".still, .words");
    frame.replaceChildren(...(shown ? [view.document.importNode(shown, true)] : []));
  }

  function fill() {
    if (!view || view.closed) return;
    const slides = Reveal.getSlides();
    const here = slides.indexOf(Reveal.getCurrentSlide());
    const notes = slides[here].querySelector(".notes");
    find(".number").textContent = `${here + 1} of ${slides.length}`;
    find(".title").textContent = slides[here].getAttribute("aria-label");
    find(".said").textContent = notes ? notes.textContent : "";
    find(".said").scrollTop = 0;
    find(".after").textContent = here + 1 < slides.length ? slides[here + 1].getAttribute("aria-label") : "";
    picture(find(".now .frame"), slides[here]);
    picture(find(".next .frame"), slides[here + 1]);
    tick();
  }

  window.openSpeaker = () => {
    if (view && !view.closed) {
      view.focus();
      return;
    }
    view = window.open("", "", "width=1100,height=720");
    if (!view) return;
    const look = document.getElementById("look");
    const copy = view.document.importNode(look, true);
    if (look.href) copy.href = look.href; // as seen from the deck
    view.document.head.append(copy);
    view.document.title = `${document.title}: speaker`;
    view.document.documentElement.lang = document.documentElement.lang;
    view.document.body.className = "speaker";
    view.document.body.append(view.document.importNode(document.getElementById("speaker").content, true));
    view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button")) return;
      event.preventDefault();
      Reveal.triggerKey(event.keyCode);
    });
    find(".again").addEventListener("click", () => {
      begun = Date.now();
      tick();
    });
    begun = Date.now();
    view.setInterval(tick, 250);
    fill();
  };

  Reveal.on("slidechanged", fill);
  addEventListener("pagehide", () => view && view.close());
})();
