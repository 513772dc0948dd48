"""Checking an archive before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.aid import aid_path, read_aid
from corpus.aid_lint import aid_findings
from corpus.archive import read_transcript
from corpus.cast import draft_record, draft_toml
from corpus.changes import finish_change
from corpus.errors import CorpusError
from corpus.findings import Finding, Severity
from corpus.languages import UNKNOWN
from corpus.lint import transcript_findings
from corpus.manifest import ACCEPT, differences
from corpus.overview import Overview, overview
from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Layer, Transcript
from qa.errors import require_document
from qa.language import WIDESPREAD, question_language

_SAMPLE = 4000


@dataclass(frozen=True, slots=True)
class Checked:
    """One document and what was found on it.

    Attributes:
        path: of the text.
        transcript: None where the document cannot be used.
        overview: what it was recognised to be; None where it cannot be used.
        looks_like: ISO 639-1 code of the language it is certainly in, or None.
        findings: in the order of what they are about.
    """

    path: Path
    transcript: Transcript | None
    overview: Overview | None
    looks_like: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An archive and what was found.

    Attributes:
        folder: of the archive.
        documents: in the order of their names.
        findings: on the folder as a whole.
    """

    folder: Path
    documents: tuple[Checked, ...]
    findings: tuple[Finding, ...]

    @property
    def every(self) -> tuple[Finding, ...]:
        """All findings, those on the folder first."""
        return self.findings + tuple(f for one in self.documents for f in one.findings)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that somebody should look at."""
        return all(finding.severity is Severity.NOTE for finding in self.every)


def check_archive(folder: Path, document: str | None = None) -> Report:
    """Check every document of an archive folder, or one; faults are findings.

    Raises:
        CorpusError: the folder does not exist or holds no transcript.
        UsageError: it holds no such document.
    """
    finish_change(folder)
    texts = _texts(folder, document)
    whole = _manifest(folder) if document is None else ()
    return Report(folder, tuple(check_document(path) for path in texts), whole)


def _texts(folder: Path, document: str | None) -> list[Path]:
    if not folder.is_dir():
        raise CorpusError(folder, "is no folder; name a folder with .txt and .toml files.")
    texts = sorted(
        path for path in folder.iterdir() if path.suffix == ".txt" and not path.name.startswith(".")
    )
    if not texts:
        raise CorpusError(folder, "holds no transcript; put a .txt and its .toml there.")
    if document is None:
        return texts
    require_document(document, [path.stem for path in texts])
    return [path for path in texts if path.stem == document]


def check_document(path: Path) -> Checked:
    """Check the document whose text is at ``path``."""
    try:
        transcript = read_transcript(path)
    except (CorpusError, OSError) as error:
        return Checked(path, None, None, None, (_fault(error, path),))
    language = _language(transcript)
    found = [*_language_findings(transcript, language, path)]
    found += transcript_findings(transcript, path)
    try:
        found += aid_findings(transcript, read_aid(aid_path(path), transcript))
    except (CorpusError, OSError) as error:
        found.append(_fault(error, aid_path(path)))
    return Checked(path, transcript, overview(transcript), language, tuple(found))


def draft_text(folder: Path, document: str | None = None) -> str:
    """Return what could be added to the record of each document, or one, drafted from its labels.

    Of a document that cannot be read, a remark says why; it does not keep the others waiting.

    Raises:
        CorpusError: there is no folder or no transcript in it.
        UsageError: it holds no such document.
    """
    return "\n\n".join(_draft(path) for path in _texts(folder, document))


def _draft(path: Path) -> str:
    record = path.with_suffix(".toml")
    try:
        if not record.exists():
            transcript = parse(path.read_bytes(), Record(title=path.stem), path.stem, path)
            return f"# {record.name}:\n\n{draft_record(path.stem, transcript)}"
        added = draft_toml(read_transcript(path)) or "# Everybody who speaks is in the record."
    except (CorpusError, OSError) as error:
        added = f"# {' '.join(_fault(error, path).message.split())}"
    return f"# For {record.name}:\n\n{added}"


def _manifest(folder: Path) -> tuple[Finding, ...]:
    try:
        return tuple(
            Finding(
                one.path,
                Severity.ERROR if one.is_transcript else Severity.WARNING,
                f"{one.what}; accept it by {ACCEPT}.",
            )
            for one in differences(folder)
        )
    except CorpusError as error:
        return (_fault(error, folder),)


def _language(transcript: Transcript) -> str | None:
    """Return the language of what is said, where it is certain."""
    spoken = (
        transcript.text[sentence.start : sentence.end]
        for sentence in transcript.sentences
        if sentence.layer is not Layer.NOTE
    )
    sample = ""
    for words in spoken:
        sample += f"{words} "
        if len(sample) > _SAMPLE:
            break
    return question_language(sample, {*WIDESPREAD, transcript.record.language_code})


def _language_findings(
    transcript: Transcript, language: str | None, path: Path
) -> tuple[Finding, ...]:
    stated = transcript.record.language
    if language is None or language == transcript.record.language_code:
        return ()
    says = "the record does not say which" if stated == UNKNOWN else f"the record says {stated}"
    return (
        Finding(
            path,
            Severity.NOTE if stated == UNKNOWN else Severity.WARNING,
            f"the text is in the language '{language}', it seems; {says}.",
            remedy=f'If so, write language = "{language}" in the record.',
        ),
    )


def _fault(error: CorpusError | OSError, path: Path) -> Finding:
    if isinstance(error, CorpusError):
        return Finding(error.path, Severity.ERROR, error.message, line=error.line)
    place, reason = error.filename or path, error.strerror or str(error)
    return Finding(Path(place), Severity.ERROR, f"cannot be read ({reason}).")
