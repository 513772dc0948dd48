"""Writing the trained judge: an ONNX graph in eight bits, compared with the network."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch

from index.models import DEFAULT_MODEL, model_source
from qa.errors import UsageError
from qa.reader.trained_judge import INPUTS, MODEL_FILE, OUTPUT, TOKENIZER_FILE, TrainedJudge
from qa.training.exercises import Lesson
from qa.training.net import JudgeNet

_OPSET = 17
_LEAST_AGREEMENT = 0.98
"""Rank correlation of the logits; eight bits are not exact, and verdicts are only compared."""


def export(net: JudgeNet, folder: Path, sample: Sequence[Lesson]) -> float:
    """Write graph and tokenizer.

    Returns:
        Correlation of the written judge's logits with the network's, over ``sample``.

    Raises:
        UsageError: they differ too much to be the same judge.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(model_source(DEFAULT_MODEL)) / TOKENIZER_FILE, folder / TOKENIZER_FILE)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / MODEL_FILE
        _write_graph(net, whole)
        _in_eight_bits(whole, folder / MODEL_FILE)
    return _agreement(net, TrainedJudge(folder), sample)


def _write_graph(net: JudgeNet, path: Path) -> None:
    example = tuple(torch.ones((2, 8), dtype=torch.int64) for _ in INPUTS)
    axes = {name: {0: "pairs", 1: "tokens"} for name in INPUTS}
    with warnings.catch_warnings(), torch.no_grad():
        # The tracing exporter keeps evaluation mode; its deprecation is announced as a warning.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(),
            example,
            str(path),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={**axes, OUTPUT: {0: "pairs"}},
            opset_version=_OPSET,
            dynamo=False,
        )


def _in_eight_bits(whole: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Processors without VNNI add pairs of products in 16 bits: with seven bits none overflows.
    quantize_dynamic(whole, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def _agreement(net: JudgeNet, judge: TrainedJudge, sample: Sequence[Lesson]) -> float:
    from scipy.stats import spearmanr

    pairs = [(lesson.question, heard) for lesson in sample for heard in lesson.candidates]
    ours = [judge.logit(question, heard) for question, heard in pairs]
    with torch.no_grad():
        theirs = [float(net(*net.batches([pair]))[0]) for pair in pairs]
    found = float(spearmanr(ours, theirs).statistic)
    if not found >= _LEAST_AGREEMENT:
        raise UsageError(
            f"The judge in eight bits orders candidates differently from the trained one "
            f"(correlation {found:.3f}, needed {_LEAST_AGREEMENT}); it was not kept."
        )
    return found
