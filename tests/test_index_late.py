"""A question and a sentence compared word piece by word piece."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import open_archive
from hashing_encoder import DIM, HashingEncoder, HashingPassageEncoder, embed
from index.encoder import Encoded, Progress, Tokens, rounded
from index.errors import SearchIndexError
from index.kept import FILE, read_kept, write_kept
from index.late import LateInteraction, TokenIndex, write_tokens
from index.passages import View
from index.reuse import Known, Weights
from index.store import build_index, keep_vectors, open_index
from small_index import build_with, spec_of

WEIGHTS = Weights.of("a model", "its files", None)


def pieces_of(text: str) -> Tokens:
    """Return a piece for each word, embedded like the word alone."""
    words = text.casefold().split()
    numbers = [int.from_bytes(word.encode()[:3], "little") for word in words]
    return Tokens(np.array(numbers, dtype=np.int32), rounded(embed(words)))


def index_of(folder: Path, texts: Sequence[str]) -> TokenIndex:
    write_tokens(folder, [pieces_of(text) for text in texts])
    return TokenIndex(folder)


class Reader(HashingEncoder):
    def read_queries(self, texts: Sequence[str]) -> Encoded:
        return Encoded(embed(texts), {n: pieces_of(text) for n, text in enumerate(texts)})


class PassageReader(HashingPassageEncoder):
    """Embeds words too, and counts the texts that it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def read_passages(
        self, texts: Sequence[str], progress: Progress, by_token: Collection[int]
    ) -> Encoded:
        self.texts += texts
        return Encoded(embed(texts), {n: pieces_of(texts[n]) for n in by_token})


def test_a_sentence_that_says_it_all_meets_every_piece(tmp_path: Path) -> None:
    tokens = index_of(tmp_path, ["the boat was lost", "the bell rang"])
    met, other = tokens.met([pieces_of("was the boat lost"), pieces_of("the bell")], [0, 1])
    assert other[1] == pytest.approx(1.0, abs=0.01)
    assert met[0] == pytest.approx(1.0, abs=0.01)
    assert met[1].min() < 0.9


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_nearest_piece_counts(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    numbers = st.lists(st.integers(-127, 127), min_size=4, max_size=4).filter(any)
    passages = data.draw(
        st.lists(st.lists(numbers, min_size=1, max_size=5), min_size=1, max_size=6)
    )
    question = data.draw(st.lists(numbers, min_size=1, max_size=4))
    folder = tmp_path_factory.mktemp("tokens")
    rows = [np.array(one, dtype=np.int8) for one in passages]
    write_tokens(folder, [Tokens(np.arange(len(one), dtype=np.int32), one) for one in rows])
    asked = np.array(question, dtype=np.int8)
    wanted = data.draw(st.permutations(range(len(rows))))
    (found,) = TokenIndex(folder).met(
        [Tokens(np.arange(len(asked), dtype=np.int32), asked)], wanted
    )

    def cosine(a: np.ndarray, b: np.ndarray) -> float:
        a, b = a.astype(float), b.astype(float)
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    for row, number in enumerate(wanted):
        for column, piece in enumerate(asked):
            expected = max(cosine(piece, one) for one in rows[number])
            assert found[row, column] == pytest.approx(expected, abs=1e-4)


def test_a_rare_piece_is_worth_more(tmp_path: Path) -> None:
    tokens = index_of(tmp_path, ["the boat", "the the bell", "the storm"])
    the, boat, never = tokens.rarity(pieces_of("the boat xylophone").pieces)
    assert the < boat < never
    assert the + boat + never == pytest.approx(1.0)


def test_the_dialogue_around_lends_its_pieces_within_a_document(tmp_path: Path) -> None:
    texts = ["lost", "yes", "boat", "storm", "storm"]
    places = [("a", 0), ("a", 1), ("a", 5), ("b", 0), ("b", 1)]
    late = LateInteraction(
        index_of(tmp_path, texts),
        {place: [number] for number, place in enumerate(places)},
        [pieces_of("lost boat")],
    )
    met = late.met([("a", 1), ("b", 0), ("c", 0)])
    assert met.keys() == {("a", 1), ("b", 0)}
    assert late.met([("c", 0)]) == {}
    assert met["a", 1].around > met["a", 1].alone
    assert met["b", 0].around == met["b", 0].alone


def build(root: Path, folder: Path) -> PassageReader:
    encoder = PassageReader()
    build_with(encoder, root, folder)
    return encoder


def test_an_index_compares_sentences_by_their_pieces(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    build(tmp_path, folder)
    found = open_index(tmp_path, spec_of(open_archive(folder)), Reader)
    sentences = [p for p in found.passages if p.view is View.SENTENCE]
    longest = max(sentences, key=lambda passage: len(passage.text))
    late = found.late(found.read([longest.text]))
    assert late is not None
    met = late.met([(p.document, p.first) for p in sentences])
    assert max(met, key=lambda place: met[place].alone) == (longest.document, longest.first)


def test_without_pieces_nothing_is_compared(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    archive = open_archive(folder)
    spec = spec_of(archive)
    build_index(tmp_path, archive, spec, HashingPassageEncoder, lambda *_: None, force=False)
    found = open_index(tmp_path, spec, Reader)
    assert found.late(found.read(["boat"])) is None
    plain = open_index(tmp_path, spec, HashingEncoder)
    assert plain.late(plain.read(["boat"])) is None


def test_kept_pieces_are_not_read_again(tiny_archive: Callable[..., Path], tmp_path: Path) -> None:
    folder = tiny_archive()
    first, second = tmp_path / "first", tmp_path / "second"
    assert build(first, folder).texts
    archive = open_archive(folder)
    keep_vectors(first, archive, spec_of(archive))
    assert build(second, folder).texts == []
    found = [open_index(root, spec_of(archive), Reader) for root in (first, second)]
    question = found[0].read(["boat storm"])
    places = [(p.document, p.first) for p in found[0].passages if p.view is View.SENTENCE]
    met = [late.met(places) for one in found if (late := one.late(question)) is not None]
    assert met[0] == met[1]
    assert len(met) == 2


def test_a_vector_kept_without_its_pieces_is_read_again(
    tiny_archive: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tiny_archive()
    archive = open_archive(folder)
    spec = spec_of(archive)
    build_index(
        tmp_path / "first", archive, spec, HashingPassageEncoder, lambda *_: None, force=False
    )
    keep_vectors(tmp_path / "first", archive, spec)
    passages = open_index(tmp_path / "first", spec, Reader).passages
    assert sorted(build(tmp_path / "second", folder).texts) == sorted(
        {p.text for p in passages if p.view is View.SENTENCE}
    )


def test_pieces_are_kept_as_they_are(tmp_path: Path) -> None:
    texts = ["the boat was lost", "a bell"]
    known = Known(
        {text: embed([text])[0] for text in texts},
        tokens=dict(zip(texts, map(pieces_of, texts), strict=True)),
    )
    write_kept(tmp_path / FILE, WEIGHTS, known)
    back = read_kept(tmp_path / FILE, WEIGHTS)
    assert back is not None
    for text in texts:
        assert np.array_equal(back.tokens[text].pieces, pieces_of(text).pieces)
        assert np.array_equal(back.tokens[text].vectors, pieces_of(text).vectors)
    assert "another text" not in back.tokens
    other = read_kept(tmp_path / FILE, Weights.of("another model", "its files", None))
    assert other is not None
    assert not other.tokens


def test_kept_pieces_that_do_not_fit_their_texts_are_refused(tmp_path: Path) -> None:
    known = Known({"a bell": embed(["a bell"])[0]}, tokens={"a bell": pieces_of("a bell")})
    write_kept(tmp_path / FILE, WEIGHTS, known)
    with np.load(tmp_path / FILE) as values:
        arrays = dict(values)
    arrays["piece_counts"] = arrays["piece_counts"] + 1
    np.savez(tmp_path / FILE, **arrays)
    with pytest.raises(SearchIndexError, match="cannot be read"):
        read_kept(tmp_path / FILE, WEIGHTS)


def test_a_rounded_direction_is_the_direction() -> None:
    rng = np.random.default_rng(0)
    states = rng.standard_normal((20, DIM)).astype(np.float32) * 3
    back = rounded(states).astype(np.float32)
    cosines = (states * back).sum(1) / np.linalg.norm(states, axis=1) / np.linalg.norm(back, axis=1)
    assert cosines.min() > 0.999
