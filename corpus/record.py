"""The catalogue record of a document: ``<id>.toml`` beside ``<id>.txt``.

The record carries what an archivist knows and the text cannot tell (title, date, participants,
where the original is kept) and, under ``[layout]``, corrections to what the parser detects.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import RecordError

Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Participant(_Part):
    """Somebody who speaks.

    Attributes:
        name: the short name quotes carry, for example ``Kryuchkov``.
        full_name: as a reader should see it; empty where unknown.
        role: office held at the time; empty where unknown.
        aliases: other names by which labels or questions call the person.
    """

    name: Text
    full_name: str = ""
    role: str = ""
    aliases: tuple[Text, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of this person, the short one first, none twice."""
        return tuple(dict.fromkeys(n for n in (self.name, self.full_name, *self.aliases) if n))


class ExplainedNote(_Part):
    """What a footnote without an anchor explains: words that stand exactly once in the text."""

    number: int = Field(ge=1)
    explains: Text


class Suggested(_Part):
    """A question offered to visitors, with the words that must answer it.

    Attributes:
        question: as asked, in the language of the document.
        quote: words of the expected quote, line breaks as spaces.
        translations: ISO 639-1 code to the question as shown in that interface language.
    """

    question: Text
    quote: Text
    translations: dict[str, Text] = Field(default_factory=dict)


class Layout(_Part):
    """Corrections to what the parser detects; every value is looked up in the text.

    Attributes:
        header_from: first words of the header; what stands before is host page.
        speech_from: first words of the first speaker label's line.
        notes_from: first words of the footnotes.
        ends_with: last words of the document; what follows is host page again.
        speaker_label: regular expression for a label, one line each, with a group ``name`` and
            optionally a group ``text`` for speech on the same line.
        not_labels: lines ending in a colon that are no speaker labels.
        headings: lines that are headings though they do not look like one.
        not_headings: lines that look like headings and are speech.
        breaks: last words before a hole that the parser does not see.
        not_breaks: last words of a line that looks like a hole and is none.
        notes: what footnotes without an anchor explain.
    """

    header_from: Text | None = None
    speech_from: Text | None = None
    notes_from: Text | None = None
    ends_with: Text | None = None
    speaker_label: Text | None = None
    not_labels: tuple[Text, ...] = ()
    headings: tuple[Text, ...] = ()
    not_headings: tuple[Text, ...] = ()
    breaks: tuple[Text, ...] = ()
    not_breaks: tuple[Text, ...] = ()
    notes: tuple[ExplainedNote, ...] = ()

    @field_validator("speaker_label")
    @classmethod
    def _has_a_name(cls, pattern: str | None) -> str | None:
        if pattern is None:
            return None
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            raise ValueError(f"is not a regular expression ({error})") from error
        if "name" not in groups:
            raise ValueError("needs a group (?P<name>...) around the speaker's name")
        return pattern


class Record(_Part):
    """The catalogue record.

    Attributes:
        title: of the document, as cited.
        date: of the event; None where unknown.
        place: of the event.
        language: of the text, an ISO 639-1 code.
        encoding: of the file, as Python names it.
        participants: who speaks.
        repository: who keeps the original.
        signature: shelfmark or reference code.
        pages: of the original.
        translator: empty where the text is no translation.
        collection: through which the text was published.
        source: the site or publication this copy was taken from.
        rights: who holds which rights, one sentence.
        credits: acknowledgements the publisher asks for.
        suggested: questions offered to visitors.
        layout: corrections to what the parser detects.
    """

    title: Text
    date: datetime.date | None = None
    place: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    encoding: str = "utf-8"
    participants: tuple[Participant, ...] = ()
    repository: str = ""
    signature: str = ""
    pages: str = ""
    translator: str = ""
    collection: str = ""
    source: str = ""
    rights: str = ""
    credits: str = ""
    suggested: tuple[Suggested, ...] = ()
    layout: Layout = Layout()

    @field_validator("participants")
    @classmethod
    def _names_are_unambiguous(cls, people: tuple[Participant, ...]) -> tuple[Participant, ...]:
        owner: dict[str, int] = {}
        for i, person in enumerate(people):
            for name in person.names:
                other = owner.setdefault(name.casefold(), i)
                if other != i:
                    raise ValueError(
                        f"give the name '{name}' to both {people[other].name} and {person.name}"
                    )
        return people

    @field_validator("encoding")
    @classmethod
    def _encoding_exists(cls, encoding: str) -> str:
        try:
            "".encode(encoding)
        except LookupError as error:
            raise ValueError(f"'{encoding}' is no encoding Python knows") from error
        return encoding


def read_record(path: Path) -> Record:
    """Read a catalogue record.

    Raises:
        RecordError: the file is not TOML, lacks a field, or has one that is not understood.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(path, f"is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise RecordError(path, f"is not valid TOML: {error}.") from error
    try:
        return Record.model_validate(values)
    except ValidationError as error:
        raise RecordError(path, _sentence_for(error)) from error


def _sentence_for(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f"the field '{field}' is missing; add it."
    if first["type"] == "extra_forbidden":
        return f"the field '{field}' is not known; check its spelling."
    reason = str(first["msg"]).removeprefix("Value error, ")
    return f"the field '{field}' cannot be used: {reason}."
