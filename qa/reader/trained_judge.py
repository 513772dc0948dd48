"""A judge that ``verbatim train`` made, in ONNX Runtime, without torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import SettingsError
from qa.reader.judge import Heard

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

MODEL_FILE = "judge.onnx"
TOKENIZER_FILE = "tokenizer.json"
INPUTS = ("input_ids", "token_type_ids", "attention_mask")
OUTPUT = "logit"
MOST_TOKENS = 160
"""Word pieces of question and candidate that are read; longer pairs lose the ends of both."""
_BETWEEN = " [SEP] "


def heard_text(candidate: Heard) -> str:
    """Return a candidate as the model reads it: the finding aid's question, then the text."""
    return f"{candidate.key}{_BETWEEN}{candidate.text}" if candidate.key else candidate.text


class TrainedJudge:
    """Scores one candidate after the other on one thread.

    One at a time, a candidate's verdict does not depend on which others are heard with it, and
    no time goes into padding.
    """

    def __init__(self, folder: Path) -> None:
        """Load the model.

        Raises:
            SettingsError: a file is missing or not a model.
        """
        import onnxruntime
        import tokenizers

        for name in (MODEL_FILE, TOKENIZER_FILE):
            if not (folder / name).is_file():
                raise SettingsError(f"{folder / name} is missing; train the judge again.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: tokenizers.Tokenizer = tokenizers.Tokenizer.from_file(
            str(folder / TOKENIZER_FILE)
        )
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")

    def verdicts(self, question: str, candidates: Sequence[Heard]) -> list[float]:
        """Return the sigmoid of the model's logit for each candidate, in order."""
        return [_sigmoid(self.logit(question, candidate)) for candidate in candidates]

    def logit(self, question: str, candidate: Heard) -> float:
        """Return the model's number for a pair: above zero where it answers."""
        import numpy as np

        read = self._tokenizer.encode(question, heard_text(candidate))
        values = (read.ids, read.type_ids, read.attention_mask)
        feed = {
            name: np.asarray([value], dtype=np.int64)
            for name, value in zip(INPUTS, values, strict=True)
        }
        return float(self._session.run([OUTPUT], feed)[0][0])


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(min(logit, 60.0), -60.0)))
