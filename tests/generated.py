"""Transcripts made up by hypothesis, with what is true of them by construction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Transcript

NAMES = ("Ada Hale", "Müller", "O’Neill", "Ким", "김철수", "D. S. Kirsanov", "INTERVIEWER", "Q")
_PLAIN = ("the", "boat", "left", "at", "nine", "we", "did", "not", "know", "it", "said", "Berlin")
_ODD = (
    "naïve", "cafe\u0301", "𝔸𝕓𝕔", "😀", "👩‍🚀", "мы", "北京", "שלום", "i.e.", "U.N.", "[sic]",
    "10:1", "7:00", "–", "“quoted”", "<b>bold</b>", "R&D", "&lt", "{{x}}", "a\u00a0b", "\u202eabc",
    "note:", "*star*", "`tick`", "[link](http://x)", "$1", "%s", "\\n", "x\ty",
)  # fmt: skip
_ENDS = (".", "!", "?", "…", ".”", "")


@dataclass(frozen=True)
class Made:
    """A transcript file with its truth.

    Attributes:
        data: the file's bytes.
        record: its record.
        words: (offset in the text, word, speaker) of everything said.
    """

    data: bytes
    record: Record
    words: tuple[tuple[int, str, str], ...]

    def parse(self) -> Transcript:
        return parse(self.data, self.record, "made", Path("made.txt"))


_WORD = st.one_of(
    st.sampled_from(_PLAIN),
    st.sampled_from(_ODD),
    st.text(st.characters(categories=["Ll", "Lu", "Lo", "Mn", "Nd", "So"]), min_size=1, max_size=6),
)
_SENTENCE = st.tuples(st.lists(_WORD, min_size=1, max_size=12), st.sampled_from(_ENDS)).map(
    lambda pair: (*pair[0][:-1], pair[0][-1] + pair[1])
)
_TURN = st.tuples(
    st.integers(0, len(NAMES) - 1), st.lists(_SENTENCE, min_size=1, max_size=5), st.booleans()
)


@st.composite
def transcripts(draw: st.DrawFn) -> Made:
    """Draw a transcript: speakers, label style, wraps, blank lines and line breaks."""
    turns = draw(st.lists(_TURN, min_size=1, max_size=6))
    width = draw(st.sampled_from((30, 60, 10_000)))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    blank = draw(st.booleans())
    text = draw(st.sampled_from(("", "\ufeff", "A Talk" + newline, "A Talk" + newline * 2)))
    words: list[tuple[int, str, str]] = []
    for who, sentences, own_line in turns:
        name = NAMES[who]
        text += f"{name}:" + (newline if own_line else " ")
        column = 0 if own_line else len(name) + 2
        for word in (word for sentence in sentences for word in sentence):
            if column and column + len(word) > width:
                text, column = text.rstrip(" ") + newline, 0
            words.append((len(text), word, name))
            text += f"{word} "
            column += len(word) + 1
        text = text.rstrip(" ") + newline * (2 if blank else 1)
    people = tuple(Participant(name=name) for name in NAMES)
    return Made(text.encode(), Record(title="A Talk", participants=people), tuple(words))


@st.composite
def sentence_ranges(draw: st.DrawFn, transcript: Transcript) -> tuple[int, int]:
    """Draw the first and last number of a range of sentences."""
    last = len(transcript.sentences) - 1
    first = draw(st.integers(0, last))
    return first, draw(st.integers(first, last))
