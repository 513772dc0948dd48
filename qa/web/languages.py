"""The language in which a page speaks: chosen, else the browser's, else English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from qa.render.languages import NAMES

COOKIE = "verbatim-language"
_YEAR = 365 * 24 * 3600
_DEFAULT = "en"
_MOST_TAGS = 20


class FromBrowser(Protocol):
    """A request, of Starlette or of Gradio."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Its headers."""

    @property
    def cookies(self) -> Mapping[str, str]:
        """Its cookies."""

    @property
    def query_params(self) -> Mapping[str, str]:
        """What stands behind the question mark of its address."""


def language_of(request: FromBrowser) -> str:
    """Return the ISO 639-1 code of a language that this project speaks."""
    chosen = (request.query_params.get("lang"), request.cookies.get(COOKIE))
    for language in (*chosen, *_accepted(request.headers.get("accept-language", ""))):
        if language in NAMES:
            return language
    return _DEFAULT


def remembering(request: FromBrowser) -> dict[str, str]:
    """Return the header by which a browser remembers the language that was just chosen."""
    chosen = request.query_params.get("lang")
    if chosen not in NAMES:
        return {}
    value = f"{COOKIE}={chosen}; Path=/; Max-Age={_YEAR}; SameSite=Lax; HttpOnly"
    return {"set-cookie": value}


def _accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first."""
    tags = [tag.split(";") for tag in header.split(",")[:_MOST_TAGS]]
    wanted = sorted(tags, key=lambda tag: -_weight(tag[1:]))
    return [tag[0].strip().split("-")[0].lower() for tag in wanted]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
