"""The faults this package raises.

    CorpusError
    +-- TranscriptError     a transcript file cannot be read as a transcript
    +-- RecordError         a catalogue record is malformed or contradicts its transcript
    +-- AidError            a finding aid is malformed or does not fit its transcript
    +-- ManifestError       shipped files differ from the manifest

Every message is one sentence that names the file, the place in it and what to do.
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(ValueError):
    """A document or archive that cannot be used as it is."""

    def __init__(self, path: Path | str, message: str, line: int | None = None) -> None:
        self.path = Path(path)
        self.line = line
        place = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {message}")


class TranscriptError(CorpusError):
    """A transcript file that cannot be read as a transcript."""


class RecordError(CorpusError):
    """A catalogue record that is malformed or contradicts its transcript."""


class AidError(CorpusError):
    """A finding aid that is malformed or does not fit its transcript."""


class ManifestError(CorpusError):
    """Files that differ from what the manifest says was shipped."""
