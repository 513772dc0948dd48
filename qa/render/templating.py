"""The templates that everything in HTML is written by; all text is escaped unless marked safe."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from qa.render.directions import isolated
from qa.render.verbatim import on_one_line

TEMPLATES = Path(__file__).parent.parent / "web" / "templates"


@cache
def environment() -> Environment:
    """Return the templates of the web pages and of the answers in them."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["isolated"] = isolated
    made.filters["one_line"] = on_one_line
    made.filters["source"] = source_words
    return made


def written(template: str, **values: object) -> Markup:
    """Return what ``templates/<template>`` makes of ``values``."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - escaped


def source_words(text: str) -> Markup:
    """Return words of a document, escaped; a chat's own clean-up would expand their tabs."""
    return escape(text).replace("\t", Markup("&#9;"))
