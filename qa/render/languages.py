"""The languages in which this project's own words exist.

The English sentences are the keys; ``locale/<language>.po`` of the web pages holds the others. A
document's words are never translated.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polib

LOCALE = Path(__file__).parent.parent / "web" / "locale"
NAMES = {"en": "English", "de": "Deutsch", "ko": "한국어", "ru": "Русский"}


@cache
def _catalogues() -> Mapping[str, gettext.NullTranslations]:
    """Read all catalogues there are, so that no name from a request becomes a path."""
    return {
        path.stem: gettext.GNUTranslations(io.BytesIO(polib.pofile(str(path)).to_binary()))
        for path in sorted(LOCALE.glob("*.po"))
    }


def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language; English where there is no catalogue for it."""
    return _catalogues().get(language) or gettext.NullTranslations()
