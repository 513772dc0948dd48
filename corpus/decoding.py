"""Bytes to text, once: in the stated encoding where that gives text, else in the one found.

Files say one encoding and hold another: Windows-1252 goes by the name of latin-1, a file saved
by an editor as UTF-16 by none. What is used instead is known to the transcript, so that a check
can show a line of the result. The bytes themselves are never changed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.counting import counted
from corpus.errors import TranscriptError
from corpus.languages import language_code
from corpus.record import Record

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MAX_CONTROL_SHARE = 0.01
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# What Windows made of each ISO 8859 part: the same letters, with signs where ISO has controls.
_WINDOWS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-15": "cp1252", "iso8859-2": "cp1250",
    "iso8859-5": "cp1251", "iso8859-7": "cp1253", "iso8859-9": "cp1254", "iso8859-8": "cp1255",
    "iso8859-6": "cp1256", "iso8859-13": "cp1257", "iso8859-4": "cp1257",
}  # fmt: skip
# In which encodings files of a language usually come when they are not Unicode.
_WEST = ("cp1252", "mac-roman")
_USUAL = {
    **dict.fromkeys("bs cs hr hu pl ro sk sl sq".split(), ("cp1250", "iso8859-2", "mac-latin2")),
    **dict.fromkeys("be bg mk ru sr uk".split(), ("cp1251", "koi8-r", "koi8-u", "cp866")),
    **dict.fromkeys("et lt lv".split(), ("cp1257",)),
    **dict.fromkeys("ar fa ur".split(), ("cp1256",)),
    "el": ("cp1253",), "tr": ("cp1254",), "he": ("cp1255",), "vi": ("cp1258",), "th": ("cp874",),
    "ja": ("cp932", "euc-jp"), "zh": ("gb18030", "big5"), "ko": ("cp949",),
}  # fmt: skip
# A usual encoding wins over a likelier unusual one down to this share of its likelihood.
_LEAST_SHARE = 0.4
_LESS_USUAL = 0.96
_EQUAL_SHARE = 0.95
_MAX_ODD_SHARE = 0.1
_SAMPLE = 65_536
_ENOUGH_LETTERS = 30


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in.

    Attributes:
        text: all of it; ``data.decode(encoding)``.
        encoding: as Python names it.
    """

    text: str
    encoding: str


def decode(data: bytes, record: Record, path: Path) -> Decoded:
    """Return the text of a file.

    Args:
        data: the file's bytes.
        record: whose stated encoding is tried first; a byte order mark says more.
        path: named in error messages.

    Raises:
        TranscriptError: the file is empty, binary, holds a control character, or is text in no
            encoding that can be recognised.
    """
    if not data.strip():
        raise TranscriptError(path, "is empty; put the transcript's text into it.")
    stated = codecs.lookup(record.encoding).name
    _check_damage(data, stated, path)
    for encoding in _candidates(data, stated, language_code(record.language)):
        text = _text(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    raise _refusal(data, stated, path)


def same_encoding(one: str, other: str) -> bool:
    """Whether two names mean one encoding; a byte order mark makes no difference."""
    names = {codecs.lookup(name).name.replace("-sig", "") for name in (one, other)}
    return len(names) == 1


def likelier_encoding(text: str, used: str, language: str) -> str | None:
    """Return the encoding in which a text was rather saved than in the stated one, or None.

    Any bytes are text in an encoding of one byte a letter; whether it is the right one, only
    the letters tell, if there are enough of them.
    """
    letters = sum(char.isalpha() and not char.isascii() for char in text)
    used = _canonical(used)
    if letters < _ENOUGH_LETTERS or used == "utf-8" or not _one_byte_a_sign(used):
        return None
    data = text.encode(used)
    telling = _telling(data)
    likely = _likely(telling)
    share = likely.get(used, 0) / max(likely.values(), default=1)
    if share >= _LEAST_SHARE and _reads_well(telling, used):
        return None
    other = next((name for name in _recognised(data, language) if _text(data, name)), used)
    return None if data.decode(other) == text else other


def shown_encoding(name: str) -> str:
    """Return the name by which people know an encoding, and Python, too."""
    python = codecs.lookup(name).name
    if python.startswith("cp125"):
        return f"windows-{python[2:]}"
    return python.replace("iso8859", "iso-8859")


def _candidates(data: bytes, stated: str, language: str) -> Iterator[str]:
    """Yield encodings in the order in which they are tried."""
    marked = _marked(data)
    if marked is not None and not stated.startswith(marked):
        yield marked
    if _is_wide(stated) and b"\0" not in data:
        # Even the line breaks of UTF-16 and UTF-32 have a zero byte.
        yield "utf-8"
    if not data.isascii() and _one_byte_a_sign(stated):
        # By chance no text in letters of one byte is valid UTF-8.
        yield "utf-8"
    yield stated
    if stated in _WINDOWS and _reads_well(_telling(data), _WINDOWS[stated]):
        yield _WINDOWS[stated]
    if b"\0" in data:
        yield from sorted(_WIDE, key=lambda name: -_blanks(data, name))
    yield from _recognised(data, language)


def _marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32"))


def _text(data: bytes, encoding: str) -> str | None:
    """Return ``data`` decoded if that gives text: no control characters."""
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    if _CONTROL.search(text) or (_is_wide(encoding) and not _is_plausible(data, text)):
        return None
    return text


def _is_plausible(data: bytes, text: str) -> bool:
    """Whether bytes taken in pairs or fours give Unicode's signs, blanks among them."""
    if _marked(data) is None and not (" " in text or "\n" in text or "\r" in text):
        return False
    return not any(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in set(text))


def _blanks(data: bytes, encoding: str) -> int:
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    return text.count(" ") + text.count("\n")


@cache
def _one_byte_a_sign(encoding: str) -> bool:
    """Whether every byte stands for one sign, as in latin-1."""
    try:
        return len(bytes(range(256)).decode(encoding, errors="replace")) == 256  # noqa: PLR2004
    except (UnicodeError, LookupError):
        return False


def _recognised(data: bytes, language: str) -> Iterator[str]:
    """Yield what the bytes are likely to be, the usual encodings of the language first."""
    telling = _telling(data)
    likely = _likely(telling or data)
    best = max(likely.values(), default=0)
    usual = [_canonical(name) for name in _USUAL.get(language, _WEST)]
    fitting = [
        name
        for name in usual
        if likely.get(name, 0) >= _LEAST_SHARE * best and _reads_well(telling, name)
    ]
    yield from sorted(
        fitting, key=lambda name: -likely.get(name, 0) * (1 if name == usual[0] else _LESS_USUAL)
    )
    # Among equals, files of today's systems are more frequent.
    equal = {name for name in likely if likely[name] >= _EQUAL_SHARE * best}
    yield from sorted(
        likely,
        key=lambda name: (name not in equal, not name.startswith("cp125"), -likely[name]),
    )


def _likely(data: bytes) -> dict[str, float]:
    """Return how likely each encoding is, as far as ``chardet`` thinks of it at all."""
    import chardet

    found = chardet.detect_all(data, compat_names=False)
    return {_canonical(x["encoding"]): x["confidence"] for x in found if x["encoding"] is not None}


def _telling(data: bytes) -> bytes:
    """Return the lines with anything but ASCII: only they tell one encoding from another."""
    return b"\n".join(line for line in data.splitlines() if not line.isascii())


def _canonical(name: str) -> str:
    return codecs.lookup(name).name


def _reads_well(data: bytes, encoding: str) -> bool:
    """Whether the letters beyond ASCII stand where such letters can stand."""
    text = data.decode(encoding, errors="replace")
    odd = sum(not char.isascii() and _is_odd(text, i) for i, char in enumerate(text))
    return odd <= _MAX_ODD_SHARE * sum(not word.isascii() for word in text.split())


def _is_odd(text: str, place: int) -> bool:
    """Whether a capital stands inside a word there, or another sign between two letters."""
    before, char, after = text[place - 1 : place], text[place], text[place + 1 : place + 2]
    if char == "\ufffd" or unicodedata.category(char) == "Cc":
        return True
    if char.isalpha():
        return char.isupper() and (before.islower() or (before.isalpha() and after.islower()))
    return before.isalpha() and after.isalpha() and char not in "’‘–—·\u00ad"


def _check_damage(data: bytes, stated: str, path: Path) -> None:
    """Refuse UTF-8 with some bytes that are none: read otherwise, all of it would be garbled."""
    if data.isascii() or b"\0" in data or not (stated == "utf-8" or _one_byte_a_sign(stated)):
        return
    try:
        data.decode()
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        lost = text.count("\ufffd")
        good = sum(not char.isascii() for char in text) - lost
        if good > lost:
            raise TranscriptError(
                path,
                f"is UTF-8 but for {counted(lost, 'place')}, the first at byte {error.start}; "
                "correct the letters there and save the file as UTF-8.",
                _line(data, error.start),
            ) from error


def _line(data: bytes, place: int) -> int:
    return len(data[: place + 1].splitlines())


def _refusal(data: bytes, stated: str, path: Path) -> TranscriptError:
    if b"\0" in data:
        return _binary(path)
    try:
        text = data.decode(stated)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        return TranscriptError(
            path,
            f"is not {stated.upper()} at byte {start}, nor text in any encoding that can be "
            "recognised; save it as UTF-8, or name its encoding in the record, for example "
            'encoding = "windows-1252".',
            _line(data, start),
        )
    controls = _CONTROL.findall(text)
    if len(controls) > _MAX_CONTROL_SHARE * len(text):
        return _binary(path)
    if not controls:
        return TranscriptError(
            path, f"is no text in {stated.upper()}; save it as UTF-8 and leave out 'encoding'."
        )
    # Shown in a terminal they could do anything; taken out, the quote would differ.
    line = text.count("\n", 0, text.index(controls[0])) + 1
    code = f"U+{ord(controls[0]):04X}"
    return TranscriptError(path, f"has the control character {code}; remove it.", line)


def _binary(path: Path) -> TranscriptError:
    return TranscriptError(path, "is not plain text but binary data; export it as plain text.")
