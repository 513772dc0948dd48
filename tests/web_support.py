"""A web server over an archive, with a reader simple enough to foresee its answers."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import uvicorn
from starlette.types import ASGIApp

from corpus.archive import Archive, read_shelf
from qa.answering import Answerer
from qa.answers import Evidence, Reason
from qa.quotes import Quote
from qa.reader.languages import ReaderByLanguage
from qa.reader.policy import Thresholds
from qa.reader.protocol import Query, Reading
from qa.settings import Settings
from qa.web.listening import listening
from qa.web.logs import log_to_standard_error
from qa.web.server import build_app
from qa.web.site import Site
from qa.web.watching import told

SHOTS = "How many warning shots were fired?"
SHOTS_WORDS = "More than 120 [warning] shots were fired."
UNCERTAIN = "Perhaps some warning shots were fired?"
NOTHING = "How is sourdough bread baked?"
DOCUMENT = "mielke-kryuchkov-1983-09-19"
SHOTS_PLACE = (8299, 8340)
_FEWEST_COMMON_WORDS = 2
_MOST_ANSWERS = 2
_MOST_RANKED = 5


class WordReader:
    """Quotes single sentences that share the most long words with the question."""

    def __init__(self, archive: Archive) -> None:
        self._sentences = [
            (Quote.of(transcript, sentence.number, sentence.number), _words(transcript.text[a:b]))
            for transcript in archive
            for sentence in transcript.sentences
            for a, b in ((sentence.start, sentence.end),)
        ]

    def read(self, query: Query) -> Reading:
        wanted = _words(query.text)
        scored = [
            Evidence(quote, float(len(wanted & words)))
            for quote, words in self._sentences
            if query.asked.speaker in (None, quote.speaker) and query.asked.admits(quote.transcript)
        ]
        ranked = tuple(sorted(scored, key=lambda e: -e.score)[:_MOST_RANKED])
        answers = sum(e.score >= _FEWEST_COMMON_WORDS for e in ranked[:_MOST_ANSWERS])
        confidence = 0.4 if "perhaps" in wanted else 0.9 if answers else 0.1
        return Reading(
            asked=query.asked,
            ranked=ranked,
            answers=answers,
            confidence=confidence,
            support=confidence,
            thresholds=Thresholds(0.5, 0.3),
            reason=Reason.NOT_CONFIDENT,
            features={},
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{4,}", text.casefold()))


def word_site(settings: Settings) -> Site:
    """Put a site together over ``settings.archive`` with the simple reader."""

    def opened(archive: Archive) -> Answerer:
        reader = ReaderByLanguage(
            archive, WordReader(archive), is_multilingual=False, use_aid=False
        )
        return Answerer(archive, reader, settings)

    shelf = read_shelf(settings.archive)
    return Site.of(opened(shelf.archive), settings, opened, told(shelf))


def settings_for(folder: Path, **values: object) -> Settings:
    """Return settings that write only into ``folder`` and never refuse for haste."""
    calm = {"rate_burst": 100_000, "state_folder": folder}
    return Settings.model_validate(calm | values)


@dataclass(frozen=True)
class Server:
    """A running server."""

    site: Site
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running(site: Site) -> Iterator[Server]:
    """Run a site's application on a free port of the loopback interface."""
    with running_app(build_app(site)) as port:
        yield Server(site, port)


@contextmanager
def running_app(app: ASGIApp) -> Iterator[int]:
    """Run an application in a thread until the block ends; yield its port."""
    # Bound here and handed over: nobody can take the port in between. Without the protocol's
    # name, asyncio leaves Nagle's algorithm on, which delays every answer by 40 ms.
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def free_port() -> int:
    """Return a port for a program that takes only a number.

    Below the range from which systems take ports for outgoing connections: one of those could
    be opened before the program listens.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


HOSTILE = """\
Host page <script>window.hacked = 1</script> & more
<b>Header</b> of *this* document [1] {{ 7*7 }}
SPEAKER <img src=x onerror="window.hacked=1">: I said <script>window.hacked = 1</script> and \
<style>body {{ display: none }} **bold** _under_ `code` [link](javascript:hacked) $x^2$.
It cost {{ 7*7 }} ${alert(1)} <%= 1 %> [1] [sic <i>editor</i>] pounds & pence in the warehouse.

ANNA: Nobody said <svg onload="window.hacked=1"> such a thing about the warehouse before.
"""
HOSTILE_RECORD = """\
title = "A <script>window.hacked=1</script> title & *stars* {{ 7*7 }}"
repository = '"><img src=x onerror=window.hacked=1>'
translator = "<b>Nobody</b>"

[[participants]]
name = 'SPEAKER <img src=x onerror="window.hacked=1">'
full_name = "S <img src=x onerror=window.hacked=1> P"
role = "<u>role</u>"

[[participants]]
name = "ANNA"

[[suggested]]
question = "What did it cost in the <b>warehouse</b>?"
quote = "It cost {{ 7*7 }}"

[layout]
header_from = "<b>Header</b>"
speaker_label = '(?P<name>SPEAKER <img src=x onerror="window.hacked=1">|ANNA):(?P<text>.*)'
"""


def write_hostile(folder: Path) -> Path:
    """Write an archive whose every field tries to be more than text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "hostile.toml").write_text(HOSTILE_RECORD, encoding="utf-8")
    return folder


@contextmanager
def running_apart(
    folder: Path, port: int | None = None, stderr: IO[bytes] | None = None, **values: object
) -> Iterator[tuple[str, int]]:
    """Run a site over the shipped archive in a process of its own; yield its URL and pid."""
    port = port or free_port()
    settings = settings_for(folder, **values).model_dump_json()
    root = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{root.parent}{os.pathsep}{root}"}
    command = [sys.executable, str(Path(__file__)), str(port), settings]
    process = subprocess.Popen(command, env=environment, stderr=stderr)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while not is_well(url) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        assert is_well(url), "the server did not start"
        yield url, process.pid
    finally:
        process.kill()
        process.wait()


def is_well(url: str) -> bool:
    """Whether a server has answered its first question."""
    try:
        return httpx.get(url + "/healthz").status_code == 200
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    _values = {**json.loads(sys.argv[2]), "port": int(sys.argv[1])}
    _site = word_site(Settings.model_validate(_values))
    log_to_standard_error()
    uvicorn.Server(listening(build_app(_site), _site.settings)).run()
