"""One training run: exercises, course, export, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from corpus.archive import open_archive
from index.encoder import PassageEncoder
from index.transformer_encoder import SentenceTransformerEncoder
from qa.errors import UsageError
from qa.evaluation.collection import Collection, as_sentences
from qa.evaluation.readers import read_collection
from qa.settings import Settings
from qa.training.aid_exercises import aid_exercises
from qa.training.course import Course
from qa.training.exercises import Exercise, drawn
from qa.training.exporting import export
from qa.training.learning import Say, learn
from qa.training.set_exercises import is_for_choosing, set_exercises

CHECKPOINT = "training.ckpt"
_LANGUAGE = "en"
_SAMPLE = 50


def run(settings: Settings, sets: Sequence[Path], course: Course, out: Path, say: Say) -> None:
    """Train a judge and write it into ``out``.

    Args:
        settings: which archive.
        sets: folders of public question sets.
        course: how to learn.
        out: the folder of the judge; holds a checkpoint while training lasts.
        say: told what is done.

    Raises:
        UsageError: there is nothing to learn from, or the written judge differs from the trained.
    """
    encoder = SentenceTransformerEncoder(settings.model, settings.batch_size)
    exercises = aid_exercises(open_archive(settings.archive), encoder)
    say(f"{len(exercises)} exercises from finding aids")
    exercises += _of_sets([read_collection(path) for path in sets], encoder, say)
    if not exercises:
        raise UsageError("There is nothing to learn from: give the archive a finding aid.")
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / CHECKPOINT
    net = learn(exercises, course, checkpoint, say)
    chance = random.Random(course.seed)  # noqa: S311 - no secret
    sample = [
        lesson
        for exercise in chance.sample(exercises, min(_SAMPLE, len(exercises)))
        if (lesson := drawn(exercise, chance, candidates=course.candidates, key_share=1.0))
    ]
    agreement = export(net, out, sample)
    checkpoint.unlink(missing_ok=True)
    say(f"written to {out}; rank correlation with the network before rounding {agreement:.3f}")


def _of_sets(
    collections: Sequence[Collection], encoder: PassageEncoder, say: Say
) -> list[Exercise]:
    """Return the exercises of public sets; a document kept for choosing in one is in none."""
    kept = sorted({d for c in collections for d in c.by_document if is_for_choosing(d)})
    found: list[Exercise] = []
    for collection in collections:
        exercises = set_exercises(as_sentences(collection, _LANGUAGE), encoder, kept)
        say(f"{len(exercises)} exercises from {collection.name}")
        found += exercises
    return found
