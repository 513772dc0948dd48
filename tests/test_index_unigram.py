"""Questions are cut into the same pieces as passages, by a tokenizer that opens faster."""

from __future__ import annotations

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st

from corpus.judgments import read_questions, shipped_questions
from index.e5_encoder import write_e5
from index.e5_file import E5File, is_installed
from index.models import MULTILINGUAL_MODEL
from index.onnx_encoder import TOKENIZER_FILE, ExportedModel
from index.unigram import UnigramTokenizer
from qa.answering import Answerer

pytestmark = pytest.mark.skipif(
    not is_installed(), reason="the multilingual model is not installed"
)

SCRIPTS = st.characters(
    codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="▁"
)


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[UnigramTokenizer, tokenizers.Tokenizer]:
    folder = tmp_path_factory.mktemp("model")
    write_e5(E5File.installed(), MULTILINGUAL_MODEL, folder)
    facts = ExportedModel.read(folder)
    assert facts.special is not None
    usual = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    usual.enable_truncation(facts.max_tokens)
    return UnigramTokenizer(folder, facts.special, facts.max_tokens), usual


def test_gold_questions_of_all_languages_are_cut_alike(
    both: tuple[UnigramTokenizer, tokenizers.Tokenizer], answerer: Answerer
) -> None:
    ours, usual = both
    for name in ("dev", "blind", "translated"):
        path = shipped_questions().with_name(f"mielke-kryuchkov-{name}.jsonl")
        for question in read_questions(path, answerer.archive):
            text = f"query: {question.question}"
            assert ours.ids(text) == usual.encode(text).ids


@given(st.lists(st.text(SCRIPTS, max_size=12), max_size=8).map(" ".join))
def test_any_text_is_cut_alike(
    both: tuple[UnigramTokenizer, tokenizers.Tokenizer], text: str
) -> None:
    ours, usual = both
    assert ours.ids(text) == usual.encode(text).ids


def test_a_text_too_long_is_cut_off_alike(
    both: tuple[UnigramTokenizer, tokenizers.Tokenizer],
) -> None:
    ours, usual = both
    text = "who said what to whom " * 300
    assert ours.ids(text) == usual.encode(text).ids
    assert len(ours.ids(text)) == 512
