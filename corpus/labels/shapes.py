"""The forms that a speaker label takes, one row each: name, caption, family, reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.labels import readers
from corpus.labels.readers import Head

Reader = Callable[[str], Head | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of label.

    Attributes:
        name: stable, for programs.
        caption: the form in words.
        family: forms of one family occur beside each other in one document.
        read: reads the head of a line.
        sure: the form itself tells that somebody is named, even once.
    """

    name: str
    caption: str
    family: str
    read: Reader
    sure: bool = False


SHAPES = (
    Shape("voice", "<v Name>words", "voice", readers.voice_tag, sure=True),
    Shape("examiner", "BY NAME: (asks what follows)", "examination", readers.examiner, sure=True),
    Shape("examination", "Q. words / A. words", "examination", readers.examination),
    Shape("bare-examination", "Q Words / A Words", "bare-examination", readers.bare_examination),
    Shape("timed-name", "00:01:02 NAME words", "timed-name", readers.timed_name),
    Shape("clock-line", "Name  0:03, words below it", "clock", readers.clock_line, sure=True),
    Shape("timed", "[00:01:02] Name: words", "colon", readers.timed_colon),
    Shape("numbered", "12. Name: words", "colon", readers.numbered_colon),
    Shape("colon", "Name: words", "colon", readers.plain_colon),
    Shape("clock", "Name [00:01:02] words", "clock", readers.clock_beside, sure=True),
    Shape("phrase", "words: words, perhaps a label", "phrase", readers.phrase),
    Shape("hash", "### Name", "hash", readers.hash_line),
    Shape("bold", "**Name** words", "bold", readers.bold),
    Shape("bracket", "[Name] words", "bracket", readers.bracket),
    Shape("stop", "NAME. words", "stop", readers.stop),
    Shape("dash", "Name – words", "dash", readers.dash),
    Shape("sign", "Name | words", "sign", readers.sign),
    Shape("column", "Name, words in a column", "column", readers.column),
    Shape("kagi", "Name「words」", "kagi", readers.kagi),
    Shape("alone", "Name alone on its line", "alone", readers.alone),
)

EXAMINATIONS = frozenset({"examination", "bare-examination"})
"""The forms in which signs stand for who asks and who answers."""

STATED = Shape("stated", "as layout.speaker_label says", "stated", lambda _: None, sure=True)
INSIDE = Shape("inside", "Name: inside a line", "colon", lambda _: None)
BY_NAME = {shape.name: shape for shape in (*SHAPES, STATED, INSIDE)}
