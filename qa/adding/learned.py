"""What an archive learned from a document, and what becomes of it when the document is removed."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from corpus.files import CALIBRATION, regular_bytes


def without(archive: Path, gone: Collection[str]) -> tuple[dict[str, bytes], list[str]]:
    """Return what to write and to remove, so that nothing learned from documents outlives them.

    A calibration stays for the other documents it was fitted for, and goes with the last one. Kept
    vectors are those of all texts in one file, and go: an index that is there does not need them.

    Args:
        archive: its folder.
        gone: ids of the documents that are removed.
    """
    from index.kept import FILE as VECTORS

    write: dict[str, bytes] = {}
    remove = [VECTORS] if (archive / VECTORS).is_file() else []
    try:
        values = json.loads(regular_bytes(archive / CALIBRATION))
        fitted = dict(values["documents"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        # None, or none that is used: asking says so.
        return write, remove
    kept = {name: sha256 for name, sha256 in fitted.items() if name not in gone}
    if not kept and fitted:
        remove.append(CALIBRATION)
    elif kept != fitted:
        values["documents"] = kept
        write[CALIBRATION] = (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
    return write, remove
