"""Whole HTML pages from the templates beside this file, everything escaped by default."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from starlette.responses import HTMLResponse, JSONResponse, Response

from qa.render.languages import catalogue
from qa.render.templating import written

FOLDER = Path(__file__).parent
ASSETS = FOLDER / "assets"
TOO_LARGE = "A request may have at most {bytes} bytes."
WAIT = (
    "In about {count} second the archive answers again.",
    "In about {count} seconds the archive answers again.",
)


def page(template: str, **values: object) -> str:
    """Return a page made from ``templates/<template>`` with ``values``."""
    return written(template, **values)


def refusal(
    status: int,
    sentence: str,
    retry_after: float = 0.0,
    *,
    html: bool,
    language: str = "en",
    values: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Return the response for a request that is not served: a page or a JSON object.

    Args:
        status: HTTP status code.
        sentence: why, in English; programs get it so.
        retry_after: seconds to wait, or 0.
        html: whether people read it.
        language: of the page.
        values: for the fields in braces of the sentence.
    """
    seconds = math.ceil(retry_after)
    headers = {"retry-after": str(seconds)} if retry_after else {}
    if not html:
        said = sentence.format(**values) if values else sentence
        return JSONResponse({"error": said, "detail": said}, status, headers)
    say = catalogue(language)
    said = say.gettext(sentence)
    body = page(
        "message.html",
        language=language,
        status=status,
        sentence=said.format(**values) if values else said,
        wait=say.ngettext(*WAIT, seconds).format(count=seconds) if seconds else "",
        back=say.gettext("Back to the archive"),
    )
    return HTMLResponse(body, status, headers)
