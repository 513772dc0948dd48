"""The course of learning: lessons in batches, a falling rate, checkpoints to go on from."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch

from qa.training.course import Course
from qa.training.exercises import Exercise, Lesson, drawn
from qa.training.net import JudgeNet

_BATCH = 12
_SORTED = 40
"""Batches sorted together, so that each holds lessons of like length."""
_BODY_RATE, _HEAD_RATE = 4e-5, 1e-3
_DECAY = 1e-2
_SMOOTHING = 0.02
_RISE = 150
"""Steps in which the rate rises."""
_LEAST_RATE = 0.02
_CHECKPOINT = 200
_SAID = 25

Say = Callable[[str], None]


def learn(exercises: Sequence[Exercise], course: Course, checkpoint: Path, say: Say) -> JudgeNet:
    """Train the judge; an interrupted run goes on from ``checkpoint``.

    Each lesson is one choice: among its candidates and "none of these", whose logit is zero. So
    a candidate's logit is positive where it answers, which ranking alone would not teach.

    Args:
        exercises: what is learned.
        course: how.
        checkpoint: a file that is written now and then.
        say: told how far it is.
    """
    torch.manual_seed(course.seed)
    net = JudgeNet()
    optimiser = _optimiser(net)
    steps = course.epochs * math.ceil(len(exercises) / _BATCH)
    done = _resume(checkpoint, net, optimiser)
    net.train()
    lessons = _batches(exercises, course)
    for step, batch in zip(range(steps), lessons, strict=False):
        if step < done:
            continue
        _set_rate(optimiser, step, steps)
        loss = _loss(net, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if (step + 1) % _SAID == 0:
            say(f"step {step + 1} of {steps}: loss {loss.item():.3f}")
        if (step + 1) % _CHECKPOINT == 0:
            _save(checkpoint, net, optimiser, step + 1)
    return net.eval()


def _batches(exercises: Sequence[Exercise], course: Course) -> Iterator[list[Lesson]]:
    """Yield batches without end; the same seed yields the same ones."""
    chance = random.Random(course.seed)  # noqa: S311 - no secret
    order = list(exercises)
    while True:
        chance.shuffle(order)
        found = (
            drawn(exercise, chance, candidates=course.candidates, key_share=course.key_share)
            for exercise in order
        )
        lessons = [lesson for lesson in found if lesson is not None]
        size = _BATCH * _SORTED
        for start in range(0, len(lessons), size):
            part = sorted(lessons[start : start + size], key=lambda lesson: lesson.length)
            batches = [part[n : n + _BATCH] for n in range(0, len(part), _BATCH)]
            chance.shuffle(batches)
            yield from batches


def _loss(net: JudgeNet, batch: Sequence[Lesson]) -> torch.Tensor:
    pairs = [(lesson.question, heard) for lesson in batch for heard in lesson.candidates]
    logits = net(*net.batches(pairs)).view(len(batch), -1)
    none = torch.zeros(len(batch), 1)
    wanted = [0 if lesson.is_answered else logits.shape[1] for lesson in batch]
    return torch.nn.functional.cross_entropy(
        torch.cat([logits, none], dim=1), torch.tensor(wanted), label_smoothing=_SMOOTHING
    )


def _optimiser(net: JudgeNet) -> torch.optim.AdamW:
    body = [part for part in net.body.parameters() if part.requires_grad]
    return torch.optim.AdamW(
        [{"params": body, "lr": _BODY_RATE}, {"params": net.head.parameters(), "lr": _HEAD_RATE}],
        weight_decay=_DECAY,
    )


def _set_rate(optimiser: torch.optim.AdamW, step: int, steps: int) -> None:
    share = min(1.0, (step + 1) / _RISE) * max(_LEAST_RATE, 1 - step / steps)
    for group, rate in zip(optimiser.param_groups, (_BODY_RATE, _HEAD_RATE), strict=True):
        group["lr"] = rate * share


def _save(path: Path, net: JudgeNet, optimiser: torch.optim.AdamW, step: int) -> None:
    partial = path.with_suffix(".part")
    state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    torch.save(state, partial)
    partial.replace(path)


def _resume(path: Path, net: JudgeNet, optimiser: torch.optim.AdamW) -> int:
    """Return the step to go on from; 0 where there is no checkpoint."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    net.load_state_dict(state["net"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
