"""What a request's body may hold, before anything reads it.

Half a surrogate pair can be written in JSON and nowhere else: whatever it reaches (an answer, a
log, a file) fails on it. And Gradio copies files that a body names, so of its calls only texts
pass, as many as the function takes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

_JOIN = "/gradio_api/queue/join"
_CALL = "/gradio_api/call/"
_FORM = "/export/"
_NO_TEXT = "The request is no text in UTF-8; send it as UTF-8."
_NO_JSON = "The request is no JSON that can be read."
_HALF = "The request holds half of a character (a surrogate without its other half)."
_NO_CALL = "The request is not understood."
_SESSION = r"[A-Za-z0-9_-]{1,64}"


class _Call(BaseModel):
    """A call as Gradio's own frontend sends it; what else a body may ask for stays closed."""

    model_config = ConfigDict(extra="forbid")

    data: Annotated[list[StrictStr | None], Field(max_length=7)]
    event_data: None = None
    fn_index: StrictInt | None = None
    trigger_id: StrictInt | None = None
    session_hash: Annotated[StrictStr, Field(pattern=f"^{_SESSION}$")] | None = None


class _Session(BaseModel):
    """Which event or session a page has done with."""

    model_config = ConfigDict(extra="ignore")

    event_id: Annotated[StrictStr, Field(max_length=64)] | None = None
    session_hash: Annotated[StrictStr, Field(pattern=f"^{_SESSION}$")] | None = None


class Bodies:
    """Says what is wrong with a body."""

    def __init__(self, inputs: Mapping[int, int] | None = None) -> None:
        """Know the chat's functions: ``inputs`` is how many values each takes, by its number.

        It is not copied: the chat is loaded while other pages are served already.
        """
        self._inputs = {} if inputs is None else inputs

    def fault(self, path: str, body: bytes) -> str | None:
        """Return in one sentence why ``body`` is not taken, or None where it is."""
        if path.startswith(_FORM) or not body:
            return None
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return _NO_TEXT
        try:
            parsed = json.loads(text, parse_constant=_refuse)
            # Fails at half a pair; a file or an answer would fail later.
            json.dumps(parsed, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return _HALF
        except (ValueError, RecursionError):
            return _NO_JSON
        return self._gradio_fault(path, text)

    def _gradio_fault(self, path: str, text: str) -> str | None:
        if not path.startswith("/gradio_api/"):
            return None
        is_call = path == _JOIN or path.startswith(_CALL)
        try:
            if not is_call:
                _Session.model_validate_json(text)
                return None
            call = _Call.model_validate_json(text)
        except ValidationError:
            return _NO_CALL
        if path == _JOIN:
            fits = call.fn_index is not None and self._inputs.get(call.fn_index) == len(call.data)
            return None if fits and call.session_hash else _NO_CALL
        return None if len(call.data) == max(self._inputs.values(), default=0) else _NO_CALL


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")
