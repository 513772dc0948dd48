"""``verbatim ask``: a question, or a question a line, answered by quoting."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shared import (
    ArchiveOption,
    CollectionOption,
    ConfigOption,
    Exit,
    JsonOption,
    SinceOption,
    UntilOption,
    opened,
    tell_undated,
)
from qa.errors import UsageError
from qa.render.terminal import json_line, terminal_width, visible
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answers import Answer
    from qa.asking import Asked


def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    *,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", help="An earlier question of the conversation; repeatable."),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Quote only this speaker.")] = None,
    document: Annotated[str | None, typer.Option(help="Quote only this document.")] = None,
    collection: CollectionOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    risk: Annotated[
        float | None,
        typer.Option(help="Quote only so that at most this share of answers is wrong."),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say what was found and why it was quoted or not; with --json on stderr.",
        ),
    ] = False,
    cite: Annotated[
        str | None,
        typer.Option(help="Cite too: chicago, apa, mla, bibtex, ris or csl-json."),
    ] = None,
    as_json: JsonOption = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read a JSON object a line, write one a line.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Answer a question by quoting the archive, or say that nothing was found."""
    from qa.asking import Asked
    from qa.citing.cited import form_of
    from qa.explaining import explanation
    from qa.render.cited import citation_objects, citations_text
    from qa.render.contract import answer_object
    from qa.render.plain import answer_text
    from qa.within import Within

    within = Within.read(collection, since, until)
    if as_jsonl:
        given = {
            "a question": question is not None,
            "--after": after,
            "--explain": explain,
            "--cite": cite,
            "--json": as_json,
        }
        _refuse_beside_lines([name for name, value in given.items() if value])
        usual = Asked("", speaker=speaker, document=document, within=within)
        return _answer_lines(Settings.load(config, archive=archive, risk=risk), usual)
    if question is None:
        raise UsageError('There is no question; write it in quotation marks: verbatim ask "…".')
    form = form_of(cite) if cite is not None else None
    answerer = opened(Settings.load(config, archive=archive, risk=risk))
    asked = Asked(question, tuple(after or ()), speaker, document, within=within)
    reading = answerer.read(asked)
    answer = answerer.answer(reading)
    tell_undated(within, answerer.archive)
    if as_json:
        more = {"citations": citation_objects(answer, form)} if form is not None else {}
        print(json_line({**answer_object(answer), **more}))
    else:
        print(answer_text(answer, terminal_width()))
        if form is not None and (cited := citations_text(answer, form, terminal_width())):
            print(f"\n{cited}")
    if explain:
        why = visible(explanation(reading))
        print(why if as_json else f"\n{why}", file=sys.stderr if as_json else sys.stdout)
    return _exit_code(answer)


def _refuse_beside_lines(given: list[str]) -> None:
    if given:
        raise UsageError(
            f"--jsonl does not go with {', '.join(given)}; put 'question' and 'history' into the "
            "lines of standard input."
        )


def _answer_lines(settings: Settings, usual: Asked) -> int:
    """Answer the lines of standard input; what ``usual`` is confined to holds where they say none.

    Raises:
        UsageError: a line cannot be answered; the message names it.
    """
    from qa.jsonl import read_requests
    from qa.render.contract import answer_object

    if sys.stdin is None:
        raise UsageError("Standard input is closed; give it questions, one JSON object a line.")
    answerer = None
    for request in read_requests(sys.stdin.buffer, usual):
        answerer = answerer or opened(settings)
        try:
            answer = answerer.ask(request.asked)
        except UsageError as error:
            raise UsageError(f"Standard input, line {request.line}: {error}") from error
        print(json_line(answer_object(answer, request.qid)), flush=True)
    return Exit.DONE


def _exit_code(answer: Answer) -> int:
    from qa.answers import Answered
    from qa.render.contract import catalogue_of

    is_answer = isinstance(answer, Answered) or catalogue_of(answer)
    return Exit.DONE if is_answer else Exit.NO_ANSWER
