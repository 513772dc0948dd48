"""Building an archive's index on disk and opening it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.archive import Archive
from index.analysis import ANALYSIS
from index.attunement import Attunement
from index.dense import DenseIndex
from index.encoder import Embeddings, Encoder, PassageEncoder, Progress, Tokens
from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    SearchIndexError,
)
from index.generations import any_generation, build_generation, current_generation, pointer_of
from index.hybrid import HybridIndex, by_view, write_index
from index.kept import FILE as KEPT_FILE
from index.kept import read_kept, write_kept
from index.late import TokenIndex
from index.models import model_fingerprint
from index.passages import Passage, View, aid_passages, budget, passages_of
from index.reuse import Known, Weights, by_text
from index.tuned import Tuned, TunedFacts, read_vectors

_PASSAGES = "passages.jsonl"
_ENCODER = "encoder"
_ATTEMPTS = 5
_LAYOUT = 5
"""Of the files: indexes of another are built anew, with the vectors they hold."""


def _quiet(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """Everything an index depends on; two equal specs make the same index.

    Attributes:
        archive: fingerprint of the documents.
        model: name of the embedding model.
        passage_tokens: most cl100k tokens in a passage.
        window: most sentences in a window.
        tuned: the folder of an encoder that was tuned to the archive; None without one.
    """

    archive: str
    model: str
    passage_tokens: int
    window: int
    tuned: Path | None

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all of it and the model's own fingerprint, hexadecimal."""
        tuned = TunedFacts.read(self.tuned).fingerprint if self.tuned is not None else None
        weights = {"weights": model_fingerprint(self.model), "tuned": tuned}
        values = {**asdict(self), **weights, "analysis": ANALYSIS, "layout": _LAYOUT}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    @property
    def vectors_from(self) -> Weights:
        """The weights that its vectors come from."""
        tuned = TunedFacts.read(self.tuned).fingerprint if self.tuned is not None else None
        return Weights.of(self.model, model_fingerprint(self.model), tuned)


def build_index(
    root: Path,
    archive: Archive,
    spec: IndexSpec,
    load_encoder: Callable[[], PassageEncoder],
    progress: Progress,
    *,
    force: bool,
    say: Callable[[str], None] = _quiet,
) -> Path:
    """Build the index of ``archive`` as the current generation in ``root``.

    Args:
        root: the index folder.
        archive: whose fingerprint is ``spec.archive``.
        spec: what to build.
        load_encoder: called only if there is something to build.
        progress: told what is being done.
        force: build even if the current generation is good, every vector anew.
        say: told in a sentence if another program has to be waited for.

    Raises:
        SearchIndexError: the index cannot be written.
        EncoderError: the model cannot be loaded or exported.
    """

    def fill(folder: Path) -> None:
        known = Known() if force else _known(root, archive.folder, spec.vectors_from)
        encoder = load_encoder()
        fits = budget(spec.passage_tokens, encoder.fits)
        passages: list[Passage] = []
        for done, transcript in enumerate(archive):
            progress("cutting passages", done, len(archive))
            passages.extend(passages_of(transcript, window=spec.window, fits=fits))
            passages.extend(aid_passages(transcript, archive.aid(transcript.id), fits=fits))
        progress("exporting the model", 0, 1)
        encoder.export(folder / _ENCODER)
        progress("exporting the model", 1, 1)
        write_index(folder, passages, encoder, progress, tuned=spec.tuned, known=known)
        _write_passages(folder / _PASSAGES, passages)
        spec.vectors_from.write(folder)

    return build_generation(root, spec.fingerprint, fill, force=force, say=say)


def keep_vectors(root: Path, archive: Archive, spec: IndexSpec) -> str:
    """Write the vectors of the current generation beside the archive's texts; say so.

    Raises:
        SearchIndexError: there is no generation, or the file cannot be written.
    """
    current_generation(root, spec.fingerprint)
    path = archive.folder / KEPT_FILE
    count = write_kept(path, spec.vectors_from, _of_generation(root, spec.vectors_from))
    return f"{count} vectors kept in {path}."


def _known(root: Path, beside: Path, weights: Weights) -> Known:
    """Return the vectors that the same weights would make again: of an index, or kept ones."""
    before = _of_generation(root, weights)
    kept = read_kept(beside / KEPT_FILE, weights) or Known()
    return Known(
        before.general or kept.general,
        before.tuned or kept.tuned,
        before.attunement or kept.attunement,
        before.tokens or kept.tokens,
    )


def _of_generation(root: Path, weights: Weights) -> Known:
    """Return the vectors of the current generation that the same weights would make again."""
    folder = any_generation(root)
    before = Weights.read(folder) if folder is not None else None
    if folder is None or before is None:
        return Known()
    try:
        members = by_view(_read_passages(folder / _PASSAGES))
        texts = {view: [passage.text for passage in found] for view, found in members.items()}
        general: dict[str, Embeddings] = {}
        attunement = None
        tokens: dict[str, Tokens] = {}
        if before.general == weights.general:
            attunement = Attunement.read(folder)
            for view in members:
                general |= by_text(texts[view], DenseIndex(folder / view.value).vectors())
            tokens = _tokens_of(folder / View.SENTENCE.value, texts.get(View.SENTENCE, []))
        tuned: dict[str, Embeddings] = {}
        if before.tuned is not None and before.tuned == weights.tuned:
            for view, vectors in read_vectors(folder).items():
                tuned |= by_text(texts[view], vectors)
    except (IndexDamagedError, KeyError, ValueError):
        return Known()
    return Known(general, tuned, attunement, tokens)


def _tokens_of(folder: Path, texts: Sequence[str]) -> dict[str, Tokens]:
    """Return the word pieces of the texts of a view, where it has any."""
    held = TokenIndex.read(folder)
    return {text: held.of(n) for n, text in enumerate(texts)} if held is not None else {}


def open_index(root: Path, spec: IndexSpec, load_encoder: Callable[[Path], Encoder]) -> HybridIndex:
    """Open the current generation, checked file by file.

    Args:
        root: the index folder.
        spec: what the index must have been built from.
        load_encoder: given the folder of the exported query encoder.

    Raises:
        IndexMissingError: nothing was built yet.
        IndexStaleError: the index was built from something else.
        IndexDamagedError: files are missing or differ from their checksums.
    """
    for _ in range(_ATTEMPTS):
        pointer = pointer_of(root)
        try:
            folder = current_generation(root, spec.fingerprint)
            # Opening a model lets other threads run: the two open beside the passages.
            with ThreadPoolExecutor(2) as pool:
                encoder = pool.submit(load_encoder, folder / _ENCODER)
                tuned = pool.submit(Tuned.read, folder)
                passages = _read_passages(folder / _PASSAGES)
                return HybridIndex(folder, passages, encoder.result(), tuned.result())
        except (IndexMissingError, IndexStaleError):
            raise
        except (OSError, RuntimeError, ValueError) as error:
            # Somebody else's build may have taken the generation away between two files.
            if pointer_of(root) == pointer:
                if isinstance(error, SearchIndexError):
                    raise
                reason = str(error).strip().split("\n", 1)[0][:200]
                raise IndexDamagedError(f"{root} cannot be opened ({reason}).") from error
    raise IndexDamagedError(f"{root} is replaced again and again by other programs; try later.")


def _write_passages(path: Path, passages: list[Passage]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps(asdict(passage)) + "\n")


def _read_passages(path: Path) -> list[Passage]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [Passage(**{**row, "view": View(row["view"])}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"{path} cannot be read; build the index again.") from error
