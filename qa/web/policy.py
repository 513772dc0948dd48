"""What the server serves at all, and under which rules a browser may use it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_READ = frozenset({"GET", "HEAD"})
_WRITE = frozenset({"POST"})
# Percent-decoded: whatever a file may be called, "?" and "#" too.
_DOCUMENT = r"[^/]{1,300}"

_COMMON = (
    (_READ, r"/healthz"),
    (_READ, r"/ui/[a-z0-9-]+\.(?:css|js|svg)"),
    (_WRITE, r"/api/(?:ask|feedback)"),
    (_READ, r"/api/openapi\.json"),
)
_TERMINAL = (
    (_READ, r"/kiosk"),
    (_READ, r"/kiosk/words/[a-z]{2,3}"),
    (_READ, rf"/kiosk/context/{_DOCUMENT}/\d+-\d+"),
    (_READ, rf"/kiosk/qr/{_DOCUMENT}/\d+-\d+\.svg"),
    (_WRITE, r"/kiosk/ask"),
)
_RESEARCH = (
    (_READ, r"/"),
    (_READ, r"/source"),
    (_READ, r"/find"),
    (_READ, rf"/source/{_DOCUMENT}"),
    (_READ, rf"/cite/{_DOCUMENT}/\d{{1,9}}-\d{{1,9}}(?:\.(?:bib|ris|json))?"),
    (_WRITE, r"/export/(?:markdown|html|print)"),
    (_WRITE, r"/api/(?:report|check|verify)"),
    (_READ, r"/api/(?:find|documents)"),
    (_READ, rf"/api/(?:source|cite)/{_DOCUMENT}"),
)
# What the Gradio frontend asks for, and nothing that stores, fetches or lists files:
# /upload, /proxy=, /file=, /deep_link, /component_server, /stream, /monitoring stay closed.
_GRADIO = (
    (_READ, r"/config/?"),
    (_READ, r"/theme\.css"),
    (_READ, r"/assets/[\w.-]+"),
    (_READ, r"/static/(?:fonts|img|js)/[\w./-]+"),
    (_READ, r"/gradio_api/(?:info|startup-events)"),
    (_READ, r"/gradio_api/heartbeat/\w+"),
    (_READ, r"/gradio_api/queue/data"),
    (_WRITE, r"/gradio_api/queue/join"),
    (_WRITE, r"/gradio_api/(?:cancel|reset)/?"),
    (_WRITE, r"/gradio_api/call/ask"),
    (_READ, r"/gradio_api/call/ask/\w+"),
)

_SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_PLAIN = (
    "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
# Gradio's frontend sets style attributes and uses data: images. No page needs inline or
# evaluated script.
_GRADIO_PAGE = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'self'; "
    "object-src 'none'"
)


class Routes:
    """The allow-list: a request for anything else is answered as if it did not exist."""

    def __init__(self, *, kiosk: bool) -> None:
        """Open the terminal's routes alone (``kiosk``) or those of the chat as well."""
        allowed = _COMMON + _TERMINAL + (((_READ, r"/"),) if kiosk else _RESEARCH + _GRADIO)
        self._allowed = tuple((methods, re.compile(pattern)) for methods, pattern in allowed)

    def allow(self, method: str, path: str) -> bool:
        """Whether ``method`` on ``path`` (percent-decoded, without query) is served."""
        return any(
            method in methods and pattern.fullmatch(path) for methods, pattern in self._allowed
        )


def security_headers(path: str) -> Mapping[str, str]:
    """Return the headers every response for ``path`` carries."""
    policy = _GRADIO_PAGE if path == "/" else _PLAIN
    return {**_SECURITY, "content-security-policy": policy}


def caching(path: str) -> str:
    """Return how a browser may keep a response that says nothing about it itself.

    Scripts and styles are asked for again with their ETag; what holds a document's or a visitor's
    words is kept nowhere.
    """
    return "no-cache" if path.startswith(("/ui/", "/assets/", "/static/")) else "no-store"
