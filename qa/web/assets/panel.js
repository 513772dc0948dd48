// The document beside the chat, opened at the words of a quote.

import { inWords, samePlace } from "./places.js";
import { words } from "./words.js";

const byId = (id) => document.getElementById(id);
const panel = byId("va-panel");
const text = byId("va-panel-text");
const minimap = byId("va-minimap");
const columns = panel.parentElement;
const narrow = matchMedia("(max-width: 900px)");

let hits = [];
let current = 0;
let opener = null;
let request = 0;
let closed = () => {};

export function onClose(callback) { closed = callback; }
export function isOpen() { return !panel.hidden; }

/** Open the document at `places[at]`; all places are marked. `from` gets the focus back. */
export async function open(places, at, from) {
  const number = ++request;
  const place = places[at];
  opener = from;
  hits = places;
  panel.hidden = false;
  columns.classList.add("va-open");
  confine();
  const article = await load(place, places);
  if (number !== request) return;
  text.replaceChildren(article);
  show(at);
  if (from) from.scrollIntoView({ block: "nearest" });
}

export function close() {
  if (panel.hidden) return;
  request += 1;
  panel.hidden = true;
  columns.classList.remove("va-open");
  text.replaceChildren();
  minimap.replaceChildren();
  confine();
  if (opener && opener.isConnected) {
    opener.scrollIntoView({ block: "nearest" });
    opener.focus({ preventScroll: true });
  }
  opener = null;
}

async function load(place, places) {
  const at = places.map(inWords).join(",");
  const address = `/source/${encodeURIComponent(place.document)}`;
  byId("va-panel-open").href = `${address}?at=${inWords(place)}&v=${place.version}#hit-1`;
  let page;
  try {
    const response = await fetch(`${address}?at=${at}&v=${place.version}`);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return notice(words("The document cannot be reached just now."));
  }
  const article = page.getElementById("va-document");
  if (!article) return notice(words("The archive has no such document."));
  byId("va-panel-title").textContent = page.querySelector("h1").textContent;
  const warning = page.querySelector(".va-notice[role=alert]");
  if (warning) article.prepend(warning);
  return document.adoptNode(article);
}

function notice(sentence) {
  const element = document.createElement("p");
  element.className = "va-notice";
  element.setAttribute("role", "alert");
  element.textContent = sentence;
  return element;
}

const marksOf = (number) => text.querySelector(`#hit-${number + 1}`);

function scrollTo(element, share) {
  const box = text.getBoundingClientRect();
  text.scrollTop += element.getBoundingClientRect().top - box.top - box.height * share;
}

function replyTo(mark) {
  const turn = mark && mark.closest(".va-turn");
  const next = turn && turn.nextElementSibling;
  return next && next.matches(".va-turn") ? next : null;
}

function show(number) {
  current = number;
  for (const mark of text.querySelectorAll(".va-current")) mark.classList.remove("va-current");
  const mark = marksOf(number);
  byId("va-reply").hidden = !replyTo(mark);
  const several = text.querySelectorAll("mark.va-hit[id]").length > 1;
  byId("va-previous").hidden = byId("va-next").hidden = !several;
  if (!mark) {
    byId("va-panel-place").textContent = "";
    text.scrollTop = 0;
    panel.focus();
    return;
  }
  for (let piece = mark; piece && piece.matches("mark"); piece = piece.nextElementSibling) {
    piece.classList.add("va-current");
  }
  const turn = mark.closest(".va-turn");
  const where = turn ? words("turn {turn}").replace("{turn}", turn.id.slice(1)) : words("outside the turns");
  const which = words("Quote {number} of {count}").replace("{number}", number + 1).replace("{count}", hits.length);
  byId("va-panel-place").textContent = several ? `${which}, ${where}` : where;
  scrollTo(mark, 0.3);
  mark.focus({ preventScroll: true });
  drawMinimap();
}

function step(by) {
  for (let moved = 1; moved <= hits.length; moved += 1) {
    const number = (current + by * moved + hits.length * moved) % hits.length;
    if (marksOf(number)) { show(number); return; }
  }
}

function drawMinimap() {
  minimap.replaceChildren();
  const top = text.getBoundingClientRect().top - text.scrollTop;
  hits.forEach((_, number) => {
    const mark = marksOf(number);
    if (!mark) return;
    const tick = document.createElement("span");
    tick.style.top = `${(100 * (mark.getBoundingClientRect().top - top)) / text.scrollHeight}%`;
    if (number === current) tick.className = "va-here";
    tick.addEventListener("click", () => show(number));
    minimap.append(tick);
  });
}

// On a small screen the document covers everything: what lies behind is out of reach then.
function confine() {
  const covered = !panel.hidden && narrow.matches;
  for (const part of [columns.firstElementChild, document.querySelector(".va-top")]) {
    part.inert = covered;
  }
  document.documentElement.classList.toggle("va-covered", covered);
}

narrow.addEventListener("change", confine);
addEventListener("resize", () => { if (isOpen()) drawMinimap(); });
byId("va-previous").addEventListener("click", () => step(-1));
byId("va-next").addEventListener("click", () => step(1));
byId("va-reply").addEventListener("click", () => {
  const reply = replyTo(marksOf(current));
  if (!reply) return;
  scrollTo(reply, 0.3);
  const label = reply.querySelector(".va-label");
  label.tabIndex = -1;
  label.focus({ preventScroll: true });
});
byId("va-close").addEventListener("click", () => closed());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen() && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    closed();
  }
});

/** The index of `place` among `places`, which gets it appended if it is not there. */
export function indexIn(places, place) {
  const found = places.findIndex((other) => samePlace(other, place));
  return found >= 0 ? found : places.push(place) - 1;
}
