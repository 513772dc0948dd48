"""Tuning an encoder to an archive: what it learns from, and that a run can be broken off."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from corpus.archive import Archive, open_archive
from described_archive import THINGS, write_described
from index.onnx_encoder import OnnxEncoder
from index.tuned import TunedFacts
from qa.errors import UsageError
from qa.training.lessons import NO_STRETCH, Exercises
from qa.training.run import CHECKPOINT, run

SEED = 5


@pytest.fixture
def described(tmp_path: Path) -> Archive:
    return open_archive(write_described(tmp_path / "keeper"))


def test_what_there_is_to_learn_is_read_from_the_finding_aid(described: Archive) -> None:
    exercises = Exercises.of(described)
    assert (len(exercises.stretches), exercises.questions) == (len(THINGS), 2 * len(THINGS))
    assert exercises.stretches[0].text == "Hale: We mended the lamp in the year 1900."
    assert [gap.tempting for gap in exercises.gaps] == [(0,), (1,), (2,), (3,), (4,), ()]


def test_no_question_is_its_own_answer(archive: Archive) -> None:
    """Nor is a known gap anybody's."""
    exercises = Exercises.of(archive)
    gaps = {gap.question for gap in exercises.gaps}
    for lesson in islice(exercises.lessons(SEED), 5):
        assert not gaps & set(lesson.candidates)
        for question, stretch in zip(lesson.anchors, lesson.anchor_of, strict=True):
            assert (stretch == NO_STRETCH) == (question in gaps)
        own = zip(lesson.anchors, lesson.candidates, strict=False)
        assert not any(question == candidate for question, candidate in own)


def test_every_question_is_learned_before_any_is_learned_again(described: Archive) -> None:
    exercises = Exercises.of(described)
    lesson = next(exercises.lessons(SEED))
    asked = Counter(q for q, n in zip(lesson.anchors, lesson.anchor_of, strict=True) if n >= 0)
    assert sorted(asked) == sorted(q for one in exercises.stretches for q in one.questions)
    assert set(asked.values()) == {1}


def test_the_same_seed_gives_the_same_lessons(described: Archive) -> None:
    exercises = Exercises.of(described)
    first, again, other = (list(islice(exercises.lessons(seed), 3)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_too_small_a_finding_aid_is_refused(tmp_path: Path) -> None:
    folder = write_described(tmp_path / "keeper")
    aid = folder / "keeper.aid.jsonl"
    lines = aid.read_text(encoding="utf-8").splitlines(keepends=True)
    aid.write_text("".join(lines[:20]), encoding="utf-8")
    with pytest.raises(UsageError, match=r"describe 20 stretches.*needs 30"):
        Exercises.of(open_archive(folder))


@pytest.mark.slow
def test_a_run_that_was_broken_off_goes_on_and_leaves_an_encoder(tmp_path: Path) -> None:
    folder, out = write_described(tmp_path / "keeper"), tmp_path / "encoder"

    def broken_off(words: str) -> None:
        if words.startswith("step 11 "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, out, epochs=12, seed=SEED, say=broken_off)
    assert (out / CHECKPOINT).exists()
    with pytest.raises(UsageError, match="another finding aid, seed"):
        run(folder, out, epochs=12, seed=SEED + 1, say=broken_off)
    said: list[str] = []
    run(folder, out, epochs=12, seed=SEED, say=said.append)
    steps = [words for words in said if words.startswith("step ")]
    assert [words.partition(":")[0] for words in steps] == ["step 11 of 12", "step 12 of 12"]
    assert not (out / CHECKPOINT).exists()
    assert TunedFacts.read(out).fits(open_archive(folder))
    lamp, again, boat = OnnxEncoder(out).encode(
        ["when was the lamp repaired", "lamp broken?", "boat broken?"]
    )
    assert float(np.dot(lamp, again)) > float(np.dot(lamp, boat))
