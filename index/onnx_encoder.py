"""The query encoder: an exported model in ONNX Runtime, without torch."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Embeddings, Encoded, Tokens, normalised, rounded
from index.errors import EncoderError
from index.unigram import SpecialPieces, UnigramTokenizer

if TYPE_CHECKING:
    import numpy.typing as npt
    import onnxruntime
    import tokenizers

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
CONFIG_FILE = "encoder.json"
STATES = "states"
"""Name of the output of a graph that embeds each word piece in its context."""


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """What the exported files do not say themselves.

    Attributes:
        name: of the model, as in the settings.
        dim: length of a vector.
        max_tokens: word pieces the model reads, special ones included.
        query_prompt: put before each question, as the model was trained.
        inputs: names of the graph's inputs.
        is_multilingual: whether texts of one meaning in different languages are near each other.
        special: of the vocabulary beside the tokenizer, where there is one.
    """

    name: str
    dim: int
    max_tokens: int
    query_prompt: str
    inputs: tuple[str, ...]
    is_multilingual: bool = False
    special: SpecialPieces | None = None

    def write(self, folder: Path) -> None:
        """Write these facts beside the graph."""
        (folder / CONFIG_FILE).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> ExportedModel:
        """Read them back.

        Raises:
            EncoderError: the file is missing or not ours.
        """
        path = folder / CONFIG_FILE
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            special = SpecialPieces(**values["special"]) if values.get("special") else None
            return cls(**{**values, "inputs": tuple(values["inputs"]), "special": special})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"{path} cannot be read; build the index again.") from error


class OnnxEncoder:
    """Embeds questions one at a time on one thread.

    More threads make a single short question no faster, and on a busy machine many times
    slower, since they wait for each other. Passages, many at once, are worth all of them.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Open an exported model.

        Args:
            folder: where it was exported to.
            threads: of one run of the model; 0 for one on each core.

        Raises:
            EncoderError: a file is missing.
        """
        import onnxruntime

        # Where events go to the system's tracing (Windows), the environment does not forbid them.
        onnxruntime.disable_telemetry_events()
        self.model = ExportedModel.read(folder)
        for name in (MODEL_FILE, TOKENIZER_FILE):
            if not (folder / name).is_file():
                raise EncoderError(f"{folder / name} is missing; build the index again.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._leads: dict[str, int] = {}
        self._folder = folder
        special = self.model.special
        self._unigram = (
            UnigramTokenizer(folder, special, self.model.max_tokens) if special else None
        )
        if self._unigram is None:
            self._tokenizer  # noqa: B018 - opened now, not with the first question

    @cached_property
    def _tokenizer(self) -> tokenizers.Tokenizer:
        import tokenizers

        found: tokenizers.Tokenizer = tokenizers.Tokenizer.from_file(
            str(self._folder / TOKENIZER_FILE)
        )
        # The packaged tokenizer pads to 128 and cuts there; the model reads more, and padding
        # costs as much time as words.
        found.no_padding()
        found.enable_truncation(self.model.max_tokens)
        return found

    @property
    def is_multilingual(self) -> bool:
        """Whether texts of one meaning in different languages are near each other."""
        return self.model.is_multilingual

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.model.dim

    def fits(self, text: str) -> bool:
        """Whether the model reads ``text`` whole."""
        # One piece is about a character at most: short texts need no counting.
        if len(text) < self.model.max_tokens // 2:
            return True
        return not self._tokenizer.encode(text).overflowing

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embed questions with the model's query prompt; float32, shape (n, dim)."""
        return self.read_queries(texts).vectors

    def read_queries(self, texts: Sequence[str]) -> Encoded:
        """Embed questions with the model's query prompt, and their word pieces if it can."""
        return self._read(texts, self.model.query_prompt)

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts as they are; float32, shape (n, dim), rows L2-normalised."""
        return self._read(texts, "").vectors

    def _read(self, texts: Sequence[str], prompt: str) -> Encoded:
        """Embed texts one by one; the pieces of the prompt itself are left out."""
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        tokens = {}
        for row, text in enumerate(texts):
            ids = self._ids(prompt + text)
            feed = {
                name: np.asarray([values], dtype=np.int64)
                for name, values in self._inputs(ids).items()
            }
            found = dict(zip(self._outputs, self._session.run(None, feed), strict=True))
            vectors[row] = found[self._outputs[0]][0]
            if STATES in found:
                tokens[row] = _tokens(ids, found[STATES][0], self._lead(prompt))
        return Encoded(normalised(vectors), tokens)

    def _ids(self, text: str) -> list[int]:
        if self._unigram is not None:
            return self._unigram.ids(text)
        return list(self._tokenizer.encode(text).ids)

    def read_together(
        self, texts: Sequence[str], prompt: str, by_token: Collection[int]
    ) -> Encoded:
        """Embed texts of like length in one run.

        Shorter texts are padded, which changes the last bits of what :meth:`encode` gives.

        Args:
            texts: without the prompt.
            prompt: put before each; its own pieces are left out.
            by_token: numbers of the texts whose pieces are wanted.
        """
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        length = max(len(encoding.ids) for encoding in encodings)
        feed = {n: np.zeros((len(texts), length), dtype=np.int64) for n in self.model.inputs}
        for row, encoding in enumerate(encodings):
            for name, values in self._inputs(encoding.ids).items():
                feed[name][row, : len(values)] = values
        wanted = self._outputs if by_token else self._outputs[:1]
        found = dict(zip(wanted, self._session.run(wanted, feed), strict=True))
        tokens = {
            row: _tokens(encodings[row].ids, found[STATES][row], self._lead(prompt))
            for row in by_token
            if STATES in found
        }
        return Encoded(normalised(found[wanted[0]]), tokens)

    def _lead(self, prompt: str) -> int:
        """Return how many pieces come before a text's own: the one that begins, and the prompt."""
        if prompt not in self._leads:
            self._leads[prompt] = len(self._ids(prompt)) - 1
        return self._leads[prompt]

    def _inputs(self, ids: list[int]) -> dict[str, list[int]]:
        """Return what the graph asks for of one text."""
        values = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "token_type_ids": [0] * len(ids),
        }
        return {name: values[name] for name in self.model.inputs}


def _tokens(ids: Sequence[int], states: npt.NDArray[np.float32], lead: int) -> Tokens:
    """Return a text's own pieces, at least one: without the first ``lead``, the last, padding."""
    own = slice(lead, max(len(ids) - 1, lead + 1))
    return Tokens(np.asarray(ids[own], dtype=np.int32), rounded(states[own]))
