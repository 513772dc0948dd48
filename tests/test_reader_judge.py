"""A cross-encoder of anybody's choice can judge candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answering import open_answerer
from qa.asking import Asked
from qa.errors import SettingsError
from qa.reader.judge import CrossEncoderJudge, judged_text
from qa.settings import Settings

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
def judge_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_cross_encoder(tmp_path_factory.mktemp("judge") / "tiny", 1)


@pytest.fixture(scope="module")
def judge(judge_folder: str) -> CrossEncoderJudge:
    return CrossEncoderJudge(judge_folder)


def test_each_candidate_gets_its_own_score_in_order(judge: CrossEncoderJudge) -> None:
    first, second = "the keeper rang the bell", "the town paid for the engine"
    together = judge.verdicts("who rang the bell ?", [first, second])
    alone = [judge.verdicts("who rang the bell ?", [text])[0] for text in (first, second)]
    assert together == pytest.approx(alone, abs=1e-4)
    assert together[0] != pytest.approx(together[1], abs=1e-3)


def test_the_question_matters(judge: CrossEncoderJudge) -> None:
    text = ["the keeper rang the bell"]
    bell, engine = judge.verdicts("who rang the bell ?", text), judge.verdicts("engine", text)
    assert bell != pytest.approx(engine, abs=1e-3)


def test_verdicts_lie_between_nothing_and_one(judge: CrossEncoderJudge) -> None:
    texts = [" ".join(WORDS[n:]) for n in range(len(WORDS))]
    assert all(0 <= verdict <= 1 for verdict in judge.verdicts("who rang the bell ?", texts))


def test_nothing_to_judge_is_no_fault(judge: CrossEncoderJudge) -> None:
    assert judge.verdicts("who rang the bell ?", []) == []


def test_a_classifier_with_three_labels_is_refused_by_name(tmp_path: Path) -> None:
    name = tiny_cross_encoder(tmp_path / "three", 3)
    with pytest.raises(SettingsError, match=r"three.*gives 3 numbers"):
        CrossEncoderJudge(name)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="absent"):
        CrossEncoderJudge(str(tmp_path / "absent"))


def test_a_judge_reads_who_says_it() -> None:
    assert judged_text("Hale", "We rang\nthe bell.") == "Hale: We rang the bell."
    assert judged_text(None, "We rang\nthe bell.") == "We rang the bell."


def test_a_judge_orders_the_best_candidates_and_can_be_calibrated(
    judge_folder: str, shipped_settings: Settings
) -> None:
    """The same archive with and without: other scores, the same quotes to choose from."""
    plain = open_answerer(shipped_settings).read(Asked("How many warning shots were fired?"))
    judged = open_answerer(shipped_settings.model_copy(update={"judge": judge_folder})).read(
        Asked("How many warning shots were fired?")
    )
    assert "judge" in judged.features
    assert "judge" not in plain.features
    assert [e.score for e in judged.ranked[:10]] == sorted(
        (e.score for e in judged.ranked[:10]), reverse=True
    )
    first_ten = {e.quote.start for e in plain.ranked[:10]}
    assert {e.quote.start for e in judged.ranked[:10]} == first_ten
