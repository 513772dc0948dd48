"""Work that takes long is done one piece at a time, everybody's turn after everybody else's.

On few cores, sharing them makes every caller wait longer. Among those who wait, the next piece is
that of whoever was served longest ago, so one who sends thirty questions delays another visitor
by one of them. What the work took is charged to the rate limit afterwards.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from qa.errors import UsageError
from qa.web.connections import party
from qa.web.rate import Rate

_TOO_MANY_REQUESTS = 429
_UNAVAILABLE = 503
_WAITING_EACH = 6
_WAITING = 24  # fewer than the threads that serve requests: the others still serve pages
_PATIENCE = 20.0
_REMEMBERED = 200
_COST_PER_SECOND = 10.0
"""Requests that a second of work counts for in the rate limit."""


class BusyError(UsageError):
    """There is no place in the queue.

    Attributes:
        status: HTTP status code.
        retry_after: seconds after which to try again.
    """

    def __init__(self, sentence: str, status: int, retry_after: float) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after


class Turns:
    """A queue for each client, served in turn by one worker."""

    def __init__(
        self,
        rate: Rate | None = None,
        *,
        most_each: int = _WAITING_EACH,
        most: int = _WAITING,
        patience: float = _PATIENCE,
    ) -> None:
        """Let at most ``most`` wait, ``most_each`` of them for one client, ``patience`` seconds.

        Args:
            rate: charged with the seconds of work, if given.
            most_each: pieces of one client's work that may wait.
            most: pieces of work that may wait.
            patience: seconds after which a piece is given up.
        """
        self._rate = rate
        self._most_each, self._most, self._patience = most_each, most, patience
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[threading.Event]] = {}
        self._served: OrderedDict[str, None] = OrderedDict()
        self._busy = False

    @contextmanager
    def turn(self, client: str = "") -> Iterator[None]:
        """Wait for this client's turn; the work is done inside the block.

        Args:
            client: address of who asks; an empty one is this program itself and is not charged.

        Raises:
            BusyError: too many are waiting, or it took too long.
        """
        self._wait(party(client) if client else "")
        started = time.monotonic()
        try:
            yield
        finally:
            now = time.monotonic()
            self._next()
            if client and self._rate is not None:
                self._rate.charge(client, (now - started) * _COST_PER_SECOND, now)

    def _wait(self, client: str) -> None:
        mine = threading.Event()
        with self._lock:
            if not self._busy:
                self._busy = True
                self._note(client)
                return
            own = self._waiting.get(client, ())
            if len(own) >= self._most_each:
                sentence = "Too many questions at once. Please wait a moment."
                raise BusyError(sentence, _TOO_MANY_REQUESTS, 2.0)
            if sum(map(len, self._waiting.values())) >= self._most:
                sentence = "Many people are asking just now. Please try again in a moment."
                raise BusyError(sentence, _UNAVAILABLE, 5.0)
            self._waiting.setdefault(client, deque()).append(mine)
        if not mine.wait(self._patience):
            self._give_up(client, mine)

    def _give_up(self, client: str, mine: threading.Event) -> None:
        with self._lock:
            if mine.is_set():
                return
            self._waiting[client].remove(mine)
            if not self._waiting[client]:
                del self._waiting[client]
        sentence = "Many people are asking just now. Please try again in a moment."
        raise BusyError(sentence, _UNAVAILABLE, 5.0)

    def _next(self) -> None:
        """Hand over to whoever waits and was served longest ago, or never."""
        with self._lock:
            if not self._waiting:
                self._busy = False
                return
            order = {client: number for number, client in enumerate(self._served)}
            client = min(self._waiting, key=lambda name: order.get(name, -1))
            self._note(client)
            queue = self._waiting[client]
            queue.popleft().set()
            if not queue:
                del self._waiting[client]

    def _note(self, client: str) -> None:
        self._served[client] = None
        self._served.move_to_end(client)
        if len(self._served) > _REMEMBERED:
            self._served.popitem(last=False)


class Client(Protocol):
    """Where a request comes from."""

    @property
    def host(self) -> str:
        """The address."""


class FromClient(Protocol):
    """A request, of Starlette or of Gradio."""

    @property
    def client(self) -> Client | None:
        """Where it comes from, if that is known."""


def client_of(request: FromClient) -> str:
    """Return the address a request comes from; behind a trusted proxy, the visitor's."""
    return request.client.host if request.client else "unknown"
