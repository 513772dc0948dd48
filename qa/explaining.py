"""Why a question was answered or not, for whoever tends the archive."""

from __future__ import annotations

from qa.answers import Answer, Answered
from qa.reader.protocol import Reading

_FEATURES = {
    "nearest": "cosine of the nearest question or sentence",
    "window": "cosine of the sentences around it",
    "margin": "by how much the best candidate leads",
    "behind": "by how much the nearest question of all is nearer",
    "gap_margin": "by how much it is nearer than the nearest known gap",
    "gaps_margin": "the same for the two nearest of each",
    "judge": "verdict of the judge on the best candidate",
    "key_words": "words shared with the finding aid's questions",
    "strange_names": "names and numbers that the archive never mentions, counted up to two",
    "words": "share of the question's words in or beside the candidate",
    "shared_words": "share of the question's words in the nearest question of the finding aid",
    "shared_margin": "how much greater that is than the share in the nearest known gap",
    "terms": "search terms of the question, in tens",
}


def explanation(answer: Answer, reading: Reading | None) -> str:
    """Return what was found and how it was decided, a line each.

    Args:
        answer: what was answered.
        reading: what it was made from; None where nothing was searched for.
    """
    if reading is None:
        return f"Nothing was searched for: not quoted ({_reason(answer)})"
    lines = [
        f"Nearest question of the finding aid: {reading.nearest_key or 'none'}",
        f"Nearest known gap: {reading.nearest_gap or 'none'}",
        f"Names and numbers that the archive never mentions: "
        f"{', '.join(reading.strange_names) or 'none'}",
    ]
    lines += [
        f"{_FEATURES.get(name, name).capitalize()}: {value:.2f}"
        for name, value in reading.features.items()
    ]
    verdict = "quoted" if isinstance(answer, Answered) else f"not quoted ({_reason(answer)})"
    lines.append(f"Probability that the archive answers: {reading.confidence:.2f}")
    lines.append(
        f"Probability that the first candidate is right: {reading.support:.2f}, "
        f"needed {reading.threshold:.2f}: {verdict}"
    )
    return "\n".join(lines)


def _reason(answer: Answer) -> str:
    return "" if isinstance(answer, Answered) else answer.reason.value
