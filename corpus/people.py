"""Who speaks in the documents of an archive: persons, whatever labels call them."""

from __future__ import annotations

import re
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import combinations

from corpus.cast import draft_participants
from corpus.folding import fold
from corpus.labels.anonymous import is_anonymous
from corpus.labels.words import ANSWERING, GENDERED, OFFICES, RANKS, TITLES, WITNESSES
from corpus.recognised import Heard
from corpus.record import Participant, Record
from corpus.transcript import Layer, Transcript

_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFFICES = OFFICES | {"minister", "secretary", "director", "ambassador", "interviewer", "witness"}
"""Whoever is called so alone has no surname here."""
_HANGUL_TITLES = frozenset("씨 님 선생님 선생 장관 대통령 의장 동지 위원장 교수 박사".split())
_SMALL = frozenset(
    "the der die das den dem des le la les el los the of von van vom zu de du di da del della "
    "dos ter ten bin ibn und and y".split()
)
"""What stands inside a name or before it and tells nobody from anybody."""
_MOST_GIVEN = 3
_FEWEST_INITIALS = 2
_FEWEST_OF_A_GIVEN = 3
_VOWEL = re.compile("[aeiouyаеиоуыэюя]")
_ANSWERS = ANSWERING | WITNESSES | frozenset("narrator guest answer antwort a".split())
"""Labels of whoever answers, which are no name."""


@cache
def _titles() -> frozenset[str]:
    """Return what stands before a name; folding hundreds of words takes a tenth of a second."""
    further = "chief head leader boss spokesman spokeswoman foreman manager genossin senora don"
    plain = (*TITLES, *OFFICES, *RANKS, *further.split(), "dona", "prasident", "monsieur")
    return frozenset(word for title in plain for word in (title, fold(title).text))


@cache
def _gendered() -> dict[str, int]:
    return {fold(title).text: sex for title, sex in GENDERED.items()}


def _sexes(titles: Iterable[str]) -> set[int]:
    """Return of which sexes whoever has these titles would be."""
    return {_gendered()[title] for title in titles if title in _gendered()}


@dataclass(frozen=True, slots=True)
class _Called:
    """Who of a document is surely called so, and of whom it cannot be told; one is empty."""

    surely: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()


def is_exactly(record: Record, speaker: str, name: str) -> bool:
    """Whether a speaker of a document is called so, word for word; capitals do not matter.

    Args:
        record: of the document.
        speaker: the name that quotes of the document carry.
        name: that one, or another that the record gives this participant.
    """
    wanted = name.casefold()
    if speaker.casefold() == wanted:
        return True
    return any(
        wanted == called.casefold()
        for who in record.participants
        if who.name == speaker
        for called in who.names
    )


def speakers_of(document: Transcript) -> tuple[str, ...]:
    """Return the names that quotes of a document carry, in order of appearance."""
    return tuple(dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker))


def names_of_speakers(documents: Iterable[Transcript]) -> tuple[str, ...]:
    """Return every name of everybody who speaks in some documents."""
    found: dict[str, None] = {}
    for document in documents:
        heard = speakers_of(document)
        found.update(dict.fromkeys(heard))
        for who in document.record.participants:
            if who.name in heard:
                found.update(dict.fromkeys(who.names))
    return tuple(found)


def speaks_in(document: Transcript, name: str) -> bool:
    """Whether somebody called so speaks in a document."""
    return bool(speakers_called(document, name) & set(speakers_of(document)))


def is_called(document: Transcript, speaker: str, name: str) -> bool:
    """Whether a name that somebody wrote is that of a speaker of a document.

    It is where it is one of those that document and record give; or where the surname is the same,
    no given name, initial or title says otherwise, and, if only one of the two has a given name,
    nobody else in the document has that surname. What else stands before a name is an office.

    Args:
        document: in which the speaker speaks, or is listed.
        speaker: the name that quotes of the document carry.
        name: as somebody wrote it: "Mr Reed", "Anna Reed", "Reed, Anna", "the engineer A. Reed".
    """
    return speaker in speakers_called(document, name)


_known: dict[tuple[int, str], _Called] = {}


def speakers_called(document: Transcript, name: str) -> frozenset[str]:
    """Return those of a document, speaking or listed, who may be called so; see :func:`is_called`.

    They are remembered as long as the document lives.
    """
    return _remembered(document, name).surely


def perhaps_called(document: Transcript, name: str) -> frozenset[str]:
    """Return those of a document of whom it cannot be told whether a name is theirs.

    It fits several who are not one person, or the initials that a label gives instead of a name,
    or it has another form of a given name; or a label only says who answers, and the document's
    title or header has the name. Nobody, where it is surely somebody's.
    """
    return _remembered(document, name).perhaps


def _remembered(document: Transcript, name: str) -> _Called:
    key = (id(document), name)
    found = _known.get(key)
    if found is None:
        found = _known[key] = _called(document, name)
        weakref.finalize(document, _known.pop, key, None)
    return found


def is_same_name(one: str, other: str) -> bool:
    """Whether two written names may be one person's: one surname, nothing that contradicts."""
    who = Participant(name=other)
    return any(_fit(written, who) is not _Fit.NO for written in _readings(one))


class _Fit(Enum):
    NO = auto()
    PERHAPS = auto()
    """Only one of the two has a given name."""
    YES = auto()


def _called(document: Transcript, name: str) -> _Called:
    listed = {who.name: who for who in document.record.participants}
    persons = {
        one: listed.get(one, Participant(name=one))
        for one in dict.fromkeys((*speakers_of(document), *listed))
    }
    exact = [one for one in persons if is_exactly(document.record, one, name)]
    if exact:
        return _Called(frozenset(exact))
    doubtful: list[str] = []
    for written in _readings(name):
        fits = {one: _fit(written, who) for one, who in persons.items()}
        sure = [one for one, fit in fits.items() if fit is _Fit.YES]
        if sure:
            apart = any(_contradict(persons[a], persons[b]) for a, b in combinations(sure, 2))
            return _Called(perhaps=frozenset(sure)) if apart else _Called(frozenset(sure))
        perhaps = [one for one, fit in fits.items() if fit is _Fit.PERHAPS]
        of_the_name = [who for who in persons.values() if _forms(who, written.surname)]
        if len(perhaps) == len(of_the_name) == 1:
            return _Called(frozenset(perhaps))
        doubtful += perhaps or [one for one, who in persons.items() if _may_stand(written, who)]
    doubtful = doubtful or _unnamed(document, tuple(persons), name)
    return _Called(perhaps=frozenset(doubtful))


def _contradict(one: Participant, other: Participant) -> bool:
    """Whether the names of two people of one surname cannot be one person's."""
    readings = [written for name in one.names for written in _readings(name)]
    return all(_fit(written, other) is _Fit.NO for written in readings)


def _may_stand(written: _Written, who: Participant) -> bool:
    """Whether a name may be that of somebody of whom there are initials or a short given name."""
    if any(_are_initials(label, written) for label in who.names):
        return True
    known = [one for one in _forms(who, written.surname) if one.given]
    sexes = _sexes(written.titles)
    return any(
        _is_short(one.given[0], written.given[0]) and len(sexes | _sexes(one.titles)) < 2  # noqa: PLR2004
        for one in known
        if written.given
    )


def _are_initials(label: str, written: _Written) -> bool:
    """Whether a label such as "DK" or "D.M.K." may stand for a name; middle names may lack."""
    bare = re.sub(r"[\s.-]", "", label)
    if not (_FEWEST_INITIALS <= len(bare) <= _MOST_GIVEN + 1 and bare.isalpha() and bare.isupper()):
        return False
    letters, names = fold(bare).text, "".join(w[:1] for w in (*written.given, written.surname))
    if len(bare) == len(label.strip()) > _FEWEST_INITIALS and _VOWEL.search(letters):
        return letters == names  # "BEN" is a name, unless its letters are all those of another
    if len(names) < _FEWEST_INITIALS or (letters[0], letters[-1]) != (names[0], names[-1]):
        return False
    short, long = sorted((letters[1:-1], names[1:-1]), key=len)
    rest = iter(long)
    return all(letter in rest for letter in short)


def _is_short(one: str, other: str) -> bool:
    """Whether one given name is the other cut short: "Vlad" for "Vladimir"."""
    short, long = sorted((one, other), key=len)
    return _FEWEST_OF_A_GIVEN <= len(short) < len(long) and long.startswith(short)


def _unnamed(document: Transcript, persons: Sequence[str], name: str) -> list[str]:
    """Return who only is said to answer, where title or header of the document have the name."""
    answering = [
        one for one in persons if _ANSWERS.issuperset(_WORD.findall(one.casefold().strip(" .:")))
    ]
    surnames = {written.surname for written in _readings(name)} - {""}
    if not answering or not surnames:
        return []
    heads = [document.record.title]
    for sentence in document.sentences:
        if sentence.layer is Layer.HEADER:
            heads.append(document.text[sentence.start : sentence.end])
    words = {fold(m[0]).text for m in _WORD.finditer(" ".join(heads))}
    return answering if surnames & words else []


@dataclass(frozen=True, slots=True)
class _Written:
    """A name in its parts, folded.

    Attributes:
        surname: the last word; empty where there is none.
        given: what stands before it and is no office.
        titles: the words of the office before these.
    """

    surname: str
    given: tuple[str, ...]
    titles: frozenset[str]

    @classmethod
    def read(cls, text: str, offices: frozenset[str]) -> _Written:
        printed = [m[0] for m in _WORD.finditer(re.sub(r"\([^()]*\)", " ", text))]
        printed = [re.sub(r"['’]s$", "", word) for word in printed]
        while len(printed) > 1 and printed[-1] in _HANGUL_TITLES:
            printed.pop()
        words = [fold(word).text for word in printed]
        kept = [(w, p) for w, p in zip(words, printed, strict=True) if w not in _SMALL]
        if not kept:
            return cls("", (), frozenset())
        surname = kept[-1][0]
        before = kept[:-1]
        first = len(before)
        # A small word is one of an office, unless somebody writes everything small.
        small = not text.islower()
        while first and not (
            before[first - 1][0] in _titles() | offices
            or (small and before[first - 1][1].islower() and len(before[first - 1][1]) > 1)
        ):
            first -= 1
        given = tuple(word for word, _ in before[first:])
        return cls(surname, given, frozenset(word for word, _ in before[:first]))


_RANKED = frozenset(RANKS)


def _may_be(one: str, other: str) -> bool:
    """Whether two given names may be one: "A" and "Anna" may, "A" and "Berta" may not."""
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) == 1 and long.startswith(short))


def _readings(name: str) -> tuple[_Written, ...]:
    """Return a name as it may be meant: "Reed, Anna", "the engineer, Anna Reed", "Reed, 60"."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    found = [_Written.read(name, frozenset())] if len(parts) == 1 else []
    if len(parts) > 1:
        head = parts[0].split()
        turned = f"{parts[1]} {parts[0]}"
        is_office = fold(head[0]).text in _SMALL | _titles() or head[0].islower()
        if len(head) == 1 and all(word[:1].isupper() for word in parts[1].split()):
            found.append(_Written.read(turned, frozenset()))
        found.append(_Written.read(parts[-1 if is_office else 0], frozenset()))
    return tuple(found)


def _offices(who: Participant) -> frozenset[str]:
    return frozenset(fold(m[0]).text for m in _WORD.finditer(who.role))


def _forms(who: Participant, surname: str) -> list[_Written]:
    """Return the names of a participant that have this surname."""
    offices = _offices(who)
    read = [_Written.read(form.split(",")[0], offices) for form in who.names]
    return [one for one in read if one.surname and one.surname == surname]


def _fit(written: _Written, who: Participant) -> _Fit:
    offices = _offices(who)
    forms = _forms(who, written.surname)
    if not forms or len(written.given) > _MOST_GIVEN:
        return _Fit.NO
    last = max((n for n, word in enumerate(written.given) if word in offices), default=-1)
    given, titles = written.given[last + 1 :], {*written.titles, *written.given[: last + 1]}
    known = [one.given for one in forms if one.given]
    theirs = {title for one in forms for title in one.titles}
    if titles & _RANKED != theirs & _RANKED and written.surname in _titles():
        return _Fit.NO
    if (given or known) and (written.surname in _OFFICES or len(written.surname) == 1):
        return _Fit.NO
    if len(_sexes(titles | theirs)) > 1:
        return _Fit.NO
    if given and known:
        full = [one for one in known if any(len(word) > 1 for word in one)]
        return _Fit.YES if any(_agree(given, one) for one in full or known) else _Fit.NO
    return _Fit.YES if not given and len(known) < len(forms) else _Fit.PERHAPS


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return all(any(_may_be(a, b) for b in long) for a in short)


@dataclass(frozen=True, slots=True)
class Part:
    """What one person says in one document: under which name, in how many turns."""

    document: str
    speaker: str
    turns: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in one document or several.

    Attributes:
        name: the full one, where a record gives it, else as labels have it.
        names: every name that records and labels give, the most frequent form first.
        parts: document by document.
    """

    name: str
    names: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def is_anonymous(self) -> bool:
        """Whether it is a label such as "Interviewer": in each document perhaps somebody else."""
        return is_anonymous(self.name)


def people(documents: Iterable[Transcript]) -> tuple[Person, ...]:
    """Return who speaks in some documents, by name.

    One full name in several records is one person, and so is one name without any full name, unless
    it is a label such as "Interviewer"; that names which only look alike are one person's is
    nowhere assumed.
    """
    names: dict[str, dict[str, None]] = {}
    parts: dict[str, list[Part]] = {}
    for document in documents:
        turns = Counter(turn.speaker for turn in document.turns if turn.speaker)
        listed = {who.name: who for who in document.record.participants}
        for speaker, count in turns.items():
            who = listed.get(speaker)
            known = (who.full_name or who.name, *who.names) if who else (speaker,)
            key = known[0].casefold()
            names.setdefault(key, {}).update(dict.fromkeys(known))
            parts.setdefault(key, []).append(Part(document.id, speaker, count))
    found = (Person(next(iter(names[key])), tuple(names[key]), tuple(parts[key])) for key in names)
    return tuple(sorted(found, key=lambda person: person.name.casefold()))


def perhaps_one(persons: Sequence[Person]) -> tuple[tuple[Person, ...], ...]:
    """Return persons of several names who may be one: "REED", "Anna Reed", "Ms. Reed"."""
    heard = [
        Heard(one.name, one.names, listed=False, turns=0, words=0, first_words="")
        for one in persons
        if not one.is_anonymous
    ]
    by_heard = {one.name: one for one in persons}
    return tuple(
        tuple(by_heard[one.speaker] for one in draft.heard)
        for draft in draft_participants(heard)
        if len(draft.heard) > 1
    )
