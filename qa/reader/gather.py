"""Gathering: the candidates worth a closer look, each with its signals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from corpus.archive import Archive
from corpus.scripts import word_count
from corpus.sentences import is_question
from corpus.transcript import Layer
from index.analysis import terms
from index.fusion import weighted_sum
from qa.reader.candidates import Candidate
from qa.reader.find import Found, is_wanted
from qa.reader.following import nearness
from qa.reader.meeting import Meetings
from qa.reader.protocol import Query
from qa.reader.signals import Signals, Stretch, without_overlap
from qa.reader.table import Form, Late, Seen, orders, tells

_MOST_CONSIDERED = 24
"""A closer look is taken at so many of each kind of document."""
_MOST_MET = 100
"""So many sentences of documents that nobody described are compared word piece by word piece."""
_LATE = 1.0
"""What that comparison counts beside the first glance, in standard deviations."""
_MOST_WORDY = 10
_MOST_KEPT = 4096
"""A stretch with its words takes some 3 kB."""
_FEW = 2
"""Sentences with the same two words side by side; with more, the words do not lead to one."""


class Gatherer:
    """Chooses candidates; remembers for some questions which words stand where."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._there = lru_cache(maxsize=_MOST_KEPT)(self._terms_beside)

    def gather(self, found: Found, *, is_described: bool) -> tuple[Candidate, ...]:
        """Return the candidates worth a closer look, the likeliest at first glance first.

        Args:
            found: what the search found.
            is_described: whether of documents with a finding aid that came near, or of the others:
                their scores lie on different scales, and would crowd each other out.
        """
        query, gathered = found.query, found.gathered
        stretches = set(gathered.keys) | set(gathered.key_words)
        stretches |= {(document, number, number) for document, number in gathered.places}
        glanced = []
        for stretch in stretches:
            of_kind = (stretch[0] in gathered.described) == is_described
            if of_kind and is_wanted(self._archive, query.asked, stretch):
                signals = gathered.signals(stretch)
                score = first_glance(signals) + _nearness(query, stretch)
                glanced.append((-score, stretch))
        if not glanced:
            return ()
        glanced.sort()
        very_words = tuple(
            one for one in self._very_words(found) if (one[0] in gathered.described) == is_described
        )
        places = [stretch for _, stretch in glanced[:_MOST_MET]]
        late = None if is_described else found.late
        meetings = Meetings.of(late, (*places, *very_words))
        again = sorted(
            (score - _LATE * meetings.alone(stretch), stretch) for score, stretch in glanced
        )
        chosen = without_overlap(
            (stretch for _, stretch in again if is_described or not self._is_title(stretch)),
            lambda stretch: stretch,
        )
        first = self._joined(tuple(islice(chosen, _MOST_CONSIDERED)), gathered.described)
        near = tuple(self._candidate(found, one, meetings, very_words) for one in first)
        if any(one.has_very_words for one in near):
            return near
        # Not near by any other sign, they are not to be put in order with the rest.
        wanted = [one for one in very_words if is_wanted(self._archive, query.asked, one)]
        further = (
            replace(self._candidate(found, one, meetings, very_words), is_last=True)
            for one in without_overlap((*first, *wanted), lambda stretch: stretch)
            if one not in first
        )
        return (*near, *further)

    def _very_words(self, found: Found) -> tuple[Stretch, ...]:
        """Return the sentences where two words of the question stand side by side.

        Only of those that share most words, and only where they are few: what stands everywhere
        tells nothing.
        """
        if found.query.text != found.query.asked.question:
            return ()  # it leans on the question before: its own words are few and common
        in_places: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
        for document, number in found.gathered.wordiest(_MOST_WORDY):
            transcript = self._archive[document]
            sentence = transcript.sentences[number]
            language = transcript.record.language_code
            there = terms(transcript.text[sentence.start : sentence.end], language)
            for pair in set(pairwise(terms(found.query.asked.question, language))):
                if pair in set(pairwise(there)):
                    in_places[pair].append((document, number, number))
        few = [places for places in in_places.values() if len(places) <= _FEW]
        return tuple(dict.fromkeys(place for places in few for place in places))

    def _joined(self, best_first: Sequence[Stretch], described: Set[str]) -> tuple[Stretch, ...]:
        """Join sentences with one beside them in the same speech, if that comes near as well.

        Half a thought seldom answers. Described stretches stay as somebody described them, and
        questions stand alone.
        """
        among, taken = set(best_first), set[Stretch]()
        found = []
        for one in best_first:
            if one in taken:
                continue
            document, first, last = one
            taken.add(one)
            beside = [(document, n, n) for n in (first - 1, last + 1)]
            wanted = [n for n in beside if n in among - taken and self._go_together(one, n)]
            if document in described or not wanted:
                found.append(one)
                continue
            other = min(wanted, key=best_first.index)
            taken.add(other)
            found.append((document, min(first, other[1]), max(last, other[2])))
        return tuple(found)

    def _go_together(self, one: Stretch, other: Stretch) -> bool:
        transcript = self._archive[one[0]]
        sentences = [transcript.sentences[one[1]], transcript.sentences[other[1]]]
        return len({s.block for s in sentences}) == 1 and not any(
            is_question(transcript.text[s.start : s.end]) for s in sentences
        )

    def _candidate(
        self, found: Found, stretch: Stretch, meetings: Meetings, very_words: Collection[Stretch]
    ) -> Candidate:
        plain = found.gathered.signals(stretch)
        seen = Seen(
            plain=plain,
            joined=found.learned.joined(stretch, plain),
            margins=found.learned.margins(stretch, plain, found.gathered.gaps),
            coverage=self._share(found.query.text, stretch),
            place=_nearness(found.query, stretch),
            form=self._form(stretch),
            late=_late(meetings, stretch, plain),
        )
        document, first, last = stretch
        has_very_words = any(d == document and first <= n <= last for d, n, _ in very_words)
        return Candidate(stretch, orders(seen), tells(seen), has_very_words)

    def _form(self, stretch: Stretch) -> Form:
        document, first, last = stretch
        transcript = self._archive[document]
        texts = [transcript.text[s.start : s.end] for s in transcript.sentences[first : last + 1]]
        asking = sum(map(is_question, texts)) / len(texts)
        return Form(sum(map(word_count, texts)), asking)

    def _is_title(self, stretch: Stretch) -> bool:
        """Tell whether a stretch says no more than the document's title, which is no answer."""
        document, first, last = stretch
        transcript = self._archive[document]
        sentences = transcript.sentences[first : last + 1]
        if any(one.layer is not Layer.HEADER for one in sentences):
            return False
        language = transcript.record.language_code
        said = terms(transcript.text[sentences[0].start : sentences[-1].end], language)
        return set(said) <= set(terms(transcript.record.title, language))

    def _share(self, question: str, stretch: Stretch) -> float:
        """Return which share of the question's terms stands in or beside the stretch."""
        language = self._archive[stretch[0]].record.language_code
        wanted = frozenset(terms(question, language))
        return len(wanted & self._there(stretch)) / len(wanted) if wanted else 0.0

    def _terms_beside(self, stretch: Stretch) -> frozenset[str]:
        document, first, last = stretch
        transcript = self._archive[document]
        sentences = transcript.sentences
        start = sentences[max(first - 1, 0)].start
        end = sentences[min(last + 1, len(sentences) - 1)].end
        return frozenset(terms(transcript.text[start:end], transcript.record.language_code))


def _late(meetings: Meetings, stretch: Stretch, plain: Signals) -> Late:
    """Return how word pieces meet; where the model embeds none, the whole stands in for them."""
    if not meetings:
        return Late(plain.dense_standing, plain.around_standing, plain.dense)
    return Late(meetings.alone(stretch), meetings.around(stretch), meetings.nearest(stretch))


def _nearness(query: Query, stretch: Stretch) -> float:
    if query.before is None or query.before.transcript.id != stretch[0]:
        return 0.0
    return nearness(query.before, query.asked.question, stretch)


def first_glance(signals: Signals) -> float:
    """Return the score by which the candidates worth a closer look are chosen.

    The weights are round numbers, chosen by looking at the development questions; the order of
    those that are chosen is learned.
    """
    if not signals.is_described:
        return weighted_sum(
            (
                (1.0, signals.dense_standing),
                (1.5, signals.around_standing),
                (1.0, signals.words_share),
            )
        )
    return weighted_sum(
        (
            (0.5, signals.key),
            (0.5, signals.second_key),
            (0.3, signals.key_words),
            (0.5, signals.dense),
            (0.3, signals.around),
            (0.1, signals.words),
            (0.1, signals.around_words),
        )
    )
