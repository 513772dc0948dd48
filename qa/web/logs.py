"""What the server writes about itself: bounded, whatever visitors send.

A visitor's mistake is one line. A fault of our own is one traceback for each place it comes from,
and then one line for each further time. Lines that repeat are counted instead of written, and all
of standard error together may grow only so fast: whoever asks cannot fill the disk.
"""

from __future__ import annotations

import io
import logging
import sys
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import TextIO

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

_LINE = 300
_TRACEBACK = 8_000
_KEYS = 256
_SAME_PER_MINUTE = 10
_MINUTE = 60.0
_TRACEBACK_SECONDS = 3600.0
_SERVER_ERROR = 500
Clock = Callable[[], float]


def log_to_standard_error() -> None:
    """Send every log record and every stray line of this process through the bounds."""
    if not isinstance(sys.stderr, BoundedStream):
        sys.stderr = BoundedStream(sys.stderr)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    handler.addFilter(Seldom())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "fastapi", "gradio"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(True)


def printable(text: str, most: int = _LINE) -> str:
    """Return at most ``most`` characters, everything but printable signs escaped."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut
    )


def chain(error: BaseException) -> Iterator[BaseException]:
    """Return an exception and those it came from, each once."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def is_clients(error: BaseException) -> bool:
    """Whether the request is at fault and not the server."""
    for one in chain(error):
        if isinstance(one, HTTPException):
            return one.status_code < _SERVER_ERROR
        if isinstance(one, RequestValidationError | ClientDisconnect | ConnectionError):
            return True
    return False


class OneLine(logging.Formatter):
    """A record as one line of bounded length, followed by a traceback for a fault of our own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return what is written, without the line's end."""
        line = printable(_message(record).strip())
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return line
        line = f"{line} ({printable(f'{type(error).__name__}: {_last_words(error)}', 150)})"
        if is_clients(error) or not getattr(record, "first", True):
            return line
        lines = "".join(traceback.format_exception(error)).split("\n")
        told = "\n".join(printable(part) for part in lines if part)
        return f"{line}\n{told[-_TRACEBACK:]}"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _last_words(error: BaseException) -> str:
    """Return an exception's message; what it holds may itself be unfit to be shown."""
    try:
        return str(error).split("\n", 1)[0]
    except (TypeError, ValueError):
        return ""


class Seldom(logging.Filter):
    """Passes the first few records of a kind in each minute, and counts the others.

    The first one of the next minute says how many there were. ``record.first`` says whether a
    traceback from the same place has been written in the last hour.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Start counting; ``clock`` tells seconds."""
        super().__init__()
        self._clock = clock
        self._kinds: OrderedDict[str, list[float]] = OrderedDict()
        self._places: OrderedDict[str, float] = OrderedDict()
        self._reported: BaseException | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            # One failure passes several loggers on its way out.
            if error is self._reported:
                return False
            self._reported = error
            record.first = self._is_new(error)
        kind = f"{record.name} {record.levelno} {str(record.msg)[:80]}"
        since, count = self._kinds.pop(kind, [self._clock(), 0])
        if self._clock() - since >= _MINUTE:
            left_out = int(count) - _SAME_PER_MINUTE
            since, count = self._clock(), 0
            if left_out > 0:
                record.msg = f"{_message(record)} (and {left_out} like this before)"
                record.args = None
        self._kinds[kind] = [since, count + 1]
        _shrink(self._kinds)
        return count < _SAME_PER_MINUTE

    def _is_new(self, error: BaseException) -> bool:
        frames = traceback.extract_tb(error.__traceback__)
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        place = f"{type(error).__name__} {where}"
        before = self._places.pop(place, None)
        is_new = before is None or self._clock() - before >= _TRACEBACK_SECONDS
        self._places[place] = self._clock() if before is None or is_new else before
        _shrink(self._places)
        return is_new


def _shrink(kept: OrderedDict[str, list[float]] | OrderedDict[str, float]) -> None:
    while len(kept) > _KEYS:
        kept.popitem(last=False)


class BoundedStream(io.TextIOBase):
    """A text stream that takes so many characters at once and regains so many each second.

    What libraries print by themselves passes here too. Nothing that cannot be encoded raises.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        burst: int = 200_000,
        per_second: float = 20.0,
        clock: Clock = time.monotonic,
    ) -> None:
        """Write on to ``stream``; 20 characters a second are 1.7 million a day."""
        super().__init__()
        self._stream = stream
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left: float = burst
        self._filled = clock()
        self._dropped = 0

    def write(self, text: str) -> int:
        """Write a text, or leave it out where too much was written already."""
        now = self._clock()
        gained = (now - self._filled) * self._per_second
        self._left, self._filled = min(self._burst, self._left + gained), now
        if len(text) > self._left:
            self._dropped += len(text)
            return len(text)
        if self._dropped:
            self._send(f"[{self._dropped:,} characters of messages left out]\n")
            self._dropped = 0
        self._left -= len(text)
        self._send(text)
        return len(text)

    def _send(self, text: str) -> None:
        coding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(coding, "backslashreplace").decode(coding))

    def flush(self) -> None:
        """Flush the stream below."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether the stream below is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor of the stream below."""
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Encoding of the stream below."""
        return self._stream.encoding
