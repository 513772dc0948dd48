"""TEI: drama and interviews (``sp``), parliaments (``u``), editions of documents (``p``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.dates import read_date
from corpus.errors import ImportingError
from corpus.importing.imported import (
    PARAGRAPH,
    Block,
    Imported,
    Kind,
    LeftOut,
    Piece,
    Place,
    cut,
    is_placed,
)
from corpus.importing.packages import xml_root
from corpus.importing.paragraphs import Paragraph, blocks_of
from corpus.importing.texts import may_be_name
from corpus.importing.xmls import Flow, head_of_xml, local, text_of
from corpus.labels.names import Likeness, is_capitals
from corpus.labels.readers import plain_colon
from corpus.labels.words import TITLES
from corpus.languages import UNKNOWN, read_language

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "TEI (XML)"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAX_LABEL = 100
_SPOKEN = 0.3
_NO_NAME = re.compile(r"[\[(“\"]|^\d")
_ASIDE = frozenset("stage kinesic incident vocal desc gap".split())
_HEADS = frozenset(("head", "dateline", "opener", "byline"))


@dataclass(frozen=True, slots=True)
class _Set:
    """A paragraph, where a label at its start would end, and whether a name is tagged in it."""

    pieces: tuple[Piece, ...]
    colon: int
    tagged: bool
    is_heading: bool


def recognise(data: bytes, name: str) -> float:
    """By the root."""
    del name
    head = head_of_xml(data)
    return 1.0 if b"<TEI" in head or b"<teiCorpus" in head else 0.0


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read each document of an edition, or the text as one."""
    root = xml_root(data, name)
    bodies = [d for d in root.iter("{*}div") if d.get("type") == "document"]
    header = root.find("{*}teiHeader")
    stated = _header(header, root)
    if not bodies:
        body = root.find(".//{*}text")
        bodies = [] if body is None else [body]
    found = [one for body in bodies if (one := _document(body, header, stated, len(bodies) > 1))]
    if not found:
        raise ImportingError(name, "holds no text in which anybody speaks.")
    return tuple(found)


def _document(
    body: _Element, header: _Element | None, stated: Mapping[str, str], several: bool
) -> Imported | None:
    flow = Flow.of(body)
    names = _people(header)
    if any(local(e) in ("sp", "u") for e in body.iter()):
        blocks = tuple(_spoken(body, flow, names))
        asides = 0
    else:
        found = list(_set(body, flow))
        blocks = _blocks(found)
        asides = _asides(found, blocks)
    if not any(b.kind not in (Kind.HEADER, Kind.HEADING) and b.text.strip() for b in blocks):
        return None
    own = dict(stated)
    head = body.find(".//{*}head")
    if head is not None and (several or "title" not in own):
        own["title"] = text_of(Flow.of(body).pieces(head, skip=("note",)))[:300]
    date = body.find(".//{*}dateline//{*}date")
    if date is not None and (when := _date(date)):
        own["date"] = when
    placed = is_placed(blocks)
    printed = _printed_names(body, names)
    notes = tuple(flow.note_blocks()) if placed else ()
    amid = tuple(flow.passed_over)
    left = (
        LeftOut(
            "remarks amid words",
            len(amid),
            "nobody's speech",
            "remark amid words",
            tuple(dict.fromkeys(amid)),
        ),
        LeftOut("remarks beside names", asides, "to whom or how", "remark beside a name"),
        LeftOut(
            "notes",
            0 if placed else len(flow.notes),
            "not told apart where no speaker is tagged",
            "note",
        ),
    )
    part = str(body.get(f"{_XML}id") or body.get("n") or "") if several else ""
    shown = tuple(one for one in left if one.count)
    return Imported(NAME, (*blocks, *notes), "", own, shown, part, flow.units, printed)


def _printed_names(body: _Element, names: Mapping[str, str]) -> dict[str, str]:
    """Return the longest name that notes of speakers print, by the name speeches carry."""
    found: dict[str, str] = {}
    for note in body.iter("{*}note"):
        following = note.getnext()
        if note.get("type") != "speaker" or following is None or local(following) != "u":
            continue
        key = str(following.get("who") or "").lstrip("#")
        words = " ".join("".join(note.itertext()).split()).rstrip(":")
        name = names.get(key, key)
        if len(words) > len(found.get(name, "")):
            found[name] = words
    return found


def _people(header: _Element | None) -> dict[str, str]:
    """Return names by id, where the header lists people."""
    found = {}
    for person in header.iter("{*}person") if header is not None else ():
        name = person.find("{*}persName")
        key = person.get(f"{_XML}id")
        if name is not None and key:
            found[str(key)] = " ".join("".join(name.itertext()).split())
    return found


def _header(header: _Element | None, root: _Element) -> dict[str, str]:
    stated: dict[str, str] = {}
    language = root.get(f"{_XML}lang")
    try:
        if language and (tag := read_language(language)) != UNKNOWN:
            stated["language"] = tag
    except ValueError:
        pass
    if header is None:
        return stated
    titles = [t for t in header.findall(".//{*}titleStmt/{*}title") if t.get("type") != "sub"]
    own = [t for t in titles if t.get(f"{_XML}lang") in (None, language)] or titles
    if own and (title := " ".join("".join(own[0].itertext()).split())):
        stated["title"] = title
    date = header.find(".//{*}settingDesc//{*}date")
    if date is not None and (when := _date(date)):
        stated["date"] = when
    return stated


def _date(element: _Element) -> str:
    when = str(element.get("when") or "")[:10]
    try:
        return read_date(when).text if when else ""
    except ValueError:
        return ""


def _spoken(body: _Element, flow: Flow, names: Mapping[str, str]) -> Iterator[Block]:
    """Yield what is said, in the order of the text; what surrounds it is told."""
    begun = False
    for element in _leaves(body):
        name = local(element)
        if name in ("sp", "u"):
            begun = True
            yield from _speech(element, flow, names)
        elif name in _HEADS:
            yield Block(Kind.HEADING if begun else Kind.HEADER, flow.pieces(element))
        elif name in _ASIDE or (name == "note" and element.get("type") != "speaker"):
            yield Block(Kind.DIRECTION, flow.pieces(element))
        elif name == "p":
            yield Block(Kind.NARRATION if begun else Kind.HEADER, flow.pieces(element))
        elif name == "pb" and element.get("n"):
            flow.page = str(element.get("n"))


def _leaves(body: _Element) -> Iterator[_Element]:
    """Yield elements that hold words of one kind, without what lies below them."""
    for child in body.iterchildren():
        name = local(child)
        if name in ("div", "body", "front", "back", "group", "text", "lg", "floatingText"):
            yield from _leaves(child)
        elif name:
            yield child


def _speech(element: _Element, flow: Flow, names: Mapping[str, str]) -> Iterator[Block]:
    speaker, label = _who(element, flow, names)
    doubt = "" if speaker else "the text names no speaker here"
    pieces: list[Piece] = []
    inner = [c for c in element.iterchildren() if local(c) not in ("speaker", "")]
    if not any(local(c) in ("p", "seg", "ab", "l", "lg") for c in inner):
        inner = [element]
    for child in inner:
        if local(child) in _ASIDE | {"note"}:
            if pieces:
                yield Block(Kind.SPEECH, tuple(pieces), speaker, label, doubt)
            pieces, label = [], None
            yield Block(Kind.DIRECTION, flow.pieces(child))
        elif local(child) == "pb":
            flow.page = str(child.get("n") or flow.page)
        else:
            pieces += [PARAGRAPH] if pieces else []
            pieces += flow.pieces(child, skip=(*_ASIDE, "speaker"))
    if pieces:
        yield Block(Kind.SPEECH, tuple(pieces), speaker, label, doubt)


def _who(
    element: _Element, flow: Flow, names: Mapping[str, str]
) -> tuple[str | None, Place | None]:
    """Return who speaks: as printed, else as the header names him, else by his id."""
    printed = element.find("{*}speaker")
    if printed is not None:
        pieces = flow.pieces(printed, skip=("note",))
        words = text_of(pieces).rstrip(":. ")
        if words:
            return words, _label_place(pieces, words)
    who = str(element.get("who") or "").split()
    if len(who) != 1:
        return None, None
    key = who[0].lstrip("#")
    name = names.get(key, key)
    # A name that is not printed here stands in the header, under the person's id.
    unit = f"person {key}" if key in names else f"who {len(flow.units) + 1}"
    flow.units[unit] = name
    return name, Place(unit, 0, len(name), element.sourceline)


def _set(body: _Element, flow: Flow) -> Iterator[_Set]:
    """Yield the paragraphs of an edition, with the label that each may have."""
    for element in body.iter():
        name = local(element)
        inside = next(
            (a for a in element.iterancestors() if local(a) in ("p", "note", "head")), None
        )
        if name == "pb" and element.get("n") and inside is None:
            flow.page = str(element.get("n"))
        if name not in _HEADS | {"p", "item"} or inside is not None:
            continue
        pieces = flow.pieces(element)
        text = "".join(piece.text for piece in pieces)
        colon = text.find(":", 0, _MAX_LABEL)
        # "For the Secretary from Reinhardt. Subj:" names somebody too, and is no label.
        before = _bare(text[: max(colon, 0)].strip())
        named = may_be_name(before) is not Likeness.NONE and not _NO_NAME.search(before)
        tagged = named and any(
            before.endswith(_flat(person)) for person in element.iterchildren("{*}persName")
        )
        yield _Set(pieces, colon, tagged, name in _HEADS)


def _flat(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _blocks(found: Sequence[_Set]) -> tuple[Block, ...]:
    labelled = _labelled(found)
    if labelled is None:
        kinds = [Kind.HEADER if one.is_heading else Kind.NARRATION for one in found]
        return tuple(Block(kind, one.pieces) for kind, one in zip(kinds, found, strict=True))
    return blocks_of(labelled)


def _labelled(found: Sequence[_Set]) -> list[Paragraph] | None:
    """Take a tagged name and a colon for a label, and a plain one that returns.

    Returns:
        None where nobody speaks.
    """
    plain = [None if s.is_heading else _plain(s) for s in found]
    counts = Counter(name for name in plain if name)
    any_tagged = any(s.tagged for s in found)
    # In a memorandum "Recommendation:" returns, too: where no speaker is tagged or titled and few
    # paragraphs begin so, nobody speaks.
    spoken = any_tagged or any(name is not None and _is_titled(name) for name in plain)
    often = sum(name is not None and counts[name] > 1 for name in plain)
    if not spoken:
        if often < _SPOKEN * len(found):
            return None
        return [Paragraph(one.pieces) for one in found]
    paragraphs = []
    for one, name in zip(found, plain, strict=True):
        label = one.tagged or (name is not None and (counts[name] > 1 or _is_titled(name)))
        if not label or one.is_heading:
            paragraphs.append(Paragraph(one.pieces, is_heading=one.is_heading and any_tagged))
            continue
        text = "".join(piece.text for piece in one.pieces)
        printed = " ".join(text[: one.colon].split())
        place = _label_place(one.pieces, _bare(printed))
        paragraphs.append(Paragraph(cut(one.pieces, one.colon + 1), _bare(printed), place))
    return paragraphs


def _is_titled(name: str) -> bool:
    """Whether a name is printed as records print speakers: MR. BERDING."""
    first = name.split(maxsplit=1)[0].strip(".").casefold()
    return is_capitals(name) and first in TITLES and not any(c.isdigit() for c in name)


def _bare(name: str) -> str:
    """Return a name without what its bracket says of the manner: "Kissinger (to Colby)"."""
    return name.partition(" (")[0] if name.endswith(")") else name


def _label_place(pieces: Sequence[Piece], name: str) -> Place | None:
    """Return where a name stands, from its first sign to its last."""
    first: Place | None = None
    left = len(name.replace(" ", ""))
    for piece in pieces:
        place = piece.place
        for at, sign in enumerate(piece.text):
            if place is None or sign.isspace():
                continue
            first = first or replace(place, start=place.start + at)
            left -= 1
            if left == 0:
                return replace(first, end=place.start + at + 1)
    return None


def _asides(found: Sequence[_Set], blocks: Sequence[Block]) -> int:
    """Count the brackets between a speaker's name and its colon: "Kissinger (to Colby):"."""
    named = {block.speaker for block in blocks if block.speaker}
    heads = (
        " ".join("".join(p.text for p in one.pieces)[: one.colon].split())
        for one in found
        if one.colon > 0 and not one.is_heading
    )
    return sum(head != _bare(head) and _bare(head) in named for head in heads)


def _plain(one: _Set) -> str | None:
    text = "".join(piece.text for piece in one.pieces).lstrip()
    head = plain_colon(text)
    if head is None or may_be_name(head.name) is not Likeness.STRONG:
        return None
    return head.name
