"""What an archive or a document is, as text and as JSON."""

from __future__ import annotations

from typing_extensions import TypedDict

from corpus.archive import Archive
from qa.about import about, about_archive
from qa.render.contract import CatalogueObject
from qa.render.plain import facts_text
from qa.render.terminal import WIDEST, visible


class DocumentObject(TypedDict):
    """A document with what its record says."""

    document: str
    sha256: str
    turns: int
    catalogue: list[CatalogueObject]


class OverviewObject(TypedDict):
    """What an archive holds."""

    documents: list[DocumentObject]
    speakers: list[str]


def overview_text(archive: Archive, document: str | None, width: int = WIDEST) -> str:
    """Return what the archive is or, where one is named, one document."""
    if document is not None:
        return facts_text(about(archive[document]), width)
    whole = facts_text(about_archive(archive), width)
    if len(archive) == 1:
        return whole
    each = (f"{visible(t.id)}\n{facts_text(about(t), width)}" for t in archive)
    return "\n\n".join((whole, *each))


def overview_object(archive: Archive, document: str | None) -> OverviewObject:
    """Return the same for programs; of the one document named, or of all."""
    shown = archive.transcripts if document is None else (archive[document],)
    speakers = dict.fromkeys(turn.speaker for t in shown for turn in t.turns if turn.speaker)
    return OverviewObject(
        documents=[
            DocumentObject(
                document=t.id,
                sha256=t.sha256,
                turns=len(t.turns),
                catalogue=[CatalogueObject(field=f.field, value=f.value) for f in about(t)],
            )
            for t in shown
        ],
        speakers=list(speakers),
    )
