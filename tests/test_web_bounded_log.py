"""Nothing that visitors send fills the curator's disk, or is answered with silence."""

from __future__ import annotations

import io
import json
import logging
import random
import socket
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from qa.web.bodies import Bodies
from qa.web.logs import BoundedStream, OneLine, Seldom, printable
from web_support import DOCUMENT, running, running_apart, settings_for, word_site

HALF = '"\\ud800"'
PASSWD = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
ODD_PATHS = (
    "/gradio_api/queue/data?session_hash=nobody",
    "/gradio_api/queue/data",
    "/gradio_api/call/ask/nobody",
    "/gradio_api/info?serialize=x",
    "/source/%00%0a%1b",
    "/source/%ed%a0%80?find=%ed%a0%80",
    "/source/x?" + "&".join(f"p{n}={n}" for n in range(1000)),
    "/static/img/%00",
    "/assets/..",
    f"/kiosk/context/{DOCUMENT}/1-{'9' * 5000}",
    "/%0a%1b[31mTraceback",
)
BAD_BODIES = (
    b"",
    b"{",
    b"\xff\xfe",
    b"[" * 5000,
    b'{"question": NaN}',
    b'{"question": "x", "speaker": "\\ud800"}',
    b'{"data": ["x", "[]", "\\udfff", "", "", "", ""], "fn_index": 0, "session_hash": "a"}',
    json.dumps({"data": [], "fn_index": 0, "session_hash": "a"}).encode(),
    json.dumps({"data": ["a"] * 7, "fn_index": 99, "session_hash": "a"}).encode(),
    json.dumps({"data": [PASSWD] * 7, "fn_index": 0, "session_hash": "a"}).encode(),
    json.dumps(
        {"data": ["x", "[]", "Nobody", "no document", "", "", ""], "session_hash": "b"}
    ).encode(),
)
POSTED = (
    "/api/ask",
    "/api/report",
    "/api/feedback",
    "/kiosk/ask",
    "/gradio_api/queue/join",
    "/gradio_api/call/ask",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/export/html",
)


def test_hundreds_of_bad_requests_write_little(tmp_path: Path) -> None:
    log = tmp_path / "stderr"
    with log.open("wb") as stderr, running_apart(tmp_path, stderr=stderr) as (url, _):
        sent = 0
        with httpx.Client(base_url=url, timeout=20) as client:
            for _ in range(6):
                for path in ODD_PATHS:
                    # Gradio begins to answer a session it does not know, and then breaks off.
                    with suppress(httpx.RemoteProtocolError):
                        assert client.get(path).status_code < 500, path
                    sent += 1
                for path in POSTED:
                    for body in BAD_BODIES:
                        answer = client.post(
                            path, content=body, headers={"content-type": "application/json"}
                        )
                        assert answer.status_code < 500, (path, body[:80], answer.text)
                        sent += 1
        _send_rubbish(url, 100)
        assert httpx.get(url + "/healthz").status_code == 200
    assert sent > 500
    written = log.read_bytes()
    assert b"Traceback" not in written
    assert len(written) < 8_000, written[:2000]
    assert b"\x1b" not in written


def _send_rubbish(url: str, times: int) -> None:
    """Send what is no HTTP, and leave in the middle of a request."""
    port = int(url.rsplit(":", 1)[1])
    dice = random.Random(1)
    for number in range(times):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(dice.randbytes(200) if number % 2 else b"POST /api/ask HTTP/1.1\r\nA: ")


@pytest.mark.parametrize("kiosk", [True, False])
def test_half_a_character_is_answered_wherever_it_stands(tmp_path: Path, kiosk: bool) -> None:
    with running(word_site(settings_for(tmp_path, kiosk=kiosk))) as server:
        for path, fields in {
            "/api/ask": ("question", "speaker", "document", "history", "more"),
            "/kiosk/ask": ("question", "language", "history", "more"),
            "/api/report": ("document", "comment", "start"),
        }.items():
            if kiosk and path == "/api/report":
                continue
            for field in fields:
                for value in (HALF, f"[{HALF}]", f"{{{HALF}: 1}}"):
                    body = f'{{"question": "Who?", "{field}": {value}}}'
                    answer = httpx.post(
                        server.url + path,
                        content=body,
                        headers={"content-type": "application/json"},
                    )
                    assert answer.status_code == 422, (path, field)
                    assert answer.json()["error"].endswith(".")


def test_gradio_takes_texts_alone_and_copies_no_file() -> None:
    bodies = Bodies({0: 4, 1: 2})

    def fault(path: str, **body: object) -> str | None:
        return bodies.fault("/gradio_api/" + path, json.dumps(body).encode())

    call = {"data": ["x", "[]", "", ""], "fn_index": 0, "session_hash": "abc"}
    assert fault("queue/join", **call, event_data=None, trigger_id=3) is None
    assert fault("call/ask", data=["x", "[]", "", ""]) is None
    assert fault("reset", event_id="a") is None
    for change in (
        {"data": [PASSWD, "[]", "", ""]},
        {"data": ["x", "[]", {"a": PASSWD}, ""]},
        {"data": ["x", "[]"]},
        {"fn_index": 7},
        {"fn_index": None},
        {"session_hash": "a/b"},
        {"session_hash": None},
        {"event_data": PASSWD},
        {"batched": True},
    ):
        assert fault("queue/join", **(call | change)), change


def logger(stream: io.StringIO, clock: list[float]) -> logging.Logger:
    made = logging.Logger("made", logging.WARNING)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    handler.addFilter(Seldom(lambda: clock[0]))
    made.addHandler(handler)
    return made


def test_a_fault_of_ours_is_told_once_in_full_and_then_counted() -> None:
    stream, clock = io.StringIO(), [0.0]
    log = logger(stream, clock)
    for _ in range(500):
        try:
            raise ValueError("a \ud800 \x1b[31m sign\n" + "x" * 1000)
        except ValueError as error:
            log.error("The request for %s failed.", "/a\nb", exc_info=error)
            log.error("Exception in ASGI application\n", exc_info=error)
    told = stream.getvalue()
    told.encode()
    assert told.count("Traceback") == 1
    assert "/a\\nb" in told
    assert "\x1b" not in told
    assert len(told) < 8_000
    clock[0] = 61.0
    log.error("The request for %s failed.", "/c")
    assert "(and 490 like this before)" in stream.getvalue()


def test_all_of_standard_error_is_bounded_and_takes_every_character() -> None:
    below, clock = io.TextIOWrapper(io.BytesIO(), encoding="ascii"), [0.0]
    stream = BoundedStream(below, burst=1000, per_second=10, clock=lambda: clock[0])
    print("\ud800é", file=stream)
    for _ in range(100):
        stream.write("y" * 99 + "\n")
    clock[0] = 60.0
    print("again", file=stream)
    below.flush()
    written = below.buffer.getvalue()
    assert written.startswith(b"\\ud800\\xe9\n")
    assert len(written) < 1100
    assert b"characters of messages left out]\nagain\n" in written


def test_what_is_printed_is_one_line() -> None:
    assert printable("a\r\n\x00\u202e\ud800é") == "a\\r\\n\\x00\\u202e\\ud800é"
    assert len(printable("x" * 1000)) == 301
