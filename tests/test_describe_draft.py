"""Drafting with a language model: whatever the endpoint does, only what is checked is kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.archive import open_archive
from describing import Describe, Told
from qa.describe.chat import Chat, Endpoint, EndpointError, MalformedAnswerError
from qa.errors import UsageError

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Script:
    """What the server will do, and what it was sent."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, object]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def script() -> Iterator[Script]:
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append(json.loads(body))
            script.paths.append(self.path)
            script.keys.append(self.headers["Authorization"])
            script.replies.pop(0)(self)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield script
    server.shutdown()
    server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def says(content: object) -> Reply:
    """Answer with a chat completion."""
    text = content if isinstance(content, str) else json.dumps(content)
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]})
    return lambda handler: send(handler, 200, body.encode())


def fails(status: int, body: bytes = b"no", **headers: str) -> Reply:
    return lambda handler: send(handler, status, body, **headers)


def sleeps(seconds: float) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return reply


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


@pytest.fixture
def describe(tiny_archive: Callable[..., Path], capsys: Told) -> Describe:
    return Describe(tiny_archive(), capsys)


def draft(describe: Describe, script: Script, *more: object) -> Describe:
    options = ("--url", script.url, "--model", "small", "--timeout", "5")
    return describe("draft", "lighthouse", *options, *more)


def asked_for(script: Script, number: int = 0) -> list[dict[str, object]]:
    """Return the sentences that a request asked to describe."""
    messages = script.asked[number]["messages"]
    assert isinstance(messages, list)
    found: list[dict[str, object]] = json.loads(messages[-1]["content"])["describe"]
    return found


def entry(first: int, last: int, *questions: object) -> dict[str, object]:
    keys = [{"text": q, "lang": "en", "voice": "child"} if isinstance(q, str) else q
            for q in questions]  # fmt: skip
    return {"first": first, "last": last, "abstract": "One line.", "subjects": ["Bell"],
            "questions": keys}  # fmt: skip


def bell(describe: Describe) -> int:
    """Return the number of the sentence about the bell; its stretch starts there or before."""
    document = open_archive(describe.folder)["lighthouse"]
    return next(s.number for s in document.sentences if "by hand" in document.text[s.start : s.end])


def only_the_bell(describe: Describe) -> int:
    """Describe everything but the sentence about the bell, and return its number."""
    document = open_archive(describe.folder)["lighthouse"]
    number = bell(describe)
    for s in document.sentences:
        if s.number != number:
            place = f"{s.start}-{s.end}"
            describe("add", "lighthouse", place, "--author", "Ada", "--question", f"Q{s.number}?")
    return number


def test_a_draft_is_marked_as_one_and_lies_where_it_was_asked_for(
    describe: Describe, script: Script
) -> None:
    number = only_the_bell(describe)
    manifest = describe.write_manifest()
    gap = {"question": "How loud was it?", "lang": "en", "voice": "tourist", "first": number,
           "last": number, "why": "No loudness."}  # fmt: skip
    script.replies = [says({"entries": [entry(number, number, "Any noise?")], "gaps": [gap]})]
    draft(describe, script)
    archive = open_archive(describe.folder)
    sentence = archive["lighthouse"].sentences[number]
    drafted = archive.aid("lighthouse").entries[-1]
    (found,) = archive.aid("lighthouse").gaps
    assert (drafted.start, drafted.end) == found.near == (sentence.start, sentence.end)
    for provenance in (drafted.provenance, found.provenance):
        assert (provenance.author, provenance.reviewed_by) == ("model-drafted", None)
    assert [item["number"] for item in asked_for(script)] == [number]
    assert script.asked[0]["model"] == "small"
    assert script.paths == ["/v1/chat/completions"]
    assert f"Brought {manifest} up to date." in describe.said


def test_the_key_is_sent_and_never_shown(describe: Describe, script: Script) -> None:
    number = only_the_bell(describe)
    script.replies = [says({"entries": [entry(number, number, "Any noise?")]})]
    draft(describe, script, "--key", "sesame")
    assert script.keys == ["Bearer sesame"]
    assert "sesame" not in describe.said + describe.warned + describe.aid("lighthouse").read_text()


def test_address_model_and_key_may_stand_in_the_environment(
    describe: Describe, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = only_the_bell(describe)
    script.replies = [says({"entries": [entry(number, number, "Any noise?")]})]
    monkeypatch.setenv("VERBATIM_DRAFT_URL", script.url + "/")
    monkeypatch.setenv("VERBATIM_DRAFT_MODEL", "other")
    monkeypatch.setenv("VERBATIM_DRAFT_KEY", "sesame")
    describe("draft", "lighthouse")
    assert script.asked[0]["model"] == "other"
    assert script.keys == ["Bearer sesame"]
    assert script.paths == ["/v1/chat/completions"]


def test_pieces_that_cannot_be_used_are_dropped_and_named(
    describe: Describe, script: Script
) -> None:
    number = only_the_bell(describe)
    pieces = [
        entry(number, number, "Any noise?", "any NOISE?", "Q0?", {"text": "", "lang": "en"}),
        entry(number, number, {"text": "Warum?", "lang": "de"}),
        entry(number - 1, number, "Outside?"),
        entry(number, number - 1, "Backwards?"),
        {"first": "x"},
        "nonsense",
    ]
    gaps = [{"question": "Any noise?", "lang": "en"}, {"question": "Cost?", "lang": "en"}, None]
    script.replies = [says({"entries": pieces, "gaps": gaps})]
    before = len(describe.lines("lighthouse"))
    draft(describe, script)
    aid = open_archive(describe.folder).aid("lighthouse")
    assert [key.text for key in aid.entries[-1].questions] == ["Any noise?"]
    assert [gap.gap for gap in aid.gaps] == ["Cost?"]
    assert len(describe.lines("lighthouse")) == before + 2
    for said in ("asked already", "'de' was not asked for", "lie outside", "no question is left"):
        assert said in describe.warned


@pytest.mark.parametrize(
    "dress", ["```json\n{}\n```", "Here you are: {} I hope it helps.", " {}\n"]
)
def test_json_in_a_fence_or_in_chatter_is_read(
    describe: Describe, script: Script, dress: str
) -> None:
    number = only_the_bell(describe)
    text = json.dumps({"entries": [entry(number, number, "Any noise?")]})
    script.replies = [says(dress.replace("{}", text))]
    draft(describe, script)
    assert open_archive(describe.folder).aid("lighthouse").entries[-1].abstract == "One line."


@pytest.mark.parametrize(
    "bad",
    [
        says("I would rather not."),
        says("[]"),
        says({}),
        says({"entries": 3}),
        says('{"entries": ' + "[" * 50_000 + "}"),
        fails(200, b"<html>hello</html>"),
        fails(200, b'{"choices": []}'),
        fails(200, b'{"choices": [{"message": {"content": null}}]}'),
        fails(200, b"\xff\xfe"),
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(
    describe: Describe, script: Script, bad: Reply
) -> None:
    number = only_the_bell(describe)
    script.replies = [bad, says({"entries": [entry(number, number, "Any noise?")]})]
    draft(describe, script)
    assert len(script.asked) == 2
    assert open_archive(describe.folder).aid("lighthouse").entries[-1].abstract == "One line."


def test_a_stretch_without_a_readable_answer_is_told_and_the_others_go_on(
    describe: Describe, script: Script
) -> None:
    stretches = 2
    script.replies = [says("no"), says("no"), says({"gaps": [{"question": "Cost?", "lang": "en"}]})]
    draft(describe, script, "--limit", stretches, "--attempts", 2)
    assert "nothing drafted; The answer holds no JSON object." in describe.warned
    assert [gap.gap for gap in open_archive(describe.folder).aid("lighthouse").gaps] == ["Cost?"]


def test_what_was_drafted_before_the_endpoint_went_away_is_kept(
    describe: Describe, script: Script
) -> None:
    script.replies = [says({"gaps": [{"question": "Cost?", "lang": "en"}]}), fails(401, b"bad key")]
    with pytest.raises(EndpointError, match="401: bad key; check address, model and key"):
        draft(describe, script)
    assert [gap.gap for gap in open_archive(describe.folder).aid("lighthouse").gaps] == ["Cost?"]
    assert len(script.asked) == 2


def test_nothing_is_asked_where_everything_is_described(describe: Describe, script: Script) -> None:
    number = only_the_bell(describe)
    sentence = open_archive(describe.folder)["lighthouse"].sentences[number]
    place = f"{sentence.start}-{sentence.end}"
    describe("add", "lighthouse", place, "--author", "Ada", "--question", "Noise?")
    draft(describe, script)
    assert "nothing to draft" in describe.said
    assert not script.asked


def test_stretches_follow_blocks_and_context_is_not_described(
    describe: Describe, script: Script
) -> None:
    script.replies = [says({"gaps": [{"question": f"{n}?", "lang": "en"}]}) for n in range(50)]
    draft(describe, script, "--sentences", 2, "--languages", "en,de", "--questions", 4)
    document = open_archive(describe.folder)["lighthouse"]
    asked = [[int(str(s["number"])) for s in asked_for(script, n)]
             for n in range(len(script.asked))]  # fmt: skip
    assert [n for numbers in asked for n in numbers] == [s.number for s in document.sentences]
    for numbers in asked:
        assert len(numbers) <= 2
        assert len({document.sentences[n].block for n in numbers}) == 1
    messages = script.asked[0]["messages"]
    assert isinstance(messages, list)
    material = json.loads(messages[-1]["content"])
    assert material["languages"] == ["en", "de"]
    assert material["questions for each passage"] == 4


@pytest.mark.parametrize("languages", ["English", ",", "en;de"])
def test_languages_are_codes(describe: Describe, script: Script, languages: str) -> None:
    with pytest.raises(UsageError, match="no list of languages"):
        draft(describe, script, "--languages", languages)
    assert not script.asked


def endpoint(script: Script, **changes: object) -> Endpoint:
    values: dict[str, object] = {"timeout": 5.0, "attempts": 3, "key": "", "model": "small"}
    return Endpoint(url=script.url, **values | changes)  # type: ignore[arg-type]


def ask(script: Script, **changes: object) -> tuple[str, list[float]]:
    waited: list[float] = []
    with Chat(endpoint(script, **changes), waited.append) as chat:
        return chat.ask([{"role": "user", "content": "Hello"}]), waited


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_fault_is_waited_out(script: Script, status: int) -> None:
    script.replies = [fails(status), fails(status), says("Hello")]
    assert ask(script) == ("Hello", [1.0, 2.0])


def test_the_wait_a_server_asks_for_is_kept_within_reason(script: Script) -> None:
    script.replies = [fails(429, Retry_After="7"), fails(429, Retry_After="86400"), says("Hello")]
    assert ask(script) == ("Hello", [7.0, 60.0])


def test_a_fault_that_does_not_pass_ends_in_one_sentence(script: Script) -> None:
    script.replies = [fails(500, b"over\nloaded")] * 3
    with pytest.raises(EndpointError, match=r"answers 500: over loaded \(3 attempts\)\."):
        ask(script)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404])
def test_a_refusal_is_not_repeated(script: Script, status: int) -> None:
    script.replies = [fails(status, Location="http://127.0.0.1:1/elsewhere")]
    with pytest.raises(EndpointError, match=str(status)):
        ask(script)
    assert len(script.asked) == 1


@pytest.mark.parametrize("reply", [sleeps(1.5), drips])
def test_a_server_that_keeps_one_waiting_is_given_up(script: Script, reply: Reply) -> None:
    script.replies = [reply, says("Hello")]
    started = time.monotonic()
    assert ask(script, timeout=0.5)[0] == "Hello"
    assert time.monotonic() - started < 5


def test_nobody_listening_is_told(script: Script) -> None:
    silent = Endpoint("http://127.0.0.1:9", "small", "", 1.0, 2)
    with (
        Chat(silent, lambda _: None) as chat,
        pytest.raises(EndpointError, match=r"127\.0\.0\.1:9.*cannot be reached"),
    ):
        chat.ask([])


def test_a_flood_is_cut_off(script: Script) -> None:
    script.replies = [fails(200, b" " * (5 * 1024 * 1024))]
    with pytest.raises(MalformedAnswerError, match="longer than"):
        ask(script)


@pytest.mark.parametrize("change", [{"url": "localhost:80"}, {"key": "a\nb"}, {"key": "ключ"}])
def test_an_address_or_key_that_cannot_be_one_is_refused_at_once(change: dict[str, str]) -> None:
    values = {"url": "http://127.0.0.1:9", "model": "small", "key": ""} | change
    with pytest.raises(EndpointError):
        Endpoint(**values, timeout=1.0, attempts=1)
