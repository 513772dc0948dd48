"""A document that somebody described beside one that nobody did: neither crowds the other out."""

from __future__ import annotations

import shutil

import pytest

from corpus.archive import shipped_folder
from qa.answering import Answerer, open_answerer, silent
from qa.answers import Answered, Possible
from qa.asking import Asked
from qa.settings import Settings

RECORD = """title = "The ferry"
date = 1961-05-02
language = "en"
[[participants]]
name = "Ada Holm"
[[participants]]
name = "Bo Lind"
"""
TALK = """The ferry

Ada Holm: When did you begin to work on the ferry?

Bo Lind: I came aboard in the spring of 1931, as a stoker. The engine was older than my father.
We carried cattle on Mondays. In winter the ice broke two of our propellers.

Ada Holm: Why was the ferry sold?

Bo Lind: The bridge was opened, and nobody wanted to wait for us any more. So the county sold her
to a Greek, for less than the scrap was worth. I wept like a child on the pier.
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("both")
    shutil.copytree(shipped_folder(), folder / "archive")
    (folder / "archive" / "manifest.json").unlink()
    (folder / "archive" / "ferry.txt").write_text(TALK, encoding="utf-8")
    (folder / "archive" / "ferry.toml").write_text(RECORD, encoding="utf-8")
    settings = Settings.load(None, archive=folder / "archive")
    values = {**settings.model_dump(), "index_folder": folder / "index"}
    return open_answerer(Settings.model_validate(values), silent, silent)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many warning shots were fired?", "More than 120"),
        ("Did they apologise?", "We express our deep regrets"),
    ],
)
def test_what_was_described_is_still_quoted(both: Answerer, question: str, words: str) -> None:
    answer = both.ask(Asked(question))
    assert isinstance(answer, Answered)
    assert answer.evidence[0].quote.text.startswith(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why was the ferry sold?", "The bridge was opened"),
        ("What happened to the propellers in winter?", "ice broke two of our propellers"),
    ],
)
def test_what_nobody_described_is_shown(both: Answerer, question: str, words: str) -> None:
    answer = both.ask(Asked(question))
    assert isinstance(answer, Answered | Possible)
    shown = answer.evidence if isinstance(answer, Answered) else answer.nearest[: answer.shown]
    assert any(words in one.quote.text for one in shown)


def test_a_name_leads_to_the_document_that_has_it(both: Answerer, answerer: Answerer) -> None:
    """What another document mentions makes none look as if it did."""
    asked = Asked("What did Mielke say about the shooting down of Bo Lind?")
    assert answerer.read(asked).features["strange_names"] == 2
    found = both.read(asked)
    assert found.ranked[0].quote.transcript.id == "ferry"
    assert found.strange_names == ()


@pytest.mark.parametrize("question", ["Where was the ferry built?", "Who owned the ferry?"])
def test_a_title_alone_is_no_answer(both: Answerer, question: str) -> None:
    ranked = both.read(Asked(question, document="ferry")).ranked
    assert ranked
    assert "The ferry" not in {one.quote.text for one in ranked}
