"""Times, cues, rules and tags: what programs put around the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import scan
from corpus.lines import Line, is_small
from corpus.transcript import Layer, Region

_SBV = re.compile(r"^\d+:\d\d:\d\d\.\d+,\d+:\d\d:\d\d\.\d+$")
_CUE_ID = re.compile(r"^[\w-]+$")
_VTT_BLOCKS = ("NOTE", "STYLE", "REGION")
RULE = re.compile(r"^(?:([-=_*~#·•—–.])\s*){3,}$")
_TAGS = re.compile(r"^(?:</?[A-Za-z][^<>]*>\s*)+$")
_CODE = re.compile(r"\[[^\[\]\n]{4,30}\]|[({][-\d][^(){}\n]{6,24}[)}]")
_HEAD_CODE = re.compile(
    r"((?P<first>\d{1,3}):(?P<minute>[0-5]\d)(?P<seconds>(?::[0-5]\d){1,2}(?:[.,;:]\d{1,3})?)?"
    r"(?:\s*[-–—|](?=\s))?)\s+(?=\S)"
)
_FEWEST_PAIRS = 3
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[ .][^<>\n]{0,60})?>|<\d+:[\d:.]{4,12}>")


def mark_cues(lines: Sequence[Line], layers: dict[int, Layer]) -> bool:
    """Mark time lines of subtitles with the number or name above, and the file's own blocks."""
    vtt = next((line for line in lines if line.text), None)
    is_vtt = vtt is not None and vtt.text.startswith("WEBVTT")
    in_block = is_vtt
    cued = False
    for i, line in enumerate(lines):
        if not line.text:
            in_block = False
            continue
        if is_vtt and line.text.split()[0] in _VTT_BLOCKS and (i == 0 or not lines[i - 1].text):
            in_block = True
        if _is_time_line(line.text) or _SBV.match(line.text):
            layers[i] = Layer.CUE
            cued, in_block = True, False
            named = i > 0 and lines[i - 1].text and (i == 1 or not lines[i - 2].text)
            if named and (is_vtt or _CUE_ID.match(lines[i - 1].text)):
                layers[i - 1] = Layer.CUE
        elif in_block:
            layers[i] = Layer.MARKUP
    return cued


def _is_time_line(text: str) -> bool:
    """``00:00:03.000 --> 00:00:05.000``, with settings behind it or none."""
    start, arrow, end = text.partition(" --> ")
    return bool(arrow and end.split()) and scan.is_time(start) and scan.is_time(end.split()[0])


def mark_times_and_rules(lines: Sequence[Line], layers: dict[int, Layer]) -> None:
    """Mark lines that are a time code, a rule, or tags, and nothing else."""
    for i, line in enumerate(lines):
        if not line.text or i in layers:
            continue
        if scan.is_time(line.text):
            layers[i] = Layer.CUE
        elif RULE.match(line.text) or (_TAGS.match(line.text) and not _is_voice(line.text)):
            layers[i] = Layer.MARKUP


def _is_voice(text: str) -> bool:
    """Tags such as ``<Anna>`` or ``<v Anna>`` may be labels; those of HTML are no names."""
    first = text[1:].split(">", maxsplit=1)[0]
    return not (text.startswith("</") or "=" in text or first.islower())


def inline_codes(lines: Sequence[Line], *, cued: bool) -> list[Region]:
    """Find time codes in brackets inside lines, and the tags of subtitles."""
    found = []
    for line in lines:
        if "[" in line.text or "(" in line.text or "{" in line.text:
            for match in _CODE.finditer(line.text):
                square = match[0][0] == "["
                if scan.is_time(match[0]) and (square or match[0].count(":") > 1):
                    found.append(_region(line, match.span(), Layer.CUE))
        if cued and "<" in line.text:
            found += [
                _region(line, match.span(), Layer.MARKUP) for match in _TAG.finditer(line.text)
            ]
    return found


def head_codes(heads: Sequence[Line]) -> list[Region]:
    """Find time codes without brackets that head what is said: "Reed: 00:14:22 We sold".

    Hours, minutes and seconds are one unless they begin a sentence that goes on ("00:14:22 was
    when it broke"), and so are two numbers where most speeches begin so, one after the other in
    time: "14:55 was when the train came" alone says a time of day.

    Args:
        heads: the first words of each speech, and of paragraphs in it.
    """
    found = [(line, match) for line in heads if (match := _HEAD_CODE.match(line.text))]
    codes = [one for one in found if one[1]["seconds"] and not is_small(one[0].text[one[1].end()])]
    pairs = [one for one in found if not one[1]["seconds"]]
    minutes = [int(match["first"]) * 60 + int(match["minute"]) for _, match in pairs]
    if (
        len(pairs) >= _FEWEST_PAIRS
        and len(pairs) * 2 >= len(heads)
        and minutes == sorted(minutes)
        and not any(is_small(line.text[match.end()]) for line, match in pairs)
    ):
        codes += pairs
    return [_region(line, match.span(1), Layer.CUE) for line, match in codes]


def _region(line: Line, span: tuple[int, int], layer: Layer) -> Region:
    return Region(line.start + span[0], line.start + span[1], layer)
