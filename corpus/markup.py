"""Files that are written for programs, not for readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import TranscriptError
from corpus.labels.names import Likeness, likeness
from corpus.labels.readers import behind_time
from corpus.lines import Line

_DECLARED = re.compile(
    r"\s*\ufeff?\s*<(?:\?xml|!doctype|html|tei|body|head\b|root|rss|transcript)", re.I
)
_TAG = re.compile(r"</?([A-Za-z][\w:-]{0,30})(?:\s[^<>]{0,500})?/?>")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.I)
_SUBTITLES = frozenset("v c i b u ruby rt lang font".split())
_LEAST_TAGS = 6
_TAG_SHARE = 1 / 500
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_LEAST_COLUMN = 8
_MOSTLY = 0.6
_RICH_TEXT = "{\\rtf"


def refuse_markup(text: str, path: Path) -> None:
    """Refuse a web page, an XML file or the like, whose tags would count as words.

    Raises:
        TranscriptError: the text is markup.
    """
    if text.lstrip("\ufeff \r\n\t").startswith(_RICH_TEXT):
        raise TranscriptError(path, "is rich text (RTF); save it as .docx or plain text.")
    if _DECLARED.match(text) or _is_mostly_tags(text):
        raise TranscriptError(
            path,
            "is markup (XML or HTML): its tags would count as words; save what a reader sees of "
            "it as plain text.",
        )


def refuse_columns(lines: Sequence[Line], path: Path) -> None:
    """Refuse text whose lines run across two columns of a page.

    Raises:
        TranscriptError: most lines hold two pieces, the second at one place on the line.
    """
    visible = [line for line in lines if line.text]
    places = Counter[int]()
    first: dict[int, int] = {}
    for line in visible:
        for match in _GAP.finditer(line.text):
            left = line.text[: match.start()]
            left = left[behind_time(left) or 0 :]
            named = not left or likeness(left) is Likeness.STRONG
            if match.start() >= _LEAST_COLUMN and not named:
                places[match.end()] += 1
                first.setdefault(match.end(), line.number)
                break
    if not places:
        return
    place, count = places.most_common(1)[0]
    if count >= _LEAST_TAGS - 2 and count >= _MOSTLY * len(visible):
        raise TranscriptError(
            path,
            "seems to hold two columns side by side, which mixes what different people say; "
            "export the text in reading order, one column below the other.",
            first[place],
        )


def _is_mostly_tags(text: str) -> bool:
    """Whether tags that open and close, or escaped signs, run through the text."""
    counts: dict[str, int] = {}
    for match in _TAG.finditer(text):
        name = match[1].casefold()
        if name not in _SUBTITLES:
            key = f"/{name}" if match[0].startswith("</") else name
            counts[key] = counts.get(key, 0) + 1
    paired = sum(n + counts[f"/{name}"] for name, n in counts.items() if f"/{name}" in counts)
    escaped = sum(1 for _ in _ENTITY.finditer(text))
    return paired + escaped >= max(_LEAST_TAGS, _TAG_SHARE * len(text))
