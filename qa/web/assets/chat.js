// What Gradio does not do: reload without loss, context, copying, links, reports, export.

import { hashOf, placeOf } from "./places.js";
import * as panel from "./panel.js";

const KEPT = "verbatim-conversation";
const DRAFT = "verbatim-draft";
const RESTORE_MILLISECONDS = 5000;
const SLOW_MILLISECONDS = 15000;
const byId = (id) => document.getElementById(id);
const status = byId("va-status");
let settled = "[]";
let restoring = false;
let toastTimer = 0;
let slowTimer = 0;

const log = () => byId("va-log");
const field = (id) => document.querySelector(`#${id} textarea`);

function type(area, value) {
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  setter.call(area, value);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const nextFrame = () => new Promise((done) => setTimeout(done, 30));

async function ask(question) {
  type(field("va-question"), question);
  await nextFrame();
  byId("va-ask").click();
}

// ---- after each change of the conversation ----

function settle() {
  const memory = field("va-memory");
  if (!memory || !log()) return;
  tidy();
  if (document.querySelector(".toast-body")) idle();
  let turns;
  try { turns = JSON.parse(memory.value || "[]"); } catch { return; }
  const answers = log().querySelectorAll(".va-answer");
  if (answers.length !== turns.length || memory.value === settled) return;
  // A full page loses its oldest question to the newest one, so that it does not get longer.
  const shrunk = turns.length < JSON.parse(settled).length;
  settled = memory.value;
  idle();
  document.body.classList.toggle("va-empty", turns.length === 0);
  byId("va-start").hidden = turns.length > 0;
  byId("va-tools").hidden = turns.length === 0;
  byId("va-full").hidden = turns.length < Number(byId("va-full").dataset.kept);
  if (turns.length) sessionStorage.setItem(KEPT, memory.value);
  else sessionStorage.removeItem(KEPT);
  if (shrunk) {
    status.textContent = field("va-question").value ? "The last question is back in its field." : "Started over.";
    field("va-question").focus();
    return;
  }
  const latest = answers[answers.length - 1];
  status.textContent = summary(latest);
  if (!restoring) reveal(latest, turns.length === 1);
  restoring = false;
}

function summary(answer) {
  const found = answer.querySelector(".va-count, .va-abstained, .va-changed, .va-catalogue h3");
  return found ? found.textContent : "";
}

function reveal(answer, first) {
  if (first) { scrollTo(0, 0); return; }
  const rows = log().querySelectorAll(".va-asked");
  const asked = rows[rows.length - 1] || answer;
  asked.scrollIntoView({ block: "start" });
}

// Gradio labels each message with its raw source and reads the whole log aloud. A figure is
// named by its caption, which would read the whole reference before every quote.
function tidy() {
  for (const message of log().querySelectorAll("[data-testid=bot][aria-label], [data-testid=user][aria-label]")) {
    message.removeAttribute("aria-label");
  }
  for (const answer of log().querySelectorAll(".va-answer")) {
    for (const card of answer.querySelectorAll(".va-card")) {
      card.setAttribute("aria-label", card.querySelector("h3").textContent);
    }
  }
  const live = log().querySelector("[role=log]");
  if (live && live.getAttribute("aria-live") !== "off") live.setAttribute("aria-live", "off");
}

// ---- what the cards offer ----

const cardOf = (element) => element.closest(".va-card");
const placeIn = (card) => placeOf(card.querySelector(".va-link").getAttribute("href"));
const wordsIn = (card) => card.querySelector(".va-quote p").textContent;
const addressOf = (place) => `${location.origin}/${hashOf(place)}`;

function showContext(link) {
  const place = placeOf(link.getAttribute("href"));
  if (!place) return;
  const places = [...link.closest(".va-answer").querySelectorAll(".va-link")]
    .map((other) => placeOf(other.getAttribute("href")))
    .filter((other) => other && other.document === place.document && other.version === place.version);
  const at = panel.indexIn(places, place);
  history.pushState({ panel: true }, "", hashOf(place));
  panel.open(places, at, link);
}

function followHash() {
  const place = placeOf(location.hash);
  if (place) panel.open([place], 0, null);
  else panel.close();
}

panel.onClose(() => {
  if (history.state && history.state.panel) { history.back(); return; }
  history.replaceState(null, "", location.pathname + location.search);
  panel.close();
});
addEventListener("popstate", followHash);

async function copy(words, done) {
  try {
    await navigator.clipboard.writeText(words);
    toast(done);
  } catch {
    byId("va-copy-text").value = words;
    byId("va-copy-dialog").showModal();
    byId("va-copy-text").select();
  }
}

function citationOf(card) {
  const said = card.querySelector(".va-citation cite").textContent;
  const notes = [...card.querySelectorAll(".va-note")].map((note) => `(${note.textContent})\n`);
  return `${wordsIn(card)}\n${notes.join("")}\n${said}\n${addressOf(placeIn(card))}\n`;
}

function toast(sentence) {
  const element = byId("va-toast");
  element.textContent = sentence;
  element.hidden = false;
  status.textContent = sentence;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { element.hidden = true; }, 4000);
}

let reported = null;
function openReport(card) {
  reported = placeIn(card);
  byId("va-report-quote").textContent = wordsIn(card);
  byId("va-report-text").value = "";
  byId("va-report-dialog").showModal();
}

byId("va-report-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const comment = byId("va-report-text").value.trim();
  if (!comment) return;
  const { document: id, start, end } = reported;
  const body = JSON.stringify({ document: id, start, end, comment });
  byId("va-report-dialog").close();
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/api/report", { method: "POST", headers, body });
    const result = await response.json();
    toast(response.ok ? "Thank you. The report is saved for the curator." : result.error);
  } catch {
    toast("The report could not be saved: the archive’s server cannot be reached.");
  }
});

function exportAs(format) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `/export/${format}`;
  if (format === "print") form.target = "_blank";
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "conversation";
  input.value = settled;
  form.append(input);
  document.body.append(form);
  form.submit();
  form.remove();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a, button");
  if (!target) return;
  if (target.matches(".va-link")) { event.preventDefault(); showContext(target); }
  else if (target.matches(".va-suggested")) { event.preventDefault(); ask(target.textContent); }
  else if (target.matches(".va-copy")) copy(citationOf(cardOf(target)), "Copied with its citation.");
  else if (target.matches(".va-share")) copy(addressOf(placeIn(cardOf(target))), "Link copied.");
  else if (target.matches(".va-report")) openReport(cardOf(target));
  else if (target.matches("[data-export]")) exportAs(target.dataset.export);
  else if (target.matches("[data-close]")) target.closest("dialog").close();
  else if (target.closest("#va-ask")) busy();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target === field("va-question")) busy();
});
// An empty question goes nowhere: while it did, the next one would not be taken.
for (const kind of ["keydown", "click"]) {
  document.addEventListener(kind, (event) => {
    const asks = kind === "click" ? event.target.closest("#va-ask")
      : event.key === "Enter" && !event.shiftKey && event.target === field("va-question");
    if (!asks || field("va-question").value.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    field("va-question").focus();
  }, { capture: true });
}

function busy() {
  document.body.classList.add("va-busy");
  status.textContent = "Searching…";
  clearTimeout(slowTimer);
  slowTimer = setTimeout(() => { idle(); toast("No answer has come yet. If none comes, please ask again."); }, SLOW_MILLISECONDS);
}

function idle() {
  clearTimeout(slowTimer);
  document.body.classList.remove("va-busy");
  if (status.textContent === "Searching…") status.textContent = "";
}

addEventListener("va-refused", (event) => {
  idle();
  toast(event.detail || "The question could not be asked. Please try again.");
});
addEventListener("va-unreachable", () => { idle(); watch(); });

// ---- a server that has gone, and comes back ----

let watchTimer = 0;

async function watch() {
  clearTimeout(watchTimer);
  let reachable = true;
  try { reachable = (await fetch("/healthz", { cache: "no-store" })).status !== 502; }
  catch { reachable = false; }
  const was = byId("va-offline").hidden;
  byId("va-offline").hidden = reachable;
  document.body.classList.toggle("va-alone", !reachable);
  if (reachable && !was) {
    sessionStorage.setItem(DRAFT, field("va-question").value);
    location.reload();
  }
  watchTimer = setTimeout(watch, reachable ? 20000 : 2000);
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });

// ---- start ----

// Until the old conversation is back, a new question would be lost among its answers.
async function restore(kept) {
  if (!kept) return;
  restoring = true;
  type(field("va-memory"), kept);
  await nextFrame();
  document.querySelector("#va-restore, #va-restore button").click();
  const latest = performance.now() + RESTORE_MILLISECONDS;
  while (field("va-memory").value !== settled && performance.now() < latest) await nextFrame();
  restoring = false;
}

async function start() {
  while (!field("va-question") || !field("va-memory") || !byId("va-restore")) await nextFrame();
  new MutationObserver(() => requestAnimationFrame(settle))
    .observe(document.querySelector("gradio-app"), { childList: true, subtree: true, characterData: true });
  document.body.classList.add("va-empty");
  await restore(sessionStorage.getItem(KEPT));
  document.body.classList.add("va-ready");
  const wanted = sessionStorage.getItem(DRAFT) || new URLSearchParams(location.search).get("q");
  sessionStorage.removeItem(DRAFT);
  if (wanted) type(field("va-question"), wanted.slice(0, 1000));
  if (placeOf(location.hash)) followHash();
  watchTimer = setTimeout(watch, 20000);
}
start();
