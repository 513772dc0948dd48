"""What the head of a document states of it: date, place, who asked whom.

A line of the head is taken for a field of the record only where it says so itself ("Place: …") or
is a date and nothing else. What is said and not taken is kept to be shown: nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.importing.written_dates import read_written_date
from corpus.labels.anonymous import is_full_name
from corpus.labels.names import folded
from corpus.labels.words import CLOSINGS

INTERVIEWER, INTERVIEWEE = "interviewer", "interviewee"
_MAX_LINES = 80
_MAX_LINE = 240
_MAX_KEY = 48
_MAX_KEY_WORDS = 5
_DATE_WORDS = 5
_KEYED = re.compile(r"(?P<key>[^:：\t|]+?)\s*(?:[:：]|\t|\|)\s*(?P<value>\S.*)")
_TAIL = re.compile(r"(?:,|\s[-–—|•·]|\s(?:on|am|vom|le|du|el|del|от|dated))\s+(?=\S)", re.I)
_SPACES = re.compile(r"[^\S\t]+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")


def _phrases(**fields: str) -> dict[str, str]:
    """Return the field by the phrase that announces it."""
    return {
        " ".join(phrase.split()): field
        for field, phrases in fields.items()
        for phrase in phrases.split("|")
    }


_FIELDS = _phrases(
    date="""date|dates|date of interview|interview date|date of the interview|date of recording|
    recording date|date recorded|recorded|recorded on|recorded at|conducted on|interviewed on|
    datum|datum des interviews|interviewdatum|aufnahmedatum|tag der aufnahme|aufgenommen am|
    geführt am|date de l'entretien|date de l’entretien|date d'entretien|date de l'interview|
    date d'enregistrement|date de l'enregistrement|enregistré le|
    дата|дата интервью|дата записи|дата беседы|записано|fecha|fecha de la entrevista|data|
    data da entrevista|data dell'intervista|datum van het interview|päivämäärä|tarih|
    날짜|일시|일자|면담 일자|면담일|日付|日時|日期|时间|採訪日期|采访日期""",
    place="""place|location|venue|place of interview|place of the interview|interview location|
    location of interview|interview place|place of recording|recording location|recorded in|ort|
    ort des interviews|aufnahmeort|interviewort|ort der aufnahme|lieu|lieu de l'entretien|
    lieu de l’entretien|lieu d'enregistrement|место|место интервью|место записи|место проведения|
    lugar|lugar de la entrevista|local|luogo|plaats|miejsce|místo|місце|paikka|plats|yer|
    장소|면담 장소|場所|地点|地點""",
    title="title|titel|titre|título|titolo|название|заголовок|제목|題名|标题",
    repository="""repository|archive|held by|held at|archiv|bestandshaltende institution|
    dépôt|conservé à|архив|хранилище|archivo|arquivo|archivio""",
    signature="""signature|accession number|accession no|accession|call number|call no|
    shelfmark|reference number|reference code|identifier|interview number|interview no|
    interview id|signatur|archivsignatur|cote|шифр|signatura|segnatura|청구 기호""",
    collection="""collection|series|project|sammlung|bestand|projekt|fonds|collection de|projet|
    коллекция|фонд|проект|colección|coleção|collezione""",
    rights="rights|rechte|droits|права|derechos|direitos|diritti",
    translator="""translator|translated by|übersetzer|übersetzt von|traducteur|traduit par|
    переводчик""",
)
_PEOPLE = _phrases(
    interviewer="""moderator|moderated by|chaired by|hosted by|moderatorin|moderiert von|
    modérateur|modératrice|animé par|moderador|moderadora|moderado por|moderatore|модератор|
    ведущий|ведущая|interviewer|interviewers|interviewed by|interview by|interview conducted by|
    conducted by|interviewerin|interview geführt von|interviewt von|das interview führte|
    interview von|enquêteur|enquêtrice|entretien mené par|entretien réalisé par|
    entretien conduit par|interviewé par|interviewée par|propos recueillis par|интервьюер|
    интервью провёл|интервью провел|интервью провела|интервью взял|интервью взяла|беседу вёл|
    беседу вел|беседу вела|беседовал|беседовала|entrevistador|entrevistadora|entrevista de|
    entrevistado por|entrevistada por|realizada por|realizado por|entrevista realizada por|
    conducida por|condotta da|intervista di|afgenomen door|intervistatore|intervistato da|
    면담자|질문자|聞き手|采访者|
    採訪者|访谈者""",
    interviewee="""interviewee|interviewees|interview with|interview of|narrator|narrators|
    name of interviewee|name of narrator|informant|respondent|befragte|befragter|interviewte|
    interviewter|interviewpartner|interviewpartnerin|zeitzeuge|zeitzeugin|erzähler|erzählerin|
    interview mit|enquêté|enquêtée|témoin|personne interviewée|entretien avec|респондент|
    информант|рассказчик|рассказчица|интервьюируемый|интервьюируемая|интервью с|entrevistado|
    entrevistada|entrevista a|entrevista con|entrevista com|intervista a|intervista con|
    gesprek met|interview met|gespräch mit|conversation with|
    intervistato|intervistata|면담 대상자|구술자|답변자|話し手|受访者|
    受訪者""",
)
_ENDING = (
    " by", " von", " par", " por", " da", " on", " am", " le", " führte", " провёл", " провел",
    " провела", " взял", " взяла", " вёл", " вел", " вела",
)  # fmt: skip
_LOOSE = tuple(
    sorted(
        (p for p in {**_FIELDS, **_PEOPLE} if p.endswith(_ENDING) or p.startswith("беседовал")),
        key=len,
        reverse=True,
    )
)
"""What announces something without a colon: "Interviewed by Anna Reed"."""
_WITH = tuple(
    p
    for p, field in _PEOPLE.items()
    if field == INTERVIEWEE and p.endswith((" with", " mit", " avec", " con", " com", " a", " met"))
)
"""What a title names somebody by who was asked: "Interview with Anna Reed"."""


_DATES = sorted((p for p, field in _FIELDS.items() if field == "date"), key=len, reverse=True)


class _Rank(IntEnum):
    """How surely a line is meant for a field."""

    AMID = 1
    TAIL = 2
    ALONE = 3
    NAMED = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a line of the head states.

    Attributes:
        words: the line.
        field: of the record, or ``interviewer``, ``interviewee``; empty where it is none of these.
        value: what is stated; of a date in the form that the record has, empty where it has none.
        why: one clause: why it is not taken; empty where it is.
        role: of the person named, in the file's own word; empty where that is none.
        is_whole: whether the line says nothing else.
    """

    words: str
    field: str
    value: str
    why: str = ""
    role: str = ""
    is_whole: bool = True

    @property
    def is_person(self) -> bool:
        """Whether somebody is named who asked or was asked."""
        return self.field in (INTERVIEWER, INTERVIEWEE)


def announces(words: str) -> str:
    """Return the field that words announce, also that of a person; empty where they do not."""
    return {**_FIELDS, **_PEOPLE}.get(folded(words), "")


def stated_in(lines: Sequence[str], *, by_program: bool = False) -> tuple[Said, ...]:
    """Return what the lines of a head state, in their order.

    Of a field that lines state differently nothing is taken, unless one of them names the field.

    Args:
        lines: of the head, as the file has them.
        by_program: whether a program wrote them: a day with an hour says when it was at work.
    """
    whole = [_SPACES.sub(" ", line).strip() for line in lines[:_MAX_LINES]]
    found = [one for line in whole if 0 < len(line) <= _MAX_LINE for one in _read(line, by_program)]
    best = {
        said.field: max(rank for other, rank in found if other.field == said.field)
        for said, _ in found
    }
    values: dict[str, set[str]] = {}
    for said, rank in found:
        if rank == best[said.field]:
            values.setdefault(said.field, set()).add(said.value.casefold())
    settled = (_settled(said, rank, best[said.field], values[said.field]) for said, rank in found)
    return tuple(one for one in settled if one is not None)


def _settled(said: Said, rank: _Rank, best: _Rank, values: set[str]) -> Said | None:
    """Return what a line states beside the others; None where a better one says the same."""
    if said.field in ("", INTERVIEWER, INTERVIEWEE):
        return said
    if rank < best and said.value.casefold() in values:
        return None
    if said.why:
        return said
    if rank < best:
        return replace(said, why=f"another line names the {said.field}")
    if len(values) > 1:
        return replace(said, why=f"the lines do not agree about the {said.field}")
    return said


def _read(line: str, by_program: bool) -> Iterator[tuple[Said, _Rank]]:
    keyed = _KEYED.match(line)
    key = folded(keyed["key"]) if keyed else ""
    loose = next((p for p in _LOOSE if folded(line).startswith(f"{p} ")), "")
    if keyed and (key in _FIELDS or key in _PEOPLE):
        yield from _announced(line, key, keyed["value"].strip())
    elif loose:
        yield from _announced(line, loose, _behind(line, loose))
    elif asked := next((p for p in _WITH if folded(line).startswith(f"{p} ")), ""):
        yield from _titled(line, _name(_behind(line, asked)))
    elif (recorded := _recorded(line)) is not None:
        yield recorded, _Rank.NAMED
    elif (alone := _dated(line, line, by_program=by_program)).value.count("-"):
        yield alone, _Rank.ALONE
    elif keyed and len(key) <= _MAX_KEY and len(key.split()) <= _MAX_KEY_WORDS:
        yield Said(line, "", keyed["value"].strip(), "the record has no field for it"), _Rank.NAMED
    elif folded(line).startswith(CLOSINGS):
        yield Said(line, "", line, "the record has no field for it"), _Rank.NAMED
    else:
        yield from _tail(line)


def _recorded(line: str) -> Said | None:
    """Read a day behind a word for it without a colon: "Recorded 14 June 2019 at the hall"."""
    key = next((p for p in _DATES if folded(line).startswith(f"{p} ")), "")
    words = _behind(line, key).split() if key else []
    for end in range(min(_DATE_WORDS, len(words)), 0, -1):
        found = read_written_date(" ".join(words[:end]).rstrip(",;."))
        if found is not None and found.edtf.count("-"):
            return Said(line, "date", found.edtf)
    return None


def _behind(line: str, phrase: str) -> str:
    words = line.split()
    return " ".join(words[len(phrase.split()) :]).lstrip(":： ").strip()


def _announced(line: str, key: str, value: str) -> Iterator[tuple[Said, _Rank]]:
    """Yield what a line that names its field states."""
    if key in _PEOPLE:
        yield Said(line, _PEOPLE[key], _name(value), "", _role(line, key)), _Rank.NAMED
        yield from _tail(line)
    elif _FIELDS[key] == "date":
        yield _dated(line, value), _Rank.NAMED
    else:
        yield Said(line, _FIELDS[key], value.rstrip(" ;")), _Rank.NAMED


def _titled(line: str, name: str) -> Iterator[tuple[Said, _Rank]]:
    """Yield whom a title names, and the day behind the name."""
    if is_full_name(name):
        yield Said(line, INTERVIEWEE, name, is_whole=False), _Rank.NAMED
    yield from _tail(line)


def _role(line: str, key: str) -> str:
    """Return what a person is called by the word before the name: "Narrator: Anna Reed"."""
    if key in (INTERVIEWER, INTERVIEWEE, "narrator"):
        return key
    if " " in key:
        return INTERVIEWER if key.endswith(" by") else ""
    return line[: len(key)] if folded(line[: len(key)]) == key else ""


def _name(value: str) -> str:
    """Return a person's name without the office beside it, or place and time behind it."""
    parts = [part.strip(" .") for part in re.split(r"[,;]|\s[-–—]\s", value.partition("(")[0])]
    named = next((part for part in parts if is_full_name(part)), parts[0])
    cut = re.split(r"\s+(?:at|in|on|am|à|le|for|für|pour|в|el|en)\s+", named, maxsplit=1)[0]
    return cut.strip(" .") or value


def _tail(line: str) -> Iterator[tuple[Said, _Rank]]:
    """Yield the day with which a line ends, as in "Interview with Anna Reed, 12 March 1974"."""
    for match in _TAIL.finditer(line):
        behind = line[match.end() :]
        found = read_written_date(behind)
        if found is not None and found.edtf.count("-"):
            yield replace(_dated(line, behind), is_whole=False), _Rank.TAIL
            return
    yield from _amid(line)


def _amid(line: str) -> Iterator[tuple[Said, _Rank]]:
    """Yield a day that stands amid other words, which say whether it is that of the talk."""
    words = line.split()
    for start in range(len(words)):
        for end in range(min(start + _DATE_WORDS, len(words)), start, -1):
            found = read_written_date(" ".join(words[start:end]))
            if found is not None and found.edtf.count("-") == 2:  # noqa: PLR2004
                why = "a day stands amid other words"
                yield Said(line, "date", found.edtf, why, is_whole=False), _Rank.AMID
                return


def _dated(line: str, value: str, *, by_program: bool = False) -> Said:
    for text in _readings(value):
        found = read_written_date(text)
        if found is None:
            continue
        if not found.edtf:
            return Said(line, "date", "", "it may be either of two days")
        if found.timed and by_program:
            # It may have been decades after the talk.
            return Said(line, "date", found.edtf, "it may be when a program was at work")
        return Said(line, "date", found.edtf)
    return Said(line, "date", "", "it is no day, month or year that can be read")


def _readings(value: str) -> Iterator[str]:
    """Yield a value whole, then without what stands behind the date."""
    yield value
    bare = _BRACKET.sub("", value)
    if bare != value:
        yield bare
    while "," in bare or "•" in bare or ";" in bare:
        bare = re.split(r"[,•;](?=[^,•;]*\Z)", bare)[0].strip()
        yield bare
