"""Questions about a document rather than about what is said in it, answered from its record.

"What is this about?", "Who is Mielke?", "Who took part?" ask for what a catalogue knows. They are
recognised as a whole, by the patterns below: a question with one word more asks for something
else. In a pattern, ``{doc}`` stands for a word for the document, ``{this}`` also for "this here"
and a bare "this", ``{person}`` for a name of a participant; ``(a|b)`` are alternatives, ``[x]``
may be left out. Where something was asked before, a bare "this" means that, and not the document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cache

from corpus.archive import Archive
from corpus.record import Participant
from corpus.transcript import Transcript
from qa.about import Fact, about, about_archive, about_person, dates_of, people_of
from qa.asking import Asked

Words = Callable[[str], str]


class Topic(Enum):
    """What of the catalogue is asked for."""

    SUBJECT = auto()
    PEOPLE = auto()
    PERSON = auto()
    DATE = auto()
    PLACE = auto()
    TRANSLATION = auto()
    KEEPING = auto()


_DOC = {
    "en": "(the|this|that) (document|conversation|talk|talks|meeting|text|transcript|note|record"
    "|archive|interview|source|file|page|collection)",
    "de": "(das|dies|dieses|der|dieser|die|diese|dem|diesem|den|diesen|des) (dokument|gespräch"
    "|treffen|text|transkript|notiz|vermerk|archiv|interview|quelle|unterredung|aufzeichnung"
    "|dokuments|gesprächs|textes|archivs|vermerks|interviews|sammlung)",
    "ko": "(이|그|본) (문서|대화|회담|회의|기록|자료|인터뷰|글|텍스트|아카이브)",
    "ru": "(этот|эта|это|этого|этой|этом|эту|этих|данный|данного) (документ|документа|документе"
    "|разговор|разговора|разговоре|беседа|беседы|беседе|беседу|встреча|встречи|встрече|текст"
    "|текста|тексте|запись|записи|архив|архива|архиве|интервью)",
}
_HERE = {
    "en": "(this here|this site|this website|{doc})",
    "de": "(das hier|dies hier|das alles hier|{doc})",
    "ko": "(여기|{doc})",
    "ru": "(это все|все это|{doc})",
}
"""What is on the screen, whatever was asked before."""
_THIS = {
    "en": "(this|it|that|{here})",
    "de": "(das|dies|es|{here})",
    "ko": "(이것|이거|이게|{here})",
    "ru": "(это|{here})",
}
_PATTERNS: Mapping[str, Mapping[Topic, Sequence[str]]] = {
    "en": {
        Topic.SUBJECT: (
            "what (is|s) {this} [all] [about]",
            "what (kind|sort|type) of (document|text|source|thing) is {this}",
            "what (does|do) {doc} (deal with|contain|cover|say)",
            "what am i (looking at|reading)",
            "(describe|explain|summarise|summarize|introduce) {this}",
            "[tell me] about {this}",
            "what {this} is [all] [about]",
            "what (is|s) in {doc}",
            "what documents [are there|do you have|are in {doc}]",
        ),
        Topic.PEOPLE: (
            "who (took part|takes part|participated|was present|is present|was there|attended)"
            " [in {this}|at {this}]",
            "who (is|are|was|were) (speaking|talking|involved|here) [in {this}|here]",
            "who (speaks|talks|spoke|talked|met) [in {this}|here]",
            "who (is|are|were|was) the (speaker|speakers|participant|participants|people)"
            " [in {this}|of {this}|here]",
            "between (whom|who) (is|was|were|are) {this}",
            "who (had|held) {doc}",
        ),
        Topic.PERSON: (
            "who (is|was|s|exactly is) [this|mr|mrs|ms|dr|comrade|minister] {person}",
            "what (is|was) {person} s (role|office|job|position|function|post|full name)",
            "who {person} (is|was)",
            "what (office|role|position|post|job) (did|does) {person} (hold|have)",
        ),
        Topic.DATE: (
            "when (is|was|were) {this} [held|made|recorded|written|from]",
            "when did {this} (happen|take place)",
            "when {this} (was|took place|happened)",
            "when did they (meet|talk|speak)",
            "(what|which) (date|year|day) (is|was) {this} [from|held|recorded|made]",
            "what (is|s) the date [of {this}]",
            "how old is {this}",
        ),
        Topic.PLACE: (
            "where (is|was|were) {this} [held|made|recorded|written|from]",
            "where did {this} (happen|take place)",
            "where did they (meet|talk|speak)",
        ),
        Topic.TRANSLATION: (
            "who (translated|has translated) {this}",
            "who (is|was) the translator [of {this}]",
            "by whom (is|was) {this} translated",
        ),
        Topic.KEEPING: (
            "where (is|can i find) the original [kept|of {this}|document]",
            "who (keeps|holds|kept|has|owns) (the original|{doc})",
            "where (is|was|are) {doc} (kept|stored|held now)",
            "what (is|s) the (reference|signature|shelfmark|call number|source)"
            " [of {this}|for {this}]",
            "where (does|do) {this} come from",
        ),
    },
    "de": {
        Topic.SUBJECT: (
            "was ist {this} [hier|für ein dokument]",
            "worum (geht es|geht s|gehts) [hier|in {doc}|bei {doc}]",
            "wovon handelt {this}",
            "was (steht|ist) in {doc}",
            "was für ein (dokument|text) ist {this}",
        ),
        Topic.PEOPLE: (
            "wer (nahm|nimmt) [an {doc}] teil",
            "wer hat [an {doc}] teilgenommen",
            "wer (spricht|redet|sprach|war dabei|traf sich) [hier|da|in {doc}]",
            "wer (sind|waren) die (sprecher|teilnehmer|beteiligten|gesprächspartner)"
            " [hier|in {doc}|{doc}]",
            "zwischen wem (ist|war|fand) {this} [statt]",
        ),
        Topic.PERSON: (
            "wer (ist|war) [eigentlich|denn] [herr|frau|genosse|minister] {person}",
            "welches amt (hatte|hat|hielt) {person} [inne]",
            "welche (funktion|position|rolle) (hatte|hat) {person}",
        ),
        Topic.DATE: (
            "wann (war|ist|fand) {this} [statt|entstanden]",
            "von wann ist {this}",
            "aus welchem jahr (ist|stammt) {this}",
            "wann haben sie sich getroffen",
            "welches datum (hat|trägt) {this}",
        ),
        Topic.PLACE: (
            "wo (war|fand) {this} [statt]",
            "wo haben sie sich getroffen",
        ),
        Topic.TRANSLATION: (
            "wer hat {this} übersetzt",
            "wer (ist|war) der übersetzer [{doc}]",
            "von wem (wurde|ist) {this} übersetzt",
        ),
        Topic.KEEPING: (
            "wo (ist|liegt|befindet sich) das original",
            "wo (wird|ist) {doc} aufbewahrt",
            "wer bewahrt (das original|{doc}) auf",
            "welche signatur hat {this}",
            "woher stammt {this}",
        ),
    },
    "ko": {
        Topic.SUBJECT: (
            "{this} [은|는|이|가] [무엇|뭐|뭔가요|무슨 내용|어떤 내용|무슨 문서|어떤 문서]"
            " [에 관한|에 대한] [것|건|내용] [인가요|입니까|이에요|예요|이야|야]",
            "(무슨|어떤) (내용|문서|자료|대화) (인가요|입니까|이에요|예요|이야|야)",
        ),
        Topic.PEOPLE: (
            "누가 (참석|참여|참가) (했나요|했습니까|했어|하였나요)",
            "누가 (말하|이야기하|대화하) [고 있] (나요|습니까|ㅂ니까)",
            "(참석자|참가자|발언자|화자) [는|들은] 누구 [인가요|입니까|예요|야]",
        ),
        Topic.PERSON: ("{person} [은|는|이|가] 누구 [인가요|입니까|이에요|예요|야|죠]",),
        Topic.DATE: (
            "{this} [은|는|이|가] 언제 [있었나요|열렸나요|였나요|인가요|입니까|기록되었나요]",
            "언제 (만났나요|대화했나요|있었던 일인가요)",
        ),
        Topic.PLACE: (
            "{this} [은|는|이|가] 어디서 [있었나요|열렸나요|이루어졌나요]",
            "어디(서|에서) 만났나요",
        ),
        Topic.TRANSLATION: ("누가 [{this}] [을|를] 번역했나요", "번역자 [는] 누구 [인가요|입니까]"),
        Topic.KEEPING: ("원본 [은] 어디에 (있나요|있습니까|보관되어 있나요)",),
    },
    "ru": {
        Topic.SUBJECT: (
            "что {this} [такое|за документ]",
            "о чем {this} [документ]",
            "о чем (здесь|тут) [идет] [речь|говорится|говорят]",
            "о чем [идет речь|говорится] в {doc}",
            "что это за (документ|текст|беседа|разговор)",
        ),
        Topic.PEOPLE: (
            "кто (участвовал|участвует|присутствовал) [в {doc}|на {doc}]",
            "кто (говорит|разговаривает|здесь говорит|беседует|встречался) [здесь|в {doc}]",
            "кто (участники|собеседники) [{doc}]",
            "между кем [был|была|шел|состоялась] {doc}",
        ),
        Topic.PERSON: (
            "кто [это] [такой|такая] [товарищ|господин] {person}",
            "какую должность (занимал|занимает) {person}",
        ),
        Topic.DATE: (
            "когда [это|{doc}] (было|был|была|состоялась|состоялся|произошло) [{doc}]",
            "когда они (встретились|встречались|беседовали)",
            "какого числа [это] [было] [{doc}]",
        ),
        Topic.PLACE: (
            "где [это|{doc}] (было|была|был|состоялась|состоялся|происходило) [{doc}]",
            "где они (встретились|встречались|беседовали)",
        ),
        Topic.TRANSLATION: ("кто (перевел|переводил) {this}", "кто переводчик [{doc}]"),
        Topic.KEEPING: (
            "где (находится|хранится) (оригинал|{doc})",
            "кто хранит (оригинал|{doc})",
        ),
    },
}
_POLITE = re.compile(
    r"^(please|tell me|can you tell me|could you tell me|do you know|and|so|bitte|und|also|"
    r"скажите|подскажите|а|и|그런데|그럼) "
)
_PERSON = "\ue000"
"""Stands for the name of a participant; nobody types it."""


def catalogue(
    asked: Asked, archive: Archive, language: str = "en", words: Words = str
) -> tuple[Fact, ...]:
    """Return the data of the records that answer a question about the documents; else nothing.

    Args:
        asked: the question; where it names a document, only that one's record answers.
        archive: the documents.
        language: ISO 639-1 code of the page that shows it.
        words: our own words in that language.
    """
    documents = [t for t in archive if asked.admits(t)]
    question = _normalised(asked.question)
    name = _longest_name(question, documents)
    if name:
        question = re.sub(rf"(?<!\w){re.escape(name)}(?![^\W가-힣])", _PERSON, question, count=1)
    topic = _topic(question, is_first=not asked.history)
    if topic is None or not documents:
        return ()
    if topic is Topic.PERSON:
        return about_person(lambda who: name in _names(who), documents, language)
    if topic is Topic.PEOPLE:
        return people_of(documents, language)
    if len(documents) > 1:
        if topic is Topic.DATE:
            return dates_of(documents, language, words)
        whole = replace(archive, transcripts=tuple(documents))
        return about_archive(whole, language, words) if topic is Topic.SUBJECT else ()
    fields = _FIELDS[topic]
    facts = about(documents[0], language, words)
    return tuple(fact for fact in facts if fields is None or fact.field in fields)


_FIELDS: Mapping[Topic, frozenset[str] | None] = {
    Topic.SUBJECT: None,
    Topic.DATE: frozenset({"date"}),
    Topic.PLACE: frozenset({"place"}),
    Topic.TRANSLATION: frozenset({"translator"}),
    Topic.KEEPING: frozenset({"repository", "signature", "collection"}),
}


def _normalised(text: str) -> str:
    """Return a question in small letters without signs, its words with one space between them."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    kept = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in folded)
    words = " ".join(kept.split())
    while shorter := _POLITE.match(words):
        words = words[shorter.end() :]
    return words


def _longest_name(question: str, documents: Sequence[Transcript]) -> str:
    """Return the longest name of a participant that a question holds; empty where it has none."""
    people = [who for transcript in documents for who in transcript.record.participants]
    names = {name for who in people for name in _names(who)}
    return max((n for n in names if f" {n}" in f" {question}"), key=len, default="")


def _names(who: Participant) -> frozenset[str]:
    return frozenset(filter(None, map(_normalised, who.names)))


def _topic(question: str, *, is_first: bool) -> Topic | None:
    for topic, patterns in _compiled(is_first):
        if any(pattern.fullmatch(question) for pattern in patterns):
            return topic
    return None


@cache
def _compiled(is_first: bool) -> list[tuple[Topic, list[re.Pattern[str]]]]:
    return [
        (topic, [_pattern(one, language, is_first=is_first) for one in patterns])
        for language, topics in _PATTERNS.items()
        for topic, patterns in topics.items()
    ]


def _pattern(pattern: str, language: str, *, is_first: bool) -> re.Pattern[str]:
    """Return a pattern of the table as a regular expression over normalised questions."""
    this = _THIS[language] if is_first else "{here}"
    text = pattern.replace("{this}", this).replace("{here}", _HERE[language])
    text = text.replace("{doc}", _DOC[language])
    text = text.replace("{person}", _PERSON).replace("(", "(?:")
    text = text.replace("[", "(?:").replace("]", ")?")
    return re.compile(text.replace(" ", r"\s*"))
