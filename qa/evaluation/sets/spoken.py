"""Question sets on conversations as they are published: FriendsQA and QMSum.

FriendsQA: Z. Yang and J. Choi, SIGDIAL 2019. QMSum: M. Zhong et al., NAACL 2021. A question is
confined to the scene or the meeting that it was asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from qa.evaluation.errors import CollectionError
from qa.evaluation.sets.collection import Collection, Document, GoldRange, Query, Unit, joined
from qa.evaluation.sets.lines import Record, read_json, valid

_TOKEN = re.compile(r"\S+")
_REMARK = re.compile(r"\{[^{}]*\}")
"""A transcriber's sign in QMSum, such as ``{vocalsound}``: nobody said it."""


class _Said(Record):
    speakers: tuple[str, ...]
    utterance: str


class _InUtterance(Record):
    utterance_id: int = Field(ge=0)
    inner_start: int
    inner_end: int
    is_speaker: bool = False


class _AskedOfScene(Record):
    id: str
    question: str
    answers: tuple[_InUtterance, ...]


class _Scene(Record):
    utterances: tuple[_Said, ...] = Field(alias="utterances:")
    """The colon is the published file's."""
    qas: tuple[_AskedOfScene, ...]


class Episode(Record):
    """An episode of FriendsQA."""

    title: str
    paragraphs: tuple[_Scene, ...]


class Friends(Record):
    """A file of FriendsQA."""

    data: tuple[Episode, ...]


class _Specific(Record):
    query: str
    relevant_text_span: tuple[tuple[int, int], ...]


class _Spoken(Record):
    speaker: str
    content: str


class _Meeting(Record):
    specific_query_list: tuple[_Specific, ...]
    meeting_transcripts: tuple[_Spoken, ...]


def is_meetings(folder: Path) -> bool:
    """Whether a folder holds meetings as QMSum is published: JSON files alone."""
    return folder.is_dir() and any(folder.glob("*.json"))


def read_meetings(folder: Path) -> Collection:
    """Read a folder of QMSum, ``data/ALL/val`` for one: a meeting is a file, a turn is a unit.

    The questions are the specific ones; those about a whole meeting have no place to find.

    Raises:
        CollectionError: a file is no meeting, or names a turn that is not there.
    """
    documents = []
    for path in sorted(folder.glob("*.json")):
        meeting = valid(path, "QMSum", read_json(path, "QMSum"), _Meeting)
        documents.append(_of_meeting(path.stem, meeting, path))
    return joined(folder, documents)


def of_episode(episode: Episode, path: Path) -> Iterator[Document]:
    """Yield scenes of FriendsQA; its places are words between white space, the last included."""
    for number, scene in enumerate(episode.paragraphs):
        name = f"{episode.title}.{number}" if number else episode.title
        units = tuple(
            Unit(f"{name}:{n}", name, said.utterance, ", ".join(said.speakers) or None)
            for n, said in enumerate(scene.utterances)
        )
        queries = []
        for asked in scene.qas:
            ranges = [
                _words(units, place, asked.id, path)
                for place in asked.answers
                if not place.is_speaker
            ]
            told = [_unit(units, p.utterance_id, asked.id, path).id for p in asked.answers]
            queries.append(
                Query(asked.id, asked.question, name, bool(told), dict.fromkeys(told, 1), (),
                      tuple(dict.fromkeys(ranges)))
            )  # fmt: skip
        yield Document(name, units, tuple(queries))


def _of_meeting(name: str, meeting: _Meeting, path: Path) -> Document:
    units = tuple(
        Unit(f"{name}:{n}", name, " ".join(_REMARK.sub(" ", turn.content).split()), turn.speaker)
        for n, turn in enumerate(meeting.meeting_transcripts)
    )
    queries = []
    for number, asked in enumerate(meeting.specific_query_list):
        qid = f"{name}-s{number}"
        turns = [n for first, last in asked.relevant_text_span for n in range(first, last + 1)]
        relevant = {_unit(units, n, qid, path).id: 1 for n in turns}
        queries.append(Query(qid, asked.query, name, bool(relevant), relevant))
    return Document(name, units, tuple(queries))


def _unit(units: tuple[Unit, ...], number: int, qid: str, path: Path) -> Unit:
    if not 0 <= number < len(units):
        message = f"answers '{qid}' in turn {number}, and there are {len(units)}."
        raise CollectionError(path, message)
    return units[number]


def _words(units: tuple[Unit, ...], place: _InUtterance, qid: str, path: Path) -> GoldRange:
    unit = _unit(units, place.utterance_id, qid, path)
    words = list(_TOKEN.finditer(unit.text))
    if not 0 <= place.inner_start <= place.inner_end < len(words):
        message = (
            f"answers '{qid}' by words {place.inner_start}-{place.inner_end} of turn "
            f"{place.utterance_id}, which has {len(words)}."
        )
        raise CollectionError(path, message)
    return GoldRange(unit.id, words[place.inner_start].start(), words[place.inner_end].end())
