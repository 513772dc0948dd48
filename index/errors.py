"""The faults this package raises.

    SearchIndexError         a corpus.errors.VerbatimError
    +-- IndexMissingError    nothing was built yet
    +-- IndexStaleError      built from other documents, settings or another model
    +-- IndexDamagedError    files are missing or differ from their checksums
    +-- EncoderError         a model cannot be loaded, exported or trusted

A broken or stale index raises; it never looks like "no evidence".
"""

from __future__ import annotations

from corpus.errors import VerbatimError


class SearchIndexError(VerbatimError, RuntimeError):
    """A search index that cannot be used as it is."""


class IndexMissingError(SearchIndexError):
    """No index was built yet."""


class IndexStaleError(SearchIndexError):
    """The index was built from other documents, other settings or another model."""


class IndexDamagedError(SearchIndexError):
    """Files of the index are missing or differ from their checksums."""


class EncoderError(SearchIndexError):
    """A model that cannot be loaded, cannot be exported, or differs from its checksum."""
