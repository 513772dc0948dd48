"""The recipe of an hour, as a system of the bench: what it embeds, ranks and is sure of."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.archive import open_archive
from corpus.judgments import Question
from hashing_encoder import HashingEncoder, HashingPassageEncoder, embed
from index.encoder import Embeddings, Progress
from qa.cli import run_command
from qa.evaluation.recipe import FlatIndex, recipe_ranker
from qa.evaluation.sets.collection import Collection, Query, Unit
from qa.evaluation.sets.rankers import recipe

TEXT = """Smith: The bells ring at noon. Nobody hears them.

Jones: A boat was lost
in March.
"""


class Listening(HashingPassageEncoder):
    """Keeps what it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def encode_passages(self, texts: list[str], progress: Progress) -> Embeddings:  # type: ignore[override]
        self.heard += texts
        return super().encode_passages(texts, progress)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "talk.txt").write_text(TEXT, encoding="utf-8")
    people = "".join(f'[[participants]]\nname = "{name}"\n' for name in ("Smith", "Jones"))
    (tmp_path / "talk.toml").write_text(f'title = "A talk"\n{people}', encoding="utf-8")
    return tmp_path


@pytest.fixture
def queries(tmp_path: Path) -> HashingEncoder:
    exported = tmp_path / "exported"
    exported.mkdir()
    HashingPassageEncoder().export(exported)
    return HashingEncoder(exported)


def question(text: str, *history: str) -> Question:
    return Question("q", text, "", history, "en", False, (), (), None, "")


def test_it_embeds_single_sentences_after_their_speaker(
    folder: Path, queries: HashingEncoder
) -> None:
    encoder = Listening()
    recipe_ranker(open_archive(folder), encoder, queries)
    assert encoder.heard == [
        "Smith: The bells ring at noon.",
        "Smith: Nobody hears them.",
        "Jones: A boat was lost in March.",
    ]


def test_it_ranks_all_by_cosine_and_is_as_sure_as_the_nearest_is_near(
    folder: Path, queries: HashingEncoder
) -> None:
    encoder = Listening()
    system = recipe_ranker(open_archive(folder), encoder, queries)
    reply = system.respond(question("Jones: A boat was lost in March.", "Who heard the bells?"))
    cosines = sorted(embed(encoder.heard) @ embed(["Jones: A boat was lost in March."])[0])[::-1]
    assert [e.score for e in reply.ranking] == pytest.approx(cosines, abs=1e-6)
    first = reply.ranking[0].quote
    assert (first.text, first.speaker) == ("A boat was lost\nin March.", "Jones")
    assert reply.answer.confidence == pytest.approx(1.0)
    other = system.respond(question("zebra"))
    assert other.answer.confidence == pytest.approx(max(0.0, other.ranking[0].score))


def test_flat_search_finds_what_all_cosines_say() -> None:
    rows = embed([f"word{n} word{n % 7} other{n % 3}" for n in range(40)])
    asked = embed(["word3 other1 word5"])
    found = FlatIndex(rows).nearest(asked, 50)
    assert len(found) == 40
    assert [cosine for _, cosine in found] == pytest.approx(np.sort(rows @ asked[0])[::-1])


def test_on_a_public_set_a_unit_stands_where_its_nearest_sentence_does(
    queries: HashingEncoder,
) -> None:
    units = (
        Unit("a", "d", "The bells ring. A boat was lost.", "Smith"),
        Unit("b", "d", "Nobody hears them."),
        Unit("c", "other", "A boat was lost.", "Smith"),
    )
    asked = Query("q", "Smith: A boat was lost.", "d", True, {"a": 1})
    encoder = Listening()
    found = recipe(Collection("set", units, (asked,)), encoder, queries, "en")
    assert encoder.heard == [
        "Smith: The bells ring.",
        "Smith: A boat was lost.",
        "Nobody hears them.",
        "Smith: A boat was lost.",
    ]
    assert [unit for unit, _ in found["q"]] == ["a", "b"]
    assert found["q"][0][1] == pytest.approx(1.0)


@pytest.mark.slow
def test_it_stands_beside_the_other_systems(folder: Path, tmp_path: Path) -> None:
    start = TEXT.index("A boat")
    rows = [
        {
            "qid": "1", "question": "What was lost in March?", "answerable": True,
            "spans": [{"start": start, "end": len(TEXT) - 1, "text": TEXT[start:-1]}],
        },
        {"qid": "2", "question": "Who bakes bread?", "answerable": False},
    ]  # fmt: skip
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.json"
    gold.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    arguments = ["--archive", str(folder), "--system", "recipe", "--system", "never"]
    assert run_command(["evaluate", str(gold), *arguments, "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["system"] == "recipe"
    assert found["hit1"]["value"] == 1.0
    assert found["auroc"]["value"] == 1.0
    assert found["verbatim_rate"]["value"] == found["attribution"]["value"] == 1.0
