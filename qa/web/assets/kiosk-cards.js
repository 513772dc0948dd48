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

export function cardElement(card) {
  const made = element("figure", "card");
  const who = element("figcaption", "who");
  who.append(apart(card.speaker));
  if (card.role) {
    const role = written(card.lang, element("span", "role", ", "));
    role.append(apart(card.role));
    who.append(role);
  }
  if (card.date) who.append(written("en", element("span", "date", ` · ${card.date}`)));
  const quote = ownWay(element("blockquote"));
  quote.lang = card.lang;
  quote.append("“", ...card.pieces.map((piece) => element("span", piece.voice, piece.text)), "”");
  made.append(who, quote);
  if (card.reported) made.append(element("p", "note", card.reported));
  for (const [label, text] of card.notes) {
    const note = element("p", "note", `${label} `);
    const said = ownWay(element("span", "", text));
    said.lang = card.lang;
    note.append(said);
    made.append(note);
  }
  const citation = element("p", "citation", card.citation);
  citation.lang = "en";
  made.append(citation);
  made.style.margin = "0";
  return made;
}
