// The museum terminal: one visitor at a time, nothing kept, home by itself.

import { cardElement, element, factsElement } from "./kiosk-cards.js";
import { setSizes } from "./kiosk-size.js";
import { compose, draw, takeBack } from "./kiosk-keyboard.js";
import * as server from "./kiosk-server.js";
import * as speech from "./kiosk-speech.js";

const byId = (id) => document.getElementById(id);
const body = document.body;
const option = (name) => Number(body.dataset[name]);
const FIRST_LANGUAGE = document.documentElement.lang;
const SCREENS = ["attract", "start", "ask", "searching", "answer", "context", "qr", "away"];
const ATTRACT_SECONDS = 7;
const HISTORY = 5;
const LEAST_SHARE = 0.2; // of the screen, for what was found, before questions to ask next stand below

const fresh = () => ({
  at: "attract", language: FIRST_LANGUAGE, typed: "", capitals: true, latin: false,
  asked: "", answer: null, card: 0, history: [], leant: "", noted: new Set(), more: false,
  where: { collection: "", since: "", until: "" },
});
let visit = fresh();
let sequence = 0;
let lastTouch = performance.now();
let shownSince = performance.now();
let attractSince = 0;
let counting = false;
let ticks = 0;
let suggested = [];
let wantedLanguage = FIRST_LANGUAGE;
const dictionaries = new Map();
const words = (sentence) => (dictionaries.get(visit.language) || {})[sentence] || sentence;

function measure() {
  setSizes(option("screen"), option("viewing"), byId("size").getAttribute("aria-pressed") === "true");
  settle();
}

// ---- screens ----

function show(name, focus) {
  stopReading();
  visit.at = name;
  body.dataset.at = name;
  for (const id of SCREENS) byId(id).hidden = id !== name;
  byId("bar").hidden = name === "attract" || name === "away";
  const target = byId(focus || { attract: "begin", start: "start-title", ask: "typed", searching: "searching-title",
    answer: "asked", context: "context-title", qr: "qr-title", away: "away-title" }[name]);
  if (target) target.focus({ preventScroll: true });
  settle();
}

function settle() {
  if (visit.at === "answer") makeRoom();
  scrolling();
}

// Questions to ask next give way to what was found, the last of them first.
function makeRoom() {
  const leading = byId("leading");
  const reel = byId("card-reel");
  const items = [...byId("leading-questions").children];
  const offer = (count) => {
    items.forEach((item, at) => { item.hidden = at >= count; });
    leading.hidden = visit.more || !count;
    scrolling();
  };
  const isRoomy = () => byId("answer").scrollHeight <= byId("answer").clientHeight + 1
    && (reel.hidden || byId("card").scrollHeight <= reel.clientHeight + 4 || reel.clientHeight >= LEAST_SHARE * innerHeight);
  let count = items.length;
  offer(count);
  const before = reel.clientHeight;
  while (count && !isRoomy()) offer(--count);
  if (!isRoomy() && reel.clientHeight <= before) offer(items.length);
}

function scrolling() {
  for (const area of document.querySelectorAll(".scroll")) {
    area.parentElement.classList.toggle("scrolls", area.scrollHeight > area.clientHeight + 4);
  }
}

function say(sentence) { byId("status").textContent = sentence; }

// ---- words ----

async function speakLanguage(language) {
  const visitor = visit;
  const wanted = () => visit === visitor && wantedLanguage === language;
  wantedLanguage = language;
  const query = whereAsked();
  if (!dictionaries.has(`${language} ${query}`)) {
    const found = await request(`/kiosk/words/${language}${query}`, null, wanted);
    if (!found || !found.words) return;
    dictionaries.set(language, found.words);
    dictionaries.set(`${language} ${query}`, found.questions);
    dictionaries.set(`${language} about`, found.about);
  }
  if (!wanted()) return;
  visit.language = language;
  visit.latin = false;
  translate();
}

// Where to look: what is touched is pressed, in its row alone, until the visit ends.
function lookIn(button) {
  const { collection, since, until } = button.dataset;
  const chosen = collection === undefined ? { since, until } : { collection };
  visit.where = { ...visit.where, ...chosen };
  drawWhere();
  speakLanguage(visit.language);
}

// What was chosen, as an address says it; nothing where nothing was.
function whereAsked() {
  const chosen = Object.entries(visit.where).filter(([, value]) => value);
  return chosen.length ? `?${new URLSearchParams(chosen)}` : "";
}

function drawWhere() {
  for (const button of document.querySelectorAll("#where button")) {
    const { collection, since } = button.dataset;
    const pressed = collection === undefined ? since === visit.where.since : collection === visit.where.collection;
    button.setAttribute("aria-pressed", String(pressed));
  }
}

function drawOnly() {
  const pressed = [...document.querySelectorAll("#where [aria-pressed=true]")].filter((one) => one.dataset.collection || one.dataset.since);
  byId("only").hidden = !pressed.length;
  byId("only").textContent = words("only {what}").replace("{what}", pressed.map((one) => one.textContent).join(", "));
}

function translate() {
  document.documentElement.lang = visit.language;
  for (const element of document.querySelectorAll("[data-w]")) element.textContent = words(element.dataset.w);
  for (const element of document.querySelectorAll("[data-w-label]")) {
    element.setAttribute("aria-label", words(element.dataset.wLabel));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === visit.language));
  }
  suggested = dictionaries.get(`${visit.language} ${whereAsked()}`) || [];
  byId("as-written").hidden = visit.language === FIRST_LANGUAGE;
  byId("questions").replaceChildren(...suggested.map(questionItem));
  drawAbout();
  type(visit.typed);
  scrolling();
}

// What is suggested says everything itself: what was asked before must not change what it finds.
function questionItem(question) {
  const button = element("button", "", question.shown);
  button.type = "button";
  button.lang = question.lang;
  button.dir = "auto";
  button.addEventListener("click", () => ask(question.asked, question.shown, []));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

// ---- the server ----

// What comes when nobody waits for it any more is dropped, a failure as well.
async function request(address, sent, wanted) {
  const answer = await server.ask(address, sent);
  if (!wanted()) return null;
  if (!answer) goAway();
  else if (answer.status === 429) return { problem: words("Too many questions at once. Please wait a moment.") };
  else if (answer.status !== 200) return { problem: words("This question cannot be asked. Please use fewer words.") };
  return answer && answer.content;
}

function goAway() {
  if (visit.at === "away") return;
  sequence += 1;
  show("away");
}

async function comeBack() {
  if (await server.isWell() && visit.at === "away") reset();
}

// ---- asking ----

function type(text) {
  visit.typed = [...text].slice(0, option("length")).join("");
  const field = byId("typed");
  if (field.textContent !== visit.typed) {
    field.textContent = visit.typed;
    getSelection().selectAllChildren(field);
    getSelection().collapseToEnd();
  }
  field.scrollTop = field.scrollHeight;
  keyboard();
}

// An input method writes into the field by itself; until it is done, nothing may be written there.
function typedByItself(event) {
  touched();
  if (event.isComposing) return;
  visit.capitals = false;
  type(byId("typed").textContent.replaceAll("\n", " "));
}

function keyboard() {
  if (visit.at !== "ask") return;
  draw(byId("keyboard"), { language: visit.language, latin: visit.latin, capitals: visit.capitals, words, press });
}

function press(kind, char) {
  if (kind === "ask") { if (visit.typed.trim()) ask(visit.typed.trim(), visit.typed.trim()); return; }
  if (kind === "shift") visit.capitals = !visit.capitals;
  else if (kind === "alphabet") { visit.latin = !visit.latin; visit.capitals = false; }
  else {
    visit.capitals = false;
    if (kind === "delete") visit.typed = takeBack(visit.typed);
    else visit.typed = compose(visit.typed, char);
    if (!visit.typed) visit.capitals = startsLarge();
  }
  const held = [...byId("keyboard").querySelectorAll("button")].indexOf(document.activeElement);
  type(visit.typed);
  if (held >= 0) byId("keyboard").querySelectorAll("button")[held]?.focus();
}

// Korean has no capitals; its shifted letters are others.
const startsLarge = () => visit.latin || visit.language !== "ko";

function beginTyping(text) {
  visit.typed = "";
  visit.capitals = !text && startsLarge();
  show("ask");
  type(text);
}

async function ask(question, shown, history = visit.history.slice(-HISTORY)) {
  const number = ++sequence;
  show("searching");
  say(words("Searching…"));
  const sent = { question, language: visit.language, ...visit.where, history: history.map((one) => one.asked) };
  const answer = await request("/kiosk/ask", sent, () => number === sequence);
  if (!answer) return;
  if (!answer.problem) visit.history.push({ asked: question, shown });
  visit.asked = shown;
  visit.leant = answer.connected ? history[history.length - 1].shown : "";
  visit.noted = new Set();
  visit.more = false;
  visit.answer = answer.problem ? { status: "refused", sentence: answer.problem, cards: [], questions: [] } : answer;
  visit.card = 0;
  lastTouch = performance.now();
  drawAnswer();
  show("answer");
  say([...(visit.answer.checked || []), visit.answer.sentence].join(" "));
}

function drawAbout() {
  const facts = dictionaries.get(`${visit.language} about`) || [];
  byId("about").replaceChildren(...facts.map((fact) => {
    const one = element("bdi", "", /^\d+$/.test(fact.text) ? `${fact.caption}: ${fact.text}` : fact.text);
    one.lang = fact.lang;
    return one;
  }));
}

// ---- the answer ----

// Quotes stand one at a time and in full; what is no answer stands as a list, after the questions that lead on.
function drawAnswer() {
  const { status, cards, more = [] } = visit.answer;
  const answered = status === "answered" && !visit.more;
  const listed = visit.more ? more : cards;
  const sentence = visit.more ? visit.answer.more_passages : visit.answer.sentence;
  byId("answer").dataset.status = visit.more ? "possible" : status;
  byId("asked").textContent = visit.asked;
  byId("sentence").textContent = sentence;
  const checked = visit.more ? [] : visit.answer.checked || [];
  byId("checked").replaceChildren(...checked.map((said) => element("p", "", said)));
  byId("checked").hidden = !checked.length;
  drawConnected();
  drawOnly();
  const pages = answered && cards.length > 1;
  byId("pager").hidden = !pages && !more.length;
  for (const id of ["previous", "which", "next"]) byId(id).hidden = !pages;
  byId("which").textContent = words("Quote {number} of {count}")
    .replace("{number}", visit.card + 1).replace("{count}", cards.length);
  byId("previous").disabled = visit.card === 0;
  byId("next").disabled = visit.card >= cards.length - 1;
  for (const id of ["context-open", "take"]) byId(id).hidden = !answered;
  byId("more").hidden = !more.length;
  byId("more").textContent = visit.more ? words("Back") : visit.answer.more_passages;
  byId("wrong").hidden = visit.more || !cards.length;
  drawNoted(byId("wrong"), "no", "Not what I asked");
  byId("change").hidden = answered || visit.more;
  byId("read").hidden = !answered || !option("speech") || !speech.voiceFor(cards[visit.card].lang);
  const data = visit.answer.catalogue || [];
  byId("card").replaceChildren(...(answered ? [cards[visit.card]] : listed).map(answered ? cardElement : candidate), ...(data.length ? [factsElement(data)] : []));
  byId("card").scrollTop = 0;
  byId("card-reel").hidden = !cards.length && !data.length;
  drawLeading(answered);
  settle();
}

function drawConnected() {
  const [before, after] = words("In connection with: “{question}”").split("{question}");
  byId("connected").hidden = !visit.leant;
  byId("connected-with").replaceChildren(...(visit.leant ? [before, element("bdi", "", visit.leant), after] : []));
}

// A passage to judge, with a way to say that it is the answer; what a side says is none.
function candidate(card) {
  const made = cardElement(card);
  if (card.above) return made;
  const button = element("button");
  button.type = "button";
  const label = element("span", "", words("Yes, this is it"));
  label.dataset.w = "Yes, this is it";
  button.append(label, element("span", "sr", ` – ${card.name}`));
  button.addEventListener("click", () => judge("yes", [card], button));
  drawNoted(button, card.place, label.dataset.w);
  made.append(button);
  return made;
}

function drawNoted(button, what, sentence) {
  const noted = visit.noted.has(what);
  button.disabled = noted;
  const label = button.querySelector("[data-w]");
  label.dataset.w = noted ? "Noted. Thank you." : sentence;
  label.textContent = words(label.dataset.w);
}

// What visitors say of passages goes to the curator; nothing of it is kept here.
async function judge(kind, cards, button) {
  const { noted, asked } = visit;
  const what = kind === "yes" ? cards[0].place : kind;
  const label = button.querySelector("[data-w]").dataset.w;
  button.disabled = true;
  const places = cards.map(placeOf);
  const told = await server.ask("/api/feedback", { kind, question: asked, places });
  if (visit.noted !== noted || visit.asked !== asked) return;
  if (told && told.status === 200) noted.add(what);
  drawNoted(button, what, label);
  say(noted.has(what) ? words("Noted. Thank you.") : words("This could not be saved here."));
}

function placeOf(card) {
  const [, id, start, end] = card.place.match(/^(.*)\/(\d+)-(\d+)$/);
  return { document: id, start: Number(start), end: Number(end) };
}

function drawLeading(answered) {
  const asked = new Set([visit.asked, ...visit.history.flatMap((one) => [one.asked, one.shown])]);
  const others = suggested.filter((one) => !asked.has(one.asked) && !asked.has(one.shown)).slice(0, 3);
  const offered = visit.answer.questions.length ? visit.answer.questions : others;
  byId("leading-title").textContent = answered ? words("You could ask next") : words("Questions the archive does answer");
  byId("leading-questions").replaceChildren(...offered.map(questionItem));
  // Only where nothing else stands there do they come first.
  byId(answered || !byId("card-reel").hidden ? "actions" : "sentence").after(byId("leading"));
}

function turnMore() {
  visit.more = !visit.more;
  stopReading();
  drawAnswer();
  say(byId("sentence").textContent);
}

function turnCard(by) {
  const count = visit.answer.cards.length;
  visit.card = Math.min(Math.max(visit.card + by, 0), count - 1);
  stopReading();
  drawAnswer();
  say(byId("which").textContent);
}

async function openContext() {
  const number = ++sequence;
  const place = addressOf(visit.answer.cards[visit.card]);
  const html = await request(`/kiosk/context/${place}?lang=${visit.language}`, null, () => number === sequence);
  if (typeof html !== "string") return;
  const page = new DOMParser().parseFromString(html, "text/html");
  byId("context-text").replaceChildren(document.adoptNode(page.body.firstElementChild));
  show("context");
  const hit = byId("hit-1");
  const area = byId("context-text");
  if (hit) area.scrollTop += hit.getBoundingClientRect().top - area.getBoundingClientRect().top - area.clientHeight * 0.25;
}

const addressOf = (card) => card.place.split("/").map(encodeURIComponent).join("/");

function openCode() {
  const image = document.createElement("img");
  image.src = `/kiosk/qr/${addressOf(visit.answer.cards[visit.card])}.svg`;
  image.alt = visit.answer.cards[visit.card].citation;
  byId("qr-code").replaceChildren(image);
  show("qr");
}

function stopReading() {
  speech.stop();
  readLabel("Read aloud");
}

function readLabel(sentence) {
  const label = byId("read").querySelector("[data-w]");
  label.dataset.w = sentence;
  label.textContent = words(sentence);
}

function readAloud() {
  if (speech.isReading()) { stopReading(); return; }
  readLabel("Stop reading");
  speech.read(visit.answer.cards[visit.card]);
}

// ---- stillness ----

function reset() {
  sequence += 1;
  stopReading();
  visit = fresh();
  wantedLanguage = FIRST_LANGUAGE;
  counting = false;
  byId("still").hidden = true;
  byId("bar").inert = document.querySelector("main").inert = false;
  for (const id of ["typed", "keyboard", "card", "context-text", "qr-code", "leading-questions", "connected-with", "checked"]) byId(id).replaceChildren();
  for (const id of ["asked", "sentence", "which", "still-text", "still-title", "stay", "leading-title"]) byId(id).textContent = "";
  say("");
  document.documentElement.classList.remove("bright");
  for (const id of ["size", "contrast"]) byId(id).setAttribute("aria-pressed", "false");
  drawWhere();
  drawOnly();
  sessionStorage.clear();
  localStorage.clear();
  measure();
  translate();
  // The server may have been away when this page wanted its words.
  if (!dictionaries.has(FIRST_LANGUAGE)) speakLanguage(FIRST_LANGUAGE);
  attractSince = 0;
  shownSince = performance.now();
  show("attract");
}

function tick() {
  ticks += 1;
  if (visit.at === "away") { if (ticks % 2 === 0) comeBack(); return; }
  if (visit.at === "attract") { attract(); return; }
  if (visit.at === "searching" || speech.isReading()) { lastTouch = performance.now(); return; }
  const still = (performance.now() - lastTouch) / 1000 - option("idle");
  if (still < 0 && !counting) return;
  const left = Math.ceil(option("countdown") - Math.max(still, 0));
  if (left <= 0) { reset(); return; }
  if (!counting) warn();
  byId("still-text").textContent =
    words("In {seconds} seconds this screen starts over, and everything you typed is deleted.").replace("{seconds}", left);
}

let before = null;
function warn() {
  counting = true;
  before = document.activeElement;
  const typing = visit.at === "ask";
  byId("still-title").textContent = typing ? words("Are you still there?") : words("Are you still reading?");
  byId("stay").textContent = typing ? words("I am still here") : words("I am still reading");
  byId("still").hidden = false;
  byId("bar").inert = document.querySelector("main").inert = true;
  byId("stay").focus();
}

function resume() {
  counting = false;
  byId("still").hidden = true;
  byId("bar").inert = document.querySelector("main").inert = false;
  if (before && before.isConnected) before.focus({ preventScroll: true });
  before = null;
}

function attract() {
  attractSince += 1;
  const line = byId("attract-question");
  if (suggested.length) {
    const turn = Math.floor(attractSince / ATTRACT_SECONDS) % suggested.length;
    line.classList.toggle("fading", attractSince % ATTRACT_SECONDS === ATTRACT_SECONDS - 1 && suggested.length > 1);
    if (line.textContent !== suggested[turn].shown) line.textContent = suggested[turn].shown;
  }
  // A page that never ends grows; a new one is as good, while nobody looks and the server answers.
  if (performance.now() - shownSince > option("reload") * 3600000) {
    shownSince = performance.now();
    server.isWell().then((well) => { if (well) location.reload(); });
  }
}

function touched() { lastTouch = performance.now(); }

// ---- hands and keys ----

for (const kind of ["pointerdown", "wheel", "touchmove"]) addEventListener(kind, touched, { passive: true, capture: true });
for (const kind of ["contextmenu", "dragstart", "selectstart", "gesturestart"]) {
  document.addEventListener(kind, (event) => event.preventDefault());
}
byId("typed").addEventListener("input", typedByItself);
byId("typed").addEventListener("compositionend", typedByItself);
addEventListener("wheel", (event) => { if (event.ctrlKey) event.preventDefault(); }, { passive: false });
addEventListener("resize", measure);
addEventListener("toggle", scrolling, { capture: true });

addEventListener("keydown", (event) => {
  touched();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (counting) { event.preventDefault(); resume(); return; }
  if (event.key === "Escape") { event.preventDefault(); back(); return; }
  if (visit.at !== "ask" || event.isComposing) return;
  if (event.target === byId("typed") && event.key !== "Enter") return;
  const onKey = byId("keyboard").contains(document.activeElement);
  if (event.key === "Backspace") press("delete", "");
  else if (event.key === "Enter" && !onKey) { event.preventDefault(); press("ask", ""); }
  else if ([...event.key].length === 1 && !(event.key === " " && onKey)) { event.preventDefault(); press("letter", event.key); }
}, { capture: true });

function goHome() {
  sequence += 1;
  visit.history = [];
  show("start");
}

function back() {
  const way = { start: reset, ask: goHome, searching: goHome, answer: () => (visit.more ? turnMore() : goHome()), context: () => closeTo("context-open"), qr: () => closeTo("take") };
  if (way[visit.at]) way[visit.at]();
}

function closeTo(button) {
  byId("context-text").replaceChildren();
  byId("qr-code").replaceChildren();
  show("answer", button);
}

const onClick = {
  begin: () => show("start"), home: goHome, own: () => beginTyping(""), again: () => beginTyping(""), change: () => beginTyping(visit.asked),
  more: turnMore, alone: () => ask(visit.asked, visit.asked, []), wrong: (button) => judge("no", visit.answer.cards, button),
  previous: () => turnCard(-1), next: () => turnCard(1), "context-open": openContext, take: openCode, read: readAloud,
  size: (button) => { button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")); measure(); },
  contrast: (button) => {
    const bright = document.documentElement.classList.toggle("bright");
    button.setAttribute("aria-pressed", String(bright));
  },
};

document.addEventListener("click", (event) => {
  touched(); // by a switch or a screen reader, which touch nothing
  // Only a finished touch closes the question, so that nothing below it is touched as well.
  if (counting) { resume(); return; }
  const button = event.target.closest("button");
  if (!button) return;
  if (onClick[button.id]) onClick[button.id](button);
  else if (button.closest("#where")) lookIn(button);
  else if (button.dataset.language) speakLanguage(button.dataset.language);
  else if (button.dataset.back) closeTo(visit.at === "qr" ? "take" : "context-open");
  else if (button.dataset.scroll) {
    const area = byId(button.dataset.scroll);
    area.scrollBy({ top: Number(button.dataset.by) * area.clientHeight * 0.8, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }
});

measure();
speakLanguage(FIRST_LANGUAGE).then(() => { if (visit.at === "attract") attract(); });
setInterval(tick, 1000);
speech.prepare(() => {
  lastTouch = performance.now();
  if (visit.at !== "answer") return;
  drawAnswer();
  readLabel(speech.isReading() ? "Stop reading" : "Read aloud");
});
