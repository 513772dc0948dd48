"""Connections: how long one may stay without asking anything, and how many an address may hold.

uvicorn waits for ever for the head of a request and counts a silent connection like one that is
served. Here a connection that waits for a request is closed after some seconds, and earlier where
its place is needed: the oldest one without a whole request makes room, so that silent connections
never keep anybody out.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Collection
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 5.0
"""From the connection, or from the first byte of a further request, to the end of its head."""
UNREAD_SECONDS = 30.0
"""How long an answer may lie unread."""
_V6_NETWORK = 64
_BUSY = b'{"error": "This server has no free connection for you. Please try again in a moment."}'
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 5\r\n"
    b"connection: close\r\ncontent-length: " + str(len(_BUSY)).encode() + b"\r\n\r\n" + _BUSY
)


def party(address: str) -> str:
    """Return who an address belongs to: itself, or its network where one party has millions."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _V6_NETWORK), strict=False))


class Connections:
    """All open connections of one server, and whom each belongs to."""

    def __init__(self, *, most: int, most_each: int, proxies: Collection[str] = ()) -> None:
        """Allow ``most`` connections, and ``most_each`` to an address that is none of ``proxies``.

        A proxy brings everybody's connections; only ``most`` limits it.
        """
        self._most = most
        self._most_each = most_each
        self._proxies = frozenset(party(proxy) for proxy in proxies)
        self._open: dict[GuardedProtocol, str] = {}
        self._count: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: GuardedProtocol, address: str) -> bool:
        """Count a new connection in, making room where one is silent; False where there is none."""
        who = party(address)
        if (
            who not in self._proxies
            and self._count[who] >= self._most_each
            and not self._make_room(who)
        ):
            return False
        if len(self._open) >= self._most and not self._make_room(self._greediest()):
            return False
        self._open[connection] = who
        self._count[who] += 1
        return True

    def leave(self, connection: GuardedProtocol) -> None:
        """Count a connection out; nothing happens where it was never counted in."""
        who = self._open.pop(connection, None)
        if who is not None:
            self._count[who] -= 1
            if not self._count[who]:
                del self._count[who]

    def _greediest(self) -> str | None:
        """Return who holds the most silent connections."""
        silent = Counter(who for connection, who in self._open.items() if connection.is_silent)
        return max(silent, key=lambda who: silent[who], default=None)

    def _make_room(self, who: str | None) -> bool:
        """Close the connection of ``who`` that has been open longest of those without a request."""
        for connection, owner in self._open.items():
            if owner == who and connection.is_silent:
                connection.close()
                return True
        return False


class GuardedProtocol(H11Protocol):
    """uvicorn's protocol with a limit to waiting, for requests and for readers."""

    all_connections: Connections
    head_seconds = HEAD_SECONDS
    unread_seconds = UNREAD_SECONDS

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._head_timer: asyncio.TimerHandle | None = None
        self._unread_timer: asyncio.TimerHandle | None = None
        self._admitted = False

    @property
    def is_silent(self) -> bool:
        """Whether there is no request that has arrived whole and waits for its answer."""
        return self._is_between or self.conn.their_state is h11.SEND_BODY

    @property
    def _is_between(self) -> bool:
        """Whether the head of a request has still to come."""
        # uvicorn declares no None, and begins with one.
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or say that there is no room for it."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        self._admitted = self.all_connections.admit(self, address)
        if self._admitted:
            self._await_head()
            return
        transport.write(_TOO_MANY)
        self.close()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the first ones of a request begin its time."""
        if not self._admitted or self.transport.is_closing():
            return
        super().data_received(data)
        if not self._is_between:
            self._stop_waiting()
        elif self.conn.their_state is not h11.IDLE and self.conn.our_state is not h11.IDLE:
            # Bytes of a body that was refused: whoever goes on sending is not listened to.
            self.close()
        else:
            self._await_head()

    def on_response_complete(self) -> None:
        """Wait for a further request, unless this one has not even arrived."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._stop_waiting()
        if self._unread_timer is not None:
            self._unread_timer.cancel()
        self.all_connections.leave(self)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin the time in which an answer has to be read."""
        super().pause_writing()
        if self._unread_timer is None:
            self._unread_timer = self.loop.call_later(self.unread_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """End that time: somebody reads."""
        super().resume_writing()
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None

    def close(self) -> None:
        """End the connection; what was written is still sent, if it is read in time."""
        self.all_connections.leave(self)
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.close()
            self.loop.call_later(self.head_seconds, self.transport.abort)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_seconds, self.close)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def guarded_protocol(connections: Connections) -> type[GuardedProtocol]:
    """Return the protocol class of a server whose connections are ``connections``."""
    return type("ServerProtocol", (GuardedProtocol,), {"all_connections": connections})
