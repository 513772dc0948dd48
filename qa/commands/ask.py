"""``verbatim ask``: a question, or a question a line, answered by quoting."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.files import replace_files
from qa.commands.shared import (
    ArchiveOption,
    CollectionOption,
    ConfigOption,
    Exit,
    JsonOption,
    SinceOption,
    UntilOption,
    opened,
    say,
    tell_undated,
)
from qa.errors import SettingsError, UsageError
from qa.render.terminal import json_line, terminal_width, visible
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answers import Answer
    from qa.asking import Asked
    from qa.citing.cited import Form
    from qa.receipts.receipt import Receipt


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
    more: Annotated[
        bool, typer.Option("--more", help="Print the next passages too, after the quotes.")
    ] = False,
    cite: Annotated[
        str | None,
        typer.Option(help="Cite too: chicago, apa, mla, bibtex, ris or csl-json."),
    ] = None,
    receipt: Annotated[
        Path | None,
        typer.Option(
            help="Write receipts of the quotes into this new file; .jsonld: Web Annotations."
        ),
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
    from qa.render.plain import answer_text, more_text, wrapped
    from qa.render.receipts import receipts_of
    from qa.render.words import further_passages, more_passages
    from qa.within import Within

    within = Within.read(collection, since, until)
    if as_jsonl:
        given = {
            "a question": question is not None,
            "--after": after,
            "--explain": explain,
            "--receipt": receipt,
            "--more": more,
            "--json": as_json,
        }
        _refuse_beside_lines([name for name, value in given.items() if value])
        form = form_of(cite) if cite is not None else None
        usual = Asked("", speaker=speaker, document=document, within=within)
        return _answer_lines(Settings.load(config, archive=archive, risk=risk), usual, form)
    if question is None:
        raise UsageError('There is no question; write it in quotation marks: verbatim ask "…".')
    if more and as_json:
        raise UsageError("--more does not go with --json, which has them under 'nearest'.")
    form = form_of(cite) if cite is not None else None
    _require_new(receipt)
    asked = Asked(question, tuple(after or ()), speaker, document, within=within)
    answerer = opened(Settings.load(config, archive=archive, risk=risk), asked)
    reading = answerer.read(asked)
    answer = answerer.answer(reading)
    tell_undated(within, answerer.archive)
    if as_json:
        beside = {"citations": citation_objects(answer, form)} if form is not None else {}
        found = answer_object(answer, archive=answerer.archive.fingerprint)
        print(json_line({**found, **beside}))
    else:
        print(answer_text(answer, terminal_width()))
        if further := further_passages(answer):
            width = terminal_width()
            others = f"{more_passages(len(further))}: ask with --more to read them."
            print(f"\n{more_text(answer, width) if more else wrapped(others, width)}")
        if form is not None and (cited := citations_text(answer, form, terminal_width())):
            print(f"\n{cited}")
    if receipt is not None:
        _write_receipts(receipt, receipts_of(answer, answerer.archive.fingerprint))
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


def _require_new(path: Path | None) -> None:
    """Refuse a file that exists before the question is asked.

    Raises:
        UsageError: it does.
    """
    if path is not None and os.path.lexists(path):
        raise UsageError(f"{path} exists already; name a new file for the receipts.")


def _write_receipts(path: Path, receipts: tuple[Receipt, ...]) -> None:
    from qa.render.receipts import receipts_file

    if not receipts:
        say(f"No quote is shown, so that {path} was not written.")
        return
    _require_new(path)
    replace_files({path: receipts_file(receipts, path).encode()})


def _answer_lines(settings: Settings, usual: Asked, form: Form | None) -> int:
    """Answer the lines of standard input; one that cannot be asked is refused, and ends nothing.

    Args:
        settings: of the program.
        usual: what it is confined to holds where lines say nothing else.
        form: of the citations that are added; None for none.

    Raises:
        UsageError: standard input is closed.
    """
    from qa.jsonl import Refused, read_requests
    from qa.quotes import SourceChangedError
    from qa.render.cited import citation_objects
    from qa.render.contract import answer_object

    if sys.stdin is None:
        raise UsageError("Standard input is closed; give it questions, one JSON object a line.")
    answerer = None
    refused = False
    for request in read_requests(sys.stdin.buffer, usual):
        if isinstance(request, Refused):
            say(f"verbatim: {request.sentence}")
            refused = True
            continue
        try:
            answerer = answerer or opened(settings, request.asked)
            answer = answerer.ask(request.asked)
        except SettingsError:
            raise
        except (UsageError, SourceChangedError) as error:
            say(f"verbatim: Standard input, line {request.line}: {error}")
            refused = True
            continue
        found = answer_object(answer, request.qid, answerer.archive.fingerprint)
        more = {"citations": citation_objects(answer, form)} if form is not None else {}
        print(json_line({**found, **more}), flush=True)
    return Exit.WRONG_USE if refused else Exit.DONE


def _exit_code(answer: Answer) -> int:
    from qa.answers import Answered
    from qa.render.contract import catalogue_of

    is_answer = isinstance(answer, Answered) or catalogue_of(answer)
    return Exit.DONE if is_answer else Exit.NO_ANSWER
