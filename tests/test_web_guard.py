"""Who may ask the server for what, how much and how often."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Scope
from starlette.types import Receive as ReceiveType
from starlette.types import Send as SendType

from qa.web.guard import LOOPBACK, Guard
from qa.web.policy import Routes
from qa.web.rate import Rate
from web_support import SHOTS, Server, running, settings_for, word_site


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = settings_for(tmp_path_factory.mktemp("guard"), kiosk=True)
    with running(word_site(settings)) as started:
        yield started


async def echo(scope: Scope, receive: ReceiveType, send: SendType) -> None:
    message = await receive()
    await PlainTextResponse(message.get("body", b""))(scope, receive, send)


def guarded(
    *, app: ASGIApp = echo, burst: float = 1000, max_body: int = 64, kiosk: bool = False
) -> Guard:
    return Guard(
        app,
        routes=Routes(kiosk=kiosk),
        hosts=LOOPBACK | {"museum.example"},
        max_body=max_body,
        rate=Rate(burst=burst, per_second=0.5, addresses=100),
    )


def request(guard: Guard, method: str, path: str, **options: object) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(guard)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as c:
            return await c.request(method, path, **options)  # type: ignore[arg-type]

    return asyncio.run(send())


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://example.org/",
        "/gradio_api/deep_link",
        "/gradio_api/run/ask",
        "/gradio_api/component_server",
        "/gradio_api/stream/x/y/z",
        "/monitoring",
        "/openapi.json",
        "/docs",
        "/manifest.json",
        "/ui/../server.py",
        "/static/../../etc/passwd/",
        "/source/a/b",
        "/kiosk/qr/x/1-2.png",
        "/.env",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_on_the_list_does_not_exist(method: str, path: str) -> None:
    assert request(guarded(), method, path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_not_exist(method: str) -> None:
    assert request(guarded(), method, "/api/ask").status_code == 404


def test_a_terminal_opens_nothing_of_the_chat() -> None:
    guard = guarded(kiosk=True)
    assert request(guard, "GET", "/kiosk").status_code == 200
    for path in ("/config", "/source", "/gradio_api/info", "/assets/index.js"):
        assert request(guard, "GET", path).status_code == 404


def test_another_web_site_may_not_ask() -> None:
    for origin in ("https://evil.example", "http://127.0.0.1:9999", "null", "http://["):
        answer = request(guarded(), "POST", "/api/ask", headers={"origin": origin})
        assert answer.status_code == 403, origin
        assert "access-control-allow-origin" not in answer.headers


def test_our_own_pages_and_programs_without_a_page_may_ask() -> None:
    own = {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert request(guarded(), "POST", "/api/ask", headers=own).status_code == 200
    assert request(guarded(), "POST", "/api/ask").status_code == 200


def test_a_link_elsewhere_may_lead_here_but_a_page_elsewhere_may_not_embed_us() -> None:
    follow = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    embed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert request(guarded(), "GET", "/source", headers=follow).status_code == 200
    assert request(guarded(), "GET", "/source", headers=embed).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::1",
        "a b",
        "evil@127.0.0.1",
        "127.0.0.1/evil",
        "127.0.0.1?evil",
        "127.0.0.1:80:80",
    ],
)
def test_an_unknown_host_name_is_refused(host: str) -> None:
    assert request(guarded(), "GET", "/healthz", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:1", "[::1]:80", "MUSEUM.example", "127.0.0.1"])
def test_known_host_names_are_served_on_any_port(host: str) -> None:
    assert request(guarded(), "GET", "/healthz", headers={"host": host}).status_code == 200


def test_gradio_never_learns_of_another_host_than_the_one_checked() -> None:
    passed: list[set[bytes]] = []

    async def listen(scope: Scope, receive: ReceiveType, send: SendType) -> None:
        passed.append({name for name, _ in scope["headers"]})
        await PlainTextResponse("")(scope, receive, send)

    headers = {"x-forwarded-host": "evil.example", "x-gradio-server": "http://evil.example"}
    request(guarded(app=listen), "GET", "/config", headers=headers)
    assert b"host" in passed[0]
    assert not passed[0] & {b"x-forwarded-host", b"x-gradio-server"}


def test_a_body_is_measured_as_it_arrives() -> None:
    async def in_pieces(size: int) -> int:
        sent: list[Message] = []
        pieces = [b"x" * 16] * (size // 16)

        async def receive() -> Message:
            body = pieces.pop() if pieces else b""
            return {"type": "http.request", "body": body, "more_body": bool(pieces)}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/api/ask",
            "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1),
        }
        await guarded(max_body=64)(scope, receive, send)
        return int(sent[0]["status"])

    assert asyncio.run(in_pieces(64)) == 200
    assert asyncio.run(in_pieces(80)) == 413


@pytest.mark.parametrize("length", ["65", "99999999999999999999", "-1", "1e3", "x"])
def test_a_body_announced_as_too_large_is_not_read(length: str) -> None:
    headers = {"content-length": length}
    assert request(guarded(), "POST", "/api/ask", headers=headers).status_code == 413


def test_the_body_reaches_the_page_unchanged() -> None:
    body = bytes(range(64))
    assert request(guarded(), "POST", "/api/ask", content=body).content == body


def test_haste_is_answered_with_a_page_for_people_and_an_object_for_programs() -> None:
    guard = guarded(burst=2)
    codes = [request(guard, "POST", "/api/ask").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    program = request(guard, "POST", "/api/ask")
    assert program.json()["error"].startswith("Too many questions at once.")
    assert 1 <= int(program.headers["retry-after"]) <= 2
    person = request(guard, "POST", "/export/html", headers={"accept": "text/html,*/*"})
    assert person.status_code == 429
    assert "<h1>Too many questions at once. Please wait a moment.</h1>" in person.text
    assert "second" in person.text


def test_a_bucket_fills_again_with_time() -> None:
    rate = Rate(burst=2, per_second=4, addresses=10)
    assert [rate.wait("a", 1, 0.0), rate.wait("a", 1, 0.0)] == [0.0, 0.0]
    assert rate.wait("a", 1, 0.0) == pytest.approx(1 / 4)
    assert rate.wait("a", 1, 1 / 4) == 0.0
    assert rate.wait("b", 1, 0.0) == 0.0


def test_the_number_of_addresses_remembered_is_bounded() -> None:
    rate = Rate(burst=1, per_second=0.001, addresses=3)
    for address in "abcd":
        assert rate.wait(address, 1, 0.0) == 0.0
    assert rate.wait("d", 1, 0.0) > 0
    assert rate.wait("a", 1, 0.0) == 0.0, "the oldest one was forgotten"


def test_every_response_carries_the_security_headers(server: Server) -> None:
    for path in ("/kiosk", "/healthz", "/ui/kiosk.js", "/nowhere"):
        headers = httpx.get(server.url + path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


def test_a_page_can_be_asked_for_without_its_body(server: Server) -> None:
    for path in ("/kiosk", "/healthz", "/ui/kiosk.js", "/kiosk/words/de"):
        head = httpx.head(server.url + path)
        assert head.status_code == 200, path
        assert head.content == b""
        assert "content-security-policy" in head.headers


def test_words_are_kept_nowhere_and_scripts_are_asked_for_again(server: Server) -> None:
    assert httpx.get(server.url + "/kiosk").headers["cache-control"] == "no-store"
    script = httpx.get(server.url + "/ui/kiosk.js")
    assert script.headers["cache-control"] == "no-cache"
    again = httpx.get(
        server.url + "/ui/kiosk.js", headers={"if-none-match": script.headers["etag"]}
    )
    assert again.status_code == 304


def test_the_chat_page_allows_no_inline_and_no_evaluated_script() -> None:
    policy = request(guarded(), "GET", "/").headers["content-security-policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert "unsafe-eval" not in policy


def test_health_is_told_once_a_question_has_been_answered(server: Server, tmp_path: Path) -> None:
    httpx.post(server.url + "/api/ask", json={"question": SHOTS})
    assert httpx.get(server.url + "/healthz").json()["status"] == "ok"
    cold = word_site(settings_for(tmp_path, kiosk=True))
    from qa.web.server import build_app

    answer = request(build_app(cold), "GET", "/healthz")  # type: ignore[arg-type]
    assert answer.status_code == 503
    cold.warm_up()
    assert request(build_app(cold), "GET", "/healthz").status_code == 200  # type: ignore[arg-type]
