"""What a format is: a module of :mod:`corpus.importing.formats` with these three names.

``recognise`` must be quick and look at the bytes before the name; libraries are imported inside
the functions. What cannot be read is refused by :class:`~corpus.errors.ImportingError`, one
sentence that says what to do.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace
from functools import cache
from typing import Protocol

from corpus.errors import ImportingError, UnknownFormatError
from corpus.importing.imported import Block, Imported
from corpus.importing.packages import xml_root
from corpus.importing.recogniser_words import json_of
from corpus.importing.texts import head_of
from corpus.importing.xmls import local
from corpus.labels.unknown import is_unknown

MAX_ORIGINAL = 256 * 1024 * 1024
"""The largest file that is read, in bytes."""
_LEAST = 0.1
_ASKED = ("?", "？")
_CUED = ("vtt", "srt")
_XML = ("xml", "ttml", "dfxp")
_JSON = re.compile(r"""\{\s*(?:"[^"\n]{0,200}"\s*:|\}|\Z)|\[\s*(?:\{\s*"|\])""")
_PLAIN = "plain text"
_XML_HEAD = re.compile(r"<\?xml\s|<(?!html)[A-Za-z][\w:.-]*\s[^<>]*\bxmlns(?::\w+)?\s*=")


class Format(Protocol):
    """A module that reads one format."""

    NAME: str
    """For people: "WebVTT"."""

    def recognise(self, data: bytes, name: str) -> float:
        """Return from 0 (certainly not) to 1 (certainly) whether the bytes are of this format."""

    def read(self, data: bytes, name: str) -> tuple[Imported, ...]:
        """Return the documents of a file.

        Raises:
            ImportingError: it cannot be read, and why.
        """


@cache
def formats() -> tuple[Format, ...]:
    """Return every format there is, by the name of its module."""
    from corpus.importing import formats as package

    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)


def read_original(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read a file in whatever format it is.

    Args:
        data: its bytes.
        name: of the file, without a folder.

    Raises:
        UnknownFormatError: it is of no format that is known, or empty.
        ImportingError: it cannot be read.
    """
    if not data.strip():
        raise UnknownFormatError(name, "is empty; there is nothing to add.")
    if len(data) > MAX_ORIGINAL:
        raise ImportingError(name, f"is {len(data):,} bytes; split it below {MAX_ORIGINAL:,}.")
    certain, best = max(
        ((one.recognise(data, name), one) for one in formats()), key=lambda found: found[0]
    )
    if certain < _LEAST or best.NAME == _PLAIN:
        _refuse_broken(data, name)
    if certain < _LEAST:
        known = ", ".join(one.NAME for one in formats())
        raise UnknownFormatError(name, f"is in no format that can be read; these can: {known}.")
    return tuple(
        replace(one, blocks=tuple(map(_without_unknown, one.blocks)))
        for one in best.read(data, name)
    )


def _refuse_broken(data: bytes, name: str) -> None:
    """Refuse what is written for programs, yet in no form that is known: cut off, or broken.

    Its signs would count as words, and what is missing would not be missed.

    Raises:
        ImportingError: it is cut off or broken, and where.
        UnknownFormatError: it is of some other program.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix in _CUED:
        raise ImportingError(
            name, "has no cues; each needs a line such as 00:00:01.000 --> 00:00:04.000."
        )
    head = head_of(data).lstrip()
    if suffix == "json" or _JSON.match(head):
        json_of(data, name)
        raise UnknownFormatError(
            name,
            'is JSON, but of no program that is known: it has no list "segments" or "results".',
        )
    if suffix in _XML or _XML_HEAD.match(head):
        root = local(xml_root(data, name))
        raise UnknownFormatError(
            name, f"is XML, but of no format that is known: its root is <{root}>."
        )


def _without_unknown(block: Block) -> Block:
    """Put nobody under a name that says that nobody knows who speaks, whatever the format."""
    name = block.speaker
    if name is None or not (is_unknown(name) or name.rstrip().endswith(_ASKED)):
        return block
    doubt = "" if is_unknown(name) else f"a question mark stands behind the name “{name}”"
    return replace(block, speaker=None, label=None, doubt=block.doubt or doubt)
