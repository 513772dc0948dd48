"""Checking an archive before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

from corpus.aid import aid_path, read_aid
from corpus.aid_lint import aid_findings
from corpus.archive import read_transcript
from corpus.errors import CorpusError
from corpus.findings import Finding, Severity
from corpus.lint import transcript_findings
from corpus.manifest import ACCEPT, differences


def archive_findings(folder: Path) -> tuple[Finding, ...]:
    """Return the findings on every document of an archive folder, faults included.

    Raises:
        CorpusError: the folder does not exist or holds no transcript.
    """
    if not folder.is_dir():
        raise CorpusError(folder, "is no folder; name a folder with .txt and .toml files.")
    texts = sorted(
        path for path in folder.iterdir() if path.suffix == ".txt" and not path.name.startswith(".")
    )
    if not texts:
        raise CorpusError(folder, "holds no transcript; put a .txt and its .toml there.")
    found: list[Finding] = []
    try:
        for one in differences(folder):
            severity = Severity.ERROR if one.is_transcript else Severity.WARNING
            said = f"{one.what}; accept it by {ACCEPT}."
            found.append(Finding(str(one.path), severity, said))
    except CorpusError as error:
        found.append(_fault(error))
    for path in texts:
        try:
            transcript = read_transcript(path)
            found += transcript_findings(transcript, path)
            found += aid_findings(transcript, read_aid(aid_path(path), transcript))
        except CorpusError as error:
            found.append(_fault(error))
        except OSError as error:
            place, reason = error.filename or path, error.strerror or str(error)
            found.append(Finding(str(place), Severity.ERROR, f"cannot be read ({reason})."))
    return tuple(found)


def _fault(error: CorpusError) -> Finding:
    line = f", line {error.line}" if error.line is not None else ""
    message = str(error).split(": ", 1)[-1]
    return Finding(f"{error.path}{line}", Severity.ERROR, message)
