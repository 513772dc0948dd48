"""The passage encoder: any sentence-transformers model by name. Only building needs it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import Embeddings, Progress, WordsRead, normalised
from index.errors import EncoderError
from index.models import model_source
from index.onnx_encoder import MODEL_FILE, TOKENIZER_FILE, ExportedModel, OnnxEncoder

if TYPE_CHECKING:
    import torch

MIN_COSINE = 0.9999
_GRAPH_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_SAMPLE = (
    "How many were there?",
    "What did the minister say about it, and when did he say so?",
    "A",
    "Überlegungen zur Lage – “quoted”, 1,600 kilometers [per hour]; 7:00 A.M.",
    "한국 비행기는 왜 격추되었습니까?",
    "the and of a to in " * 120,
)


class SentenceTransformerEncoder:
    """Embeds passages with sentence-transformers and exports the same model to ONNX."""

    def __init__(self, name: str, batch_size: int) -> None:
        self.name = name
        self._batch_size = batch_size
        source = model_source(name)
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                "Building an index needs sentence-transformers; install it, or copy an index "
                "that was built elsewhere."
            ) from error
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(source, device="cpu")
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"The model '{name}' cannot be loaded ({_first_line(error)}); name a folder, a "
                "model that was downloaded before, or allow downloads by HF_HUB_OFFLINE=0."
            ) from error
        self._model.eval()
        self._query_prompt = self._prompt("query")
        self._passage_prompt = self._prompt("document", "passage")
        self.max_tokens = int(self._model.max_seq_length or 512)

    @property
    def is_multilingual(self) -> bool:
        """Whether it is known to be; a model that is not would be taken for one at its word."""
        return "multilingual" in Path(self.name).name.casefold()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        vectors = self._model.encode(["a"], show_progress_bar=False)
        return int(vectors.shape[1])

    def token_count(self, text: str) -> int:
        """Return the number of word pieces of a passage, prompt and special ones included."""
        tokenizer: Any = self._model.tokenizer
        ids = tokenizer(
            self._passage_prompt + text, truncation=False, padding=False, verbose=False
        )["input_ids"]
        return len(ids)

    def fits(self, text: str) -> bool:
        """Whether the model reads ``text`` whole."""
        return self.token_count(text) <= self.max_tokens

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        """Embed passages, longest first, so that batches hold texts of like length."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        read = WordsRead(texts, progress)
        vectors: list[Any] = [None] * len(texts)
        for start in range(0, len(order), self._batch_size):
            batch = order[start : start + self._batch_size]
            rows = self._model.encode(
                [self._passage_prompt + texts[i] for i in batch],
                batch_size=self._batch_size,
                show_progress_bar=False,
            )
            for i, row in zip(batch, rows, strict=True):
                vectors[i] = row
            read.tell(batch)
        width = -1 if vectors else self.dim
        return normalised(np.asarray(vectors, dtype=np.float32).reshape(len(texts), width))

    def export(self, folder: Path) -> None:
        """Write graph, tokenizer and facts to ``folder``, and compare them with the model.

        Raises:
            EncoderError: the model cannot be exported, or its export embeds differently.
        """
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer: Any = self._model.tokenizer
        backend = getattr(tokenizer, "backend_tokenizer", None)
        if backend is None:
            raise EncoderError(f"The model '{self.name}' has no fast tokenizer; choose another.")
        backend.save(str(folder / TOKENIZER_FILE))
        known = set(tokenizer.model_input_names)
        inputs = tuple(name for name in _GRAPH_INPUTS if name in known)
        _export_graph(self._model, inputs, folder / MODEL_FILE)
        facts = ExportedModel(
            self.name,
            self.dim,
            self.max_tokens,
            self._query_prompt,
            inputs,
            is_multilingual=self.is_multilingual,
        )
        facts.write(folder)
        self._compare(OnnxEncoder(folder))

    def _compare(self, exported: OnnxEncoder) -> None:
        texts = [self._query_prompt + text for text in _SAMPLE]
        ours = exported.encode(texts)
        theirs = normalised(np.asarray(self._model.encode(texts, show_progress_bar=False)))
        worst = float(np.min(np.sum(ours * theirs, axis=1)))
        if not worst >= MIN_COSINE:
            raise EncoderError(
                f"The export of '{self.name}' embeds differently from the model (cosine "
                f"{worst:.6f}, needed {MIN_COSINE}); the index was not built. Choose another "
                "model."
            )

    def _prompt(self, *names: str) -> str:
        prompts = self._model.prompts or {}
        default = self._model.default_prompt_name
        chosen = next((name for name in names if prompts.get(name)), default)
        return (prompts.get(chosen) or "") if chosen else ""


def _export_graph(model: Any, inputs: tuple[str, ...], path: Path) -> None:
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            features = dict(zip(inputs, tensors, strict=True))
            vectors: torch.Tensor = self.model(features)["sentence_embedding"]
            return vectors

    try:
        write_graph(Graph(), inputs, path)
    except (RuntimeError, KeyError, TypeError, torch.onnx.errors.OnnxExporterError) as error:
        raise EncoderError(
            f"The model cannot be exported to ONNX ({_first_line(error)}); choose another model."
        ) from error


def write_graph(graph: torch.nn.Module, inputs: tuple[str, ...], path: Path) -> None:
    """Write a module that embeds as an ONNX graph, as :class:`OnnxEncoder` reads it.

    Args:
        graph: from word pieces, int64, shape (n texts, n tokens), to embeddings.
        inputs: names of its arguments, in order.
        path: of the file.
    """
    import torch

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs}
    # The tracing exporter keeps evaluation mode; its deprecation is announced as a warning.
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            tuple(example for _ in inputs),
            str(path),
            input_names=list(inputs),
            output_names=["embedding"],
            dynamic_axes={**axes, "embedding": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0][:200]
