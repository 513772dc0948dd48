"""An archive for programs: what the command line and the pages do, as methods.

Quotes hold a document and two offsets; whoever is given one cannot change its words. Every error
that the caller can put right is a :class:`corpus.errors.VerbatimError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.archive import Archive as Documents
from corpus.transcript import Transcript
from qa.answering import Answerer, Message, answerer_over, open_documents, silent
from qa.answers import Answer, Evidence
from qa.asking import Asked
from qa.citing.cited import cited, cited_quote, form_of
from qa.citing.styles import Rendered
from qa.concordance import Found
from qa.errors import require_document
from qa.finding import Place, find_within
from qa.quotations.judging import check
from qa.quotations.verdicts import Check
from qa.quotes import Quote
from qa.receipts.files import Given, short_in
from qa.receipts.reading import ReceiptError, receipts_in
from qa.receipts.receipt import Receipt, receipt_of
from qa.receipts.shelf import ReadShelf
from qa.receipts.verdict import Verified
from qa.receipts.verifying import verify_all
from qa.settings import Settings
from qa.within import Within


class Archive:
    """The documents of a folder, to be asked, searched and cited.

    The search index is opened by the first question, and built before if it has to be.
    """

    def __init__(self, documents: Documents, settings: Settings, say: Message = silent) -> None:
        """Use documents that were read already; :meth:`open` reads them."""
        self._documents = documents
        self._settings = settings
        self._say = say

    @classmethod
    def open(
        cls, folder: Path | str | None = None, *, config: Path | None = None, say: Message = silent
    ) -> Archive:
        """Read the documents of a folder.

        Args:
            folder: of the transcripts; None for the one that the settings name.
            config: TOML file with settings.
            say: told in one sentence when the index has to be built, and why.

        Raises:
            VerbatimError: a document or a setting cannot be used.
        """
        path = None if folder is None else Path(folder)
        settings = Settings.load(config, archive=path)
        return cls(open_documents(settings, say), settings, say)

    @property
    def documents(self) -> tuple[Transcript, ...]:
        """All documents, in the order of their ids."""
        return self._documents.transcripts

    def __iter__(self) -> Iterator[Transcript]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over everything that answers depend on."""
        return self._documents.fingerprint

    def transcript(self, document: str) -> Transcript:
        """Return a document by its id.

        Raises:
            UsageError: there is none.
        """
        require_document(document, (transcript.id for transcript in self._documents))
        return self._documents[document]

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        speaker: str | None = None,
        document: str | None = None,
        collection: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """Answer a question by quoting.

        Args:
            question: as a person types it.
            history: earlier questions of the conversation, oldest first.
            speaker: quote only this speaker.
            document: quote only this document.
            collection: quote only documents of this collection, or of part of its name.
            since: quote only documents of this date or later, in EDTF: "1984", "1984-10-05".
            until: quote only documents of this date or earlier.

        Raises:
            UsageError: the question cannot be asked; there is no such speaker or document, or none
                of that collection or time.
            SearchIndexError: the index cannot be built.
            SourceChangedError: a file has changed since it was read.
        """
        within = Within.read(collection, since, until)
        asked = Asked(question, tuple(history), speaker, document, within=within)
        return self._answerer.ask(asked)

    def find(
        self,
        words: str,
        *,
        speaker: str | None = None,
        document: str | None = None,
        collection: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Found:
        """Return every place where words stand, in this order; the rest as for :meth:`ask`.

        Raises:
            QuestionError: there are no words.
            UsageError: there is no such speaker or document, or none of that collection or time.
        """
        place = Place(speaker, document, Within.read(collection, since, until))
        return find_within(self._documents, words, place)

    def check(self, quotation: str, speaker: str | None = None) -> Check:
        """Return what the archive has of a quotation, and from whom.

        Args:
            quotation: as typed, with quotation marks around it or without.
            speaker: to whom it is attributed; who is unknown here is no error.

        Raises:
            QuestionError: there is no word in the quotation, or it is too long.
        """
        return check(self._documents, quotation, speaker)

    def quote(self, document: str, start: int, end: int) -> Quote:
        """Return the quote of the sentences from ``start`` to ``end``, code points of the text.

        Raises:
            UsageError: there is no such document.
            QuoteError: the range does not begin and end with sentences of one speaker's turn.
        """
        return Quote(self.transcript(document), start, end)

    def cite(self, what: Quote | Transcript | str, style: str = "chicago") -> Rendered:
        """Return a citation of a quote, or of a document or its id.

        Args:
            what: is cited; a quote with its page or time code.
            style: ``chicago``, ``apa``, ``mla``, ``bibtex``, ``ris`` or ``csl-json``.

        Raises:
            UsageError: there is no such document or style.
            SourceChangedError: the document's file has changed since it was read.
        """
        form = form_of(style)
        if isinstance(what, Quote):
            return cited_quote(what, form)
        return cited(self.transcript(what) if isinstance(what, str) else what, form)

    def receipt(self, quote: Quote) -> Receipt:
        """Return the receipt of a quote, by which anybody can look for its words later.

        Raises:
            SourceChangedError: the document's file has changed since it was read.
        """
        return receipt_of(quote, self.fingerprint)

    def verify(self, receipts: Receipt | Mapping[str, Any] | Sequence[Any] | str) -> list[Verified]:
        """Say of every receipt whether its words still stand there, and whose they are.

        Args:
            receipts: one, an object of docs/receipts.md, a list of either, or a short receipt.

        Raises:
            ReceiptError: something given is no receipt, or was altered.
            SourceChangedError: a document's file has changed since it was read.
        """
        return list(verify_all(tuple(_given(receipts)), ReadShelf(self.documents)))

    @cached_property
    def _answerer(self) -> Answerer:
        return answerer_over(self._documents, self._settings, self._say)


def _given(receipts: object, where: str = "The receipt") -> Iterator[Given]:
    if isinstance(receipts, Receipt):
        yield Given(where, receipts)
    elif isinstance(receipts, str):
        found = tuple(short_in(receipts, where))
        if not found:
            raise ReceiptError(f"{where}: is no receipt; give what the archive wrote, unchanged.")
        yield from found
    elif isinstance(receipts, Sequence):
        for number, one in enumerate(receipts, start=1):
            yield from _given(one, f"Receipt {number}")
    else:
        for place, receipt in receipts_in(receipts, where):
            yield Given(place, receipt)


def as_json(value: Answer | Check | Quote | Receipt | Verified) -> dict[str, Any]:
    """Return an answer, a check, a quote, a receipt or what was verified as docs/json.md has it.

    Raises:
        QuoteError: a text would differ from the source.
    """
    from qa.receipts.objects import receipt_object
    from qa.render.contract import answer_object, quote_object
    from qa.render.verified import verified_one

    if isinstance(value, Check):
        from qa.render.judged import check_object

        return {**check_object(value)}
    if isinstance(value, Receipt):
        return {**receipt_object(value)}
    if isinstance(value, Verified):
        return {**verified_one(value)}
    if isinstance(value, Quote):
        return {**quote_object(Evidence(value, 1.0))}
    return {**answer_object(value)}
