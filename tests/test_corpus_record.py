"""The catalogue record: what it takes, and that its faults are told in a person's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core import core_schema

from corpus.archive import open_archive
from corpus.errors import RecordError
from corpus.record import Layout, Participant, Record, Suggested, Voice, read_record
from qa.settings import Settings, SettingsError

MODELS: dict[str, type[BaseModel]] = {
    "": Record,
    "participants": Participant,
    "suggested": Suggested,
    "voices": Voice,
    "layout": Layout,
}
VALUES = (
    '"x"', '""', '"   "', "3", "-1", "3.5", "nan", "true", "1983-09-19", "10:00:00",
    "1983-09-19T10:00:00Z", "[]", "[1]", '["a", 2]', "[[]]", "[{}]", "[{a = 1}]", "{}", "{a = 1}",
    "{a = [1]}", '[{name = 3}]', '[{number = "one", explains = "x"}]', "[{number = 0}]",
)  # fmt: skip
FIELDS = [
    (table, field.alias or name)
    for table, model in MODELS.items()
    for name, field in model.model_fields.items()
]
# Words of pydantic's own messages, and of its names for kinds of faults.
JARGON = re.compile(
    r"Input|should be|valid (?!TOML)|pydantic|_type|_parsing|string|tuple|dict|integer|boolean|"
    r"instance|Extra|permitted|Field required|Value error|NoneType|datetime|\bNone\b|\bint\b",
)


def record_with(table: str, field: str, value: str) -> str:
    """Return a record with one field of one table set."""
    if not table:
        return "" if field != "title" else "" + f"{field} = {value}\n"
    head = f"[{table}]" if table == "layout" else f"[[{table}]]"
    needed = {
        "participants": {"name": '"Ada"'},
        "suggested": {"question": '"Why?"', "quote": '"Because."'},
        "voices": {"speaker": '"Ada"', "from": '"We left"'},
    }.get(table, {})
    lines = [f"{name} = {words}" for name, words in {**needed, field: value}.items()]
    return 'title = "T"\n' + "\n".join([head, *lines]) + "\n"


def fault(path: Path, toml: str) -> str | None:
    """Return the message with which a record is refused, after checking its form."""
    path.write_text(toml, encoding="utf-8")
    try:
        read_record(path)
    except RecordError as error:
        message = str(error)
        assert "\n" not in message
        assert message.endswith(".")
        assert JARGON.search(message.removeprefix(str(path))) is None, message
        return message.removeprefix(str(path))
    return None


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_no_wrong_value_is_answered_in_a_programmers_words(
    tmp_path: Path, table: str, field: str
) -> None:
    path = tmp_path / "talk.toml"
    refused = 0
    for value in VALUES:
        toml = record_with(table, field, value)
        if not table and field != "title":
            toml = f'title = "T"\n{field} = {value}\n'
        message = fault(path, toml)
        if message is not None:
            refused += 1
            assert f"{field}'" in message or f"{field}." in message, message
            assert ", line " in message, message
    assert refused


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nor_is_any_mixture_of_them(tmp_path: Path, data: st.DataObject) -> None:
    toml = "".join(
        record_with(*data.draw(st.sampled_from(FIELDS[1:])), data.draw(st.sampled_from(VALUES)))
        for _ in range(1)
    )
    toml += "\n".join(data.draw(st.lists(st.sampled_from(("name = 3", "x = 1", "[a]", "[[a.b]]")))))
    fault(tmp_path / "talk.toml", toml)


def test_every_kind_of_fault_of_these_models_has_words() -> None:
    """Field types that the words do not know yet would get a vague sentence."""
    kinds = set()

    def walk(schema: object) -> None:
        if isinstance(schema, dict):
            kinds.add(str(schema.get("type")))
            for part in schema.values():
                walk(part)
        elif isinstance(schema, list | tuple):
            for part in schema:
                walk(part)

    walk(Record.__pydantic_core_schema__)
    validated = kinds & set(core_schema.CoreSchemaType.__args__)
    assert validated <= {
        "bool", "default", "definitions", "dict", "function-wrap", "function-after",
        "function-before", "function-plain", "int", "literal", "model", "model-field",
        "model-fields", "nullable",
        "str", "tuple", "is-instance", "any", "dataclass", "dataclass-args", "dataclass-field",
        "definition-ref",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("toml", "line", "says"),
    [
        ("date = 1984-10", 1, 'date = "1984-10"'),
        ('title = "T"\nlanguage = en # English', 2, 'language = "en"'),
        ("title = “T”", 1, 'title = "T"'),
        ('title = "T"\nplace =', 2, "value is missing"),
        ('title = "T"\nMoscow', 2, "“Moscow” is no field"),
        ('title = "T"\ntitle = "U"', 2, "keep one"),
        ('titel = "T"', 1, "perhaps 'title' is meant"),
        ('title = "T"\nlang = "de"', 2, "perhaps 'language' is meant"),
        ('title = "T"\n[[participants]]\nname = "A"\n\n[[participants]]\nname = 3', 6, "number 2"),
        ('title = "T"\n[[participants]]\nname = "A"\nalias = "B"', 4, "perhaps 'aliases' is meant"),
        ('title = "T"\nrights = """\ndate = 3\n"""\ndate = "x"', 5, "'date'"),
        ('title = "T"\ndate = "19.9.1983"', 2, '"1984-10-05"'),
        ('title = "T"\nlanguage = "English"', 2, '"pt-BR"'),
        ('title = "T"\nencoding = "ansi"', 2, '"windows-1252"'),
        ('title = "T"\nencoding = "base64"', 2, '"windows-1252"'),
        ('title = "T"\nencoding = "\\u0000"', 2, '"windows-1252"'),
        ('title = "T"\nnarrative = "yes"', 2, "true or false"),
    ],
)
def test_the_message_names_the_line_and_what_to_write(
    tmp_path: Path, toml: str, line: int, says: str
) -> None:
    message = fault(tmp_path / "talk.toml", toml)
    assert message is not None
    assert message.startswith(f", line {line}: ")
    assert says in message


@pytest.mark.parametrize(
    ("tag", "kept", "code"),
    [
        ("en", "en", "en"),
        ("en-US", "en-US", "en"),
        ("en_us", "en-US", "en"),
        ("pt-BR", "pt-BR", "pt"),
        ("zh-Hans", "zh-Hans", "zh"),
        ("sr-Latn", "sr-Latn", "sr"),
        ("de-CH-1996", "de-CH-1996", "de"),
        ("deu", "de", "de"),
        ("ger", "de", "de"),
        ("cmn", "cmn", "zh"),
        ("yue", "yue", "zh"),
        ("nb", "nb", "no"),
        ("ckb", "ckb", "ckb"),
        ("und", "und", "und"),
        ("x-ours", "x-ours", "und"),
    ],
)
def test_languages_by_tag(tag: str, kept: str, code: str) -> None:
    record = Record(title="T", language=tag)
    assert (record.language, record.language_code) == (kept, code)


@pytest.mark.parametrize("tag", ["English", "e", "xx", "de-", "", "en-Deutsch-123456789"])
def test_what_is_no_language_tag(tmp_path: Path, tag: str) -> None:
    assert fault(tmp_path / "talk.toml", f'title = "T"\nlanguage = "{tag}"') is not None


def test_a_record_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "talk.toml"
    path.write_text('title = "T"\n', encoding="utf-8-sig")
    assert read_record(path).title == "T"


def test_a_field_that_came_later_changes_nothing_for_archives_without_it() -> None:
    assert Record(title="T", date="1983-09-19").model_dump_json() == (
        '{"title":"T","date":"1983-09-19","place":"","language":"en","encoding":"utf-8",'
        '"participants":[],"repository":"","signature":"","pages":"","translator":"",'
        '"collection":"","source":"","rights":"","credits":"","suggested":[],"layout":'
        '{"header_from":null,"speech_from":null,"notes_from":null,"ends_with":null,'
        '"speaker_label":null,"not_labels":[],"headings":[],"not_headings":[],"breaks":[],'
        '"not_breaks":[],"notes":[]}}'
    )
    assert '"kind":"memo"' in Record(title="T", kind="memo").model_dump_json()
    assert '"download":true' in Record(title="T", download=True).model_dump_json()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"port": "abc"}, "'port' is the words “abc”; it needs a whole number."),
        ({"port": -1}, "'port' is the number -1; it must be at least"),
        ({"kiosk": "perhaps"}, "'kiosk' is the words “perhaps”; it needs true or false."),
        ({"prot": 80}, "'prot' is not known; perhaps 'port' is meant."),
    ],
)
def test_settings_are_refused_in_the_same_words(settings: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)) as caught:
        Settings.load(None, {}, **settings)
    assert JARGON.search(str(caught.value)) is None


def test_what_is_only_shown_leaves_the_index_as_it_is(tiny_archive: Callable[..., Path]) -> None:
    """A curator who says what a document is need not wait for a search index."""
    folder = tiny_archive()
    (record, *_) = sorted(folder.glob("*.toml"))
    before = open_archive(folder).fingerprint
    text = record.read_text(encoding="utf-8")
    shown = 'kind = "Minutes, English translation"\ndownload = true\n' + text
    record.write_text(shown, encoding="utf-8")
    assert open_archive(folder).fingerprint == before
    record.write_text(shown + '[[participants]]\nname = "Vera"\n', encoding="utf-8")
    with_vera = open_archive(folder).fingerprint
    assert with_vera != before
    roles = '[[participants]]\nname = "Vera"\nroles = { de = "Zeugin" }\n'
    record.write_text(shown + roles, encoding="utf-8")
    assert open_archive(folder).fingerprint == with_vera
