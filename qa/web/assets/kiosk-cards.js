// A quote as elements, its words set as text and never as HTML.

export function element(tag, style, text) {
  const made = document.createElement(tag);
  if (style) made.className = style;
  if (text !== undefined) made.textContent = text;
  return made;
}

function written(language, one) {
  one.lang = language;
  return one;
}

// What runs from right to left must not turn round what stands beside it.
const apart = (text) => element("bdi", "", text);

function ownWay(one) {
  one.dir = "auto";
  return one;
}

// Who, when, whether translated, where; what is the document's own stands in an element of its own.
function lineOf(card) {
  const line = element("summary", "line");
  card.line.forEach((said, at) => {
    const part = written(said.lang, element("span", said.what, at ? (said.what === "role" ? ", " : " · ") : ""));
    part.append(apart(said.text));
    line.append(part);
  });
  return line;
}

export function factsElement(facts) {
  const made = element("dl", "card");
  let caption = "";
  for (const fact of facts) {
    if (fact.caption !== caption) made.append(element("dt", "", fact.caption));
    caption = fact.caption;
    made.append(ownWay(written(fact.lang, element("dd", "", fact.text))));
  }
  return made;
}

export function cardElement(card) {
  const made = element("figure", "card");
  const quote = ownWay(element("blockquote"));
  quote.lang = card.lang;
  quote.append("“", ...card.pieces.map((piece) => element("span", piece.voice, piece.text)), "”");
  if (card.above) made.append(element("p", "note", card.above));
  made.append(element("h2", "sr", card.name), quote);
  if (card.reported) made.append(element("p", "note", card.reported));
  for (const [label, text] of card.notes) {
    const note = element("p", "note", `${label} `);
    const said = ownWay(element("span", "", text));
    said.lang = card.lang;
    note.append(said);
    made.append(note);
  }
  const full = element("details");
  const citation = element("p", "citation", card.citation);
  citation.lang = "en";
  full.append(lineOf(card), citation);
  if (card.kind) full.append(written(card.lang, element("p", "citation", card.kind)));
  made.append(full);
  made.style.margin = "0";
  return made;
}
