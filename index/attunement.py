"""Attuning question embeddings to an archive: learned from the questions of its finding aid.

A general embedding model places questions by topic, and in one document all questions share the
topic. The questions that a curator wrote for the same sentences show which differences matter
there, and the known gaps show where no answer lies. A low-rank correction of the embeddings
learns both; it never sees anybody else's questions.

The correction is a residual adapter (Houlsby et al., "Parameter-Efficient Transfer Learning for
NLP", ICML 2019) without its non-linearity. The loss is MIL-NCE (Miech et al., "End-to-End Learning
of Visual Representations from Uncurated Instructional Videos", CVPR 2020): at least one of the
other questions of the same stretch has to be nearer than those of every other stretch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from index.encoder import Embeddings, normalised
from index.errors import IndexDamagedError

if TYPE_CHECKING:
    import torch

FILE = "attunement.npz"
_RANK = 64
_EPOCHS = 12
_BATCH = 256
_RATE = 4e-3
_DECAY = 1e-2
_DROPOUT = 0.1
_SEEN_KEYS = 0.8
"""Share of the questions seen in each step, so that no stretch is known by one of them alone."""
_MOST_SEEN_KEYS = 2048
"""A large finding aid is not seen whole in any step: time grows with what is seen."""
_GAP_WEIGHT = 2.0
"""Known gaps are far fewer than questions with an answer."""
_GAP = -1
"""In place of a stretch's number; the last row and column of what is near are a gap's."""
_SCALE = 24.0
_NO_ANSWER = 0.55
"""Cosine of "nothing answers this", against which the nearest question has to win."""
_SEED = 1983
_FEWEST_STRETCHES = 30
"""With fewer described stretches there is too little to learn from."""

Stretch = tuple[str, int, int]
"""A document and the first and last sentence of a stretch."""


@dataclass(frozen=True, slots=True)
class Attunement:
    """A correction of embeddings: ``x + x @ down @ up``, normalised.

    Attributes:
        down: float32, shape (dim, rank).
        up: float32, shape (rank, dim).
        learned_from: SHA-256 of what it was learned from, hexadecimal.
    """

    down: Embeddings
    up: Embeddings
    learned_from: str = ""

    def apply(self, vectors: Embeddings) -> Embeddings:
        """Return corrected embeddings; float32, shape (n, dim), rows L2-normalised."""
        change = (vectors @ self.down) @ self.up
        return normalised((vectors + change).astype(np.float32))

    def write(self, folder: Path) -> None:
        """Write the correction into ``folder``."""
        with (folder / FILE).open("wb") as file:
            np.savez(file, allow_pickle=False, **self.arrays())

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return it as arrays by name, as they are written."""
        return {"down": self.down, "up": self.up, "learned_from": np.array(self.learned_from)}

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Self:
        """Return the correction that :meth:`arrays` describes.

        Raises:
            ValueError: they describe none.
        """
        down, up = (np.asarray(arrays[name], dtype=np.float32) for name in ("down", "up"))
        dim, rank = down.shape
        if up.shape != (rank, dim) or not (np.isfinite(down).all() and np.isfinite(up).all()):
            raise ValueError("no correction of embeddings")
        return cls(down, up, str(arrays["learned_from"]))

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Read it back; None where there is none.

        Raises:
            IndexDamagedError: the file is no correction.
        """
        path = folder / FILE
        if not path.exists():
            return None
        try:
            with np.load(path, allow_pickle=False) as values:
                return cls.of(values)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexDamagedError(f"{path} cannot be read; build the index again.") from error


def learn_attunement(
    keys: Embeddings,
    stretches: Sequence[Stretch],
    gaps: Embeddings,
    known: Attunement | None = None,
) -> Attunement | None:
    """Learn the correction for one archive; the same input gives the same correction.

    Args:
        keys: embeddings of the finding aid's questions, float32, shape (n, dim).
        stretches: what each of them asks about.
        gaps: embeddings of the known gaps, float32, shape (m, dim); m may be 0.
        known: one learned before, returned if it was learned from the same.

    Returns:
        The correction, or None where fewer than thirty stretches are described.
    """
    if len(set(stretches)) < _FEWEST_STRETCHES:
        return None
    learned_from = _digest(keys, stretches, gaps)
    if known is not None and (known.learned_from, len(known.down)) == (learned_from, keys.shape[1]):
        return known
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(_SEED)
            learned = _Lesson(keys, stretches, gaps).learn()
            return replace(learned, learned_from=learned_from)
    finally:
        torch.set_num_threads(threads)


def _digest(keys: Embeddings, stretches: Sequence[Stretch], gaps: Embeddings) -> str:
    """Return the SHA-256 of everything that a correction depends on."""
    found = hashlib.sha256()
    for vectors in (keys, gaps):
        found.update(f"{vectors.shape}".encode())
        found.update(np.ascontiguousarray(vectors).tobytes())
    constants = (_RANK, _EPOCHS, _BATCH, _RATE, _DECAY, _DROPOUT, _SEEN_KEYS, _MOST_SEEN_KEYS,
                 _GAP_WEIGHT, _SCALE, _NO_ANSWER, _SEED)  # fmt: skip
    found.update(json.dumps([list(stretches), constants]).encode())
    return found.hexdigest()


class _Lesson:
    """One run of learning."""

    def __init__(self, keys: Embeddings, stretches: Sequence[Stretch], gaps: Embeddings) -> None:
        import torch

        self._keys, self._gaps = torch.from_numpy(keys), torch.from_numpy(gaps)
        self._vectors = torch.cat([self._keys, self._gaps])
        names = sorted(set(stretches))
        number = {stretch: n for n, stretch in enumerate(names)}
        of_keys = torch.tensor([number[stretch] for stretch in stretches])
        self._of = torch.cat([of_keys, torch.full((len(gaps),), _GAP)])
        self._near = torch.from_numpy(np.pad(_neighbours(names), (0, 1)))
        dim = keys.shape[1]
        self._down = torch.zeros(dim, _RANK, requires_grad=True)
        self._up = (torch.randn(_RANK, dim) * 0.05).requires_grad_()
        self._no_answer = torch.tensor(_NO_ANSWER, requires_grad=True)

    def learn(self) -> Attunement:
        import torch

        parameters = [self._down, self._up, self._no_answer]
        optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=_DECAY)
        steps = _EPOCHS * -(-len(self._vectors) // _BATCH)
        schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.01, steps)
        for batch in self._batches():
            optimiser.zero_grad()
            self._loss(batch).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
        return Attunement(self._down.detach().numpy(), self._up.detach().numpy())

    def _batches(self) -> Iterator[torch.Tensor]:
        import torch

        for _ in range(_EPOCHS):
            order = torch.randperm(len(self._vectors))
            for start in range(0, len(order), _BATCH):
                yield order[start : start + _BATCH]

    def _loss(self, batch: torch.Tensor) -> torch.Tensor:
        """Return the mean loss of the questions numbered ``batch``; gaps count after the keys."""
        import torch

        seen = self._seen()
        own, theirs = self._of[batch], self._of[seen]
        is_gap = own == _GAP
        right = own[:, None] == theirs[None, :]
        left_out = self._near[own][:, theirs] | (batch[:, None] == seen[None, :])
        right = torch.cat([right & ~left_out, is_gap[:, None]], dim=1)
        left_out = torch.cat([left_out, torch.zeros(len(batch), 1, dtype=torch.bool)], dim=1)
        no_answer = self._no_answer.expand(len(batch), 1)
        logits = _SCALE * torch.cat([self._cosines(batch, seen), no_answer], dim=1)
        logits = logits.masked_fill(left_out, -1e4)
        wanted = logits.masked_fill(~right, -1e4).logsumexp(dim=1)
        # A question none of whose fellows is seen teaches nothing in this step.
        weights = torch.where(is_gap, _GAP_WEIGHT, 1.0) * right.any(dim=1)
        losses = logits.logsumexp(dim=1) - wanted
        return (weights * losses).sum() / weights.sum().clamp(min=1.0)

    def _seen(self) -> torch.Tensor:
        """Draw the questions and gaps that one step compares with; shape (n,)."""
        import torch

        count = len(self._keys)
        share = min(_SEEN_KEYS, _MOST_SEEN_KEYS / count)
        return torch.nonzero(torch.rand(len(self._vectors)) < share).flatten()

    def _cosines(self, batch: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        from torch.nn.functional import dropout, normalize

        def corrected(vectors: torch.Tensor) -> torch.Tensor:
            vectors = dropout(vectors, _DROPOUT)
            return normalize(vectors + (vectors @ self._down) @ self._up, dim=1)

        return corrected(self._vectors[batch]) @ corrected(self._vectors[seen]).T


def _neighbours(stretches: Sequence[Stretch]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Tell which other stretches overlap or adjoin: what one says may answer the other too."""
    documents = np.array([document for document, _, _ in stretches])
    first = np.array([start for _, start, _ in stretches])
    last = np.array([end for _, _, end in stretches])
    close = (first[:, None] <= last[None, :] + 1) & (first[None, :] <= last[:, None] + 1)
    close &= documents[:, None] == documents[None, :]
    np.fill_diagonal(close, False)
    return close
