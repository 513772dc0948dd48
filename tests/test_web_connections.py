"""Silent and half-spoken connections keep nobody out; an address holds only so many."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from qa.web.connections import HEAD_SECONDS, Connections, party
from web_support import running_apart

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with running_apart(tmp_path_factory.mktemp("doors"), kiosk=True) as (url, _):
        yield int(url.rsplit(":", 1)[1])


@contextmanager
def held(port: int, count: int, first: bytes = b"", source: str = "127.0.0.1") -> Iterator[list]:
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            client = socket.create_connection(
                ("127.0.0.1", port), timeout=20, source_address=(source, 0)
            )
            stack.enter_context(client)
            client.sendall(first)
            opened.append(client)
        yield opened


def answer_to(port: int, source: str) -> bytes:
    with held(port, 1, REQUEST, source) as (client,):
        return everything_from(client)


def everything_from(client: socket.socket, end: bytes = b"") -> bytes:
    """Return what comes until the connection is closed, or until ``end``."""
    answer = b""
    while part := client.recv(4000):
        answer += part
        if end and answer.endswith(end):
            break
    return answer


def is_closed(client: socket.socket) -> bool:
    try:
        while client.recv(1000):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n{",
        REQUEST.replace(b"close", b"keep-alive"),
    ],
    ids=["silent", "half a head", "half a body", "kept alive"],
)
def test_hundreds_of_connections_of_one_address_keep_nobody_out(port: int, first: bytes) -> None:
    with held(port, 400, first):
        for _ in range(5):
            assert b'"status":"ok"' in answer_to(port, "127.0.0.2")


def test_the_same_address_is_still_answered_past_its_own_silence(port: int) -> None:
    with held(port, 400):
        assert b'"status":"ok"' in answer_to(port, "127.0.0.1")


def test_silent_connections_of_many_addresses_keep_nobody_out(port: int) -> None:
    with ExitStack() as stack:
        for number in range(10, 30):
            stack.enter_context(held(port, 40, b"GET", f"127.0.0.{number}"))
        assert b'"status":"ok"' in answer_to(port, "127.0.0.2")


def test_whoever_says_nothing_or_dribbles_is_hung_up_on(port: int) -> None:
    with held(port, 1) as (silent,), held(port, 1, b"GET / HTTP/1.1\r\n") as (slow,):
        for _ in range(int(HEAD_SECONDS * 2) + 4):
            time.sleep(0.5)
            try:
                slow.sendall(b"A: b\r\n")
            except ConnectionError:
                break
        assert is_closed(silent)
        assert is_closed(slow)


def test_a_body_that_is_refused_is_not_listened_to(port: int) -> None:
    head = b"POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n"
    with held(port, 1, head) as (client,):
        assert b"404" in client.recv(1000)
        assert is_closed(client)


def test_a_program_that_keeps_its_connection_learns_that_it_ends(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as program:
        for path, content in (("/api/ask", b"x" * 100_000), ("/nowhere", b"x" * 1_000_000)):
            refused = program.post(path, content=content)
            assert refused.status_code in (404, 413)
            assert refused.headers["connection"] == "close"
            assert program.get("/healthz").status_code == 200


def test_several_requests_pass_through_one_connection(port: int) -> None:
    kept = REQUEST.replace(b"close", b"keep-alive")
    with held(port, 1) as (client,):
        for pause in (0.0, 0.2, HEAD_SECONDS + 1):
            time.sleep(pause)
            client.sendall(kept)
            assert b"200 OK" in everything_from(client, b"}")
        client.sendall(kept + REQUEST)
        assert everything_from(client).count(b"200 OK") == 2


class Silent:
    """A connection without a request, or with one."""

    def __init__(self, is_silent: bool = True) -> None:
        self.is_silent = is_silent
        self.closed = False

    def close(self) -> None:
        self.closed = True
        connections.leave(self)  # type: ignore[arg-type]


connections = Connections(most=4, most_each=2, proxies=("10.0.0.1",))


def test_only_requests_under_way_count() -> None:
    admit = connections.admit
    busy, silent, another = Silent(False), Silent(), Silent()
    assert admit(busy, "10.0.0.2")  # type: ignore[arg-type]
    assert admit(silent, "10.0.0.2")  # type: ignore[arg-type]
    assert admit(another, "10.0.0.2"), "the silent one makes room"  # type: ignore[arg-type]
    assert silent.closed
    another.is_silent = False
    assert not admit(Silent(), "10.0.0.2")  # type: ignore[arg-type]
    assert admit(Silent(False), "10.0.0.1")  # type: ignore[arg-type]
    assert admit(Silent(False), "10.0.0.1")  # type: ignore[arg-type]
    assert len(connections) == 4
    assert not admit(Silent(), "10.0.0.1"), "all are served"  # type: ignore[arg-type]
    connections.leave(busy)  # type: ignore[arg-type]
    assert admit(Silent(False), "10.0.0.1"), "a proxy brings many"  # type: ignore[arg-type]


def test_one_party_is_one_address_or_one_network() -> None:
    assert party("::ffff:10.1.2.3") == party("10.1.2.3") == "10.1.2.3"
    assert party("2001:db8:1:2::1") == party("2001:db8:1:2:ffff::9") != party("2001:db8:1:3::1")
    assert party("x" * 1000) == "x" * 100
