// Captions of a page that is opened from its file: it may not read the caption files beside it, but may run
// captions.js, which holds the same. This runs before the body is read: a track that asks for its file fails.
"use strict";

if (location.protocol === "file:") {
  const tracks = new Map();
  const watcher = new MutationObserver((changes) => {
    for (const added of changes.flatMap((change) => [...change.addedNodes])) {
      if (added.nodeName !== "TRACK") continue;
      tracks.set(added, decodeURIComponent(added.getAttribute("src")));
      added.removeAttribute("src");
    }
  });
  watcher.observe(document, { childList: true, subtree: true });

  document.addEventListener("DOMContentLoaded", () => {
    watcher.disconnect();
    const script = document.createElement("script");
    script.src = "assets/captions.js";
    script.addEventListener("load", () => {
      for (const [track, name] of tracks) {
        track.src = URL.createObjectURL(new Blob([window.captionFiles[name]], { type: "text/vtt" }));
      }
    });
    document.head.append(script);
  });
}
