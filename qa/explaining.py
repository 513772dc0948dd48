"""Why a question was answered or not, for whoever tends the archive."""

from __future__ import annotations

from qa.answers import Reason
from qa.reader.protocol import Reading
from qa.reader.table import CAPTIONS


def explanation(reading: Reading) -> str:
    """Return what was found for a question and how it was decided, a line each."""
    if reading.reason is Reason.UNKNOWN_REFERENCE:
        return f"Nothing was searched for: not quoted ({reading.reason})"
    lines = [
        f"Nearest question of the finding aid: {reading.nearest_key or 'none'}",
        f"Nearest known gap: {reading.nearest_gap or 'none'}",
        f"Names and numbers that the archive never mentions: "
        f"{', '.join(reading.strange_names) or 'none'}",
    ]
    lines += [
        f"{CAPTIONS.get(name, name).capitalize()}: {value:.2f}"
        for name, value in reading.features.items()
    ]
    quote, offer = reading.thresholds.quote, reading.thresholds.offer
    lines += [
        f"Probability that the archive answers: {reading.confidence:.2f}; something is shown from "
        f"{offer:.2f} on",
        f"Probability that the first candidate is right: {reading.support:.2f}; quoted from "
        f"{quote:.2f} on: {_verdict(reading)}",
    ]
    if reading.asked_as is not None:
        lines.append(f"Searched with the question before, for it says “{reading.asked_as.because}”")
    return "\n".join(lines)


def _verdict(reading: Reading) -> str:
    if reading.is_answer:
        return "quoted"
    return f"{'offered' if reading.is_offer else 'not found'} ({reading.reason})"
