"""Hundreds of altered quotations, none of which passes, and of untouched ones, all of which do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.archive import Archive, open_archive
from qa.quotations.judging import Judge
from quotations_made import altered, shown, table, untouched


@pytest.mark.parametrize("make", [altered, untouched])
def test_no_altered_quotation_passes_and_every_untouched_one(archive: Archive, make) -> None:  # type: ignore[no-untyped-def]
    quotations = make(archive.transcripts, 220, 1983)
    assert len(quotations) == 220
    counts, failures = table(Judge(archive), quotations)
    assert not failures, shown(counts)


@pytest.mark.long
@pytest.mark.parametrize("make", [altered, untouched])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thousands_of_quotations(archive: Archive, make, seed: int) -> None:  # type: ignore[no-untyped-def]
    """``QUOTATIONS_FOLDERS`` names further archives, apart by the path separator."""
    folders = os.environ.get("QUOTATIONS_FOLDERS", "").split(os.pathsep)
    more = [one for folder in folders if folder for one in open_archive(Path(folder))]
    transcripts = [*archive, *more]
    counts, failures = table(Judge(transcripts), make(transcripts, 2000, seed))
    assert not failures, shown(counts) + "\n" + "\n".join(failures)
