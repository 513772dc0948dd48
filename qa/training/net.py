"""The judge's network: a cross-encoder over question and candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers import AutoModel, AutoTokenizer

from index.models import DEFAULT_MODEL, model_source
from qa.reader.judge import Heard
from qa.reader.trained_judge import MOST_TOKENS, heard_text

_FROZEN_LAYERS = 2
"""The word vectors and the lowest layers stay as they are, which saves a quarter of the time."""

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""Word pieces, segments and mask; int64, shape (n pairs, n tokens)."""


class JudgeNet(torch.nn.Module):
    """all-MiniLM-L6-v2 with a number on top; mean pooling, as the weights were trained."""

    def __init__(self) -> None:
        super().__init__()
        source = model_source(DEFAULT_MODEL)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
        self.body = AutoModel.from_pretrained(source, attn_implementation="eager")
        self.head = torch.nn.Linear(self.body.config.hidden_size, 1)
        frozen = [self.body.embeddings, *self.body.encoder.layer[:_FROZEN_LAYERS]]
        for part in frozen:
            part.requires_grad_(requires_grad=False)

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return a logit for each pair, float32, shape (n pairs,)."""
        hidden = self.body(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * mask).sum(1) / mask.sum(1)
        logits: torch.Tensor = self.head(pooled).squeeze(-1)
        return logits

    def batch(self, question: str, candidates: Sequence[Heard]) -> Batch:
        """Return the word pieces of one question with each of some candidates."""
        return self.batches([(question, candidate) for candidate in candidates])

    def batches(self, pairs: Sequence[tuple[str, Heard]]) -> Batch:
        """Return the word pieces of pairs, padded to the longest."""
        read = self.tokenizer(
            [question for question, _ in pairs],
            [heard_text(candidate) for _, candidate in pairs],
            truncation="longest_first",
            max_length=MOST_TOKENS,
            padding=True,
            return_tensors="pt",
        )
        return read["input_ids"], read["token_type_ids"], read["attention_mask"]
