"""Writing a tuned encoder: an ONNX graph in eight bits, compared with the network."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from index.models import ENGLISH_MODEL, model_source
from index.onnx_encoder import MODEL_FILE, TOKENIZER_FILE, ExportedModel, OnnxEncoder
from index.transformer_encoder import write_graph
from qa.errors import UsageError
from qa.training.net import MOST_TOKENS, TunedNet

_INPUTS = ("input_ids", "token_type_ids", "attention_mask")
_LEAST_COSINE = 0.95
"""Mean cosine between the embeddings with eight bits and those before."""


def export(net: TunedNet, folder: Path, sample: Sequence[str]) -> float:
    """Write graph, tokenizer and facts.

    Returns:
        Mean cosine between the written encoder's embeddings of ``sample`` and the network's.

    Raises:
        UsageError: they differ too much to be the same encoder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(model_source(ENGLISH_MODEL)) / TOKENIZER_FILE, folder / TOKENIZER_FILE)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / MODEL_FILE
        write_graph(net, _INPUTS, whole)
        _in_eight_bits(whole, folder / MODEL_FILE)
    dim = net.body.config.hidden_size
    ExportedModel(f"{ENGLISH_MODEL}, tuned", dim, MOST_TOKENS, "", _INPUTS).write(folder)
    with torch.no_grad():
        theirs = net.embed(sample).numpy()
    found = float(np.mean(np.sum(OnnxEncoder(folder).encode(sample) * theirs, axis=1)))
    if not found >= _LEAST_COSINE:
        raise UsageError(
            f"The encoder in eight bits embeds differently from the trained one (mean cosine "
            f"{found:.3f}, needed {_LEAST_COSINE}); do not use {folder}."
        )
    return found


def _in_eight_bits(whole: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Processors without VNNI add pairs of products in 16 bits: with seven bits none overflows.
    quantize_dynamic(whole, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
