// What Gradio does not do: reload without loss, context, copying, links, reports, export.

import { hashOf, placeOf } from "./places.js";
import * as panel from "./panel.js";
import { words } from "./words.js";

const KEPT = "verbatim-conversation";
const DRAFT = "verbatim-draft";
const RESTORE_MILLISECONDS = 5000;
const SLOW_MILLISECONDS = 15000;
const SETTLED_MILLISECONDS = 150;
const LOW = 600; // pixels of height below which an answer is brought to the top
const byId = (id) => document.getElementById(id);
const status = byId("va-status");
let settled = "[]";
let restoring = false;
let draft = "";
let edited = ""; // put into the field from above, where it still stands
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

// What is being written in the field comes back once a question from elsewhere was asked.
function keepWritten(next) {
  const written = field("va-question").value;
  if (written.trim() && written !== next && written !== edited) draft = written;
}

async function ask(question, alone = "") {
  keepWritten(question);
  type(field("va-question"), question);
  if (alone) type(field("va-alone-number"), alone);
  await nextFrame();
  if (alone) busy();
  const button = alone ? "va-ask-alone" : "va-ask";
  document.querySelector(`#${button}, #${button} button`).click();
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
    status.textContent = field("va-question").value ? words("The last question is back in its field.") : words("Started over.");
    field("va-question").focus();
    return;
  }
  if (!field("va-question").value) giveBack();
  draft = "";
  const latest = answers[answers.length - 1];
  status.textContent = summary(latest);
  if (!restoring) reveal(latest, turns.length === 1);
  restoring = false;
}

// What a screen reader says: how many, and the words of the first at once.
function summary(answer) {
  const against = answer.querySelector(".va-against");
  const found = answer.querySelector(".va-count, .va-abstained, .va-changed, .va-catalogue h3");
  const first = answer.matches(".va-none") ? null : answer.querySelector(".va-quote p");
  const above = answer.parentElement.querySelector(".va-check:not(.va-answer) .va-count");
  return [above, against, found, first].filter(Boolean).map((one) => one.textContent).join(": ");
}

function reveal(answer, first) {
  if (first && innerHeight >= LOW) { scrollTo(0, 0); return; }
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
  translate();
}

// Gradio draws the labels it was given once; they are exchanged where they stand.
function translate() {
  const labels = document.querySelectorAll("#va-composer span, #va-composer label, #va-composer button, [role=listbox] li");
  for (const label of labels) {
    for (const node of label.childNodes) {
      const sentence = node.nodeType === Node.TEXT_NODE ? node.data.trim() : "";
      if (sentence && words(sentence) !== sentence) node.data = words(sentence);
    }
  }
  const question = field("va-question");
  if (question && question.placeholder !== words("Ask the archive a question")) {
    question.placeholder = words("Ask the archive a question");
  }
}

// ---- what the cards offer ----

const cardOf = (element) => element.closest(".va-card");
const placeIn = (card) => placeOf(card.querySelector(".va-link").getAttribute("href"));
const partOf = (element) => element.closest(".va-more, .va-check, .va-answer");
const wordsIn = (card) => card.querySelector(".va-quote p").textContent;
const addressOf = (place) => `${document.body.dataset.link || location.origin}/${hashOf(place)}`;

function showContext(link) {
  const place = placeOf(link.getAttribute("href"));
  if (!place) return;
  const part = partOf(link);
  const places = [...part.querySelectorAll(".va-link")].filter((other) => partOf(other) === part)
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

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    byId("va-copy-text").value = text;
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
    toast(response.ok ? words("Thank you. The report is saved for the curator.") : words(result.error));
  } catch {
    toast(words("The report could not be saved: the archive’s server cannot be reached."));
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
  else if (target.matches(".va-copy")) copy(citationOf(cardOf(target)), words("Copied with its citation."));
  else if (target.matches(".va-share")) copy(addressOf(placeIn(cardOf(target))), words("Link copied."));
  else if (target.matches(".va-report")) openReport(cardOf(target));
  else if (target.matches("[data-export]")) exportAs(target.dataset.export);
  else if (target.matches(".va-yes, .va-no")) sayOf(target);
  else if (target.matches(".va-places")) { event.preventDefault(); location.href = `/find?words=${encodeURIComponent(askedAbove(target))}`; }
  else if (target.matches(".va-edit")) edit(target.closest(".va-asked").querySelector("h2").textContent);
  else if (target.matches(".va-alone")) askAlone(target.closest(".va-asked"));
  else if (target.id === "va-clear-sure") clearSurely();
  else if (target.matches("[data-close]")) target.closest("dialog").close();
  else if (target.closest("#va-restrict")) restrict(!document.body.classList.contains("va-restricting"));
  else if (target.closest("#va-undo") && !draft) keepWritten("");
  else if (target.closest("#va-ask")) busy();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target === field("va-question")) busy();
});
// Gradio leaves the list of choices open when Tab leaves its field; the style sheet hides it then.
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.matches("[role=combobox]")) return;
  setTimeout(() => { if (document.activeElement !== field) field.setAttribute("aria-expanded", "false"); }, SETTLED_MILLISECONDS);
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[role=combobox]")) event.target.setAttribute("aria-expanded", "true");
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

// What deletes everything asks first.
let sure = false;
document.addEventListener("click", (event) => {
  if (sure || !event.target.closest("#va-clear")) return;
  event.preventDefault();
  event.stopPropagation();
  byId("va-clear-dialog").showModal();
}, { capture: true });

function clearSurely() {
  byId("va-clear-dialog").close();
  draft = "";
  sure = true;
  document.querySelector("#va-clear, #va-clear button").click();
  sure = false;
}

// With what it was restricted to then, which the server knows by its number.
function askAlone(asked) {
  const number = [...log().querySelectorAll(".va-asked")].indexOf(asked);
  ask(asked.querySelector("h2").textContent, String(number));
}

function askedAbove(element) {
  const at = [...log().querySelectorAll(".va-answer")].indexOf(element.closest(".va-answer"));
  return log().querySelectorAll(".va-asked h2")[at].textContent;
}

// What a reader says of passages goes to the curator; where they stand, and what was asked.
async function sayOf(button) {
  const answer = button.closest(".va-answer");
  const kind = button.matches(".va-yes") ? "yes" : "no";
  const cards = kind === "yes" ? [cardOf(button)] : [...answer.querySelectorAll(".va-card")].filter((card) => partOf(card) === answer);
  const places = cards.map(placeIn).map(({ document: id, start, end }) => ({ document: id, start, end }));
  const question = askedAbove(button);
  const headers = { "content-type": "application/json" };
  try {
    const response = await fetch("/api/feedback", { method: "POST", headers, body: JSON.stringify({ kind, question, places }) });
    if (!response.ok) throw new Error();
    button.disabled = true;
    toast(words("Thank you. This is noted for the curator."));
  } catch {
    toast(words("The report could not be saved: the archive’s server cannot be reached."));
  }
}

function restrict(open) {
  document.body.classList.toggle("va-restricting", open);
  document.querySelector("#va-restrict, #va-restrict button").setAttribute("aria-expanded", String(open));
}

function edit(question) {
  keepWritten(question);
  edited = question;
  type(field("va-question"), question);
  field("va-question").focus();
}

function busy() {
  document.body.classList.add("va-busy");
  status.textContent = words("Searching…");
  clearTimeout(slowTimer);
  slowTimer = setTimeout(() => { idle(); toast(words("No answer has come yet. If none comes, please ask again.")); }, SLOW_MILLISECONDS);
}

function idle() {
  clearTimeout(slowTimer);
  document.body.classList.remove("va-busy");
  if (status.textContent === words("Searching…")) status.textContent = "";
}

function giveBack() {
  if (draft) type(field("va-question"), draft);
  draft = "";
}

addEventListener("va-refused", (event) => {
  idle();
  giveBack();
  toast(words(event.detail || "") || words("The question could not be asked. Please try again."));
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
  if (reachable && !was) location.reload();
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

// Gradio names the browser's language as the page's; screen readers would take that voice.
function keepLanguage() {
  const { language } = document.body.dataset;
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
}

function tidyLanguage() {
  keepLanguage();
  new MutationObserver(keepLanguage).observe(document.documentElement, { attributeFilter: ["lang"] });
  translate();
  if (document.body.dataset.language !== "en") document.querySelector("#va-choices, #va-choices button").click();
}

async function start() {
  while (!field("va-question") || !field("va-memory") || !byId("va-restore") || !byId("va-ask-alone") || !field("va-alone-number") || !byId("va-choices") || !byId("va-restrict")) await nextFrame();
  new MutationObserver(() => requestAnimationFrame(settle))
    .observe(document.querySelector("gradio-app"), { childList: true, subtree: true, characterData: true });
  document.body.classList.add("va-empty");
  restrict(false);
  tidyLanguage();
  await restore(sessionStorage.getItem(KEPT));
  document.body.classList.add("va-ready");
  const wanted = sessionStorage.getItem(DRAFT) || new URLSearchParams(location.search).get("q");
  sessionStorage.removeItem(DRAFT);
  if (wanted) type(field("va-question"), wanted.slice(0, 1000));
  // However the page is left: by its links, by the browser's buttons, or for the server's return.
  addEventListener("pagehide", () => sessionStorage.setItem(DRAFT, field("va-question").value || draft));
  if (placeOf(location.hash)) followHash();
  watchTimer = setTimeout(watch, 20000);
}
start();
