"""The network that is tuned: the embedding model, mean pooling, rows of length one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers import AutoModel, AutoTokenizer

from index.models import ENGLISH_MODEL, model_source

MOST_TOKENS = 96
"""Word pieces of a question or text that are read while learning."""
_FROZEN_LAYERS = 1
"""The word vectors and the lowest layer stay as they are: a few thousand questions would bend the
words that they use and not those that visitors use instead."""
_AT_ONCE = 32
_NO_ANSWER = 0.55
"""Cosine, at the start, of "nothing answers this", which the nearest question has to beat."""
_SCALE = 20.0


class TunedNet(torch.nn.Module):
    """all-MiniLM-L6-v2 with the two numbers that its lessons need."""

    def __init__(self) -> None:
        super().__init__()
        source = model_source(ENGLISH_MODEL)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
        self.body = AutoModel.from_pretrained(source, attn_implementation="eager")
        self.no_answer = torch.nn.Parameter(torch.tensor(_NO_ANSWER))
        self.log_scale = torch.nn.Parameter(torch.tensor(_SCALE).log())
        for part in (self.body.embeddings, *self.body.encoder.layer[:_FROZEN_LAYERS]):
            part.requires_grad_(requires_grad=False)

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Embed texts by their word pieces; float32, shape (n texts, dim), rows of length one."""
        hidden = self.body(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(pooled, dim=1)

    def embed(self, texts: Sequence[str]) -> torch.Tensor:
        """Embed texts; those of like length together, since padding costs as much as words."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        parts = []
        for start in range(0, len(order), _AT_ONCE):
            read = self.tokenizer(
                [texts[n] for n in order[start : start + _AT_ONCE]],
                truncation=True,
                max_length=MOST_TOKENS,
                padding=True,
                return_tensors="pt",
            )
            parts.append(self(read["input_ids"], read["token_type_ids"], read["attention_mask"]))
        back = torch.argsort(torch.tensor(order))
        return torch.cat(parts)[back]
