"""What every test may use: the shipped archive, an answerer over it, and small archives."""

# ruff: noqa: E402 - the environment comes before the imports that read it

from __future__ import annotations

import os

# Before anything is imported that reads them. Settings of whoever runs the tests must not
# reach them either.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["NO_COLOR"] = "1"
os.environ.pop("FORCE_COLOR", None)
for _name in [name for name in os.environ if name.startswith("VERBATIM_")]:
    del os.environ[_name]

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corpus.archive import Archive, open_archive, shipped_folder
from corpus.transcript import Transcript
from qa.answering import Answerer, open_answerer
from qa.settings import Settings

_CALM = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
# The same examples in every run: a failure in one place is a failure in all.
settings.register_profile(
    "default", deadline=None, derandomize=True, max_examples=60, suppress_health_check=_CALM
)
settings.register_profile(
    "search", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=_CALM
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

LIGHTHOUSE = """\
The Keeper of Stony Point
Recorded at Stony Point on 3 May 1971
Interviewer:
When did you come to the lighthouse?
Mrs. Hale:
I came in the spring of 1932 with my husband. We lit the lamp every evening at
dusk, and in the fog we rang the bell by hand. The bell [cast in 1890] weighed
two hundred kilograms.
Interviewer:
Were you ever afraid?
Mrs. Hale:
Only once. In the storm of 1938 the boat was lost, and nobody came for nine days.
"""
LIGHTHOUSE_RECORD = """\
title = "The Keeper of Stony Point"
date = 1971-05-03
place = "Stony Point"
repository = "Harbour Museum"
signature = "OH 12"

[[participants]]
name = "Hale"
full_name = "Ada Hale"
role = "keeper of the lighthouse"
aliases = ["Mrs. Hale"]

[[participants]]
name = "Interviewer"
"""
FERRY = """\
Voices of the Ferry

QUESTION: How many trips did the ferry make in a day?

MR. ODUYA: Twelve trips in summer and four in winter. The last boat left at nine.

QUESTION: Who paid for the engine?

MR. ODUYA: The town paid half of it. The other half came from a lottery.
"""
FERRY_RECORD = """\
title = "Voices of the Ferry"
date = 1984-10-20

[[participants]]
name = "Oduya"
full_name = "Samuel Oduya"
role = "ferryman"
aliases = ["Mr. Oduya"]

[[participants]]
name = "Question"
"""


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The shipped archive."""
    return open_archive(shipped_folder())


@pytest.fixture(scope="session")
def transcript(archive: Archive) -> Transcript:
    """The shipped transcript."""
    return archive["mielke-kryuchkov-1983-09-19"]


@pytest.fixture(scope="session")
def shipped_index(pytestconfig: pytest.Config) -> Path:
    """A folder for the shipped archive's index; kept between runs, shared by all workers."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir("verbatim-index")


@pytest.fixture(scope="session")
def shipped_settings(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Default settings, but for the folders written to."""
    return Settings(index_folder=shipped_index, state_folder=tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def answerer(shipped_settings: Settings) -> Answerer:
    """An answerer over the shipped archive; the first run builds its index."""
    return open_answerer(shipped_settings)


@pytest.fixture
def tiny_archive(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes an archive of two small documents and returns its folder."""

    def write(name: str = "archive") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for document, text, record in (
            ("lighthouse", LIGHTHOUSE, LIGHTHOUSE_RECORD),
            ("ferry", FERRY, FERRY_RECORD),
        ):
            (folder / f"{document}.txt").write_bytes(text.encode())
            (folder / f"{document}.toml").write_bytes(record.encode())
        return folder

    return write
