"""Keeping what is served like the archive's folder while the server runs.

A thread compares the folder with what was read. A document whose files differ is shown no more
from then on; once two looks in a row find the same, the folder is read anew and its index built
beside the one in use, which answers about the other documents until the new one takes its place.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import Archive, Shelf, read_shelf, sources
from corpus.counting import counted
from corpus.errors import CorpusError
from corpus.files import ON_DISK
from corpus.manifest import MANIFEST
from index.errors import SearchIndexError
from qa.errors import UsageError
from qa.web.site import Asker, Reopen, Served, Site, first_question

LOOK_SECONDS = 1.0
_RETRY_SECONDS = 60.0
_log = logging.getLogger("verbatim")

Found = Mapping[str, str | None]
"""SHA-256 by file name; None where a file cannot be read or is being written."""


@dataclass(frozen=True, slots=True)
class _TakenUp:
    """A folder that was read anew: who answers from it, and what it leaves out."""

    found: Found
    answerer: Asker
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Failed:
    """A folder from which nothing new can be served, and why."""

    error: Exception


class Watch:
    """Compares a site's folder with what it serves, and takes changes up."""

    def __init__(self, site: Site, reopen: Reopen) -> None:
        """Watch the archive's folder of ``site``; ``reopen`` makes an answerer of what it holds."""
        self._site = site
        self._reopen = reopen
        archive = site.answerer.archive
        self._folder = archive.folder
        self._taken: Found = {**archive.sources, **_manifest(self._folder)}
        self._left_out = site.served.left_out
        self._last: Found | None = None
        self._tried: Found | None = None
        self._tried_at = 0.0
        self._work: threading.Thread | None = None
        self._result: _TakenUp | _Failed | None = None

    def run(self, stop: threading.Event) -> None:
        """Look again and again until ``stop`` is set."""
        while not stop.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Compare once: hide what has changed, and begin to take up what has settled."""
        self._finish()
        try:
            found: Found = {**sources(self._folder), **_manifest(self._folder)}
            if len(found) == 1:  # a drive that is not there looks like an empty folder
                raise CorpusError(self._folder, "is empty.")
        except CorpusError as error:
            self._last = None
            self._cannot_read(error)
            return
        if self._last is None:
            self._can_read_again()
        self._hide(found)
        if found == self._last:
            self._begin(found)
        self._last = found

    def _hide(self, found: Found) -> None:
        """Show nothing of documents that differ from what was read, or show them again."""
        served = self._site.served
        archive = served.answerer.archive
        gone = {t.id for t in archive if f"{t.id}.txt" not in found}
        back = {name for name in served.removed if f"{name}.txt" in found}
        now = replace(
            served,
            suspended=frozenset(t.id for t in archive if _differs(archive, t.id, found)),
            removed=(served.removed | gone) - back,
        )
        if found == self._taken:
            now = replace(now, unreadable="", left_out=self._left_out, rebuilding=self._is_busy)
        if now != served:
            self._site.served = now

    def _begin(self, found: Found) -> None:
        """Read the folder in the background, unless that is done or was tried just now."""
        waited = time.monotonic() - self._tried_at
        if self._is_busy or found == self._taken:
            return
        if found == self._tried and waited < _RETRY_SECONDS:
            return
        self._tried, self._tried_at = found, time.monotonic()
        self._site.served = replace(self._site.served, rebuilding=True)
        self._work = threading.Thread(target=self._take_up, name="verbatim-reading", daemon=True)
        self._work.start()

    def _take_up(self) -> None:
        """Read the folder and build its index; in a thread of its own."""
        try:
            shelf = read_shelf(self._folder)
            if not shelf.archive.transcripts:
                raise shelf.faults[0]
            answerer = self._reopen(shelf.archive)
            first_question(answerer)
        except (CorpusError, SearchIndexError, UsageError, OSError) as error:
            self._result = _Failed(error)
        else:
            found = {**shelf.archive.sources, **_manifest(self._folder)}
            self._result = _TakenUp(found, answerer, told(shelf))

    def _finish(self) -> None:
        """Serve what the background work has made, or say why it failed."""
        if self._work is None or self._is_busy:
            return
        result, self._work, self._result = self._result, None, None
        if isinstance(result, _TakenUp):
            removed = self._site.served.removed - {t.id for t in result.answerer.archive}
            self._taken, self._left_out = result.found, result.left_out
            self._site.served = Served(result.answerer, removed=removed, left_out=result.left_out)
            count, seconds = len(result.answerer.archive), time.monotonic() - self._tried_at
            _log.warning(
                "The archive was read anew: %s, %.0f s.", counted(count, "document"), seconds
            )
        elif isinstance(result, _Failed) and isinstance(result.error, CorpusError):
            self._cannot_read(result.error)
        elif isinstance(result, _Failed):
            _log.error("What has changed cannot be served yet: %s", result.error)
            left_out = ("What has changed cannot be served yet; the server's journal says why.",)
            self._site.served = replace(self._site.served, left_out=left_out, rebuilding=False)
        else:
            _log.error("Reading the archive anew ended unexpectedly; it is tried again.")
            self._site.served = replace(self._site.served, rebuilding=False)

    @property
    def _is_busy(self) -> bool:
        return self._work is not None and self._work.is_alive()

    def _can_read_again(self) -> None:
        """Serve again what is as it was read, once the folder is back.

        What failed before still fails, and is said again, when the folder is read anew.
        """
        if self._site.served.unreadable:
            self._site.served = replace(self._site.served, unreadable="")

    def _cannot_read(self, error: CorpusError) -> None:
        sentence = f"The archive cannot be read just now: {public(error)}"
        if self._site.served.unreadable != sentence:
            _log.error("The archive cannot be read just now: %s", error)
            self._site.served = replace(
                self._site.served, unreadable=sentence, rebuilding=self._is_busy
            )


def told(shelf: Shelf) -> tuple[str, ...]:
    """Return why documents are left out, for everybody, and write it down for the curator."""
    for sentence in (*map(str, shelf.faults), *shelf.notes):
        _log.warning("%s", sentence)
    return tuple(map(public, shelf.faults))


def public(error: CorpusError) -> str:
    """Return an error without the folders of this computer."""
    return str(CorpusError(error.path.name, error.message, error.line))


def _differs(archive: Archive, document: str, found: Found) -> bool:
    """Whether a document's words, its record or the map of its speakers are not what was read."""
    names = (f"{document}.txt", f"{document}.toml", f"{document}.map.json")
    return any(found.get(name) != archive.sources.get(name) for name in names)


def _manifest(folder: Path) -> Found:
    path = folder / MANIFEST
    # None where something else lies in its place: taking that away is a change.
    return {MANIFEST: ON_DISK.sha256(path) if path.exists() else ""}
