"""Small documents in which a narrator quotes somebody, and who is asked for the words.

Around sentences of real documents: what a witness passes on is not his own, what he quotes of
himself is, in every form that English, German and French print it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.parsing import parse
from corpus.record import Record
from corpus.transcript import Transcript

NARRATOR, PERSON, THIRD, OWN = "told: narrator", "told: person", "told: third", "told: own"
_KINDS = (NARRATOR, PERSON, THIRD, OWN)
_FEWEST = 5
_SIGNS = frozenset('"“”„«»‘‚:;[]()…–—')


@dataclass(frozen=True)
class Told:
    """Words quoted in a speech, with who is asked for them and what is right.

    Attributes:
        kind: NARRATOR, PERSON, THIRD or OWN.
        text: the quotation.
        speaker: the person stated.
        matches: whether that person says so: None where the narrator says that he or she does.
        turn: the whole turn.
        document: that holds it.
    """

    kind: str
    text: str
    speaker: str
    matches: bool | None
    turn: str
    document: Transcript


@dataclass(frozen=True)
class _Language:
    code: str
    narrator: str
    listener: str
    people: dict[str, tuple[str, ...]]
    ahead: tuple[str, ...]
    behind: tuple[str, ...]
    told: tuple[str, ...]
    own: tuple[str, ...]
    asks: tuple[str, ...]


_LANGUAGES = (
    _Language(
        "en",
        "HALE",
        "MORE",
        {
            "Mr Dent": ("Mr Dent", "Dent", "Albert Dent"),
            "Mrs Okafor": ("Mrs Okafor", "Okafor", "Grace Okafor"),
            "Per Lindqvist": ("Per Lindqvist", "Lindqvist", "Mr Lindqvist"),
            "Colonel Harwell": ("Colonel Harwell", "Harwell"),
        },
        ("We sat there until noon.", "It was cold in the hall.", "That was in May.", ""),
        ("I went home.", "And we all laughed.", "That was the end of it.", ""),
        (
            "{who} told me: “{said}”",
            "And then {who} said, “{said}”",
            'So {who} looked at me and said: "{said}"',
            "“{comma}” {who} said.",
            "“{comma}” said {who}.",
            '"{comma}" {who} told us.',
            "{who} wrote to us afterwards: “{said}”",
            "According to {who}, “{said}”",
            "{who} said, quote, {bare}, unquote.",
            "{who} used to say: ‘{said}’",
            "{who}, who had been there, told us: “{said}”",
            "What {who} said to me was: “{said}”",
        ),
        (
            "I told him: “{said}”",
            "And I said, “{said}”",
            '"{comma}" I said.',
            "So I wrote to them: “{said}”",
            "“{comma}” I told the foreman.",
        ),
        ("Yes?", "Was it long?", "What came then?", "And then?"),
    ),
    _Language(
        "de",
        "BRANDL",
        "KERN",
        {
            "Herr Dent": ("Herr Dent", "Dent", "Albert Dent"),
            "Frau Winter": ("Frau Winter", "Winter", "Grete Winter"),
            "Jonas Vogt": ("Jonas Vogt", "Vogt", "Herr Vogt"),
        },
        ("Wir saßen bis Mittag dort.", "Es war kalt im Saal.", "Das war im Mai.", ""),
        ("Dann ging man heim.", "Das war alles.", ""),
        (
            "Da hat {who} zu mir gesagt: „{said}“",
            "Da sagte {who}: „{said}“",
            "„{comma}“, sagte {who}.",
            "{who} schrieb uns später: »{said}«",
            "Laut {who} „{said}“",
            'Und dann hat mir {who} gesagt: "{said}"',
            "{who} meinte dazu: ‚{said}‘",
            "„{comma}“, hat {who} geantwortet.",
        ),
        (
            "Ich habe ihm gesagt: „{said}“",
            "Da sagte ich: „{said}“",
            "„{comma}“, habe ich gesagt.",
            "Ich schrieb ihnen: »{said}«",
        ),
        ("Ja?", "War es lang?", "Und dann?"),
    ),
    _Language(
        "fr",
        "CAREL",
        "AUBRY",
        {
            "M. Dent": ("M. Dent", "Dent", "Albert Dent"),
            "Madame Joly": ("Madame Joly", "Joly", "Anne Joly"),
            "Paul Mercier": ("Paul Mercier", "Mercier", "M. Mercier"),
        },
        ("On était là jusqu’à midi.", "Il faisait froid dans la salle.", "C’était en mai.", ""),
        ("Et puis voilà.", "C’était tout.", ""),
        (
            "{who} m’a dit : « {said} »",
            "Alors {who} a répondu : « {said} »",
            "« {comma} », a dit {who}.",
            "« {comma} », m’a dit {who}.",
            "Selon {who}, « {said} »",
            "{who} nous a écrit : “{said}”",
            "{who} disait toujours : « {said} »",
        ),
        (
            "Je lui ai dit : « {said} »",
            "J’ai répondu : « {said} »",
            "« {comma} », ai-je dit.",
            "Alors j’ai écrit : “{said}”",
        ),
        ("Oui ?", "C’était long ?", "Et puis ?"),
    ),
)


def told(sentences: Sequence[str], count: int, chance: random.Random) -> list[Told]:
    """Return about so many cases of each kind around sentences, each sentence used once.

    Sentences with quotation marks or another's label in them are left out: whose those are would
    be another question.
    """
    clear = [one for one in dict.fromkeys(sentences) if not _SIGNS.intersection(one)]
    clear = [one for one in clear if len(one.split()) > _FEWEST and one[-1] in ".?!"]
    chance.shuffle(clear)
    clear = clear[: 5 * count]
    shares = (clear[::2], clear[1::4], clear[3::4])
    return [
        one
        for language, share in zip(_LANGUAGES, shares, strict=True)
        for one in _of_one_document(language, share, chance)
    ]


def _of_one_document(
    language: _Language, sentences: Sequence[str], chance: random.Random
) -> Iterator[Told]:
    rows = []
    paragraphs = []
    left = list(sentences)
    while left:
        kind = _KINDS[len(rows) % len(_KINDS)]
        said = [left.pop() for _ in range(chance.choice((1, 1, 1, 2))) if left]
        who = chance.choice(list(language.people))
        form = chance.choice(language.own if kind == OWN else language.told)
        if form[-1] in "‘’" and "’" in " ".join(said):  # an apostrophe is the same sign
            form = language.told[0]
        turn = _turn(language, form, who, " ".join(said), chance)
        paragraphs.append(f"{language.narrator}: {turn}")
        paragraphs.append(f"{language.listener}: {chance.choice(language.asks)}")
        rows.append((kind, chance.choice(said), who, turn))
    text = "\n\n".join(paragraphs) + "\n"
    record = Record(title="Told", language=language.code)
    name = f"told-{language.code}"
    document = parse(text.encode(), record, name, Path(f"{name}.txt"))
    flat = text.casefold()
    for kind, sentence, who, turn in rows:
        words = sentence.rstrip(".?!")
        if flat.count(words.casefold()) == 1:
            yield Told(kind, words, *_stated(language, kind, who, chance), turn, document)


def _turn(language: _Language, form: str, who: str, said: str, chance: random.Random) -> str:
    bare = said.rstrip(".")
    comma = f"{bare}," if language.code == "en" and bare[-1] not in "?!" else bare
    quoted = form.format(who=who, said=said, comma=comma, bare=bare)
    parts = (chance.choice(language.ahead), quoted, chance.choice(language.behind))
    return " ".join(part for part in parts if part)


def _stated(
    language: _Language, kind: str, who: str, chance: random.Random
) -> tuple[str, bool | None]:
    if kind == PERSON:
        return chance.choice(language.people[who]), None
    if kind == THIRD:
        others = [name for name in language.people if name != who]
        return chance.choice([*others, language.listener.title(), "Ceausescu"]), False
    return language.narrator.title(), kind == OWN
