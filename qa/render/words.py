"""The few sentences the archive says in its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus.transcript import Layer
from qa.answers import MOST_OFFERED, Abstained, Answer, Answered, Evidence, Possible, Reason
from qa.citation import NOT_ESTABLISHED
from qa.language import answering_language
from qa.render.languages import NAMES, catalogue

if TYPE_CHECKING:
    from qa.concordance import Found, Outside
    from qa.render.shown import Shown
    from qa.sides import Side
    from qa.widening import Widened

BREAKS_OFF = "the text breaks off here"
BREAK_SIGN = f"⟨{BREAKS_OFF}⟩"
CATALOGUE_HEADING = "From the catalogue record – not a quote"
FOUND = ("{count} quote found", "{count} quotes found")
MORE = ("{count} more passage", "{count} more passages")
_ENGLISH = "en"
EACH_SIDE = "What each side says, without a verdict"
REPLIED = "The next turn begins"
PERHAPS = "Perhaps one of these – please judge yourself"
CONNECTED = "In connection with: “{question}”"
BY_ITSELF = "Ask this by itself"
_MOST_OF_EARLIER = 120
"""Characters of an earlier question that stand above an answer."""
GAP = "The finding aid lists this question as one without a passage: “{gap}”"
_NOT_FOUND = "Not found. No passage answers this, as far as this search can tell."
ABSTENTIONS = {
    Reason.NOTHING_RELEVANT: _NOT_FOUND,
    Reason.NOT_CONFIDENT: _NOT_FOUND,
    Reason.KNOWN_GAP: _NOT_FOUND,
    Reason.CATALOGUE: CATALOGUE_HEADING,
    Reason.UNSUPPORTED_LANGUAGE: (
        "This archive cannot be searched in this language; please ask in one of its own."
    ),
    Reason.UNKNOWN_REFERENCE: (
        "This question points back to something that was not asked here; please ask it in full."
    ),
}
"""What is said in place of a quote: of the search, never of what the documents hold."""


def sentences(answer: Possible | Abstained, language: str = _ENGLISH) -> tuple[str, ...]:
    """Return what is said above passages to judge, or in place of any.

    Where ``language`` is English, it is in the language of the question if the archive's own words
    exist in that.
    """
    return sentences_in(answer, _in_language_of(answer, language))


def sentences_in(answer: Possible | Abstained, translated: Callable[[str], str]) -> tuple[str, ...]:
    """Return :func:`sentences` with our own words translated."""
    first = PERHAPS if isinstance(answer, Possible) else ABSTENTIONS[answer.reason]
    gap = (translated(GAP).format(gap=answer.gap),) if answer.gap else ()
    return (translated(first), *gap)


def _in_language_of(answer: Answer, language: str) -> Callable[[str], str]:
    if language == _ENGLISH:
        language = answering_language(answer.question, NAMES) or _ENGLISH
    return catalogue(language).gettext


def connection(answer: Answer, language: str = _ENGLISH, apart: Callable[[str], str] = str) -> str:
    """Return with which question before it one was searched; empty where it stood alone.

    Args:
        answer: to the question.
        language: of our own words; English as in :func:`sentences`.
        apart: applied to the question before, which is cut where it is long.
    """
    if answer.asked_as is None:
        return ""
    earlier = answer.asked_as.earlier
    if len(earlier) > _MOST_OF_EARLIER:
        earlier = f"{earlier[: _MOST_OF_EARLIER - 1].rstrip()}…"
    return _in_language_of(answer, language)(CONNECTED).format(question=apart(earlier))


def passages_shown(answer: Answer) -> tuple[Evidence, ...]:
    """Return the passages that people are shown; programs are given more."""
    if isinstance(answer, Answered):
        return answer.evidence
    return answer.offered if isinstance(answer, Possible) else ()


def sides_of(answer: Answer) -> tuple[Side, ...]:
    """Return what each side says; nothing where nothing is shown."""
    return () if isinstance(answer, Abstained) else answer.sides


def quotes_found(count: int, language: str = _ENGLISH) -> str:
    """Return how many quotes an answer has, as announced to screen readers."""
    return catalogue(language).ngettext(*FOUND, count).format(count=count)


def further_passages(answer: Answer) -> tuple[Evidence, ...]:
    """Return the passages that people may look at after quotes; they answer less likely."""
    return answer.nearest[:MOST_OFFERED] if isinstance(answer, Answered) else ()


def more_passages(count: int, language: str = _ENGLISH) -> str:
    """Return how many passages there are besides."""
    return catalogue(language).ngettext(*MORE, count).format(count=count)


def layer_name(layer: Layer) -> str:
    """Return what stands where a speaker's name would, for text that nobody speaks."""
    return {
        Layer.HEADER: "Header of the document",
        Layer.NOTE: "Footnote of the document",
        Layer.HEADING: "Heading in the document",
        Layer.NARRATION: "Narration in the document",
    }.get(layer, NOT_ESTABLISHED)


LEFT_OUT = "Only words of {speaker} were searched, though the question names {named}."
NOT_IN_DOCUMENT = (
    "Only “{document}” was searched, and no words in it are established as those of {named}."
)
NOT_IN_DOCUMENTS = "In the documents searched no words are established as those of {named}."


def contradiction_line(
    answer: Answer, language: str = _ENGLISH, apart: Callable[[str], str] = str
) -> str:
    """Return whom the filters left out though the question names them; empty for nobody.

    Args:
        answer: to the question.
        language: of our own words; English as in :func:`sentences`.
        apart: applied to names and titles.
    """
    found = answer.contradiction
    if found is None:
        return ""
    sentence = LEFT_OUT if found.speaker else NOT_IN_DOCUMENTS
    if found.document and not found.speaker:
        sentence = NOT_IN_DOCUMENT
    return _in_language_of(answer, language)(sentence).format(
        speaker=apart(found.speaker or ""),
        document=apart(found.document),
        named=", ".join(map(apart, found.named)),
    )


REPORTS_SOMEBODY = "{speaker} tells here what {name} said or thinks."
REPORTS_OTHERS = "{speaker} tells here what others said or think."


def reported_line(
    view: Shown, translated: Callable[[str], str] = str, apart: Callable[[str], str] = str
) -> str:
    """Return whose words the speaker passes on, as a sentence; empty where he speaks himself.

    Args:
        view: what is shown of the quote.
        translated: our own words in another language.
        apart: applied to names.
    """
    if not view.reports:
        return ""
    speaker = apart(view.speaker or "")
    if isinstance(view.reports, str):
        return translated(REPORTS_SOMEBODY).format(speaker=speaker, name=apart(view.reports))
    return translated(REPORTS_OTHERS).format(speaker=speaker)


ABSENT = "These words stand nowhere in the archive, whole and in this order."
ABSENT_HERE = "These words stand nowhere in this document, whole and in this order."
ONLY_OUTSIDE = "No place found: these words stand only in text that is no part of a document."
ONLY_DIRECTIONS = "No place found: these words stand only in stage directions."
ONLY_LABELS = (
    "No place found: these words stand only in {count} speaker’s label.",
    "No place found: these words stand only in {count} speakers’ labels.",
)
LABELS = ("{count} speaker’s label has them.", "{count} speakers’ labels have them.")
PLACES = ("{count} place", "{count} places")
PLACES_FOUND = ("{count} place found:", "{count} places found:")


def places_found(found: Found, absent: str = ABSENT, language: str = _ENGLISH) -> str:
    """Return how many places a search for words found; where none, whether they stand elsewhere.

    Args:
        found: by the search.
        absent: what is said where they stand nowhere.
        language: of our own words.
    """
    say = catalogue(language)
    count, labels = len(found.matches), found.labels
    if count:
        return say.ngettext(*PLACES_FOUND, count).format(count=count)
    if not found.outside:
        only = say.ngettext(*ONLY_LABELS, labels).format(count=labels)
        return only if labels else say.gettext(absent)
    directions = {place.layer for place in found.outside} == {"direction"}
    only = say.gettext(ONLY_DIRECTIONS if directions else ONLY_OUTSIDE)
    return f"{only} {say.ngettext(*LABELS, labels).format(count=labels)}" if labels else only


FORMS = "Other forms and spellings were looked for as well:"
APART = "Together, in this order, these words stand nowhere. These sentences hold the most of them:"


def widening_lines(widened: Widened) -> list[str]:
    """Return what is said of what was looked for besides the words themselves."""
    told = ((APART, widened.apart), (FORMS, widened.besides))
    return [f"{sentence} {', '.join(words)}." for sentence, words in told if words]


OUTSIDE_HEADINGS = {
    "host": "Not part of the document (web page around it)",
    "furniture": "Not part of the document (heads, feet and numbers of pages and lines)",
    "direction": "Not speech (stage directions and interjections)",
    "cue": "Not part of the document (numbers and times of cues)",
    "markup": "Not part of the document (numbers of footnotes, and signs for programs)",
}


OUTSIDE = "Not part of the document"


def outside_heading(places: Sequence[Outside], language: str = _ENGLISH) -> str:
    """Return the heading over places in text that is no part of a document; empty for none."""
    if not places:
        return ""
    say = catalogue(language)
    layers = {place.layer for place in places}
    what = say.gettext(OUTSIDE_HEADINGS[places[0].layer] if len(layers) == 1 else OUTSIDE)
    return f"{what}: {say.ngettext(*PLACES, len(places)).format(count=len(places))}"
