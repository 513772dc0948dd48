"""Nearest passages by words: BM25 in tantivy.

BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
(2009), with tantivy's k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from index.analysis import analyzer, searchable, terms
from index.errors import IndexDamagedError, SearchIndexError

FOLDER = "lexical"
_HEAP_BYTES = 32_000_000
_FURTHER = 4
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")


def write_lexical(folder: Path, texts: Sequence[str], languages: Sequence[str]) -> None:
    """Write an index of ``texts``, each analysed in its own language."""
    place = folder / FOLDER
    place.mkdir()
    known = sorted(set(languages))
    try:
        index = _register(tantivy.Index(_schema(known), str(place)), known)
        # One thread makes one segment, and so the same scores from the same texts.
        writer = index.writer(_HEAP_BYTES, 1)
        for number, (text, language) in enumerate(zip(texts, languages, strict=True)):
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_text(_field(language), searchable(text, language))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except (ValueError, OSError) as error:
        raise SearchIndexError(f"{place} cannot be written; is the disk full?") from error
    for name in _LOCKS:
        (place / name).unlink(missing_ok=True)


class LexicalIndex:
    """Searches words on disk."""

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        place = folder / FOLDER
        known = sorted(set(languages))
        self._schema = _schema(known)
        self._languages = known
        try:
            readable, self._copy = _writable(place)
            self._index = _register(tantivy.Index.open(str(readable)), known)
            self._searcher = self._index.searcher()
        except (ValueError, OSError) as error:
            raise IndexDamagedError(f"{place} cannot be read; build the index again.") from error

    def search(
        self, text: str, depth: int, among: Container[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (passage number, BM25 score) of the ``depth`` best, best first.

        Passages that share no term with ``text`` are left out; equal scores come in the order
        of their passages. ``among`` holds the numbers of the passages to search; None for all.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, _field(language), term))
            for language in self._languages
            for term in sorted(set(terms(text, language)))
        ]
        if not clauses:
            return []
        query = tantivy.Query.boolean_query(clauses)
        every = max(self._searcher.num_docs, 1)
        reach = min(depth, every)
        while True:
            best = self._best(query, reach)
            hits = [hit for hit in best if among is None or hit[0] in among]
            if len(hits) >= depth or len(best) < reach or reach == every:
                return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:depth]
            reach = min(_FURTHER * reach, every)

    def unknown(self, text: str) -> int:
        """Return how many terms of ``text`` no passage holds: of the language that knows most."""
        return min(
            (
                sum(
                    not self._searcher.doc_freq(_field(language), term)
                    for term in set(terms(text, language))
                )
                for language in self._languages
            ),
            default=0,
        )

    def _best(self, query: tantivy.Query, reach: int) -> list[tuple[int, float]]:
        found = self._searcher.search(query, reach).hits
        return [
            (int(self._searcher.doc(address)["number"][0]), float(score))
            for score, address in found
        ]


def _writable(place: Path) -> tuple[Path, TemporaryDirectory[str] | None]:
    """Return ``place``, or a copy that lasts as long as the second value does.

    tantivy takes a lock file even to read, and finds no index where it may not.
    """
    if os.access(place, os.W_OK) or not place.is_dir():
        return place, None
    copy = TemporaryDirectory(prefix="verbatim-")
    for file in place.iterdir():
        shutil.copyfile(file, Path(copy.name, file.name))
    return Path(copy.name), copy


def _field(language: str) -> str:
    return f"text_{language}"


def _schema(languages: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for language in languages:
        builder.add_text_field(_field(language), tokenizer_name=language, index_option="freq")
    return builder.build()


def _register(index: tantivy.Index, languages: Sequence[str]) -> tantivy.Index:
    for language in languages:
        index.register_tokenizer(language, analyzer(language))
    return index
