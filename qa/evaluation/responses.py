"""Answers in the JSON contract, as the scorer sees them: whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.faults import first_fault
from corpus.files import regular_bytes
from qa.evaluation.errors import AnswersError

RANKING_DEPTH = 100
"""How many quotes of a ranking are scored and written to run files."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Cited(_Part):
    """A quote of an answer; other keys of the contract are not needed for scoring.

    Attributes:
        document: id of the document.
        sha256: of the document's bytes, hexadecimal; None if the system gives none.
        start: first code point.
        end: end, exclusive.
        text: the words shown.
        speaker: who is said to speak; None for nobody. See :attr:`names_speaker`.
        score: the system's own score, higher is better.
    """

    document: str
    start: int = Field(ge=0)
    end: int
    text: str
    speaker: str | None = None
    sha256: str | None = None
    score: float = 0.0

    @property
    def names_speaker(self) -> bool:
        """Whether the system says who speaks, be it nobody; one without the key does not know."""
        return "speaker" in self.model_fields_set

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes two quotes the same passage."""
        return self.document, self.start, self.end


class Response(_Part):
    """One object of the contract.

    Attributes:
        qid: of the question answered.
        status: ``answered``, ``possible`` or ``abstained``.
        confidence: probability that the archive answers; None where the system states none.
        quotes: the answer; empty unless answered.
        nearest: further passages.
        shown: how many of them are offered for the reader to judge, where the status is
            ``possible``.
        ranking: an additional key of the bench: every candidate, best first.
        seconds: time taken.
    """

    qid: Annotated[str, Field(min_length=1)]
    status: Literal["answered", "possible", "abstained"]
    confidence: Annotated[float, Field(allow_inf_nan=False)] | None = None
    quotes: tuple[Cited, ...] = ()
    nearest: tuple[Cited, ...] = ()
    shown: int = Field(0, ge=0)
    ranking: tuple[Cited, ...] = ()
    seconds: Annotated[float, Field(ge=0)] | None = None

    @property
    def answered(self) -> bool:
        """Whether at least one quote is given as the answer."""
        return self.status == "answered" and bool(self.quotes)

    @property
    def offered(self) -> tuple[Cited, ...]:
        """The passages that are offered for the reader to judge, none of them as the answer."""
        return self.nearest[: self.shown] if self.status == "possible" else ()

    @property
    def given(self) -> tuple[Cited, ...]:
        """Everything that is given: the quotes, then the nearest passages."""
        return self.quotes + self.nearest

    @property
    def ranked(self) -> tuple[Cited, ...]:
        """The ranking alone, nothing declined: ``ranking`` if given, else what is given."""
        first: dict[tuple[str, int, int], Cited] = {}
        for cited in self.ranking or self.given:
            first.setdefault(cited.key, cited)
        return tuple(first.values())[:RANKING_DEPTH]

    @property
    def everything(self) -> tuple[Cited, ...]:
        """Every quote given or ranked, repetitions included."""
        return self.given + self.ranking


Responses = Mapping[str, Response]
"""Responses by qid."""


def read_responses(path: Path) -> dict[str, Response]:
    """Read a file with one contract object a line.

    Raises:
        AnswersError: it cannot be read, a line is no contract object, or a qid stands twice.
    """
    try:
        lines = regular_bytes(path).decode("utf-8-sig").split("\n")
    except OSError as error:
        raise AnswersError(path, f"cannot be read ({error.strerror}); check the name.") from None
    except UnicodeDecodeError as error:
        raise AnswersError(path, f"is not UTF-8 at byte {error.start}.") from error
    found: dict[str, Response] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        response = _response(line, path, number)
        if response.qid in found:
            raise AnswersError(path, f"answers '{response.qid}' twice; keep one.", number)
        found[response.qid] = response
    return found


def as_responses(objects: Iterable[Mapping[str, object]]) -> dict[str, Response]:
    """Return contract objects of a running system as responses by qid."""
    responses = [Response.model_validate(obj) for obj in objects]
    return {response.qid: response for response in responses}


def require_known(responses: Responses, qids: Sequence[str], path: Path) -> None:
    """Refuse answers to questions that were not asked.

    Raises:
        AnswersError: naming the first such qid.
    """
    strangers = sorted(set(responses) - set(qids))
    if strangers:
        raise AnswersError(path, f"answers '{strangers[0]}', which is no qid of the questions.")


def _response(line: str, path: Path, number: int) -> Response:
    try:
        return Response.model_validate(json.loads(line))
    except ValidationError as error:
        raise AnswersError(path, first_fault(error).sentence, number) from error
    except ValueError as error:
        raise AnswersError(path, f"is not JSON: {error}.", number) from error
