"""Transcripts made up in every form of label, with noise, and what is true of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Transcript

Write = Callable[[str, str, int], str]
"""Writes one turn from the name, the words and the number of the turn."""


def _time(number: int) -> str:
    return f"00:{number // 6:02}:{number % 6 * 10:02}"


FORMS: dict[str, Write] = {
    "colon": lambda name, words, _: f"{name}: {words}",
    "tight": lambda name, words, _: f"{name}:{words}",
    "full width": lambda name, words, _: f"{name}：{words}",
    "alone": lambda name, words, _: f"{name}:\n{words}",
    "capitals": lambda name, words, _: f"{name.upper()}: {words}",
    "bold": lambda name, words, _: f"**{name}:** {words}",
    "bold, colon behind": lambda name, words, _: f"**{name}**: {words}",
    "brackets": lambda name, words, _: f"[{name}]: {words}",
    "angles": lambda name, words, _: f"<{name}>: {words}",
    "hash": lambda name, words, _: f"### {name}\n\n{words}",
    "time before": lambda name, words, n: f"[{_time(n)}] {name}: {words}",
    "time behind": lambda name, words, n: f"{name} ({_time(n)}): {words}",
    "time line": lambda name, words, n: f"{name}  {_time(n)}\n{words}",
    "number": lambda name, words, n: f"{n + 1}. {name}: {words}",
    "chevrons": lambda name, words, _: f">> {name}: {words}",
    "tab": lambda name, words, _: f"{name}\t{words}",
    "dash": lambda name, words, _: f"{name} – {words}",
    "stroke": lambda name, words, _: f"{name} | {words}",
}
CASTS = (
    ("Anna Reed", "Ben Polk", "Vera Lund"),
    ("roadrunner", "bitsmith", "old_tom"),
    ("Ludwig van der Beek", "Mme Odile Carnot", "Dr. H. C. Rot"),
    ("Ведущий", "Петров", "Председатель Совета"),
    ("기자", "시장", "김철수"),
    ("记者", "市长", "发言人"),
    ("المذيع", "العمدة", "هدى الزين"),
    ("מראיינת", "סבא יחיאל", "דן אלמוג"),
    ("पत्रकार", "महापौर", "रमेश"),
    ("ჟურნალისტი", "ბებია", "ნათელა"),
)
_SENTENCES = (
    "We left the hut at nine in the morning.", "Nobody had said a word of it.", "Why not?",
    "I said so, and he knew it.", "It was cold then – very cold.", "Yes.", "At 10:30, I think.",
    "Мы вышли утром.", "정오에 무너졌습니다.", "我们走了。", "הלכנו ברגל.", "वह टूट गया।",
    "Там было пусто.",
    "There were three of them (or four) on the ice.", "“Nobody,” he said, “will know.”",
)  # fmt: skip
_INVISIBLE = ("\u200f", "\u200b", "\ufeff", "\u2060", "\u202a")
_DIRECTIONS = ("(laughter)", "[Applause]", "（笑）", "(Pause)", "*coughs*", "{noise}")


@dataclass(frozen=True)
class Talk:
    """A transcript's text with its truth.

    Attributes:
        text: of the file.
        record: its record; it lists everybody or nobody.
        said: (offset, words, speaker) of each sentence.
        unsaid: (offset, words) of what nobody says.
    """

    text: str
    record: Record
    said: tuple[tuple[int, str, str], ...]
    unsaid: tuple[tuple[int, str], ...]

    def parse(self) -> Transcript:
        return parse(self.text.encode(), self.record, "made", Path("made.txt"))


@st.composite
def talks(draw: st.DrawFn, *, noisy: bool = True) -> Talk:
    """Draw a talk of two or three people in one form; each speaks twice or more."""
    form = draw(st.sampled_from(sorted(FORMS)))
    casts = [cast for cast in CASTS if form != "dash" or not cast[0].islower()]
    cast = draw(st.sampled_from(casts))[: draw(st.integers(2, 3))]
    turns = [cast[i % len(cast)] for i in range(2 * len(cast) + draw(st.integers(0, 3)))]
    listed = draw(st.booleans())
    marks = draw(st.sampled_from(("", *_INVISIBLE))) if noisy else ""
    text, said, unsaid = "", [], []
    for number, who in enumerate(turns):
        sentences = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3))
        block = marks + FORMS[form](who, " ".join(sentences), number)
        at = len(text) + len(block) - len(" ".join(sentences))
        for sentence in sentences:
            said.append((at, sentence, who))
            at += len(sentence) + 1
        text += block + "\n\n"
        if noisy and draw(st.integers(0, 3)) == 0:
            noise = draw(st.sampled_from((*_DIRECTIONS, f"- {number + 3} -", f"Page {number + 3}")))
            unsaid.append((len(text), noise))
            text += noise + "\n\n"
    people = tuple(Participant(name=name) for name in cast) if listed else ()
    return Talk(text, Record(title="Made", participants=people), tuple(said), tuple(unsaid))


_GUESTS = (
    "Müller", "Jo Müller", "MÜLLER", "MR. MÜLLER", "Dr. Müller", "KM", "Иванов", "김영희",
    "THE CHAIR", "D. S. Kirsanov",
)  # fmt: skip
_UNSTOPPED = (
    "we left the hut at nine", "nobody had said a word of it", "why not", "yes",
    "there were three of them on the ice", "i said so and he knew it",
)  # fmt: skip
_HOSTS = (
    *(cast for cast in CASTS if not cast[0].isascii() or not cast[0].islower()),
    ("Q", "A"), ("Hale", "Rudd"), ("MR. HALE", "MS. RUDD"),
)  # fmt: skip


@st.composite
def visited(draw: st.DrawFn) -> Talk:
    """Draw a talk whose labels stand alone on their lines, but for those of one guest."""
    cast = draw(st.sampled_from(_HOSTS))[: draw(st.integers(2, 3))]
    guest = draw(st.sampled_from(_GUESTS))
    turns = [cast[i % len(cast)] for i in range(draw(st.integers(6, 9)))]
    for at in sorted(draw(st.lists(st.integers(1, len(turns)), min_size=1, max_size=3)))[::-1]:
        turns.insert(at, guest)
    pool = draw(st.sampled_from((_SENTENCES, _UNSTOPPED)))
    gap = draw(st.sampled_from(("\n", "\n\n")))
    width = draw(st.sampled_from((30, 60, 10_000)))
    listed = draw(st.sampled_from(((), cast, (*cast, guest))))
    text, said = "", []
    for who in turns:
        text += f"{who}: " if who == guest else f"{who}:\n"
        column = len(who) + 2 if who == guest else 0
        sentences = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3))
        for word in " ".join(sentences).split():
            if column and column + len(word) > width:
                text, column = text.rstrip(" ") + "\n", 0
            said.append((len(text), word, who))
            text += f"{word} "
            column += len(word) + 1
        text = text.rstrip(" ") + gap
    people = tuple(Participant(name=name) for name in listed)
    return Talk(text, Record(title="Made", participants=people), tuple(said), ())
