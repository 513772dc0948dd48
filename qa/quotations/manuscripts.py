"""Paragraphs of a manuscript: Word, Markdown, HTML or plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.files import regular_bytes
from corpus.importing.packages import part, part_names, require_harmless, xml_root
from corpus.importing.texts import decoded
from qa.errors import UsageError

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx", ".md", ".markdown", ".txt", ".html", ".htm")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = (
    ("word/document.xml", "paragraph"),
    ("word/footnotes.xml", "footnote paragraph"),
    ("word/endnotes.xml", "endnote paragraph"),
)
_STRUCK = frozenset(f"{_W}{name}" for name in "del moveFrom instrText delText rPr pPr".split())
_QUOTE_STYLE = re.compile(r"quote|zitat|citation|cita|цитата", re.IGNORECASE)
_BLOCKS = frozenset(
    "p div li td th dt dd h1 h2 h3 h4 h5 h6 blockquote figcaption caption section article aside "
    "header footer main table tr ul ol dl pre body html figure address".split()
)
_UNSEEN = frozenset("script style head template noscript svg math code".split())
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"</?[a-zA-Z][^<>\n]*>"), ""),
    (re.compile(r"(?<![\\\w])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"(?<![\\\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, on one line.

    Attributes:
        where: in the file: ``line 12`` or ``paragraph 3``.
        text: its words.
        is_quotation: it is set as a quotation as a whole.
    """

    where: str
    text: str
    is_quotation: bool = False


def is_manuscript(argument: str) -> bool:
    """Whether what was typed names a file, and is no quotation."""
    named = argument.lower().endswith(SUFFIXES)
    return named and ("\n" not in argument) and (" " not in argument or Path(argument).exists())


def read_manuscript(path: Path) -> tuple[Paragraph, ...]:
    """Read the paragraphs of a manuscript.

    Raises:
        CorpusError: the file cannot be read, or is broken.
        UsageError: its format is none of these.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path}: is none of {', '.join(SUFFIXES)}; save it as one of these.")
    data = regular_bytes(path)
    if suffix == ".docx":
        return tuple(_docx(data, str(path)))
    text = decoded(data, str(path))[0]
    if suffix in (".html", ".htm"):
        return tuple(_html(text))
    return tuple(_markdown(text) if suffix != ".txt" else _plain(text))


def _plain(text: str) -> Iterator[Paragraph]:
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield Paragraph(f"line {number - len(lines)}", _one_line("\n".join(lines)))
            lines = []


def _markdown(text: str) -> Iterator[Paragraph]:
    lines: list[str] = []
    fenced = False
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if _FENCE.match(line):
            fenced = not fenced
            line = ""  # noqa: PLW2901 - a fence ends a paragraph
        is_quote = line.lstrip().startswith(">")
        other = bool(lines) and is_quote != lines[0].lstrip().startswith(">")
        if lines and (not line.strip(" >") or fenced or other or line.startswith("#")):
            first = number - len(lines)
            quoted = lines[0].lstrip().startswith(">")
            bare = "\n".join(re.sub(r"^\s*(?:>\s?)+", "", one) for one in lines)
            yield Paragraph(f"line {first}", _one_line(_unmarked(bare)), quoted)
            lines = []
        if line.strip(" >") and not fenced:
            lines.append(line)


def _unmarked(text: str) -> str:
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return html.unescape(re.sub(r"(?m)^\s{0,3}(?:#{1,6}|[-*+]|\d+[.)])\s+", "", text))


def _html(text: str) -> Iterator[Paragraph]:
    from lxml import etree

    if not text.strip():
        return
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(text.encode(), parser)
    if root is None:
        return
    words: list[str] = []
    state = {"line": 0, "quoted": 0}

    def flush() -> Iterator[Paragraph]:
        line = _one_line("".join(words))
        if line:
            yield Paragraph(f"line {state['line']}", line, bool(state["quoted"]))
        words.clear()

    def walk(element: _Element) -> Iterator[Paragraph]:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _UNSEEN:
            return
        is_block = tag in _BLOCKS
        if is_block:
            yield from flush()
            state["line"] = element.sourceline or 0
        state["quoted"] += tag == "blockquote"
        words.append("“" if tag == "q" else " " if tag == "br" else "")
        words.append(element.text or "")
        for child in element:
            yield from walk(child)
            words.append(child.tail or "")
        words.append("”" if tag == "q" else "")
        if is_block:
            yield from flush()
        state["quoted"] -= tag == "blockquote"

    try:
        yield from walk(root)
    except RecursionError as error:
        raise UsageError("The page is nested too deeply to be read; save it as text.") from error


def _docx(data: bytes, name: str) -> Iterator[Paragraph]:
    require_harmless(data, name)
    names = part_names(data)
    styles = _styles(data, name) if "word/styles.xml" in names else {}
    for inner, what in _PARTS:
        if inner != _PARTS[0][0] and inner not in names:
            continue
        root = xml_root(part(data, inner, name), name)
        for number, paragraph in enumerate(_paragraphs(root), start=1):
            text = _one_line("".join(_runs(paragraph)))
            if text:
                style = paragraph.find(f"{_W}pPr/{_W}pStyle")
                called = "" if style is None else str(style.get(f"{_W}val"))
                is_quotation = bool(_QUOTE_STYLE.search(styles.get(called, called)))
                yield Paragraph(f"{what} {number}", text, is_quotation)


def _styles(data: bytes, name: str) -> dict[str, str]:
    found = {}
    for style in xml_root(part(data, "word/styles.xml", name), name).iter(f"{_W}style"):
        called = style.find(f"{_W}name")
        if called is not None and style.get(f"{_W}type") == "paragraph":
            found[str(style.get(f"{_W}styleId"))] = str(called.get(f"{_W}val"))
    return found


def _paragraphs(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _paragraphs(child)


def _runs(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _STRUCK or child.tag in (f"{_W}p", _FALLBACK):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)


def _one_line(text: str) -> str:
    return " ".join(text.split())
