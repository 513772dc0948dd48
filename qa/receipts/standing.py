"""Under whose name words stand in a source, and whether that is still the one on the receipt."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.transcript import Layer, Transcript
from qa.citation import participant
from qa.quotes import Quote, QuoteError
from qa.receipts.locating import How, Place
from qa.receipts.receipt import CONTEXT, Receipt, label_of
from qa.receipts.source import Source
from qa.receipts.verdict import Differs, Noted, Standing

_EDGE = 8
"""Code points beside the words by which a sentence that has grown is told."""


@dataclass(slots=True)
class Attribution:
    """What is different about whose words they are."""

    differs: list[Differs] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)


def surrounding(source: Source, place: Place) -> Place:
    """Return the whole sentences of one speaker that other words stand in, where there are such."""
    quote = _around(source, place)
    return place if quote is None else Place(quote.start, quote.end, place.how)


def standing(source: Source, place: Place) -> Standing:
    """Return what stands at a place."""
    text = source.text[place.start : place.end]
    speaker = layer = None
    if source.described and source.transcript is not None:
        people = _people(source.transcript, place)
        speaker = ", ".join(name for name in people if name is not None) or None
        layer = _layer(source.transcript, place).value
    return Standing(source.name, place.start, place.end, text, speaker, layer)


def attribution(receipt: Receipt, source: Source, place: Place) -> Attribution:
    """Compare whose words a receipt says they are with whose they are at a place."""
    found = Attribution()
    transcript = source.transcript
    if transcript is None or not source.described:
        _by_label(receipt, transcript, place, found)
        return found
    if not _is_same_speaker(receipt, transcript, place):
        found.differs.append(Differs.SPEAKER)
    if place.how is How.OTHER_WORDS:
        return found
    if _layer(transcript, place).value != receipt.layer or _brackets_differ(
        receipt, transcript, place
    ):
        found.differs.append(Differs.LAYER)
    if _has_grown(receipt, transcript, place):
        found.differs.append(Differs.EDGES)
    return found


def _by_label(
    receipt: Receipt, transcript: Transcript | None, place: Place, found: Attribution
) -> None:
    """Compare the printed labels: a bare text does not say whom they name."""
    turn = None if transcript is None else transcript.turn_at(place.start)
    if receipt.speaker is None and turn is None:
        return
    printed = "" if turn is None or transcript is None else label_of(transcript, turn.number)
    if not printed or not receipt.label:
        found.noted.append(Noted.SPEAKER_UNCHECKED)
    elif printed != receipt.label:
        found.differs.append(Differs.SPEAKER)
    elif (receipt.speaker or "").casefold() not in printed.casefold():
        found.noted.append(Noted.SPEAKER_UNCHECKED)


def _around(source: Source, place: Place) -> Quote | None:
    if source.transcript is None:
        return None
    try:
        return Quote.around(source.transcript, place.start, place.end)
    except QuoteError:
        return None


def _exactly(transcript: Transcript, place: Place) -> Quote | None:
    try:
        return Quote(transcript, place.start, place.end)
    except QuoteError:
        return None


def _people(transcript: Transcript, place: Place) -> tuple[str | None, ...]:
    """Return who speaks in a range, each once; None for words of nobody who is established."""
    sentences = transcript.sentences_in(place.start, place.end)
    names = [transcript.turns[s.turn - 1].speaker if s.turn else None for s in sentences]
    return tuple(dict.fromkeys(names)) or (None,)


def _is_same_speaker(receipt: Receipt, transcript: Transcript, place: Place) -> bool:
    """Whether one person speaks all of it, whom the record still knows by the receipt's name."""
    people = _people(transcript, place)
    if people == (receipt.speaker,):
        return True
    if len(people) > 1 or people[0] is None:
        return False
    person = participant(transcript.record, people[0])
    return person is not None and receipt.speaker in person.names


def _layer(transcript: Transcript, place: Place) -> Layer:
    quote = _exactly(transcript, place)
    if quote is not None:
        return quote.layer
    held = transcript.sentences_in(place.start, place.end)
    if held and held[0].start <= place.start:
        return held[0].layer
    return transcript.layer_at(place.start)


def _brackets_differ(receipt: Receipt, transcript: Transcript, place: Place) -> bool:
    """Whether the words have come to stand in an editor's bracket, or the bracket has gone."""
    then = [(start - receipt.start, end - receipt.start) for start, end in receipt.editorial]
    now = [
        (span.start - place.start, span.end - place.start)
        for span in transcript.brackets
        if span.overlaps(place.start, place.end)
    ]
    return now != then


def _has_grown(receipt: Receipt, transcript: Transcript, place: Place) -> bool:
    """Whether the words are a part of longer sentences, and something else stands beside them."""
    if _exactly(transcript, place) is not None:
        return False
    text = transcript.text
    before = text[max(place.start - CONTEXT, 0) : place.start].rstrip()[-_EDGE:]
    behind = text[place.end : place.end + CONTEXT].lstrip()[:_EDGE]
    same = receipt.prefix.rstrip()[-_EDGE:], receipt.suffix.lstrip()[:_EDGE]
    return receipt.has_context and (before, behind) != same
