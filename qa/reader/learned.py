"""What embeddings that were learned from the finding aids add to those of the general model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.attuned import Attuned
from qa.reader.signals import Signals, Stretch


@dataclass(frozen=True, slots=True)
class Learned:
    """The comparisons of one question; either may be missing.

    Attributes:
        corrected: by a correction of the general embeddings.
        tuned: by an encoder that was tuned to the archive.
    """

    corrected: Attuned | None
    tuned: Attuned | None

    def joined(self, stretch: Stretch, plain: Signals) -> Signals:
        """Return signals whose cosines of questions are the mean over all embeddings."""
        cosines = [(plain.key, plain.second_key)]
        for one in (self.corrected, self.tuned):
            if one is not None and stretch in one.keys:
                cosines.append(one.keys[stretch])
        first, second = (sum(values) / len(cosines) for values in zip(*cosines, strict=True))
        return replace(plain, key=first, second_key=second)

    def margins(
        self, stretch: Stretch, plain: Signals, plain_gaps: tuple[float, float]
    ) -> Mapping[str, float]:
        """Return how a stretch stands to known gaps and to other stretches, by name.

        Args:
            stretch: the one in question.
            plain: its signals by the general model.
            plain_gaps: cosines of the two nearest known gaps by the general model, or 0.
        """
        best = self.tuned or self.corrected
        own = best.keys.get(stretch) if best else None
        first, second = own or (plain.key, plain.second_key)
        gaps = best.gaps if best else plain_gaps
        has_gaps = any(gaps)
        return {
            "gap_margin": first - gaps[0] if has_gaps else 0.0,
            "gaps_margin": (first + second - gaps[0] - gaps[1]) / 2 if has_gaps else 0.0,
            "behind": best.nearest - first if best else 0.0,
        }
