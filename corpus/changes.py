"""Changes of an archive folder that are made as a whole or not at all, whenever they are cut off.

A change is written beside the archive and put to disk, then committed by one rename of its
folder, then carried out. Cut off before the rename, it has not happened; cut off behind it, the
next program that opens the archive carries it out. Carrying out can be repeated at will.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import CorpusError, FileError
from corpus.files import sync_folder

CHANGE = ".verbatim-change"
_DRAFT = ".verbatim-draft-"
_LOCK = ".verbatim-lock"
_PLAN = "plan.json"
_PATIENCE_SECONDS = 60.0


def change_files(folder: Path, write: Mapping[str, bytes], remove: Collection[str] = ()) -> None:
    """Write and remove files of a folder, all of them or none.

    Args:
        folder: of the archive.
        write: bytes by name relative to the folder; a name may lie in a folder below.
        remove: names of files to be gone; those that are gone already are none of its concern.

    Raises:
        FileError: the folder cannot be written, or somebody else changes it for a minute.
    """
    try:
        with _alone(folder):
            _finish(folder)
            _drop_drafts(folder)
            _commit(folder, write, remove)
            _finish(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def finish_change(folder: Path) -> None:
    """Carry out a change that was committed and cut off; nothing happens where there is none.

    Raises:
        FileError: there is one, and the folder cannot be written.
    """
    if not (folder / CHANGE).exists():
        return
    try:
        with _alone(folder):
            _finish(folder)
    except OSError as error:
        raise CorpusError(
            folder,
            f"holds a change that was cut off, and cannot be written ({error.strerror}); open it "
            "once as somebody who may write there.",
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs from changing the folder; the system ends the lock with its process."""
    from filelock import FileLock, Timeout

    lock = FileLock(str(folder / _LOCK), timeout=_PATIENCE_SECONDS)
    try:
        with lock:
            yield
    except Timeout as error:
        raise FileError(folder, "is being changed by another program; try again.") from error


def _commit(folder: Path, write: Mapping[str, bytes], remove: Collection[str]) -> None:
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
    names = {name: f"{number}" for number, name in enumerate(write)}
    for name, data in write.items():
        _write(draft / names[name], data)
    plan = json.dumps({"write": names, "remove": list(remove)})
    _write(draft / _PLAN, plan.encode())
    sync_folder(draft)
    draft.rename(folder / CHANGE)
    sync_folder(folder)


def _finish(folder: Path) -> None:
    """Carry out the committed change; each step leads on from wherever an earlier try ended."""
    change = folder / CHANGE
    if not change.exists():
        return
    plan_path = change / _PLAN
    if plan_path.exists():
        plan = json.loads(plan_path.read_bytes())
        touched = {folder}
        for name, number in plan["write"].items():
            target, source = folder / name, change / number
            if source.exists():
                target.parent.mkdir(exist_ok=True)
                source.replace(target)
            touched.add(target.parent)
        for name in plan["remove"]:
            (folder / name).unlink(missing_ok=True)
            touched.add((folder / name).parent)
        for one in filter(Path.exists, touched):
            sync_folder(one)
        plan_path.unlink()
        sync_folder(change)
    shutil.rmtree(change)
    sync_folder(folder)


def _drop_drafts(folder: Path) -> None:
    for draft in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(draft)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _unwritable(folder: Path, error: OSError) -> FileError:
    return FileError(folder, f"cannot be written ({error.strerror or error}); nothing was changed.")
