"""Asking a language model behind any endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.errors import UsageError

if TYPE_CHECKING:
    import httpx

_MOST_BYTES = 4 * 1024 * 1024
_LONGEST_WAIT = 60.0
_TOO_MANY_REQUESTS = 429
_OK = 200
_SERVER_FAULT = 500
_SHOWN = 200

Message = dict[str, str]
Sleep = Callable[[float], None]


class EndpointError(UsageError):
    """The endpoint cannot be used; asking it again makes no sense."""


class MalformedAnswerError(UsageError):
    """The endpoint answered, and not with what it was asked for."""


class _PassingError(Exception):
    """A fault that may be gone at the next attempt, after ``wait`` seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model is asked.

    Attributes:
        url: base of the interface, for example ``http://127.0.0.1:8080/v1``.
        model: its name there.
        key: sent as bearer token, if not empty.
        timeout: most seconds for one answer, from the request to its last byte.
        attempts: how often one question is asked before giving up.
    """

    url: str
    model: str
    key: str
    timeout: float
    attempts: int

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise EndpointError(f"The endpoint '{self.url}' must begin with http:// or https://.")
        if not self.key.isascii() or not self.key.isprintable():
            raise EndpointError("The key holds characters that no key has; check it.")


class Chat:
    """A connection to an endpoint; used as a context manager."""

    def __init__(self, endpoint: Endpoint, sleep: Sleep = time.sleep) -> None:
        """Connect nowhere yet; ``sleep`` is what waits between attempts."""
        import httpx

        self._endpoint = endpoint
        self._sleep = sleep
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        self._client = httpx.Client(timeout=endpoint.timeout, headers=headers)

    def __enter__(self) -> Chat:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, messages: Sequence[Message]) -> str:
        """Return the model's answer to a conversation.

        Raises:
            EndpointError: there is no answer to be had.
            MalformedAnswerError: what came is no chat completion.
        """
        place = f"{self._endpoint.url}/chat/completions"
        reason = ""
        for attempt in range(self._endpoint.attempts):
            try:
                return _content(self._attempt(messages))
            except _PassingError as error:
                reason = str(error)
                if attempt + 1 < self._endpoint.attempts:
                    wait = 2.0**attempt if error.wait is None else error.wait
                    self._sleep(min(wait, _LONGEST_WAIT))
        raise EndpointError(f"{place}: {reason} ({self._endpoint.attempts} attempts).")

    def _attempt(self, messages: Sequence[Message]) -> bytes:
        import httpx

        place = f"{self._endpoint.url.rstrip('/')}/chat/completions"
        body = {"model": self._endpoint.model, "messages": list(messages)}
        try:
            with self._client.stream("POST", place, json=body) as response:
                data = self._read(response)
        except httpx.TimeoutException as error:
            raise _PassingError(f"no answer within {self._endpoint.timeout:g} s") from error
        except httpx.TransportError as error:
            raise _PassingError(
                f"cannot be reached ({str(error) or type(error).__name__})"
            ) from error
        except httpx.InvalidURL as error:
            raise EndpointError(f"{place}: is no address ({error}).") from error
        if response.status_code == _OK:
            return data
        said = " ".join(data.decode(errors="replace").split())[:_SHOWN]
        reason = f"answers {response.status_code}: {said}"
        if response.status_code == _TOO_MANY_REQUESTS or response.status_code >= _SERVER_FAULT:
            raise _PassingError(reason, _retry_after(response))
        raise EndpointError(f"{place}: {reason}; check address, model and key.")

    def _read(self, response: httpx.Response) -> bytes:
        """Read a body; the client's own timeout would let one that drips go on for ever."""
        started = time.monotonic()
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if time.monotonic() - started > self._endpoint.timeout:
                raise _PassingError(f"no whole answer within {self._endpoint.timeout:g} s")
            if len(data) > _MOST_BYTES:
                raise MalformedAnswerError(f"The answer is longer than {_MOST_BYTES:,} bytes.")
        return bytes(data)


def _content(data: bytes) -> str:
    try:
        values: Any = json.loads(data)
        content = values["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise MalformedAnswerError("The answer is no chat completion.") from error
    if not isinstance(content, str):
        raise MalformedAnswerError("The answer holds no text.")
    return content


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds a server asks for; one that names a date is left the usual time."""
    text = response.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else None
