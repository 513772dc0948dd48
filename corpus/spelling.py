"""British and American spellings of English words."""

from __future__ import annotations

import re

_WITH_S = (
    "advert|adv|appr|ar|bru|chast|circumc|comprom|compr|conc|cru|dem|desp|dev|disgu|enterpr|exc|"
    "exerc|expert|franch|gu|improv|inc|merchand|no|otherw|po|pract|pra|prec|prem|prom|ra|rev|r|"
    "superv|surm|surpr|telev|treat|w"
)
_SPELLINGS = (
    (
        re.compile(
            rf"\b(?!(?:re|un|pre|like)?(?:{_WITH_S})is)([a-z]{{2,}}[iy])s"
            r"(?=(?:e[ds]?|ers?|ing|ingly|able|ations?|ational)\b)",
            re.I,
        ),
        r"\1z",
    ),
    (re.compile(r"(?<=[a-z]{2}o)u(?=r(?:s|ed|ing|able|ite|ites|ful|less|hood)?\b)", re.I), ""),
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=s?\b)", re.I), "er"),
    (re.compile(r"\b(defen|offen|preten|licen)c(?=es?\b)", re.I), r"\1s"),
)
"""British spellings and what stands for them, as in *authorise*, *analyse*, *colour*, *centre*.
Words that have an *s* everywhere keep it, since *revise* is to meet *revision*."""


def american(text: str) -> str:
    """Return English text in American spelling, as far as these patterns know it.

    What differs in a doubled letter or an ending only is not among them: stems are alike there.
    """
    for british, spelled in _SPELLINGS:
        text = british.sub(spelled, text)
    return text
