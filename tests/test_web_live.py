"""A server that runs while its archive changes: no word that is not in the file any more."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from corpus.archive import Archive
from qa.cli import run_command
from qa.web.site import Asker
from qa.web.watching import Watch
from small_index import build, generations, search
from web_support import free_port, is_well, running, running_apart, settings_for, word_site

TRIPS = "How many trips did the ferry make in summer and in winter?"
OLD, NEW = "Twelve trips in summer", "Eleven trips in summer"
BOAT = "In which storm was the boat lost?"
STORM = "In the storm of 1938 the boat was lost"


@pytest.fixture
def folder(tiny_archive: Callable[..., Path]) -> Path:
    return tiny_archive()


@pytest.fixture
def url(tmp_path: Path, folder: Path) -> Iterator[str]:
    with running(word_site(settings_for(tmp_path, archive=folder))) as server:
        yield server.url


def ask(url: str, question: str, **more: object) -> httpx.Response:
    return httpx.post(f"{url}/api/ask", json={"question": question, **more}, timeout=30)


def words(answer: httpx.Response) -> str:
    """Return everything an answer shows of the documents."""
    shown = answer.json()
    quotes = shown.get("quotes", []) + shown.get("nearest", [])
    return " ".join(quote["text"].replace("\n", " ") for quote in quotes)


def eventually(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def health(url: str) -> dict[str, object]:
    found: dict[str, object] = httpx.get(f"{url}/healthz").json()
    return found


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def atomically(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text)
    beside.replace(path)


def emptied_first(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.flush()
        time.sleep(1.5)
        for start in range(0, len(text), 40):
            file.write(text[start : start + 40])
            file.flush()
            time.sleep(0.05)


@pytest.mark.parametrize("write", [in_place, atomically, emptied_first])
def test_words_that_were_edited_are_quoted_no_more(
    url: str, folder: Path, write: Callable[[Path, str], None]
) -> None:
    path = folder / "ferry.txt"
    old = path.read_text()
    new = old.replace("Twelve", "Eleven")
    assert OLD in words(ask(url, TRIPS))
    writing = threading.Thread(target=write, args=(path, new))
    writing.start()
    while writing.is_alive():
        answer = ask(url, BOAT)
        assert (answer.status_code, STORM in words(answer)) == (200, True)
        told = ask(url, TRIPS)
        assert told.status_code in (200, 503)
        if told.status_code == 200:
            whole = {line.strip() for text in (old, new) for line in text.split(":")}
            for quote in told.json()["quotes"]:
                assert any(quote["text"] in line for line in whole)
    # From here on the old words are in no file.
    for _ in range(20):
        assert OLD not in words(ask(url, TRIPS))
        assert OLD not in httpx.get(f"{url}/source/ferry").text
        time.sleep(0.02)
    eventually(lambda: NEW in words(ask(url, TRIPS)))
    assert NEW in httpx.get(f"{url}/source/ferry").text
    assert health(url)["documents"] == 2


def test_a_process_of_its_own_sees_what_others_write(tmp_path: Path, folder: Path) -> None:
    path = folder / "ferry.txt"
    with running_apart(tmp_path, archive=folder, kiosk=True) as (url, _):
        assert OLD in words(ask(url, TRIPS))
        atomically(path, path.read_text().replace("Twelve", "Eleven"))
        assert OLD not in words(ask(url, TRIPS))
        eventually(lambda: NEW in words(ask(url, TRIPS)))
        (folder / "lighthouse.txt").unlink()
        assert STORM not in words(ask(url, BOAT))
        eventually(lambda: health(url)["documents"] == 1)
        assert NEW in words(ask(url, TRIPS))


def test_an_edit_that_keeps_size_and_time_is_seen(url: str, folder: Path) -> None:
    path = folder / "ferry.txt"
    before = path.stat()
    assert OLD in words(ask(url, TRIPS))
    path.write_text(path.read_text().replace("Twelve", "Eleven"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert OLD not in words(ask(url, TRIPS))
    eventually(lambda: NEW in words(ask(url, TRIPS)))


def test_a_document_that_was_deleted_is_gone_and_its_links_say_so(url: str, folder: Path) -> None:
    assert OLD in words(ask(url, TRIPS))
    (folder / "ferry.txt").unlink()
    assert OLD not in words(ask(url, TRIPS))
    assert OLD not in httpx.get(f"{url}/source/ferry").text
    eventually(lambda: httpx.get(f"{url}/source/ferry").status_code == 410)
    assert "no longer in the archive" in httpx.get(f"{url}/source/ferry").text
    (folder / "ferry.toml").unlink()
    eventually(lambda: health(url)["documents"] == 1 and not health(url)["left_out"])
    assert ask(url, TRIPS, document="ferry").status_code == 422
    assert OLD not in words(ask(url, TRIPS))
    assert STORM in words(ask(url, BOAT))
    assert "ferry" not in httpx.get(f"{url}/source").text
    assert httpx.get(f"{url}/kiosk/context/ferry/0-9").status_code == 404


def test_a_new_document_is_quoted_without_a_restart(url: str, folder: Path) -> None:
    assert "Ottokar" not in words(ask(url, "Who was Ottokar the lighthouse dog?"))
    text = "The Dog\n\nQUESTION: Who was Ottokar?\n\nMR. ODUYA: Ottokar was the lighthouse dog.\n"
    (folder / "dog.txt").write_text(text)
    (folder / "dog.toml").write_text((folder / "ferry.toml").read_text())
    eventually(lambda: "Ottokar was" in words(ask(url, "Who was Ottokar the lighthouse dog?")))


def test_what_a_command_adds_is_quoted_and_what_one_removes_is_not(
    url: str, folder: Path, tmp_path: Path
) -> None:
    text = "Otto Oduya  0:03\nOttokar was the lighthouse dog.\n\nMay Hall  0:09\nGood dog.\n"
    text += "\nOtto Oduya  0:12\nHe slept by the lamp and barked at boats that came too near.\n"
    (tmp_path / "dog.txt").write_text(text)
    assert run_command(["add", str(tmp_path / "dog.txt"), "--archive", str(folder)]) == 0
    eventually(lambda: "Ottokar was" in words(ask(url, "Who was Ottokar the lighthouse dog?")))
    page = httpx.get(f"{url}/source/dog").text
    assert '<small class="va-time">0:09</small>' in page
    assert '<dt>Made from</dt><dd dir="auto">dog.txt</dd>' in page
    corrected = text.replace("Ottokar was the lighthouse", "Ottokar, I mean Otmar, was the harbour")
    (tmp_path / "dog.txt").write_text(corrected)
    assert run_command(["add", str(tmp_path / "dog.txt"), "--archive", str(folder)]) == 0
    assert "Ottokar was" not in words(ask(url, "Who was Ottokar the lighthouse dog?"))
    eventually(lambda: "I mean Otmar" in words(ask(url, "Who was Ottokar the lighthouse dog?")))
    renamed = ["edit", "--speaker", "Otto Oduya", "--called", "Otto J. Oduya", "--accept"]
    assert run_command([*renamed, "--archive", str(folder)]) == 0
    eventually(lambda: "Otto J. Oduya" in ask(url, "Who was Ottokar the lighthouse dog?").text)
    assert run_command(["remove", "dog", "--accept", "--archive", str(folder)]) == 0
    assert "I mean Otmar" not in words(ask(url, "Who was Ottokar the lighthouse dog?"))
    assert "I mean Otmar" not in httpx.get(f"{url}/source/dog").text
    assert "Ottokar was" not in words(ask(url, "Who was Ottokar the lighthouse dog?"))
    assert "Ottokar was" not in httpx.get(f"{url}/source/dog").text


def test_a_record_with_a_fault_stops_nothing_and_is_taken_up_once_mended(
    url: str, folder: Path
) -> None:
    record = folder / "ferry.toml"
    good = record.read_text()
    record.write_text(good + "\ntitel = 3\n")
    eventually(lambda: bool(health(url)["left_out"]))
    (sentence,) = health(url)["left_out"]  # type: ignore[misc]
    assert sentence.startswith("ferry.toml, line 13: ")
    assert str(folder) not in sentence
    assert STORM in words(ask(url, BOAT))
    assert OLD not in words(ask(url, TRIPS))
    assert httpx.get(f"{url}/source/ferry").status_code == 503
    record.write_text(good.replace("Samuel Oduya", "Sam Oduya"))
    eventually(lambda: OLD in words(ask(url, TRIPS)))
    assert "Sam Oduya" in httpx.get(f"{url}/source/ferry").text
    assert health(url)["left_out"] == []


def test_an_archive_that_is_away_is_waited_for(url: str, folder: Path) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    told = ask(url, BOAT)
    assert told.status_code in (200, 503)
    assert STORM not in words(told)
    eventually(lambda: httpx.get(f"{url}/healthz").status_code == 503)
    told = ask(url, BOAT)
    assert told.status_code == 503
    assert int(told.headers["retry-after"]) > 0
    assert told.json()["error"].endswith(".")
    assert str(folder) not in told.text
    for wrong in ({}, {"question": ""}, {"question": BOAT, "speaker": "Nobody"}, []):
        assert httpx.post(f"{url}/api/ask", json=wrong).status_code == 422
    folder.mkdir()  # the place a drive is mounted at
    time.sleep(2.5)
    assert ask(url, BOAT).status_code == 503
    folder.rmdir()
    away.rename(folder)
    eventually(lambda: STORM in words(ask(url, BOAT)))
    assert httpx.get(f"{url}/healthz").status_code == 200


def test_what_did_not_change_is_served_at_once_when_the_folder_is_back(
    tmp_path: Path, folder: Path
) -> None:
    site = word_site(settings_for(tmp_path, archive=folder))

    def never(archive: Archive) -> Asker:
        raise AssertionError("nothing has to be built for this")

    watch = Watch(site, never)
    away = folder.with_name("away")
    folder.rename(away)
    watch.look()
    assert "is no folder" in site.served.unreadable
    away.rename(folder)
    (folder / "ferry.txt").write_text("Somebody: Other words.\n")
    watch.look()
    assert site.served.unreadable == ""
    assert [transcript.id for transcript in site.archive] == ["lighthouse"]


def test_a_folder_in_the_manifests_place_is_waited_out(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "manifest.json").mkdir()
    eventually(lambda: httpx.get(f"{url}/healthz").status_code == 503)
    (folder / "manifest.json").rmdir()
    monkeypatch.setattr("qa.web.watching._RETRY_SECONDS", 3600.0)
    eventually(lambda: httpx.get(f"{url}/healthz").status_code == 200)


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_that_is_no_text_leaves_out_one_document(url: str, folder: Path) -> None:
    for suffix in (".txt", ".toml"):
        odd = Path(os.fsdecode(os.fsencode(folder) + b"/o\xffd" + suffix.encode()))
        odd.write_bytes((folder / f"ferry{suffix}").read_bytes())
    eventually(lambda: bool(health(url)["left_out"]))
    (sentence,) = health(url)["left_out"]  # type: ignore[misc]
    assert sentence.endswith("rename it.")
    assert health(url)["documents"] == 2
    assert STORM in words(ask(url, BOAT))


def test_the_only_document_being_written_is_no_denial(url: str, folder: Path) -> None:
    path = folder / "ferry.txt"
    path.write_text(path.read_text().replace("Twelve", "Eleven"))
    told = ask(url, TRIPS, document="ferry")
    assert told.status_code in (200, 503)
    assert OLD not in words(told)
    if told.status_code == 503:
        assert "being read anew" in told.json()["error"]
    eventually(lambda: NEW in words(ask(url, TRIPS, document="ferry")))


REBUILDING = """
import sys, time
from pathlib import Path
import uvicorn
from corpus.archive import open_archive
from hashing_encoder import HashingPassageEncoder
from index.store import build_index
from qa.answering import Answerer
from qa.web.server import build_app
from qa.web.site import Site
from small_index import spec_of
from web_support import WordReader, settings_for

port, folder, root, marker = int(sys.argv[1]), *map(Path, sys.argv[2:])
settings = settings_for(folder.with_name("state"), archive=folder, kiosk=True)

class Slow(HashingPassageEncoder):
    def encode_passages(self, texts, progress):
        marker.touch()
        time.sleep(60)
        return super().encode_passages(texts, progress)

def opened(archive):
    build_index(root, archive, spec_of(archive), Slow, lambda *_: None, force=False)
    return Answerer(archive, WordReader(archive), settings)

archive = open_archive(folder)
site = Site.of(Answerer(archive, WordReader(archive), settings), settings, opened)
uvicorn.run(build_app(site), host="127.0.0.1", port=port, log_level="warning")
"""


def test_killed_while_it_rebuilds_it_leaves_a_usable_index(tmp_path: Path, folder: Path) -> None:
    root, marker, port = tmp_path / "index", tmp_path / "marker", free_port()
    spec = build(root, folder)
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{here.parent}{os.pathsep}{here}"}
    arguments = [str(port), str(folder), str(root), str(marker)]
    server = subprocess.Popen([sys.executable, "-c", REBUILDING, *arguments], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: is_well(url))
        path = folder / "ferry.txt"
        path.write_text(path.read_text().replace("Twelve", "Eleven"))
        eventually(marker.exists)
        assert STORM in words(ask(url, BOAT))
        assert health(url)["rebuilding"] is True
        assert health(url)["being_read"] == ["ferry"]
    finally:
        server.kill()
        server.wait()
    search(root, spec)
    search(root, build(root, folder))
    assert len(generations(root)) == 1
