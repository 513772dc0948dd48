"""The quotations of a manuscript with what the archive has of each, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import TypedDict

from corpus.counting import counted
from qa.quotations.attributed import Quoted
from qa.quotations.verdicts import Check
from qa.render.judged import CheckObject, check_lines, check_object, speaker_lines
from qa.render.plain import wrapped
from qa.render.terminal import WIDEST, visible

_WORDS = 8


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation of a manuscript, and what the archive has of it."""

    quoted: Quoted
    check: Check


class ComparedObject(CheckObject):
    """A check with the place in the file; ``speaker`` is the attribution as printed."""

    where: str


class ManuscriptObject(TypedDict):
    """A manuscript; the archive upholds ``upheld`` of its ``count`` quotations.

    ``refused`` says of further ones where they stand and why they were not compared.
    """

    file: str
    count: int
    upheld: int
    quotations: list[ComparedObject]
    refused: list[str]


def manuscript_object(
    name: str, compared: Sequence[Compared], refused: Sequence[str] = ()
) -> ManuscriptObject:
    """Return a manuscript as the contract's object."""
    return ManuscriptObject(
        file=name,
        count=len(compared),
        upheld=sum(one.check.is_upheld for one in compared),
        quotations=[
            ComparedObject(**check_object(one.check), where=one.quoted.where) for one in compared
        ],
        refused=list(refused),
    )


def manuscript_text(name: str, compared: Sequence[Compared], width: int = WIDEST) -> str:
    """Return a line for each quotation, and under it what differs."""
    lines = []
    for number, one in enumerate(compared, start=1):
        words = one.quoted.text.split()
        begins = " ".join(words[:_WORDS]) + ("…" if len(words) > _WORDS else "")
        sign = "ok" if one.check.is_upheld else "--"
        who = one.quoted.attribution or "nobody named"
        head = (
            f"{number:3} {sign} {one.check.verdict.value:10} {one.quoted.where}, {who}: “{begins}”"
        )
        lines.append(wrapped(visible(head), width))
        if one.check.is_upheld:
            lines += [wrapped(visible(said), width, " " * 7) for said in speaker_lines(one.check)]
        else:
            lines += [wrapped(visible(said), width, " " * 7) for said in check_lines(one.check)]
    upheld = sum(one.check.is_upheld for one in compared)
    found = counted(len(compared), "quotation")
    lines.append(visible(f"{name}: {found}, {upheld} of them upheld."))
    return "\n".join(lines)
