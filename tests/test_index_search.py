"""Searching: deterministic, complete, and the same from two separately built indexes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.archive import Archive, shipped_folder
from corpus.transcript import Transcript
from hashing_encoder import embed
from index.analysis import terms
from index.dense import DenseIndex, write_dense
from index.hybrid import HybridIndex
from index.lexical import LexicalIndex, write_lexical
from index.passages import View
from small_index import build, opened, search

VIEWS = tuple(View)
QUESTIONS = ("Many thanks.", "How many shots were fired?", "Berlin Berlin", "x", "谢谢", "   ")


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[HybridIndex, HybridIndex]:
    """Two indexes of the shipped archive, built one after the other."""
    found = []
    for name in ("first", "second"):
        root = tmp_path_factory.mktemp(name)
        found.append(opened(root, build(root, shipped_folder(), tokens=200)))
    return found[0], found[1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_finds_the_same_in_the_same_order(
    twins: tuple[HybridIndex, HybridIndex], question: str
) -> None:
    first, second = twins
    wanted = first.search(question, VIEWS, depth=100)
    assert first.search(question, VIEWS, depth=100) == wanted
    assert second.search(question, VIEWS, depth=100) == wanted


def test_equal_scores_come_in_the_order_of_the_document(
    twins: tuple[HybridIndex, HybridIndex], transcript: Transcript
) -> None:
    ranked = twins[0].search("Many thanks.", VIEWS, depth=400)[View.SENTENCE]
    for hits in (ranked.dense, ranked.lexical):
        keys = [(-hit.score, hit.passage.first) for hit in hits]
        assert keys == sorted(keys)
    sentences = transcript.sentences
    twice = [s.number for s in sentences if transcript.text[s.start : s.end] == "Many thanks."]
    found = [hit.passage.first for hit in ranked.lexical]
    assert len(twice) == 2
    assert set(twice) <= set(found[:5])


def test_a_shallow_search_is_the_beginning_of_a_deep_one(
    twins: tuple[HybridIndex, HybridIndex],
) -> None:
    deep = twins[0].search("the plane incident", VIEWS, depth=300)
    shallow = twins[0].search("the plane incident", VIEWS, depth=20)
    for view, rankings in shallow.items():
        assert rankings.dense == deep[view].dense[:20]
        assert rankings.lexical == deep[view].lexical[:20]


@pytest.mark.parametrize("depth", [1, 7, 50, 51, 99])
def test_ties_at_the_depth_limit_keep_the_first_ones(tmp_path: Path, depth: int) -> None:
    texts = ["other things entirely"] * 25 + ["the same words"] * 50 + ["nothing alike"] * 25
    write_dense(tmp_path, embed(texts))
    write_lexical(tmp_path, texts, ["en"] * 100)
    dense = DenseIndex(tmp_path).search(embed(["the same words"]), depth)
    lexical = LexicalIndex(tmp_path, ["en"]).search("same words", depth)
    wanted = list(range(25, 75))[:depth]
    assert [number for number, _ in dense][:50] == wanted
    assert [number for number, _ in lexical] == wanted


def test_cosines_are_cosines(tmp_path: Path) -> None:
    texts = ["boat lost in the storm", "lamp lit at dusk", "storm and boat"]
    vectors = embed(texts)
    write_dense(tmp_path, vectors)
    question = embed(["the boat in a storm"])
    found = dict(DenseIndex(tmp_path).search(question, 3))
    for number, vector in enumerate(vectors):
        assert found[number] == pytest.approx(float(vector @ question[0]), abs=1e-6)


def test_half_precision_keeps_the_nearest_first(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(20_000, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_dense(tmp_path, vectors)
    index = DenseIndex(tmp_path)
    for number in (0, 9_999, 19_999):
        assert index.search(vectors[number : number + 1], 5)[0][0] == number


def test_asking_for_more_than_there_is_gives_all(tmp_path: Path) -> None:
    write_dense(tmp_path, embed(["one", "two"]))
    write_lexical(tmp_path, ["one", "two"], ["en", "en"])
    assert len(DenseIndex(tmp_path).search(embed(["one"]), 99)) == 2
    assert len(LexicalIndex(tmp_path, ["en"]).search("one two", 99)) == 2


@pytest.mark.parametrize(
    "question",
    ["", "?", "AND OR NOT", 'body:"x" -y +z', "a^2 ~1 [1 TO 5]", "the of and", "\u0301", "x" * 500],
)
def test_no_question_is_a_query_language(tmp_path: Path, question: str) -> None:
    write_lexical(tmp_path, ["and or not body"], ["en"])
    LexicalIndex(tmp_path, ["en"]).search(question, 10)


def test_languages_are_stemmed_each_in_its_own_way(tmp_path: Path) -> None:
    texts = [
        "The pilots fired.",
        "Die Häuser brannten.",
        "Самолёты летали.",
        "비행기가 격추되었다.",
    ]
    languages = ["en", "de", "ru", "ko"]
    write_lexical(tmp_path, texts, languages)
    index = LexicalIndex(tmp_path, languages)
    for question, wanted in (("pilot", 0), ("Haus Häuser", 1), ("самолёт", 2), ("비행기", 3)):
        assert index.search(question, 4)[0][0] == wanted


@pytest.mark.parametrize(
    ("question", "unknown"),
    [("The pilots: fire!", 0), ("pilots paid, pilots bribed", 2), ("Haus", 0), ("", 0), ("?", 0)],
)
def test_words_that_stand_nowhere_are_counted(tmp_path: Path, question: str, unknown: int) -> None:
    write_lexical(tmp_path, ["The pilots fired.", "Die Häuser brannten."], ["en", "de"])
    assert LexicalIndex(tmp_path, ["en", "de"]).unknown(question) == unknown


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("authorise", "authorized"),
        ("organisations", "organization"),
        ("analysed", "analyze"),
        ("neighbours", "neighbor"),
        ("honoured", "honor"),
        ("theatres", "theater"),
        ("licences", "license"),
    ],
)
def test_english_is_found_in_either_spelling(british: str, american: str) -> None:
    assert terms(british, "en") == terms(american, "en")


@pytest.mark.parametrize(
    ("word", "other"),
    [("revise", "revision"), ("precise", "precision"), ("surprise", "surprisingly")],
)
def test_what_is_spelt_alike_everywhere_keeps_its_relatives(word: str, other: str) -> None:
    assert terms(word, "en") == terms(other, "en")


def test_other_languages_keep_their_spelling() -> None:
    assert terms("organiser", "fr") != terms("organizer", "fr")


def test_an_unknown_language_is_still_searched(tmp_path: Path) -> None:
    write_lexical(tmp_path, ["Sawubona mhlaba"], ["zu"])
    assert LexicalIndex(tmp_path, ["zu"]).search("mhlaba", 3)
    assert terms("Sawubona MHLABA", "zu") == ["sawubona", "mhlaba"]


def test_both_documents_of_an_archive_are_found(
    tiny_archive: Callable[..., Path], tmp_path: Path, archive: Archive
) -> None:
    root = tmp_path / "index"
    spec = build(root, tiny_archive())
    index = opened(root, spec)
    for question, wanted in (("fog bell", "lighthouse"), ("lottery", "ferry")):
        best = index.search(question, VIEWS, depth=10)[View.SENTENCE].lexical[0]
        assert best.passage.document == wanted
    assert search(root, spec) == search(root, spec)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("etats unis", "Les États-Unis", "fr"),
        ("reconnaissance", "on a recon- naissance flight", "en"),
        ("office ABC 1983", "the o\ufb03ce ＡＢＣ, １９８３", "en"),
        ("reconnaissance", "re\u00adconnais\u200dsance", "en"),
        ("замок", "за́мок", "ru"),
        ("елка", "ёлки", "ru"),
        ("Нью-Йорк", "в Нью-И\u0306орк", "ru"),
        ("שלום", "שָׁלוֹם", "he"),
        ("محمد", "مُحَـــمَّد", "ar"),
        ("山上", "人们中午逃到山上去了。", "en"),
        ("로봇", "AI로봇을", "ko"),
        ("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af은", "en"),
        ("ガス", "ｶﾞｽ", "ja"),
    ],
)
def test_terms_of_a_question_stand_in_a_text_written_otherwise(
    question: str, text: str, language: str
) -> None:
    assert terms(question, language)
    assert set(terms(question, language)) <= set(terms(text, language))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("мой", "мои", "uk"), ("かき", "かぎ", "ja"), ("cat", "cot", "en")],
)
def test_other_words_have_other_terms(one: str, other: str, language: str) -> None:
    assert not set(terms(one, language)) & set(terms(other, language))
