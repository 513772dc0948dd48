"""Whole HTML pages from the templates beside this file, everything escaped by default."""

from __future__ import annotations

import math
from pathlib import Path

from starlette.responses import HTMLResponse, JSONResponse, Response

from qa.render.templating import written

FOLDER = Path(__file__).parent
ASSETS = FOLDER / "assets"


def page(template: str, **values: object) -> str:
    """Return a page made from ``templates/<template>`` with ``values``."""
    return written(template, **values)


def refusal(status: int, sentence: str, retry_after: float = 0.0, *, html: bool) -> Response:
    """Return the response for a request that is not served: a page or a JSON object."""
    headers = {"retry-after": str(math.ceil(retry_after))} if retry_after else {}
    if html:
        body = page("message.html", status=status, sentence=sentence, wait=math.ceil(retry_after))
        return HTMLResponse(body, status, headers)
    return JSONResponse({"error": sentence, "detail": sentence}, status, headers)
