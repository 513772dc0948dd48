"""The catalogue record of a document: ``<id>.toml`` beside ``<id>.txt``.

The record carries what an archivist knows and the text cannot tell (title, date, participants,
where the original is kept) and, under ``[layout]``, corrections to what the parser detects.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    ValidationError,
    field_validator,
    model_serializer,
)

from corpus.dates import EXAMPLES as DATE_EXAMPLES
from corpus.dates import Edtf, read_date
from corpus.errors import RecordError
from corpus.faults import first_fault
from corpus.files import regular_bytes
from corpus.languages import EXAMPLES as LANGUAGE_EXAMPLES
from corpus.languages import language_code, read_language
from corpus.toml_lines import line_of, toml_fault

Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """Part of a record.

    ``LATER`` names the fields that came after the first release. While one is at its default it
    is left out of the record's JSON, which the search index and everything learned from an
    archive are tied to: a new field must not make those of every archive stale.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_later_defaults(
        self, serialize: Callable[[BaseModel], dict[str, Any]]
    ) -> dict[str, Any]:
        fields = type(self).model_fields
        unstated = {
            name
            for name in self.LATER
            if getattr(self, name) == fields[name].get_default(call_default_factory=True)
        }
        values = serialize(self)
        return {name: value for name, value in values.items() if name not in unstated}


class Participant(_Part):
    """Somebody who speaks.

    Attributes:
        name: the short name quotes carry, for example ``Kryuchkov``.
        full_name: as a reader should see it; empty where unknown.
        role: office held at the time; empty where unknown.
        aliases: other names by which labels or questions call the person.
        roles: ISO 639-1 code to the role as pages in that interface language show it.
    """

    LATER = frozenset({"roles"})

    name: Text
    full_name: str = ""
    role: str = ""
    aliases: tuple[Text, ...] = ()
    roles: dict[str, Text] = Field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of this person, the short one first, none twice."""
        return tuple(dict.fromkeys(n for n in (self.name, self.full_name, *self.aliases) if n))


class ExplainedNote(_Part):
    """What a footnote without an anchor explains: words that stand exactly once in the text."""

    number: StrictInt = Field(ge=1)
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
        not_labels: first words of what looks like a speaker label and is none.
        headings: lines that are headings though they do not look like one.
        not_headings: lines that look like headings and are speech.
        speech: first words of paragraphs that look like narration, a stage direction or page
            furniture and are speech.
        not_speech: first words of paragraphs that are nobody's speech though nothing shows it.
        breaks: last words before a hole that the parser does not see.
        not_breaks: last words of a line that looks like a hole and is none.
        notes: what footnotes without an anchor explain.
    """

    LATER = frozenset({"speech", "not_speech"})

    header_from: Text | None = None
    speech_from: Text | None = None
    notes_from: Text | None = None
    ends_with: Text | None = None
    speaker_label: Text | None = None
    not_labels: tuple[Text, ...] = ()
    headings: tuple[Text, ...] = ()
    not_headings: tuple[Text, ...] = ()
    speech: tuple[Text, ...] = ()
    not_speech: tuple[Text, ...] = ()
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


class Voice(_Part):
    """Who speaks from where on, in a text without speaker labels.

    Attributes:
        speaker: the participant's short name.
        begins: the first words, as they stand exactly once in the text; ``from`` in the file.
        ends: the last words; ``to`` in the file. Without them the next voice ends this one.
    """

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    speaker: Text
    begins: Text = Field(alias="from")
    ends: Text | None = Field(default=None, alias="to")


class Original(_Part):
    """The file that an imported document was made from.

    Attributes:
        name: of the file, without a folder.
        sha256: of its bytes.
        format: for people: "WebVTT".
    """

    name: Text
    sha256: Text
    format: Text


class Record(_Part):
    """The catalogue record.

    Attributes:
        title: of the document, as cited.
        date: of the event, in EDTF; None where unknown.
        place: of the event.
        language: of the text, a BCP 47 tag.
        encoding: of the file, as Python names it.
        kind: what the document is, in a few words, where that matters for judging it.
        narrative: nobody speaks in the document: all of it is narration.
        download: whether visitors may download the document's file.
        voices: who speaks from where on, in a text without speaker labels.
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
        original: the file the text was made from; None where the text is the original.
    """

    LATER = frozenset({"kind", "narrative", "download", "voices", "original"})

    title: Text
    date: Annotated[
        Edtf | None,
        BeforeValidator(lambda value: read_date(value) if value not in ("", None) else None),
        PlainSerializer(str, when_used="unless-none"),
    ] = None
    place: str = ""
    language: Annotated[str, BeforeValidator(read_language)] = "en"
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
    kind: str = ""
    narrative: StrictBool = False
    download: StrictBool = False
    voices: tuple[Voice, ...] = ()
    original: Original | None = None

    @property
    def searched(self) -> str:
        """JSON of what answers may depend on; without what is only shown beside them."""
        return self.model_dump_json(exclude=_ONLY_SHOWN)

    @property
    def language_code(self) -> str:
        """The language without script, country or variant: ISO 639-1 where it has a code."""
        return language_code(self.language)

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
        except (LookupError, ValueError) as error:
            raise ValueError(f"“{encoding}” is no encoding that is known") from error
        return encoding


# What came after the first release; older fields stay, or every index there is would be stale.
_ONLY_SHOWN: dict[str, Any] = {
    "kind": True,
    "download": True,
    "original": True,
    "participants": {"__all__": {"roles"}},
}
_EXAMPLES = {
    "title": 'title = "Conversation in Berlin, 19 September 1983"',
    "date": f"date = {DATE_EXAMPLES}",
    "language": f"language = {LANGUAGE_EXAMPLES}",
    "encoding": 'encoding = "utf-8" or "windows-1252"',
    "participants": '[[participants]] on a line of its own, then name = "Mielke" below it',
    "participants.name": 'name = "Mielke"',
    "participants.full_name": 'full_name = "Erich Mielke"',
    "participants.role": 'role = "Minister for State Security of the GDR"',
    "participants.roles": 'roles = {de = "Minister für Staatssicherheit der DDR"}',
    "participants.aliases": 'aliases = ["Comrade Mielke", "Comrade Minister"]',
    "pages": 'pages = "1-19"',
    "suggested": '[[suggested]] on a line of its own, then question = "…" and quote = "…" below it',
    "suggested.translations": 'translations = {de = "Wann?", ru = "Когда?"}',
    "layout": "[layout] on a line of its own, then its fields below it",
    "layout.notes": 'notes = [{number = 1, explains = "words of the text"}]',
    "layout.notes.number": "number = 1",
    "voices": '[[voices]] on a line of its own, then speaker = "Mielke" and from = "…" below it',
    "voices.from": 'from = "the first words this person says"',
    "voices.to": 'to = "the last words this person says"',
    "original": "what 'verbatim add' wrote there",
    "narrative": "narrative = true",
    "download": "download = true",
}
_LISTS_OF_WORDS = tuple("not_labels headings not_headings breaks not_breaks".split())


def read_record(path: Path) -> Record:
    """Read a catalogue record.

    Raises:
        RecordError: the file is not TOML, lacks a field, or has one that is not understood.
    """
    data = regular_bytes(path)
    try:
        toml = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordError(
            path, f"is not UTF-8 at byte {error.start}; save it as UTF-8.", line
        ) from error
    try:
        values = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        line_number, sentence = toml_fault(toml, error)
        raise RecordError(path, sentence, line_number) from error
    except (ValueError, RecursionError) as error:
        raise RecordError(path, "is nested too deep, or has a number too long.") from error
    try:
        return Record.model_validate(values)
    except ValidationError as error:
        fault = first_fault(error, example=_example, known=_fields_beside, belongs=_belongs)
        raise RecordError(path, fault.sentence, line_of(toml, fault.where)) from error


def _example(field: str) -> str:
    """Return a line that is right for a field, or an empty string where none is needed."""
    name = field.rpartition(".")[2]
    if name in _LISTS_OF_WORDS:
        return f'{name} = ["words of the text"]'
    return _EXAMPLES.get(field, f'{name} = "…"')


TABLES: dict[str, type[BaseModel]] = {
    "participants": Participant,
    "suggested": Suggested,
    "voices": Voice,
    "layout": Layout,
    "original": Original,
}
"""Fields that are tables of their own, and what they hold."""


def _fields_beside(where: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the names that can stand where a name does that is not known."""
    table = next((part for part in where[:-1] if isinstance(part, str)), "")
    return _fields(TABLES.get(table, Record))


def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _belongs(where: tuple[int | str, ...]) -> str:
    """Say where in a record a field stands that was written in another part of it."""
    name = str(where[-1])
    if len(where) > 1:
        whole = "to the whole record: write it near the top, above the first line in brackets"
        return whole if name in _fields(Record) else ""
    under = [table for table in ("layout", "participants") if name in _fields(TABLES[table])]
    shown = {"layout": "[layout]", "participants": "[[participants]]"}
    return f"under {shown[under[0]]}: write it below a line {shown[under[0]]}" if under else ""
