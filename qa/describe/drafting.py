"""Drafting entries for what is not described yet, one stretch of a document after the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.aid import questions_of
from corpus.counting import counted
from corpus.transcript import Sentence, Transcript
from qa.describe.aid_file import AidFile
from qa.describe.chat import MalformedAnswerError, Message
from qa.describe.drafts import Draft, DraftReader
from qa.describe.prompts import Wanted, messages
from qa.describe.saving import save

Say = Callable[[str], None]


class Model(Protocol):
    """Something that answers a conversation."""

    def ask(self, messages: Sequence[Message]) -> str:
        """Return the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of one stretch.

    Attributes:
        stretch: the sentences.
        draft: what can be used of the answer; empty where there is a fault.
        fault: why the answer could not be read; empty where it could.
    """

    stretch: Sequence[Sentence]
    draft: Draft
    fault: str = ""


def drafted(
    transcript: Transcript,
    stretches: Sequence[Sequence[Sentence]],
    model: Model,
    reader: DraftReader,
    wanted: Wanted,
    *,
    attempts: int,
) -> Iterator[Drafted]:
    """Ask for a draft of each stretch in turn.

    Args:
        transcript: the document.
        stretches: sentences that follow each other, never across a label or heading.
        model: who drafts.
        reader: checks what comes.
        wanted: what is asked for.
        attempts: how often a stretch is asked for whose answer cannot be read.

    Raises:
        EndpointError: the model cannot be reached; what came before has been handed out.
    """
    for stretch in stretches:
        conversation = messages(transcript, stretch, wanted)
        fault = ""
        for _ in range(attempts):
            try:
                draft = reader.read(model.ask(conversation), stretch)
            except MalformedAnswerError as error:
                fault = str(error)
            else:
                yield Drafted(stretch, draft)
                break
        else:
            yield Drafted(stretch, Draft(), fault)


def draft_into(
    aid: AidFile,
    stretches: Sequence[Sequence[Sentence]],
    model: Model,
    wanted: Wanted,
    *,
    attempts: int,
    say: Say,
    warn: Say,
) -> None:
    """Draft and save, one stretch after the other, so that nothing paid for is lost.

    Args:
        aid: the finding aid to add to.
        stretches: as for :func:`drafted`.
        model: who drafts.
        wanted: what is asked for.
        attempts: as for :func:`drafted`.
        say: told what was drafted.
        warn: told what was dropped.

    Raises:
        EndpointError: the model cannot be reached.
        UsageError: the archive cannot be written.
    """
    asked = [question for _, part in aid.lines for question in questions_of(part)]
    reader = DraftReader(asked, wanted.languages, datetime.date.today())
    for found in drafted(aid.transcript, stretches, model, reader, wanted, attempts=attempts):
        place = f"{found.stretch[0].start}-{found.stretch[-1].end}"
        for dropped in found.draft.dropped:
            warn(f"{place}: dropped ({dropped}).")
        if found.fault:
            warn(f"{place}: nothing drafted; {found.fault}")
            continue
        aid = aid.appended(*found.draft.parts)
        saved = save(aid)
        aid = aid.as_saved()
        say(f"{place}: {counted(len(found.draft.parts), 'line')} drafted.")
        if saved.manifest is not None:
            say(f"Brought {saved.manifest} up to date.")
