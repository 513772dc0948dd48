"""Files that are ZIP archives inside: opened only where nothing in them can do harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from corpus.errors import ImportingError

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_PARTS = 20_000
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
"""How old Word and Excel files begin, and new ones that are encrypted."""


def part_names(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a ZIP archive; none where it is no such archive."""
    if not data.startswith(ZIP):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def require_harmless(data: bytes, name: str) -> None:
    """Refuse what would grow beyond all measure, is encrypted or is broken.

    Raises:
        ImportingError: it is one of these.
    """
    if data.startswith(OLE):
        raise ImportingError(
            name,
            "is encrypted, or of a version before 2007; open it and save it anew as .docx or "
            ".xlsx, without a password.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ImportingError(name, "is broken; save it anew.") from error
    if any(part.flag_bits & 1 for part in parts):
        raise ImportingError(name, "is encrypted; save it anew without a password.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise ImportingError(name, f"unpacks to {unpacked:,} bytes; that is no transcript.")


def part(data: bytes, inner: str, name: str) -> bytes:
    """Return one part of a package; never more of it than its directory says.

    Raises:
        ImportingError: there is none, or it is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.read(inner)
    except KeyError as error:
        raise ImportingError(name, f"has no part {inner}; save it anew.") from error
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise ImportingError(name, "is broken; save it anew.") from error


def xml_root(data: bytes, name: str) -> _Element:
    """Parse XML: no entity of the file's own is put in, nothing is fetched.

    Raises:
        ImportingError: it is no XML, or defines entities out of entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        if "entity" in str(error.msg):
            raise ImportingError(
                name, "defines entities that grow or are not known.", line
            ) from error
        if any(sign in str(error.msg) for sign in ("Resource limit", "Excessive depth")):
            raise ImportingError(
                name, "is larger inside, or nested deeper, than any transcript.", line
            ) from error
        raise ImportingError(name, f"is no XML that can be read ({error.msg}).", line) from error
