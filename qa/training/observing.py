"""What a reader finds for gold questions, and which of it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.judgments import Question, Strange
from qa.answering import Answerer
from qa.asking import Asked
from qa.evaluation.matching import is_right
from qa.evaluation.responses import Cited
from qa.quotes import Quote
from qa.reader.calibration import Order
from qa.reader.candidates import features, ordered
from qa.training.ordering import Judged


@dataclass(frozen=True, slots=True)
class Observation:
    """What the reader found for one gold question.

    Attributes:
        judged: the candidates, and which are acceptable quotes; at least one.
        asked: features of the question itself.
        answerable: whether the archive answers.
        group: questions of one group are never on both sides of a cross-validation.
        language: ISO 639-1 code of the question.
        source: the set of questions it is of.
        weight: what it counts beside others.
        is_elsewhere: whether it is about documents that the archive does not hold.
    """

    judged: Judged
    asked: Mapping[str, float]
    answerable: bool
    group: str
    language: str
    source: str = ""
    weight: float = 1.0
    is_elsewhere: bool = False

    def under(self, order: Order) -> tuple[dict[str, float], list[bool]]:
        """Return the features if candidates come in this order, and which of them are right."""
        best_first = ordered(self.judged.candidates, order)
        places = [self.judged.candidates.index(one.candidate) for one in best_first]
        return features(best_first, self.asked), [self.judged.right[place] for place in places]


def observe(answerer: Answerer, gold: Sequence[Question], *, source: str = "") -> list[Observation]:
    """Run the reader over gold questions; those it found nothing for at all are left out.

    Args:
        answerer: reads them.
        gold: the questions.
        source: a name for them, where they are of many sets: then they are grouped by the document
            they are about, else by the question they were translated from.
    """
    found = []
    for question in gold:
        considered = answerer.read(Asked(question.question, question.history)).considered
        if considered is None:
            continue
        places = [candidate.stretch for candidate in considered.candidates]
        quotes = [Quote.of(answerer.archive[d], first, last) for d, first, last in places]
        right = tuple(_is_right(quote, question) for quote in quotes)
        found.append(
            Observation(
                Judged(considered.candidates, right),
                considered.asked,
                question.answerable,
                f"{source}/{question.document}" if source else question.original,
                question.language,
                source,
            )
        )
    return found


def observe_strange(
    answerer: Answerer, questions: Sequence[Strange], *, weight: float
) -> list[Observation]:
    """Run the reader over questions that nothing answers; together they count ``weight``."""
    found = []
    for number, one in enumerate(questions):
        considered = answerer.read(Asked(one.question, one.history)).considered
        if considered is None:
            continue
        found.append(
            Observation(
                Judged(considered.candidates, (False,) * len(considered.candidates)),
                considered.asked,
                answerable=False,
                group=f"elsewhere/{number}",
                language=one.language,
                weight=weight / len(questions),
                is_elsewhere=True,
            )
        )
    return found


def _is_right(quote: Quote, question: Question) -> bool:
    cited = Cited(
        document=quote.transcript.id,
        sha256=quote.transcript.sha256,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        speaker=quote.speaker,
    )
    return is_right(cited, [span for gold in question.acceptable for span in gold])
