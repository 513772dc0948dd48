"""The course of learning: one lesson after the other, a falling rate, checkpoints to go on from.

The loss is MIL-NCE (A. Miech et al., "End-to-End Learning of Visual Representations from Uncurated
Instructional Videos", CVPR 2020): at least one candidate of an anchor's own stretch has to be
nearer than those of every other stretch, than every known gap, and than "nothing answers this".
For a known gap, "nothing answers this" has to be nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from pickle import UnpicklingError

import torch

from qa.errors import UsageError
from qa.training.lessons import NO_STRETCH, Described, Exercises, Lesson
from qa.training.net import TunedNet

_RATE = 5e-5
_DECAY = 1e-2
_RISE = 20
"""Steps in which the rate rises."""
_LEAST_RATE = 0.03
_GAP_WEIGHT = 2.0
"""Known gaps are far fewer than questions with an answer."""
_CHECKPOINT = 10
_NEVER = -1e4

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where an interrupted run goes on.

    Attributes:
        path: of the file.
        run: what the run depends on, in words; another run's checkpoint is of no use.
    """

    path: Path
    run: str

    def save(self, net: TunedNet, optimiser: torch.optim.AdamW, step: int) -> None:
        """Write the state after ``step`` steps, whole or not at all."""
        partial = self.path.with_suffix(".part")
        state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
        torch.save({**state, "run": self.run}, partial)
        partial.replace(self.path)

    def resume(self, net: TunedNet, optimiser: torch.optim.AdamW) -> int:
        """Read the state back; return the step to go on from, 0 where there is no checkpoint.

        Raises:
            UsageError: the checkpoint is of another run, or cannot be read.
        """
        if not self.path.exists():
            return 0
        try:
            state = torch.load(self.path, weights_only=True)
            is_ours = state["run"] == self.run
        except (OSError, RuntimeError, KeyError, EOFError, UnpicklingError) as error:
            raise UsageError(f"{self.path} cannot be read; remove it to begin anew.") from error
        if not is_ours:
            raise UsageError(
                f"{self.path} is of a run with another finding aid, seed or number of epochs; "
                "remove it to begin anew."
            )
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        return int(state["step"])


def learn(
    exercises: Exercises, steps: int, seed: int, checkpoint: Checkpoint, say: Say
) -> TunedNet:
    """Tune the model; an interrupted run goes on from ``checkpoint``.

    Args:
        exercises: what is learned.
        steps: how many lessons.
        seed: of everything that is drawn.
        checkpoint: written now and then.
        say: told how far it is.
    """
    torch.manual_seed(seed)
    net = TunedNet()
    tuned = [part for part in net.parameters() if part.requires_grad]
    optimiser = torch.optim.AdamW(tuned, lr=_RATE, weight_decay=_DECAY)
    done = checkpoint.resume(net, optimiser)
    close = _close(exercises.stretches)
    net.train()
    for step, lesson in enumerate(islice(exercises.lessons(seed), steps)):
        if step < done:
            continue
        share = min(1.0, (step + 1) / _RISE) * max(_LEAST_RATE, 1 - step / steps)
        optimiser.param_groups[0]["lr"] = _RATE * share
        loss = _loss(net, lesson, close)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(tuned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        say(f"step {step + 1} of {steps}: loss {loss.item():.3f}")
        if (step + 1) % _CHECKPOINT == 0:
            checkpoint.save(net, optimiser, step + 1)
    return net.eval()


def _loss(net: TunedNet, lesson: Lesson, close: torch.Tensor) -> torch.Tensor:
    anchors, candidates = net.embed(lesson.anchors), net.embed(lesson.candidates)
    own, theirs = torch.tensor(lesson.anchor_of), torch.tensor(lesson.candidate_of)
    is_gap = own == NO_STRETCH
    scale = net.log_scale.exp()
    # The anchors are candidates for each other too, none for itself; gaps are nobody's answer.
    cosines = anchors @ torch.cat([candidates, anchors]).T
    places = torch.cat([theirs, own])
    right = (own[:, None] == places[None, :]) & ~is_gap[:, None]
    left_out = close[own][:, places] & ~is_gap[:, None] & (places != NO_STRETCH)[None, :]
    left_out[:, len(theirs) :] |= torch.eye(len(own), dtype=torch.bool)
    left_out[:, len(theirs) :] |= is_gap[:, None] & is_gap[None, :]
    logits = torch.cat([cosines, net.no_answer.expand(len(own), 1)], dim=1) * scale
    left_out = torch.cat([left_out, torch.zeros(len(own), 1, dtype=torch.bool)], dim=1)
    right = torch.cat([right, is_gap[:, None]], dim=1) & ~left_out
    logits = logits.masked_fill(left_out, _NEVER)
    losses = logits.logsumexp(1) - logits.masked_fill(~right, _NEVER).logsumexp(1)
    weights = torch.where(is_gap, _GAP_WEIGHT, 1.0)
    return (losses * weights).sum() / weights.sum()


def _close(stretches: Sequence[Described]) -> torch.Tensor:
    """Tell which other stretches overlap or adjoin each; bool, shape (n, n)."""
    return torch.tensor(
        [[one is not other and one.adjoins(other) for other in stretches] for one in stretches]
    )
