// Taking things away: the link, the code that embeds the page, pictures and numbers.

import { say } from "./words.js";

const HEIGHT = 900; // of a frame on another page, in pixels

// The address with the state, as far as a frame may know its own address; of a page in a srcdoc there is none.
export function linkWith(hash) {
  const address = location.href.replace(/#.*/, "");
  return /^(about|data):/.test(address) ? "" : `${address}${hash ? `#${hash}` : ""}`;
}

export function embedCode(link, title) {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return (
    `<iframe src="${escaped(link)}" title="${escaped(title)}" width="100%" height="${HEIGHT}" ` +
    `sandbox="allow-scripts allow-downloads" loading="lazy"></iframe>`
  );
}

// Writes the state into the address. A frame without an address of its own, or in a sandbox, may not do that.
export function writeAddress(hash) {
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // The state is kept all the same, and the link can be copied.
  }
}

// A frame may be forbidden to copy: then the text is shown, to be copied by hand.
export async function copyText(text, copied) {
  const field = document.getElementById("by-hand-text");
  const row = document.getElementById("by-hand");
  try {
    await navigator.clipboard.writeText(text);
    row.hidden = true;
    say(document.getElementById("copied"), copied);
  } catch {
    field.value = text;
    row.hidden = false;
    say(document.getElementById("copied"), "");
    field.focus();
    field.select();
  }
}

export function download(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Comma-separated, every number with all its digits.
export function csvOf(header, rows) {
  const cell = (value) => (/[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
