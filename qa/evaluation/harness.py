"""Runs systems over questions and turns what they say into contract objects."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.archive import Archive
from corpus.judgments import Question
from index.hybrid import HybridIndex
from index.passages import View
from qa.answering import Message, open_answerer, open_or_build, silent
from qa.evaluation.baselines import index_ranker, longest_turn_ranker, random_ranker
from qa.evaluation.encoders import open_encoders
from qa.evaluation.errors import EvaluationError
from qa.evaluation.evaluation import Cost
from qa.evaluation.recipe import recipe_ranker
from qa.evaluation.systems import ArchiveSystem, Never, Oracle, System, Undeclining
from qa.render.contract import answer_object, quote_object
from qa.settings import Settings

SYSTEMS = (
    "archive", "reader", "recipe", "fused", "dense", "bm25", "random", "never", "longest-turn",
    "oracle",
)  # fmt: skip
"""``archive`` is what users meet; ``reader`` is the same without declining; the rest, baselines."""


def require_systems(names: Sequence[str]) -> None:
    """Refuse names that no system has.

    Raises:
        EvaluationError: naming the first of them.
    """
    for name in names:
        if name not in SYSTEMS:
            raise EvaluationError(name, f"is no system; there are: {', '.join(SYSTEMS)}.")


Tick = Callable[[int, int], None]
"""Told how many questions are answered, of how many."""


@dataclass(frozen=True, slots=True)
class Run:
    """A system's contract objects with what they cost."""

    name: str
    objects: tuple[dict[str, Any], ...]
    cost: Cost


class Bench:
    """Opens systems by name; what several of them need is opened once."""

    def __init__(
        self, settings: Settings, archive: Archive, seed: int, say: Message = silent
    ) -> None:
        """Prepare; ``say`` is told when an index has to be built."""
        self._say = say
        self._settings = settings
        self._archive = archive
        self._seed = seed
        self._index: HybridIndex | None = None

    def open(self, name: str) -> System:
        """Return a system of :data:`SYSTEMS`.

        Raises:
            EvaluationError: there is none of this name.
        """
        if name in ("bm25", "dense", "fused"):
            return index_ranker(self._archive, self._search_index(), name)
        makers: dict[str, Callable[[], System]] = {
            "archive": self._archive_system,
            "reader": lambda: Undeclining(self._archive_system()),
            "recipe": self._recipe,
            "random": lambda: random_ranker(self._archive, self._seed),
            "longest-turn": lambda: longest_turn_ranker(self._archive),
            "oracle": lambda: Oracle(self._archive),
            "never": Never,
        }
        require_systems([name])
        return makers[name]()

    def run(self, name: str, questions: Sequence[Question], tick: Tick) -> Run:
        """Open a system and ask it every question."""
        started = time.perf_counter()
        system = self.open(name)
        opened = time.perf_counter() - started
        objects = tuple(respond_all(system, questions, tick))
        whole = time.perf_counter() - started
        stages = {"open": (opened,), "answer": tuple(o["seconds"] for o in objects)}
        if name in ("archive", "reader"):
            stages |= self._search_stages(questions)
        return Run(name, objects, Cost(stages, peak_memory(), whole))

    def _archive_system(self) -> ArchiveSystem:
        return ArchiveSystem(open_answerer(self._settings, self._say))

    def _recipe(self) -> System:
        return recipe_ranker(self._archive, *open_encoders(self._settings, self._say))

    def _search_index(self) -> HybridIndex:
        if self._index is None:
            self._index = open_or_build(self._settings, self._archive, self._say, silent)
        return self._index

    def _search_stages(self, questions: Sequence[Question]) -> dict[str, tuple[float, ...]]:
        """Time embedding and searching by themselves: a second pass, questions as asked."""
        search_index = self._search_index()
        embedding, searching = [], []
        for question in questions:
            started = time.perf_counter()
            vector = search_index.encoder.encode_queries([question.question])
            embedded = time.perf_counter()
            depth = self._settings.depth
            search_index.search_vector(question.question, vector, tuple(View), depth=depth)
            embedding.append(embedded - started)
            searching.append(time.perf_counter() - embedded)
        return {"embedding, alone": tuple(embedding), "searching, alone": tuple(searching)}


def respond_all(
    system: System, questions: Sequence[Question], tick: Tick
) -> Iterable[dict[str, Any]]:
    """Yield one contract object for each question, with the additional key ``ranking``."""
    for done, question in enumerate(questions):
        tick(done, len(questions))
        found = system.respond(question)
        said: dict[str, Any] = {**answer_object(found.answer, question.qid)}
        said["seconds"] = found.seconds
        yield {**said, "ranking": [quote_object(evidence) for evidence in found.ranking]}
    tick(len(questions), len(questions))


def peak_memory() -> int | None:
    """Return the highest resident memory of this process in bytes; None where unknown."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
