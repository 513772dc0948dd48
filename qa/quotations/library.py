"""Where words of a quotation stand in an archive, and where most of them stand together.

All words of all documents lie in one array of hashes; looking for a word is one pass over it. So
nothing has to be kept up to date, and a hundred thousand sentences are looked through in tens of
milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.transcript import Transcript
from qa.quotations.words import Wording, wording

if TYPE_CHECKING:
    import numpy as np

_PAIR = 1.5
"""What two words count for that stand side by side in both, of the weight of the second."""
_LOOKED_AT = 4000


@dataclass(frozen=True)
class Library:
    """The words of several documents, one behind the other.

    Attributes:
        wordings: of the documents, in order.
        firsts: number of the first word of each.
        hashes: int64, shape (n_words,).
    """

    wordings: tuple[Wording, ...]
    firsts: tuple[int, ...]
    hashes: np.ndarray

    @classmethod
    def of(cls, transcripts: Iterable[Transcript], *, host: bool = False) -> Library:
        """Put documents together, or the web pages around them."""
        import numpy as np

        wordings = tuple(wording(transcript, host=host) for transcript in transcripts)
        firsts, total = [], 0
        for one in wordings:
            firsts.append(total)
            total += len(one.keys)
        parts = [one.hashes for one in wordings]
        joined = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        return cls(wordings, tuple(firsts), joined)

    def at(self, number: int) -> tuple[Wording, int]:
        """Return the document of a word, and the word's number in it."""
        which = bisect_right(self.firsts, number) - 1
        return self.wordings[which], number - self.firsts[which]

    def runs(self, keys: Sequence[str]) -> list[int]:
        """Return the numbers of the first words of all places where words stand in a row."""
        import numpy as np

        wanted = np.fromiter(map(hash, keys), np.int64, len(keys))
        counted = [(int(np.count_nonzero(self.hashes == w)), i) for i, w in enumerate(wanted[:8])]
        rarest = min(counted)[1]
        starts = np.flatnonzero(self.hashes == wanted[rarest]) - rarest
        starts = starts[(starts >= 0) & (starts + len(keys) <= len(self.hashes))]
        for offset, one in enumerate(wanted):
            if not len(starts):
                break
            starts = starts[self.hashes[starts + offset] == one]
        return [int(start) for start in starts]

    def positions(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return where each of the words stands, by one pass over all documents."""
        import numpy as np

        distinct = sorted(set(keys))
        codes, order = self._codes(distinct)
        there = np.flatnonzero(codes)
        there = there[np.argsort(codes[there], kind="stable")]
        ends = np.cumsum(np.bincount(codes, minlength=len(distinct) + 1)[1:])
        parts = np.split(there, ends[:-1])
        return {distinct[int(at)]: part for at, part in zip(order, parts, strict=True)}

    def longest_run(
        self, keys: Sequence[str], least: int, positions: Mapping[str, np.ndarray]
    ) -> tuple[int, list[int]]:
        """Return how many of the words, from the first on, stand in a row, and where.

        Args:
            keys: words.
            least: how many have to; with fewer, (0, []) is returned.
            positions: where each of the words stands.
        """
        if len(keys) < least:
            return 0, []
        rarest = min(range(least), key=lambda at: len(positions[keys[at]]))
        found = positions[keys[rarest]] - rarest
        found = found[(found >= 0) & (found + least <= len(self.hashes))]
        for offset in range(least):
            found = found[self.hashes[found + offset] == hash(keys[offset])]
        starts = [int(start) for start in found]
        if not starts:
            return 0, []
        count = least
        while count < len(keys):
            going = [s for s in starts if self._is_at(s + count, keys[count])]
            if not going:
                break
            starts, count = going, count + 1
        return count, starts

    def _is_at(self, number: int, key: str) -> bool:
        return number < len(self.hashes) and int(self.hashes[number]) == hash(key)

    def weights(self, keys: Sequence[str]) -> dict[str, float]:
        """Return how much it says that a word stands somewhere: the rarer, the more.

        K. Sparck Jones, "A statistical interpretation of term specificity", J. Doc. 28 (1972).
        """
        import numpy as np

        distinct = sorted(set(keys))
        codes, order = self._codes(distinct)
        counts = np.bincount(codes, minlength=len(distinct) + 1)
        total = max(len(self.hashes), 1)
        found = np.log1p(total / (1.0 + counts[1:]))
        return {distinct[int(at)]: float(weight) for at, weight in zip(order, found, strict=True)}

    def near(self, keys: Sequence[str], count: int, also: Iterable[str] = ()) -> Iterator[int]:
        """Yield the numbers of the first words of stretches that share the most with ``keys``.

        Args:
            keys: words of a quotation.
            count: how many stretches at most, best first; no two overlap by more than half.
            also: words that count like them.
        """
        import numpy as np

        if not len(self.hashes):
            return
        distinct = sorted({*keys, *also})
        weights = self.weights(distinct)
        codes, order = self._codes(distinct)
        by_code = np.array([0.0, *(weights[distinct[int(at)]] for at in order)])
        value = by_code[codes]
        code_of = {distinct[int(at)]: number for number, at in enumerate(order, start=1)}
        pairs = {code_of[a] * (len(distinct) + 1) + code_of[b] for a, b in pairwise(keys)}
        there = np.flatnonzero((codes[:-1] > 0) & (codes[1:] > 0))
        together = codes[there].astype(np.int64) * (len(distinct) + 1) + codes[there + 1]
        both = there[np.isin(together, np.fromiter(pairs, np.int64, len(pairs)))] + 1
        value[both] += _PAIR * value[both]
        size = min(len(keys), len(value))
        sums = np.concatenate(([0.0], np.cumsum(value)))
        windows = sums[size:] - sums[:-size]
        some = min(_LOOKED_AT, len(windows))
        best = np.argpartition(-windows, some - 1)[:some]
        taken: list[int] = []
        for start in best[np.argsort(-windows[best], kind="stable")]:
            if windows[start] <= 0 or len(taken) >= count:
                return
            if all(abs(int(start) - other) > size // 2 for other in taken):
                taken.append(int(start))
                yield int(start)

    def _codes(self, distinct: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return for each word 0, or the place of its hash among those of ``distinct``, from 1.

        Beside it the order of ``distinct`` by hash.
        """
        import numpy as np

        wanted = np.fromiter(map(hash, distinct), np.int64, len(distinct))
        order = np.argsort(wanted)
        ranked = wanted[order]
        at = np.searchsorted(ranked, self.hashes)
        at[at == len(ranked)] = 0
        return np.where(ranked[at] == self.hashes, at + 1, 0), order
