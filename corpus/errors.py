"""The faults this program raises about what people hand it; this is their root.

    VerbatimError
    +-- CorpusError             a document or archive cannot be used as it is
    |   +-- FileError           a file cannot be read or written at all
    |   +-- TranscriptError     a transcript file cannot be read as a transcript
    |   |   +-- UnlabelledError nothing in it says who speaks
    |   +-- ImportingError      a file in another format cannot be brought into the archive
    |   |   +-- UnknownFormatError  it is in no format that can be read, or empty
    |   +-- RecordError         a catalogue record is malformed or contradicts its transcript
    |   +-- AidError            a finding aid is malformed or does not fit its transcript
    |   +-- ManifestError       shipped files differ from the manifest
    |   +-- JudgmentError       a gold file has faults (corpus.gold_rows)
    +-- SearchIndexError        a search index cannot be used (index.errors)
    +-- UsageError              wrong use: a setting, an option, a question (qa.errors)
    +-- QuoteError              a range that must not be quoted (qa.quotes)

Every message is one sentence that names the file, the place in it and what to do; the command
line prints it and ends with exit code 1.
"""

from __future__ import annotations

from pathlib import Path


class VerbatimError(Exception):
    """Something that a person can put right; the message says how.

    As text it can be written anywhere: a file's name may hold bytes that are no UTF-8, which Python
    keeps as lone surrogates; they are shown as escapes.
    """

    def __str__(self) -> str:
        return super().__str__().encode("utf-8", "backslashreplace").decode()


class CorpusError(VerbatimError, ValueError):
    """A document or archive that cannot be used as it is.

    Attributes:
        path: the file or folder.
        message: what is wrong and what to do, without the place.
        line: 1-based line of the file, where there is one.
    """

    def __init__(self, path: Path | str, message: str, line: int | None = None) -> None:
        self.path = Path(path)
        self.message = message
        self.line = line
        place = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {message}")


class FileError(CorpusError):
    """A file that cannot be read or written at all."""


class TranscriptError(CorpusError):
    """A transcript file that cannot be read as a transcript."""


class UnlabelledError(TranscriptError):
    """A text in which nothing says who speaks."""


class ImportingError(CorpusError):
    """A file in another format that cannot be brought into the archive."""


class UnknownFormatError(ImportingError):
    """A file in no format that can be read; among others in a folder it is passed over."""


class RecordError(CorpusError):
    """A catalogue record that is malformed or contradicts its transcript."""


class AidError(CorpusError):
    """A finding aid that is malformed or does not fit its transcript."""


class ManifestError(CorpusError):
    """Files that differ from what the manifest says was shipped."""
