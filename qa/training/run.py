"""One training run: what there is to learn, the course, the export, and for which documents."""

from __future__ import annotations

from pathlib import Path

from corpus.archive import open_archive
from index.tuned import FACTS_FILE, TunedFacts
from qa.training.exporting import export
from qa.training.learning import Checkpoint, Say, learn
from qa.training.lessons import Exercises

CHECKPOINT = "training.ckpt"
_SAMPLE = 200


def run(archive_folder: Path, out: Path, *, epochs: int, seed: int, say: Say) -> None:
    """Tune an encoder to an archive and write it into ``out``.

    Args:
        archive_folder: of the transcripts and finding aids.
        out: holds a checkpoint while training lasts.
        epochs: how often each question is an anchor.
        seed: of everything that is drawn.
        say: told what is done.

    Raises:
        CorpusError: a document cannot be used.
        UsageError: the finding aids are too small, or eight bits are too few.
    """
    archive = open_archive(archive_folder)
    exercises = Exercises.of(archive)
    lesson = next(exercises.lessons(seed))
    asked = len(lesson.anchors) - sum(n < 0 for n in lesson.anchor_of)
    steps = max(1, epochs * exercises.questions // asked)
    say(
        f"{exercises.questions} questions of {len(exercises.stretches)} stretches, "
        f"{len(exercises.gaps)} known gaps, {steps} steps"
    )
    out.mkdir(parents=True, exist_ok=True)
    # Until the new encoder is written whole, the folder holds none.
    (out / FACTS_FILE).unlink(missing_ok=True)
    checkpoint = Checkpoint(out / CHECKPOINT, f"{archive.fingerprint}, {steps} steps, seed {seed}")
    net = learn(exercises, steps, seed, checkpoint, say)
    checkpoint.path.unlink(missing_ok=True)
    sample = [stretch.questions[0] for stretch in exercises.stretches][:_SAMPLE]
    cosine = export(net, out, sample)
    TunedFacts.of(archive, out).write(out)
    say(f"Written to {out}; mean cosine with the network before rounding {cosine:.3f}.")
