"""The page around Gradio's frontend: our own, without the inline scripts of Gradio's template.

Gradio's template carries its configuration in inline scripts, asks for a manifest and names
outside images. Its frontend works as well from its two files alone (it then asks for ``/config``),
so that the page needs no exception in its content security policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qa.web.lean_gradio import gr

_SCRIPT = re.compile(r'<script type="module"[^>]* src="\./(assets/[\w.-]+\.js)"')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]* href="\./(assets/[\w.-]+\.css)"')


class FrontendError(RuntimeError):
    """The installed Gradio is laid out differently from those this program knows."""


@dataclass(frozen=True, slots=True)
class Frontend:
    """Addresses of the two files that start Gradio's frontend."""

    script: str
    style: str


def frontend() -> Frontend:
    """Find the frontend's files in the installed Gradio.

    Raises:
        FrontendError: its template does not name them.
    """
    template = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
    text = template.read_text(encoding="utf-8")
    script, style = _SCRIPT.search(text), _STYLE.search(text)
    if script is None or style is None:
        raise FrontendError(
            f"{template} names no frontend script; install the Gradio release that "
            "requirements.lock pins."
        )
    return Frontend(f"/{script[1]}", f"/{style[1]}")
