"""Language tags as the web and libraries write them (BCP 47): ``en``, ``pt-BR``, ``zh-Hans``."""

from __future__ import annotations

from functools import cache

import langcodes
from langcodes.tag_parser import LanguageTagError

from corpus.faults import quoted

UNKNOWN = "und"
EXAMPLES = '"en", "de", "pt-BR", "zh-Hans" or "und" where it is unknown'
# Search, sentence boundaries and recognition know these under the code of the larger language.
_KNOWN_AS = {
    "nb": "no", "nn": "no", "fil": "tl",
    "yue": "zh", "wuu": "zh", "nan": "zh", "hak": "zh", "gan": "zh", "hsn": "zh", "lzh": "zh",
}  # fmt: skip


def read_language(value: object) -> str:
    """Return a language tag in its usual form: ``EN_us`` becomes ``en-US``, ``deu`` ``de``.

    Raises:
        ValueError: it is no tag, or one of its parts is not registered.
    """
    try:
        if isinstance(value, str) and langcodes.tag_is_valid(value):
            return langcodes.standardize_tag(value)
    except LanguageTagError:
        pass
    raise ValueError(f"{quoted(value)} is no language tag")


@cache
def language_code(tag: str) -> str:
    """Return the language of a tag without script, country or variant.

    ISO 639-1 where there is such a code, else 639-3; ``und`` where the tag names none.
    """
    code = langcodes.Language.get(langcodes.standardize_tag(tag, macro=True)).language
    if code is None or "-" in code:  # private use: x-ours
        return UNKNOWN
    return _KNOWN_AS.get(code, code)
