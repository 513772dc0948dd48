"""Every command where files are not what they should be: one sentence, no traceback, no waiting."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.archive import shipped_folder
from corpus.files import regular_bytes
from index.models import default_model
from qa.cli import run_command
from qa.reader.choosing import general_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs pipes and devices")

CODES = {0, 1, 3, 4, 130}
COMMANDS: dict[str, list[str]] = {
    "ask": ["ask", "How much did the bell weigh?"],
    "find": ["find", "bell"],
    "index": ["index"],
    "lint": ["lint"],
    "serve": ["serve", "--kiosk", "--port", "0"],
    "evaluate": ["evaluate", "{gold}"],
    "baseline": ["evaluate", "{gold}", "--gate", "{gold}", "--system", "never"],
    "answers": ["evaluate", "{gold}", "--answers", "{gold}"],
    "probe": ["probe", "{gold}"],
    "calibrate": ["calibrate", "{gold}", "--out", "{out}"],
    "train": ["train", "{out}"],
    "coverage": ["describe", "coverage", "ferry"],
    "import": ["describe", "import", "ferry", "{gold}"],
    "export": ["describe", "export", "ferry", "{out}"],
    "accept": ["describe", "accept", "ferry"],
    "promote": ["describe", "promote", "{gold}", "--author", "A"],
}


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


IN_ITS_PLACE: dict[str, Callable[[Path], None]] = {
    "nothing": lambda path: None,
    "pipe": _fifo,
    "folder": Path.mkdir,
    "loop": lambda path: path.symlink_to(path),
    "dangling": _link("/no/such/file"),
    "endless": _link("/dev/zero"),
    "empty": _bytes(b""),
    "no UTF-8": _bytes(b"\xff\xfe\xff"),
    "null": _bytes(b"\0"),
    "number": _bytes(b"1\n"),
    "list": _bytes(b"[[1]]\n"),
    "object": _bytes(b'{"files": 1, "qid": 1, "tuned": [], "gap": []}\n'),
    "infinite": _bytes(b'{"files": {"ferry.txt": {"bytes": 1e999, "sha256": 1}}}\n'),
    "deep": _bytes(b"a = " + b"[" * 100_000),
    "long number": _bytes(b"a = " + b"1" * 10_000),
    "null in a path": _bytes(b'archive = "a\\u0000b"\nindex_folder = "a\\u0000b"\n'),
    "wrong types": _bytes(b"archive = []\nport = {}\n"),
}
PLACES = {
    "ferry.txt", "ferry.toml", "ferry.aid.jsonl", "manifest.json", "config", "calibration", "gold",
    "out",
}  # fmt: skip
READS_CALIBRATION = {"ask", "serve", "probe"}
EVERYTHING = list(itertools.product(COMMANDS, sorted(PLACES), IN_ITS_PLACE))
# Each pair of command and place, and of place and fault; the kinds of fault go round.
PAIRS = [
    (command, place, list(IN_ITS_PLACE)[(number * 7 + turn * 5) % len(IN_ITS_PLACE)])
    for number, (command, place) in enumerate(itertools.product(COMMANDS, sorted(PLACES)))
    for turn in range(2)
]


def put(folder: Path, place: str, fault: str, work: Path) -> dict[str, Path]:
    """Put a fault in the place of one file and return where the others are."""
    paths = {name: work / name for name in ("config", "calibration", "gold", "out")}
    paths["config"].write_bytes(b"")
    paths["calibration"].write_bytes(general_file(default_model()).read_bytes())
    gold = shipped_folder().parent / "questions" / "mielke-kryuchkov-dev.jsonl"
    paths["gold"].write_bytes(gold.read_bytes())
    path = paths.get(place, folder / place)
    path.unlink(missing_ok=True)
    IN_ITS_PLACE[fault](path)
    return paths


@pytest.fixture
def ends_well(
    tiny_archive: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str, str, str], None]:
    """Return a function that runs a command with a fault in the place of a file."""

    def run(command: str, place: str, fault: str) -> None:
        folder = tiny_archive()
        paths = put(folder, place, fault, tmp_path)
        monkeypatch.setenv("VERBATIM_ARCHIVE", str(folder))
        # A file where the index would be built: no command gets as far as building one.
        (tmp_path / "taken").write_bytes(b"")
        monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(tmp_path / "taken"))
        monkeypatch.setenv("VERBATIM_STATE_FOLDER", str(tmp_path / "state"))
        monkeypatch.setenv("VERBATIM_CONFIG", str(paths["config"]))
        monkeypatch.setenv("VERBATIM_CALIBRATION", str(paths["calibration"]))
        code = run_command([part.format(**paths) for part in COMMANDS[command]])
        told = capsys.readouterr().err
        assert code in CODES
        assert "Traceback" not in told
        assert code != 1 or told.strip()

    return run


@pytest.mark.parametrize(("command", "place", "fault"), PAIRS)
def test_a_fault_in_a_file_s_place_ends_in_a_sentence(
    ends_well: Callable[[str, str, str], None], command: str, place: str, fault: str
) -> None:
    ends_well(command, place, fault)


@pytest.mark.long
@pytest.mark.parametrize(("command", "place", "fault"), EVERYTHING)
def test_every_fault_in_every_place_ends_in_a_sentence(
    ends_well: Callable[[str, str, str], None], command: str, place: str, fault: str
) -> None:
    ends_well(command, place, fault)


@pytest.mark.parametrize("fault", ["nothing", "pipe", "folder", "loop", "dangling", "endless"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "x"
    IN_ITS_PLACE[fault](path)
    with pytest.raises(OSError, match=r".") as caught:
        regular_bytes(path)
    assert caught.value.filename is not None
    assert caught.value.strerror


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Return a function from which on the system refuses what it refuses ordinary users."""
    if os.geteuid() != 0:
        pytest.skip("needs the right to become another user")
    yield lambda: os.seteuid(65534)
    os.seteuid(0)


@pytest.mark.parametrize("command", ["find", "lint", "coverage", "export", "accept"])
@pytest.mark.parametrize(
    ("refused", "mode"), [("ferry.txt", 0), ("ferry.toml", 0), ("", 0o744), ("", 0o711), ("", 0)]
)
def test_what_may_not_be_read_is_named(
    tiny_archive: Callable[..., Path],
    as_nobody: Callable[[], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    refused: str,
    mode: int,
) -> None:
    folder = tiny_archive()
    arguments = [part.format(out=tmp_path / "out") for part in COMMANDS[command]]
    run_command([*arguments, "--archive", str(folder)])  # imports what is read later
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
        if parent == tmp_path.parent.parent:
            break
    (folder / refused).chmod(mode)
    capsys.readouterr()
    as_nobody()
    code = run_command([*arguments, "--archive", str(folder)])
    os.seteuid(0)
    output = capsys.readouterr()
    assert code in (1, 4)
    assert "Permission denied" in output.out + output.err
    assert "Traceback" not in output.err
