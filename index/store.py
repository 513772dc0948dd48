"""Building an archive's index on disk and opening it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.archive import Archive
from index.encoder import Encoder, PassageEncoder, Progress
from index.errors import IndexDamagedError
from index.generations import build_generation, current_generation
from index.hybrid import HybridIndex, write_index
from index.models import model_fingerprint
from index.passages import Passage, View, aid_passages, budget, passages_of
from index.tuned import TunedFacts

_PASSAGES = "passages.jsonl"
_ENCODER = "encoder"


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
        tuned = TunedFacts.read(self.tuned).model if self.tuned is not None else None
        weights = {"weights": model_fingerprint(self.model), "tuned": tuned}
        values = {**asdict(self), **weights}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def build_index(
    root: Path,
    archive: Archive,
    spec: IndexSpec,
    load_encoder: Callable[[], PassageEncoder],
    progress: Progress,
    *,
    force: bool,
) -> Path:
    """Build the index of ``archive`` as the current generation in ``root``.

    Args:
        root: the index folder.
        archive: whose fingerprint is ``spec.archive``.
        spec: what to build.
        load_encoder: called only if there is something to build.
        progress: told what is being done.
        force: build even if the current generation is good.

    Raises:
        SearchIndexError: the index cannot be written.
        EncoderError: the model cannot be loaded or exported.
    """

    def fill(folder: Path) -> None:
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
        write_index(folder, passages, encoder, progress, tuned=spec.tuned)
        _write_passages(folder / _PASSAGES, passages)

    return build_generation(root, spec.fingerprint, fill, force=force)


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
    folder = current_generation(root, spec.fingerprint)
    return HybridIndex(folder, _read_passages(folder / _PASSAGES), load_encoder(folder / _ENCODER))


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
