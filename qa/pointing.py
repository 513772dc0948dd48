"""Words that point back to what was asked before, in the languages that visitors write in.

Only words that hardly mean anything else in any of these languages are listed: which language two
or three words are in, nobody can tell.
"""

from __future__ import annotations

import re

from index.analysis import terms

_BACK = frozenset(
    "he him his she her hers it its they them their theirs these those former latter "
    "er ihn ihm ihr ihre ihren ihrem ihnen sein seine seinen seinem dieser diese dieses diesem "
    "diesen jener jene dazu davon darauf damit darüber dafür dagegen daraufhin "
    "il elle ils elles lui leur leurs cela ça celui celle ceux eux "
    "él ella ellos ellas eso aquello ese esa esos esas "
    "он она оно они его её ее их ему ей им него неё нее них нему ней ним этого этому этим этом "
    "этот эта эти том тот та те туда оттуда там тогда это "
    "그 그는 그가 그를 그의 그에게 그녀 그녀는 그녀가 그들 그들은 그들이 그들의 그들을 그것 그것은 "
    "그것이 그것을 그게 그걸 그건 거기 거기서 거기에 그때 그곳 그곳에 그렇게 그래서 그중".split()
)
"""Pronouns, and what stands for a place, a time or a thing named before."""

_BACK_AT_THE_END = frozenset("one ones there then so das".split())
"""Words that point back where the question ends with them, and are grammar elsewhere."""

_AFTER_THE = frozenset("other others same former latter".split())

_OF_THE_DOCUMENT = frozenset(
    "archive document transcript text record note conversation talk talks meeting interview "
    "discussion page file collection hearing".split()
)
"""``this`` before one of these points at what is being asked, not at what was asked before."""

_DEMONSTRATED = frozenset("day night evening morning year time week moment point way case".split())
_PREPOSITIONS = frozenset(
    "about after against at before by for from in into like of on to with without over under "
    "is was are were did does do had has have can could would will".split()
)

_OPENERS = (
    "and ", "but ", "or ", "so ", "ok ", "ok, ", "what about", "how about", "what else", "who else",
    "where else", "anything else", "anyone else", "und ", "aber ", "oder ", "was noch",
    "wer noch", "wer sonst", "et ", "mais ", "quoi d’autre", "quoi d'autre", "y ", "pero ",
    "qué más", "и ", "а ", "но ", "или ", "что ещё", "что еще", "кто ещё", "кто еще",
    "그리고 ", "그런데 ", "그럼 ", "그러면 ", "또 ", "하지만 ",
)  # fmt: skip
"""Beginnings of a continuation."""

_ASKING = frozenset(
    "what when where who whom whose why how which did was were is are do does not come exactly "
    "many much far long often big old high fast close near soon late really else "
    "was wann wo wer wen wem warum wieso weshalb wie welche welcher welches viele viel lange weit "
    "oft nicht genau denn quoi quand où qui pourquoi comment combien pas "
    "qué cuándo dónde quién quiénes cómo cuánto cuántos cuántas por no "
    "что когда где кто почему зачем как сколько какой какая какие не нет куда откуда чей "
    "뭐 무엇 무엇을 언제 어디 어디서 누가 누구 왜 왜요 어떻게 얼마나 몇 명".split()
)
"""A question of nothing but these asks about what was said before."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_NEITHER = re.compile(r"\b(?:each|no|any) other\b|\bother than\b")


def pointing(question: str) -> str:
    """Return the words by which a question points at something outside it, or goes on from it.

    Returns:
        The first such words, in lower case; empty where there are none.
    """
    lowered = question.casefold()
    opener = next((opener for opener in _OPENERS if lowered.startswith(opener)), "")
    if opener:
        return opener.strip(" ,")
    words = _words(_NEITHER.sub(" ", lowered))
    places = (place for place in range(len(words)) if _is_back(words, place, question))
    return next((words[place] for place in places), "")


def is_elliptical(question: str, language: str) -> bool:
    """Tell whether a question holds nothing that could be looked for by itself.

    Args:
        question: as asked.
        language: of the archive, an ISO 639-1 code.
    """
    lowered = question.casefold()
    opener = next((o for o in _OPENERS if lowered.startswith(o)), "")
    words = _words(lowered[len(opener) :])
    rest = [
        word
        for word in words
        if word not in _ASKING | _BACK | _BACK_AT_THE_END | _AFTER_THE
        and word not in ("this", "that")
    ]
    return not terms(" ".join(rest), language)


def _words(lowered: str) -> list[str]:
    return [re.split("[’']", word)[0] for word in _WORD.findall(lowered)]


def _is_back(words: list[str], place: int, question: str) -> bool:
    word, last = words[place], place == len(words) - 1
    before = words[place - 1] if place else ""
    after = "" if last else words[place + 1]
    if word in ("he", "his", "she", "her"):
        return not _named_before(word, question)
    if word == "it" and before in ("is", "was") and after in ("true", "right", "correct"):
        return False
    if word == "this":
        return after not in _OF_THE_DOCUMENT
    if word == "that":
        return last or not place or before in _PREPOSITIONS or after in _DEMONSTRATED
    if word in _AFTER_THE:
        return before in ("the", "that")
    return word in _BACK or (last and word in _BACK_AT_THE_END and len(words) > 1)


def _named_before(pronoun: str, question: str) -> bool:
    """Tell whether a name that is not the question's first word stands before a pronoun."""
    found = re.search(rf"\b{pronoun}\b", question, re.IGNORECASE)
    words = question[: found.start() if found else 0].split()[1:]
    return any(word[0].isupper() for word in words)
