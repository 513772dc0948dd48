"""Texts edited at random, with the truth of what has become of every code point."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from corpus.transcript import Transcript

_NEW = -1
_WORDS = (
    "not ",
    "never",
    " 130 ",
    "\n",
    "x",
    " Yes.",
    "\n\nComrade Mielke:\n",
    "[",
    "Берлин ",
    "🙂",
)


@dataclass(frozen=True)
class Edited:
    """An edited text; ``origin`` says for each code point where it stood before, or -1."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def unedited(cls, text: str) -> Edited:
        return cls(text, tuple(range(len(text))))

    def insert(self, at: int, words: str) -> Edited:
        text, origin = self.text, self.origin
        new = (_NEW,) * len(words)
        return Edited(text[:at] + words + text[at:], origin[:at] + new + origin[at:])

    def delete(self, start: int, end: int) -> Edited:
        text, origin = self.text, self.origin
        return Edited(text[:start] + text[end:], origin[:start] + origin[end:])

    def move(self, start: int, end: int, to: int) -> Edited:
        """Take a stretch out and put it where code point ``to`` of the rest is."""
        cut, rest = (self.text[start:end], self.origin[start:end]), self.delete(start, end)
        to = min(to, len(rest.text))
        return Edited(
            rest.text[:to] + cut[0] + rest.text[to:],
            rest.origin[:to] + cut[1] + rest.origin[to:],
        )

    def place_of(self, start: int, end: int) -> int | None:
        """Return where a stretch of the text before stands whole, or None where it does not."""
        try:
            at = self.origin.index(start)
        except ValueError:
            return None
        whole = tuple(range(start, end))
        return at if self.origin[at : at + end - start] == whole else None

    def left_of(self, start: int, end: int) -> int:
        """Return how many code points of a stretch are still there."""
        return sum(start <= one < end for one in self.origin)


@st.composite
def edits(draw: st.DrawFn, transcript: Transcript, most: int = 4) -> Edited:
    """Draw one to ``most`` edits: at borders of sentences and inside them, small and large."""
    edited = Edited.unedited(transcript.text)
    borders = sorted({edge for s in transcript.sentences for edge in (s.start, s.end)})
    for _ in range(draw(st.integers(1, most))):
        size = len(edited.text)

        def place(limit: int = size) -> int:
            near = st.tuples(st.sampled_from(borders), st.integers(-3, 3)).map(sum)
            at = draw(st.one_of(near, st.integers(0, limit)))
            return min(max(at, 0), limit)

        kind = draw(st.sampled_from(("insert", "delete", "replace", "move")))
        start = place()
        length = draw(st.one_of(st.integers(1, 12), st.integers(1, 1500)))
        end = min(start + length, size)
        if kind == "insert":
            edited = edited.insert(start, draw(st.sampled_from(_WORDS)))
        elif kind == "delete":
            edited = edited.delete(start, end)
        elif kind == "replace":
            edited = edited.delete(start, end).insert(start, draw(st.sampled_from(_WORDS)))
        else:
            edited = edited.move(start, end, place())
    return edited
