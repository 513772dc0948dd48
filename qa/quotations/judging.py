"""The archive as judge of a quotation: what it has of the words, and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.people import is_called, perhaps_called, speakers_called
from corpus.transcript import Layer, Span, Transcript
from qa.concordance import Match
from qa.quotations.differing import differences_of, in_order, is_damaged
from qa.quotations.edges import Edges, edges_of, is_mentioned, is_said_to_say, omitted
from qa.quotations.frames import Whose
from qa.quotations.library import Library
from qa.quotations.placing import Placed, Places, laid_open, places_with_hole, spanning
from qa.quotations.signs import Asked, asked, has_break, passed_over
from qa.quotations.stitching import Stitched, stitched
from qa.quotations.typed import Quotation, read_quotation
from qa.quotations.verdicts import MARK, Check, Difference, Flag, Reported, Verdict
from qa.quotes import Quote

_MOST_LEFT_OUT = 60
"""Words that a mark may leave out between two parts of one quotation."""
_NOBODYS = frozenset({Layer.HEADER, Layer.HEADING, Layer.NOTE})
_LISTED = 20
_MOST_PASSAGES = 50


@dataclass(frozen=True)
class _Reading:
    """One way to read a quotation: parts of one speech, in order.

    Attributes:
        parts: each beside its place.
        match: the sentences from the first part to the last.
        edges: what is left out around it.
        gaps: what its marks leave out, and what is lost between its words without a mark.
        asked: what the source asks there, and the quotation does not.
    """

    parts: tuple[Placed, ...]
    match: Match
    edges: Edges
    gaps: tuple[Difference, ...]
    asked: Asked

    @property
    def is_same(self) -> bool:
        """Whether no word differs."""
        return all(part.alignment.is_same for part in self.parts)

    @property
    def cost(self) -> float:
        """How much differs."""
        return sum(part.alignment.cost for part in self.parts)

    @property
    def cuts(self) -> tuple[Difference, ...]:
        """Words left out that govern others."""
        return (*self.edges.cuts, *(gap for gap in self.gaps if gap.touches is not None))


def check(documents: Iterable[Transcript], quotation: str, speaker: str | None = None) -> Check:
    """Return what documents have of a quotation.

    Args:
        documents: are looked through.
        quotation: as typed, with quotation marks around it or without.
        speaker: to whom it is attributed, as typed.

    Raises:
        QuestionError: there is no word in the quotation, or it is too long.
    """
    return Judge(documents).check(quotation, speaker)


class Judge:
    """Checks quotations against documents, which are put together once."""

    def __init__(self, documents: Iterable[Transcript]) -> None:
        """Use these documents, and the web pages around them."""
        self._documents = tuple(documents)
        self._library = Library.of(self._documents)
        self._pages = Library.of(self._documents, host=True)

    def check(self, quotation: str, speaker: str | None = None) -> Check:
        """Return what the documents have of a quotation, as :func:`check` does."""
        typed = read_quotation(quotation)
        stated = speaker if speaker is not None and speaker.strip() else None
        places = Places(self._library)
        found = self._readings(typed, places)
        if found:
            return self._read(quotation, typed, stated, found)
        pieces = self._stitched(typed, places)
        if pieces is not None:
            return self._put_together(quotation, typed, stated, pieces)
        flags = self._host_page(typed)
        matches = False if stated is not None and not self._knows(stated) else None
        return Check(quotation, stated, Verdict.ABSENT, matches, flags)

    def _readings(self, typed: Quotation, places: Places) -> list[_Reading]:
        """Return every reading of the words as they stand; else the nearest, if any is near."""
        if len(typed.parts) == 1:
            same = places.same(typed.parts[0])
            if same:
                return [_reading(typed, (place,)) for place in same]
        else:
            chains = self._chains(typed, [places.same(part) for part in typed.parts])
            if chains:
                return chains
        return self._near(typed, places)

    def _near(self, typed: Quotation, places: Places) -> list[_Reading]:
        """Return readings with other words, unless the words come from several places."""
        if len(typed.parts) == 1:
            near = places.near(typed.parts[0])
            pieces = stitched(self._library, typed.parts[0])
            if near and (pieces is None or pieces.cost >= near[0].alignment.cost):
                return [_reading(typed, (place,)) for place in near]
            if pieces is not None and all(_follows(a, b) for a, b in pairwise(pieces.passages)):
                return [_reading(typed, (spanning(typed.parts[0], pieces.passages),))]
            return [
                _reading(typed, (place,))
                for place in places_with_hole(self._library, typed.parts[0])
            ]
        return self._chains(typed, [places.same(part) or places.near(part) for part in typed.parts])

    def _chains(self, typed: Quotation, some: Sequence[list[Placed]]) -> list[_Reading]:
        """Return readings whose parts follow each other in one speech."""
        if not all(some):
            return []
        found = []
        for first in some[0]:
            chain = [first]
            for places in some[1:]:
                following = [place for place in places if _follows(chain[-1], place)]
                if not following:
                    break
                chain.append(min(following, key=lambda one: one.numbers[0]))
            else:
                found.append(_reading(typed, tuple(chain)))
        return found

    def _stitched(self, typed: Quotation, places: Places) -> Stitched | None:
        if len(typed.parts) == 1:
            return stitched(self._library, typed.parts[0])
        passages: list[Placed] = []
        uncovered = 0
        for part in typed.parts:
            nearest = places.same(part) or places.near(part)
            if nearest:
                passages.append(nearest[0])
                continue
            pieces = stitched(self._library, part)
            passages += pieces.passages if pieces else ()
            uncovered += pieces.uncovered if pieces else len(part)
        if not passages or uncovered > len(typed.words) // 2:
            return None
        return Stitched(tuple(passages), uncovered)

    def _read(
        self, quotation: str, typed: Quotation, stated: str | None, found: Sequence[_Reading]
    ) -> Check:
        """Judge the best reading; those that are as good are listed with it."""

        def rank(one: _Reading) -> tuple[bool, int, bool, float]:
            other = self._credits(one, stated)
            # Where words differ, whose sentence is nearest says more than who says it.
            if one.is_same:
                is_turned = bool(one.cuts or one.asked.turned)
                return False, other, is_turned, float(one.asked.is_any)
            return True, 0, False, one.cost + 0.5 * (other > 1)

        ranked = sorted(found, key=rank)
        best = ranked[0]
        alike = [one for one in ranked if rank(one) == rank(best)] if best.is_same else [best]
        verdict = Verdict.ALTERED
        if best.is_same and not best.cuts and not best.asked.turned:
            is_exact = any(_is_exact(typed, one) for one in alike)
            verdict = Verdict.EXACT if is_exact else Verdict.SAME_WORDS
        if not best.is_same:
            best = _reading(
                typed,
                tuple(p if p.alignment.is_same else laid_open(p) for p in best.parts)
                if len(best.parts) == 1
                else best.parts,
            )
            alike = [best]
        differences = in_order(
            [
                *(d for part in best.parts for d in differences_of(typed, part)),
                *best.edges.cuts,
                *best.gaps,
                *best.asked.turned,
            ]
        )
        matches = self._says(best.match, stated, best.edges)
        flags = [*_touched(differences)]
        narrates = self._says(best.match, stated) is True
        if matches is False and best.match.quote.speaker is not None and not narrates:
            flags.append(Flag.BY_SOMEBODY_ELSE)
        if best.edges.is_reported:
            flags.append(Flag.REPORTED)
        if best.cuts:
            flags.append(Flag.CUT)
        if best.asked.is_any:
            flags.append(Flag.QUESTION)
        if verdict is Verdict.ALTERED:
            flags += self._host_page(typed)
        if any(is_damaged(part, typed) or has_break(part) for part in best.parts):
            flags.append(Flag.DAMAGED)
        places = tuple(one.match for one in alike[:_LISTED])
        return Check(
            quotation,
            stated,
            verdict,
            matches,
            tuple(dict.fromkeys(flags)),
            places,
            differences,
            _reported(best),
            _perhaps(best.match, stated) if matches is None else (),
        )

    def _credits(self, one: _Reading, stated: str | None) -> int:
        """Return how little a reading credits the person stated: whose own words they are first."""
        says = self._says(one.match, stated, one.edges)
        if stated is None:
            return int(one.edges.inner is not None)
        return 0 if says else 2 if says is False else 1

    def _put_together(
        self, quotation: str, typed: Quotation, stated: str | None, pieces: Stitched
    ) -> Check:
        places = tuple(passage.match for passage in pieces.passages[:_MOST_PASSAGES])
        said = [self._says(place, stated, edges_of(place)) for place in places]
        matches = False if False in said else None if None in said else True
        differences = in_order(
            [d for passage in pieces.passages for d in differences_of(typed, passage)]
        )
        flags = [*_touched(differences)]
        if matches is False and any(place.quote.speaker for place in places):
            flags.append(Flag.BY_SOMEBODY_ELSE)
        if any(edges_of(place).is_reported for place in places):
            flags.append(Flag.REPORTED)
        flags += self._host_page(typed)
        verdict = Verdict.STITCHED
        if len({place.quote.start for place in places}) == 1 and pieces.uncovered:
            verdict = Verdict.ALTERED  # a part of one place, and words of none
        return Check(
            quotation, stated, verdict, matches, tuple(dict.fromkeys(flags)), places, differences
        )

    def _host_page(self, typed: Quotation) -> tuple[Flag, ...]:
        places = Places(self._pages)
        on_page = all(places.same(part) for part in typed.parts)
        return (Flag.HOST_PAGE,) if on_page else ()

    def _says(self, match: Match, stated: str | None, edges: Edges | None = None) -> bool | None:
        """Tell whether the person stated says it; None where nobody is, or it is not established.

        A person whom no document knows does not say it, whoever does. Where the words are somebody
        else's whom the speaker quotes, the speaker does not say them as his own; that this other
        person said them is reported, not established.
        """
        if stated is None:
            return None
        quote = match.quote
        inner = None if edges is None else edges.inner
        if inner is not None:
            if is_said_to_say(inner, quote.transcript, stated):
                return None
            speaks = self._says(match, stated)
            return None if speaks is not False and inner.whose is Whose.UNKNOWN else False
        if quote.speaker is not None:
            if is_called(quote.transcript, quote.speaker, stated):
                return True
            return None if quote.speaker in perhaps_called(quote.transcript, stated) else False
        if quote.layer in _NOBODYS:
            return False
        # Who is named in the document may be the one whose label was not found.
        return None if self._knows(stated) or is_mentioned(stated, quote.transcript.text) else False

    def _knows(self, stated: str) -> bool:
        return any(
            speakers_called(transcript, stated) or perhaps_called(transcript, stated)
            for transcript in self._documents
        )


def _perhaps(match: Match, stated: str | None) -> tuple[str, ...]:
    """Return as whom a document has the person stated, if whoever says it may be that one."""
    transcript, speaker = match.quote.transcript, match.quote.speaker
    if stated is None or speaker is None:
        return ()
    names = perhaps_called(transcript, stated)
    return tuple(sorted(names)) if speaker in names else ()


def _reading(typed: Quotation, parts: tuple[Placed, ...]) -> _Reading:
    first, last = parts[0].match, parts[-1].match
    transcript = first.quote.transcript
    match = Match(_quote_from(first, last), first.start, last.end)
    edges = edges_of(match)
    gaps = [gap for part in parts for gap in passed_over(typed, part)]
    for one, other in pairwise(parts):
        gap = Span(one.match.end, other.match.start)
        if other.numbers[0] > one.numbers[1] + 1:
            gaps.append(omitted(transcript, gap, MARK))
    return _Reading(parts, match, edges, tuple(gaps), asked(typed, parts))


def _quote_from(first: Match, last: Match) -> Quote:
    return Quote.around(first.quote.transcript, first.start, last.end)


def _follows(one: Placed, other: Placed) -> bool:
    if one.wording is not other.wording:
        return False
    last, first = one.numbers[1], other.numbers[0]
    low, behind = one.wording.bounds(last)
    return last < first < behind and first >= low and first - last - 1 <= _MOST_LEFT_OUT


def _reported(reading: _Reading) -> Reported | None:
    """Return who passes the words on, and whose they are said to be."""
    inner, quote = reading.edges.inner, reading.match.quote
    if inner is None:
        return None
    return Reported(quote.speaker, quote.transcript, inner.name, inner.whose is Whose.OTHERS)


def _touched(differences: Sequence[Difference]) -> list[Flag]:
    kinds = (Flag.NEGATION, Flag.NUMBER, Flag.NAME)
    return [kind for kind in kinds if any(one.touches is kind for one in differences)]


def _is_exact(typed: Quotation, reading: _Reading) -> bool:
    """Whether every sign is the source's, those before the first word and behind the last too."""
    source = reading.match.quote.transcript.text
    start, end = reading.match.start, reading.match.end
    words = typed.words
    ahead, after = typed.text[: words[0].start], typed.text[words[-1].end :]
    if typed.text[words[0].start : words[-1].end] != source[start:end]:
        return False
    return source[max(start - len(ahead), 0) : start] == ahead and source.startswith(after, end)
