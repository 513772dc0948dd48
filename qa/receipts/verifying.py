"""Receipts of any kind, verified against a shelf or a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.transcript import Transcript
from qa.quotes import Quote
from qa.receipts.copies import read_copy
from qa.receipts.diff import difference
from qa.receipts.files import Given, bare
from qa.receipts.judging import judge
from qa.receipts.receipt import Receipt
from qa.receipts.shelf import Shelf
from qa.receipts.short import ShortReceipt, speaker_hash, words_hash
from qa.receipts.source import Source
from qa.receipts.verdict import Differs, Noted, Quoted, Standing, Verdict, Verified


def verify_all(given: Sequence[Given], shelf: Shelf) -> tuple[Verified, ...]:
    """Verify receipts in their order.

    Raises:
        CorpusError: a document cannot be read at all.
    """
    return tuple(verify(one, shelf) for one in given)


def verify_in_copy(given: Sequence[Given], path: Path) -> tuple[Verified, ...]:
    """Verify receipts against one copy of a source, in their order.

    Where it holds several texts, or may be read in more than one way, the best verdict counts.

    Raises:
        CorpusError: the copy cannot be read.
    """
    receipts = [one.receipt for one in given if isinstance(one.receipt, Receipt)]
    ways = [verify_all(given, copy) for copy in read_copy(path, receipts)]
    return tuple(min(found, key=_rank) for found in zip(*ways, strict=True))


def _rank(found: Verified) -> tuple[int, int]:
    return list(Verdict).index(found.verdict), len(found.differs)


def verify(given: Given, shelf: Shelf) -> Verified:
    """Verify one receipt, or what an exported conversation shows without one."""
    if isinstance(given.receipt, ShortReceipt):
        return _judge_short(given.receipt, shelf, given.where)
    if given.shown is not None:
        return _shown_otherwise(given.receipt, given.shown, given.where)
    found = judge(given.receipt, shelf, given.where)
    return replace(found, noted=(*found.noted, Noted.OFFERED)) if given.receipt.offered else found


def _shown_otherwise(receipt: Receipt, shown: str, where: str) -> Verified:
    """Return that a file shows words as a quote which none of its receipts has."""
    return Verified(
        where=where,
        quoted=Quoted(receipt.document, receipt.start, receipt.end, receipt.text, receipt.speaker),
        verdict=Verdict.CHANGED,
        differs=(Differs.WORDS,),
        difference=difference(bare(receipt.text), shown),
        noted=(Noted.SHOWN_OTHERWISE,),
    )


def _judge_short(receipt: ShortReceipt, shelf: Shelf, where: str) -> Verified:
    quoted = Quoted(receipt.document, receipt.start, receipt.end, None, None)
    source = shelf.get(receipt.document, "")
    noted = () if source is not None else (Noted.NO_DOCUMENT,)
    if source is None:
        return Verified(where, quoted, Verdict.GONE, noted=noted)
    text = source.text[receipt.start : receipt.end]
    if words_hash(text) == receipt.words:
        return _found(receipt, source, receipt.start, where)
    size = receipt.end - receipt.start
    for start in _starts(source):
        if words_hash(source.text[start : start + size]) == receipt.words:
            return _found(receipt, source, start, where)
    return Verified(where, quoted, Verdict.GONE, noted=(Noted.NO_WORDS,), fault=source.fault)


def _starts(source: Source) -> Iterator[int]:
    """Yield where words may begin that are quoted: with a sentence, a heading or a line."""
    if source.transcript is not None:
        yield from (sentence.start for sentence in source.transcript.sentences)
        yield from (span.start for span in source.transcript.headings)
    else:
        yield from (found.start() for found in re.finditer(r"(?<!\S)\S", source.text))


def _found(receipt: ShortReceipt, source: Source, start: int, where: str) -> Verified:
    end = start + receipt.end - receipt.start
    text = source.text[start:end]
    now, differs, noted = Standing(source.name, start, end, text, None, None), [], []
    quote = _quote(source.transcript, start, end) if source.described else None
    if quote is not None:
        now = replace(now, speaker=quote.speaker, layer=quote.layer.value)
        if speaker_hash(quote.speaker, quote.layer.value) != receipt.speaker:
            differs.append(Differs.SPEAKER)
    elif source.described:
        differs.append(Differs.EDGES)
    else:
        noted.append(Noted.SPEAKER_UNCHECKED)
    moved = Verdict.MOVED if start != receipt.start else Verdict.INTACT
    quoted = Quoted(receipt.document, receipt.start, receipt.end, text, None)
    verdict = Verdict.CHANGED if differs else moved
    return Verified(where, quoted, verdict, tuple(differs), now, (), tuple(noted), source.fault)


def _quote(transcript: Transcript | None, start: int, end: int) -> Quote | None:
    if transcript is None:
        return None
    try:
        return Quote(transcript, start, end)
    except ValueError:
        return None
