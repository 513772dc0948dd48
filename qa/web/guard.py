"""The door in front of every page: who may ask for what, how much and how often.

Gradio by itself serves uploads, files, proxies and state dumps, answers any Host, echoes any
Origin and takes bodies of any size. The guard closes all that before a request reaches it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.bodies import Bodies
from qa.web.languages import language_of
from qa.web.pages import TOO_LARGE, refusal
from qa.web.policy import Routes, caching, security_headers
from qa.web.rate import Rate

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_POST_COST = 1.0
_GET_COST = 0.05
_BODY_SECONDS = 15.0
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
# Gradio would believe these rather than the Host that was checked.
_FORWARDED = (b"x-forwarded-host", b"x-gradio-server")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served.

    Attributes:
        status: HTTP status code.
        sentence: what to tell the person or program.
        retry_after: seconds to wait, or 0.
        values: for the fields in braces of the sentence.
    """

    status: int
    sentence: str
    retry_after: float = 0.0
    values: dict[str, str] = field(default_factory=dict)


class Guard:
    """An ASGI application around another one."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Routes,
        hosts: Iterable[str],
        max_body: int,
        rate: Rate,
        bodies: Bodies | None = None,
    ) -> None:
        """Guard ``app``.

        Args:
            app: what is guarded.
            routes: the allow-list.
            hosts: Host names, without port, under which the server may be addressed.
            max_body: largest request body, in bytes.
            rate: how often an address may ask.
            bodies: what a body may hold; anything, if None.
        """
        self._app = app
        self._routes = routes
        self._hosts = frozenset(host.lower() for host in hosts)
        self._max_body = max_body
        self._rate = rate
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        guarded = _with_headers(scope["path"], send)
        headers = Headers(scope=scope)
        body = self._refused(scope, headers) or await self._body(headers, receive)
        if isinstance(body, bytes):
            body = self._unfit(scope, body) or body
        if isinstance(body, bytes):
            await self._app(_plain(scope), _replay(body, receive), guarded)
            return
        html = "text/html" in headers.get("accept", "")
        response = refusal(
            body.status,
            body.sentence,
            body.retry_after,
            html=html,
            language=language_of(Request(scope)) if html else "en",
            values=body.values,
        )
        if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
            # The rest of a body that is refused is not read: another request must not follow it.
            response.headers["connection"] = "close"
        await response(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Refusal | None:
        host = headers.get("host", "")
        if host_name(host) not in self._hosts:
            return Refusal(400, "This server is not known under that name.")
        if not _same_origin(headers, host):
            return Refusal(403, "Another web site may not use this archive through your browser.")
        if not self._routes.allow(scope["method"], scope["path"]):
            return Refusal(404, "There is no such page.")
        cost = _POST_COST if scope["method"] == "POST" else _GET_COST
        address = scope["client"][0] if scope.get("client") else ""
        wait = self._rate.wait(address, cost, time.monotonic())
        if wait > 0:
            return Refusal(429, "Too many questions at once. Please wait a moment.", wait)
        return None

    def _unfit(self, scope: Scope, body: bytes) -> Refusal | None:
        if self._bodies is None or scope["method"] != "POST":
            return None
        fault = self._bodies.fault(scope["path"], body)
        return Refusal(422, fault) if fault else None

    async def _body(self, headers: Headers, receive: Receive) -> bytes | Refusal:
        """Read the whole body, counting what arrives and not what was announced."""
        too_large = Refusal(413, TOO_LARGE, values={"bytes": f"{self._max_body:,}"})
        announced = headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._max_body:
            return too_large
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                return await _read(receive, self._max_body) or b""
        except TimeoutError:
            return Refusal(408, "The request took too long to arrive.")
        except _TooLargeError:
            return too_large
        except _GoneError:
            return Refusal(400, "The request did not arrive whole.")


def _plain(scope: Scope) -> Scope:
    """Return the request as the pages know it: HEAD as GET, whose body the server leaves out."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    headers = [(name, value) for name, value in scope["headers"] if name not in _FORWARDED]
    return {**scope, "method": method, "headers": headers}


class _TooLargeError(Exception):
    """More bytes arrived than a body may have."""


class _GoneError(Exception):
    """Whoever sent the body has gone before its end."""


async def _read(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            raise _TooLargeError
        if message["type"] == "http.disconnect":
            raise _GoneError
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body once, then whatever the connection says (that the client has gone)."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed


def _with_headers(path: str, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in security_headers(path).items():
                headers[name] = value
            headers.setdefault("cache-control", caching(path))
        await send(message)

    return sending


def host_name(host: str) -> str:
    """Return the name in a Host header, lower case, without port and brackets; or nothing."""
    if _HOST.fullmatch(host) is None:
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether the request comes from one of our own pages, or from no page at all."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:
            return False
    # A page elsewhere may link here; it may not send anything or read along.
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    return headers.get("sec-fetch-mode") == "navigate"
