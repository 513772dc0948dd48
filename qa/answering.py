"""Asking an archive: from a question to quotes, or to a reason why there are none."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.archive import Archive, read_shelf
from corpus.counting import counted
from corpus.manifest import accept
from corpus.people import names_of_speakers, perhaps_called, speaks_in
from corpus.scripts import word_count
from corpus.transcript import Transcript
from index.encoder import PassageEncoder, Progress
from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
)
from index.hybrid import HybridIndex
from index.onnx_encoder import OnnxEncoder
from index.passage_encoders import open_passage_encoder
from index.store import IndexSpec, build_index, open_index
from index.tuned import TunedFacts
from qa.answers import (
    MOST_OFFERED,
    Abstained,
    Answer,
    Answered,
    AskedAs,
    Possible,
    Reason,
    with_catalogue,
    with_contradiction,
)
from qa.asking import Asked
from qa.catalogue import catalogue
from qa.contradicting import contradiction
from qa.conversation import MOST_CHARS_BEFORE, Resolved, clean_question, resolve
from qa.errors import require_document, require_one, require_speaker
from qa.everything import naming_first
from qa.quotes import Quote, SourceChangedError
from qa.reader.choosing import Choice, choose
from qa.reader.fused import FusedReader
from qa.reader.judge import open_judge
from qa.reader.languages import ReaderByLanguage
from qa.reader.policy import Costs, Policy, Rates
from qa.reader.protocol import EvidenceReader, Query, Reading, nothing_read
from qa.settings import Settings, shipped_encoder
from qa.sides import sides as sides_of

Message = Callable[[str], None]


def silent(*_: object) -> None:
    """Say nothing; for callers that show no progress."""


class Answerer:
    """Answers questions from one archive."""

    def __init__(self, archive: Archive, reader: EvidenceReader, settings: Settings) -> None:
        self.archive = archive
        self.reader = reader
        self.settings = settings
        languages = Counter(transcript.record.language_code for transcript in archive)
        self._language = languages.most_common(1)[0][0]

    def ask(self, asked: Asked) -> Answer:
        """Answer a question.

        Raises:
            QuestionError: the question is empty or too long.
            UsageError: there is no such speaker or document, or none of that collection or time.
            SourceChangedError: a file has changed since it was read, and what is left does not
                answer.
        """
        return self.answer(self.read(asked))

    def answer(self, reading: Reading) -> Answer:
        """Return the answer that a reading makes, with what the records say where that is asked."""
        facts = catalogue(reading.asked, self.archive)
        made = with_catalogue(answer(reading, self.settings.max_nearest), facts)
        return against(made, reading.asked, self.archive)

    def read(self, asked: Asked) -> Reading:
        """Return what is found for a question: the answer and its explanation are made of it.

        Raises:
            QuestionError, UsageError, SourceChangedError: as for :meth:`ask`.
        """
        started = time.perf_counter()
        asked = self._typed(asked)
        if self._resolved(asked.question, asked.history).is_empty:
            return nothing_read(asked, Reason.UNKNOWN_REFERENCE)
        reading = naming_first(self._read_current(asked), self._current())
        unread = reading.asked.without - self._taken_out(reading.asked.without)
        if unread and not (reading.is_answer or reading.is_offer):
            # What was not searched must not be said to hold nothing.
            raise SourceChangedError(being_read(unread))
        return replace(reading, seconds=time.perf_counter() - started)

    def check(self, asked: Asked) -> None:
        """Refuse what cannot be asked, without asking it.

        Raises:
            QuestionError: the question is empty or too long.
            UsageError: there is no such speaker or document, or none of that collection or time.
        """
        clean_question(asked.question, self.settings.max_question_chars)
        require_known(asked, self.archive)

    def _read_current(self, asked: Asked) -> Reading:
        """Read; leave out documents whose files have changed."""
        while True:
            reading = self._read(asked)
            shown = reading.ranked[: reading.answers + self.settings.max_nearest]
            documents = {e.quote.transcript.id: e.quote.transcript for e in shown}
            changed = frozenset(name for name, t in documents.items() if not t.is_current)
            if changed <= asked.without:
                return reading
            asked = replace(asked, without=asked.without | changed)

    def _read(self, asked: Asked) -> Reading:
        """Read a question by itself if it can stand alone, else with those before it.

        A question that points back and yet finds its own answer stands alone too. However long
        the conversation, at most three searches are made: the question alone, the one before it,
        and both together.
        """
        alone = Query(asked, asked.question)
        resolved = self._resolved(asked.question, asked.history)
        if not resolved.leans_back:
            return self.reader.read(alone)
        if not resolved.is_elliptical:
            reading = self.reader.read(alone)
            if reading.is_answer:
                return reading
        leaning = replace(alone, text=resolved.text, before=self._before(asked))
        asked_as = AskedAs(resolved.text, resolved.because, asked.history[-1])
        return replace(self.reader.read(leaning), asked_as=asked_as)

    def _current(self) -> Iterator[Transcript]:
        """Yield the documents whose files have not changed."""
        return (one for one in self.archive if one.is_current)

    def _taken_out(self, documents: Collection[str]) -> frozenset[str]:
        """Return those whose files are gone while others are there: nothing of them is missed.

        A drive that is not there looks like a folder without any.
        """
        paths = {one.id: one.path for one in self.archive if one.id in documents}
        return frozenset(
            name
            for name, path in paths.items()
            if path is not None and not path.exists() and any(path.parent.glob("*.txt"))
        )

    def _before(self, asked: Asked) -> Quote | None:
        """Return what comes first for the question before, whoever says it."""
        question, earlier = asked.history[-1], asked.history[:-1]
        text = self._resolved(question, earlier).text
        last = Asked(question, earlier, without=asked.without, within=asked.within)
        ranked = self.reader.read(Query(last, text)).ranked
        return ranked[0].quote if ranked else None

    def _resolved(self, question: str, earlier: Sequence[str]) -> Resolved:
        return resolve(question, earlier, self._language)

    def _typed(self, asked: Asked) -> Asked:
        """Return what is asked with its questions cleaned, the earlier ones that are kept."""
        require_known(asked, self.archive)
        limit, turns = self.settings.max_question_chars, self.settings.history_turns
        recent = [part[:MOST_CHARS_BEFORE] for part in asked.history[-turns:]] if turns else []
        earlier = [clean_question(p, limit) for p in recent if any(char.isalnum() for char in p)]
        question = clean_question(asked.question, limit)
        return replace(asked, question=question, history=tuple(earlier))


def require_known(asked: Asked, archive: Archive) -> None:
    """Refuse a question about documents or people whom the archive does not hold.

    Raises:
        UsageError: there is no such document or speaker, or nothing in such a collection or time.
    """
    if asked.document is not None:
        require_document(asked.document, (transcript.id for transcript in archive))
    speaker = asked.speaker
    if speaker is not None and not any(speaks_in(one, speaker) for one in archive):
        require_one(speaker, {who for one in archive for who in perhaps_called(one, speaker)})
        require_speaker(speaker, names_of_speakers(archive))
    asked.within.require_any(archive)


def answer(reading: Reading, most_nearest: int) -> Answer:
    """Return the answer that a reading makes, and nothing else does.

    Args:
        reading: of the question.
        most_nearest: passages given beside the answer; what is offered is among them.
    """
    question, confidence, seconds = reading.asked.question, reading.confidence, reading.seconds
    support, asked_as = reading.support, reading.asked_as
    if reading.is_answer:
        quoted = reading.ranked[: reading.answers]
        nearest = reading.ranked[reading.answers : reading.answers + most_nearest]
        told = sides_of(question, reading.ranked)
        return Answered(
            question, quoted, confidence, nearest, seconds, support, asked_as, sides=told
        )
    reason, gap = reading.reason, reading.gap
    if reading.is_offer:
        nearest = reading.ranked[: max(most_nearest, MOST_OFFERED)]
        shown = reading.named or min(MOST_OFFERED, len(nearest))
        told = sides_of(question, reading.ranked)
        return Possible(
            question, reason, confidence, nearest, shown, seconds, support, asked_as, gap, told
        )
    nearest = reading.ranked[:most_nearest]
    return Abstained(question, reason, confidence, nearest, seconds, support, asked_as, gap)


def against(answer: Answer, asked: Asked, archive: Archive) -> Answer:
    """Return an answer that says where the filters contradict the question."""
    text = answer.asked_as.question if answer.asked_as else asked.question
    return with_contradiction(answer, contradiction(asked, text, archive))


def being_read(documents: Collection[str]) -> str:
    """Return what is said while documents that changed are not searched."""
    return (
        f"The text of {', '.join(sorted(documents))} has changed and is being read anew; nothing "
        "else was found that answers this. Please ask again in a moment."
    )


def open_answerer(
    settings: Settings,
    say: Message = silent,
    progress: Progress = silent,
    choice: Choice | None = None,
    asked: Asked | None = None,
) -> Answerer:
    """Open the archive and its index, building the index where it is missing or unusable.

    Args:
        settings: which archive, which index, which reader.
        say: told in one sentence when the index has to be built, and why.
        progress: told what is being built.
        choice: the calibrations; by default those that the settings and the archive name.
        asked: the first question; one that cannot be asked is refused before anything is built.

    Raises:
        UsageError: the question cannot be asked.
        CorpusError: a document cannot be used.
        SearchIndexError: the index cannot be built.
        SettingsError: the calibration cannot be read.
    """
    documents = open_documents(settings, say)
    if asked is not None:
        clean_question(asked.question, settings.max_question_chars)
        require_known(asked, documents)
    return answerer_over(documents, settings, say, progress, choice)


def open_documents(settings: Settings, say: Message) -> Archive:
    """Read the archive; tell which records and finding aids its manifest does not know.

    Raises:
        CorpusError: a document cannot be used.
    """
    shelf = read_shelf(settings.archive)
    if shelf.faults:
        raise shelf.faults[0]
    for note in shelf.notes:
        say(note)
    return shelf.archive


def accept_changes(settings: Settings, say: Message) -> None:
    """Put the archive's files down in its manifest as they are, if all of them can be used.

    Raises:
        CorpusError: a document cannot be used, or there is no manifest.
    """
    faults = read_shelf(settings.archive, with_manifest=False).faults
    if faults:
        raise faults[0]
    for sentence in accept(settings.archive) or ("Nothing differs from the manifest.",):
        say(sentence)


def answerer_over(
    archive: Archive,
    settings: Settings,
    say: Message = silent,
    progress: Progress = silent,
    choice: Choice | None = None,
) -> Answerer:
    """Open the index of an archive that was read already, as :func:`open_answerer` does.

    Raises:
        SearchIndexError: the index cannot be built.
        SettingsError: the calibration cannot be read.
    """
    is_tuned = settings.use_tuned and fitting_encoder(settings.tuned, archive) is not None
    if settings.use_tuned and settings.tuned not in (None, shipped_encoder()) and not is_tuned:
        say(f"The encoder in {settings.tuned} was not tuned to this archive; it takes no part.")
    search_index = open_or_build(settings, archive, say, progress)
    if choice is None:
        choice, note = choose(settings.calibration, settings.archive, settings.model)
        if note:
            say(note)
    policy = policy_of(settings)
    is_described = settings.use_aid and any(archive.aid(t.id).entries for t in archive)
    policy.check(choice.first(is_described=is_described, is_tuned=is_tuned))
    reader = FusedReader(
        archive,
        search_index,
        choice,
        depth=settings.depth,
        use_aid=settings.use_aid,
        use_tuned=settings.use_tuned,
        policy=policy,
        judge=open_judge(settings.judge),
    )
    by_language = ReaderByLanguage(
        archive,
        reader,
        is_multilingual=search_index.encoder.is_multilingual,
        use_aid=settings.use_aid,
    )
    return Answerer(archive, by_language, settings)


def policy_of(settings: Settings) -> Policy:
    """Return when passages are quoted or offered."""
    costs = Costs(settings.wrong_quote_cost, settings.false_denial_cost, settings.offer_cost)
    rates = Rates(settings.wrong_quote_rate, settings.false_denial_rate)
    return Policy(costs, rates, settings.risk, settings.risk_certainty)


def open_or_build(
    settings: Settings, archive: Archive, say: Message, progress: Progress
) -> HybridIndex:
    """Open the archive's index; build it first where it is missing, stale or damaged."""
    root, spec = settings.index_root, index_spec(settings, archive)
    try:
        return open_index(root, spec, OnnxEncoder)
    except IndexMissingError:
        words = sum(word_count(transcript.text) for transcript in archive)
        say(f"Building the index of {settings.archive}: {counted(words, 'word')}, once.")
    except IndexStaleError:
        say(
            f"Documents, settings or this program have changed since {settings.archive} was last "
            "searched: its index is brought up to date."
        )
    except IndexDamagedError as error:
        say(f"{error} Building it again.")
    rebuild(settings, archive, progress, force=False, say=say)
    return open_index(root, spec, OnnxEncoder)


def rebuild(
    settings: Settings,
    archive: Archive,
    progress: Progress,
    *,
    force: bool,
    say: Message = silent,
) -> Path:
    """Build the archive's index.

    Raises:
        SearchIndexError: it cannot be written.
    """

    def load_encoder() -> PassageEncoder:
        return open_passage_encoder(settings.model, settings.batch_size)

    root, spec = settings.index_root, index_spec(settings, archive)
    return build_index(root, archive, spec, load_encoder, progress, force=force, say=say)


def index_spec(settings: Settings, archive: Archive) -> IndexSpec:
    """Return what the archive's index is built from under these settings."""
    return IndexSpec(
        archive=archive.fingerprint,
        model=settings.model,
        passage_tokens=settings.passage_tokens,
        window=settings.window,
        tuned=fitting_encoder(settings.tuned, archive),
    )


def fitting_encoder(tuned: Path | None, archive: Archive) -> Path | None:
    """Return the folder of a tuned encoder if it was tuned to this archive.

    Raises:
        EncoderError: the folder holds none.
    """
    return tuned if tuned is not None and TunedFacts.read(tuned).fits(archive) else None
