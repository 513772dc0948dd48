"""Which program embeds passages with a model: our own graph of it, or sentence-transformers."""

from __future__ import annotations

from index.encoder import PassageEncoder
from index.models import MULTILINGUAL_MODEL


def open_passage_encoder(name: str, batch_size: int) -> PassageEncoder:
    """Open a model for embedding passages.

    Args:
        name: of a model that comes in a package, of one that sentence-transformers knows, or of
            a folder.
        batch_size: passages embedded at once.

    Raises:
        EncoderError: the model cannot be loaded.
    """
    if name == MULTILINGUAL_MODEL:
        from index.e5_encoder import E5Encoder

        return E5Encoder(name, batch_size)
    from index.transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, batch_size)
