"""A judge of single candidates: does this passage answer this question?

A judge reads question and passage together, which tells more than comparing two embeddings and
takes far longer, so it is asked about the best candidates of the search only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from qa.errors import SettingsError


class Judge(Protocol):
    """Scores candidates for a question."""

    def verdicts(self, question: str, candidates: Sequence[str]) -> list[float]:
        """Return one value in [0, 1] per candidate, in order; greater is likelier to answer."""


class CrossEncoderJudge:
    """Any sentence-transformers ``CrossEncoder`` with one output, by name or folder."""

    def __init__(self, name: str) -> None:
        """Load the model.

        Args:
            name: of the model on a hub, or the folder it lies in.

        Raises:
            SettingsError: it cannot be loaded, or gives more than one number for a pair.
        """
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"The judge '{name}' cannot be loaded; name a folder, a model that was "
                "downloaded before, or allow downloads by HF_HUB_OFFLINE=0."
            ) from error
        labels = self._model.config.num_labels
        if labels != 1:
            raise SettingsError(
                f"The judge '{name}' gives {labels} numbers for a pair; name a cross-encoder "
                "that gives one, such as those for reranking."
            )
        self._sigmoid = Sigmoid()

    def verdicts(self, question: str, candidates: Sequence[str]) -> list[float]:
        """Return the sigmoid of the model's logit for each candidate, in order."""
        if not candidates:
            return []
        pairs = [(question, candidate) for candidate in candidates]
        found = self._model.predict(pairs, activation_fn=self._sigmoid, show_progress_bar=False)
        return [float(value) for value in found]


@cache
def open_judge(name: str | None) -> Judge | None:
    """Load the judge of this name, once in a process; None where there is to be none.

    Raises:
        SettingsError: it cannot be loaded.
    """
    return CrossEncoderJudge(name) if name is not None else None


def judged_text(speaker: str | None, text: str) -> str:
    """Return a candidate as a judge reads it: who says it, and what.

    Args:
        speaker: who speaks, or None in header and notes.
        text: the sentences; line breaks become spaces.
    """
    said = " ".join(text.split())
    return f"{speaker}: {said}" if speaker else said
