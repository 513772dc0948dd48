"""A cross-encoder of anybody's choice can judge candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.reader.judge import CrossEncoderJudge, judged_text

pytestmark = pytest.mark.slow

WORDS = "who rang the bell in fog keeper paid for engine lamp town every evening ?".split()


def tiny_cross_encoder(folder: Path, labels: int) -> str:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    words = folder / "vocab.txt"
    words.write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab={w: n for n, w in enumerate(vocabulary)}).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderJudge:
    return CrossEncoderJudge(tiny_cross_encoder(tmp_path_factory.mktemp("judge") / "tiny", 1))


def test_each_candidate_gets_its_own_score_in_order(judge: CrossEncoderJudge) -> None:
    first, second = "the keeper rang the bell", "the town paid for the engine"
    together = judge.score("who rang the bell ?", [first, second])
    alone = [judge.score("who rang the bell ?", [text])[0] for text in (first, second)]
    assert together == pytest.approx(alone, abs=1e-4)
    assert together[0] != pytest.approx(together[1], abs=1e-3)


def test_the_question_matters(judge: CrossEncoderJudge) -> None:
    text = ["the keeper rang the bell"]
    bell, engine = judge.score("who rang the bell ?", text), judge.score("engine", text)
    assert bell != pytest.approx(engine, abs=1e-3)


def test_scores_are_logits_not_squeezed_into_probabilities(judge: CrossEncoderJudge) -> None:
    texts = [" ".join(WORDS[n:]) for n in range(len(WORDS))]
    scores = judge.score("who rang the bell ?", texts)
    assert any(score < 0 or score > 1 for score in scores)


def test_nothing_to_judge_is_no_fault(judge: CrossEncoderJudge) -> None:
    assert judge.score("who rang the bell ?", []) == []


def test_a_classifier_with_three_labels_is_refused_by_name(tmp_path: Path) -> None:
    name = tiny_cross_encoder(tmp_path / "three", 3)
    with pytest.raises(SettingsError, match=r"three.*gives 3 numbers"):
        CrossEncoderJudge(name)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="absent"):
        CrossEncoderJudge(str(tmp_path / "absent"))


def test_a_judge_reads_who_says_it_and_what_it_is_known_to_answer() -> None:
    said = "We rang\nthe bell."
    assert judged_text("Hale", said, "Who rang?") == "Who rang? | Hale: We rang the bell."
    assert judged_text(None, said) == "We rang the bell."
