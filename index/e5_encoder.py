"""The multilingual passage encoder: multilingual-e5-small in ONNX Runtime, without torch."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from index.e5_file import E5File, Vocabulary
from index.e5_graph import INPUTS, e5_graph
from index.encoder import Embeddings, Encoded, Progress, Tokens, WordsRead
from index.onnx_encoder import MODEL_FILE, TOKENIZER_FILE, ExportedModel, OnnxEncoder
from index.unigram import SpecialPieces, write_pieces

_QUERY = "query: "
_PASSAGE = "passage: "
_WORD_SIGN = "▁"


class E5Encoder:
    """Embeds passages with multilingual-e5-small and leaves the same model for questions."""

    is_multilingual = True

    def __init__(self, name: str, batch_size: int) -> None:
        """Turn the installed model's file into a graph.

        Args:
            name: of the model, as in the settings.
            batch_size: passages embedded at once.

        Raises:
            EncoderError: the model is not installed, or its file is not the published one.
        """
        self.name = name
        self._batch_size = batch_size
        self._folder = tempfile.TemporaryDirectory(prefix="verbatim-model-")
        write_e5(E5File.installed(), name, Path(self._folder.name))
        self._encoder = OnnxEncoder(Path(self._folder.name), threads=0)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def fits(self, text: str) -> bool:
        """Whether the model reads ``text`` whole."""
        return self._encoder.fits(_PASSAGE + text)

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> Embeddings:
        """Embed passages."""
        return self.read_passages(texts, progress, ()).vectors

    def read_passages(
        self, texts: Sequence[str], progress: Progress, by_token: Collection[int]
    ) -> Encoded:
        """Embed passages, longest first, so that batches hold texts of like length."""
        wanted = frozenset(by_token)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        read = WordsRead(texts, progress)
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        tokens: dict[int, Tokens] = {}
        for start in range(0, len(order), self._batch_size):
            batch = order[start : start + self._batch_size]
            rows = [row for row, number in enumerate(batch) if number in wanted]
            found = self._encoder.read_together([texts[i] for i in batch], _PASSAGE, rows)
            vectors[batch] = found.vectors
            tokens |= {batch[row]: one for row, one in found.tokens.items()}
            read.tell(batch)
        return Encoded(vectors, tokens)

    def export(self, folder: Path) -> None:
        """Write graph, tokenizer and facts to ``folder``."""
        shutil.copytree(self._folder.name, folder, dirs_exist_ok=True)


def write_e5(file: E5File, name: str, folder: Path) -> None:
    """Write what :class:`OnnxEncoder` opens.

    Args:
        file: the model.
        name: of the model, as in the settings.
        folder: where to.
    """
    import onnx

    onnx.save(e5_graph(file), str(folder / MODEL_FILE))
    vocabulary = file.vocabulary
    _write_tokenizer(vocabulary, folder / TOKENIZER_FILE)
    write_pieces(folder, vocabulary.pieces, vocabulary.scores)
    facts = ExportedModel(
        name,
        file.shape.hidden,
        file.shape.positions,
        _QUERY,
        INPUTS,
        is_multilingual=True,
        special=SpecialPieces(vocabulary.begin, vocabulary.end, vocabulary.unknown),
    )
    facts.write(folder)


def _write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write the tokenizer: unigram pieces (Kudo, ACL 2018) over NFKC, one space between words."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(_WORD_SIGN, "always")
    names = {n: vocabulary.pieces[n] for n in (vocabulary.begin, vocabulary.end)}
    begin, end = names.values()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(name, n) for n, name in names.items()]
    )
    tokenizer.save(str(path), pretty=False)
