"""The command ``verbatim``."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import VerbatimError
from qa.describe.commands import app as describe
from qa.errors import UsageError
from qa.evaluation.commands import evaluate, probe
from qa.render.terminal import json_line, terminal_width, visible
from qa.settings import Settings
from qa.start import main
from qa.training.command import train

__all__ = ["main", "run_command", "run_process"]  # installed scripts may still start here

if TYPE_CHECKING:
    from qa.answering import Answerer
    from qa.answers import Answer


class Exit(IntEnum):
    """What the exit codes mean."""

    DONE = 0
    WRONG_USE = 1
    NO_ANSWER = 3
    CHECK_FAILED = 4
    INTERRUPTED = 130


ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="Folder of the transcripts.", show_default=False)
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="TOML file with settings.", show_default=False)
]

app = typer.Typer(
    name="verbatim",
    help="Ask an archive of transcripts a question and get its very words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    *,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", help="An earlier question of the conversation; repeatable."),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Quote only this speaker.")] = None,
    document: Annotated[str | None, typer.Option(help="Quote only this document.")] = None,
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
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read a JSON object a line, write one a line.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Answer a question by quoting the archive, or say that nothing was found."""
    from qa.asking import Asked
    from qa.explaining import explanation
    from qa.render.contract import answer_object
    from qa.render.plain import answer_text

    if as_jsonl:
        given = {
            "a question": question is not None,
            "--after": after,
            "--explain": explain,
            "--json": as_json,
        }
        _refuse_beside_lines([name for name, value in given.items() if value])
        return _answer_lines(Settings.load(config, archive=archive, risk=risk), speaker, document)
    if question is None:
        raise UsageError('There is no question; write it in quotation marks: verbatim ask "…".')
    answerer = _open(Settings.load(config, archive=archive, risk=risk))
    reading = answerer.read(Asked(question, tuple(after or ()), speaker, document))
    answer = answerer.answer(reading)
    if as_json:
        print(json_line(answer_object(answer)))
    else:
        print(answer_text(answer, terminal_width()))
    if explain:
        why = visible(explanation(reading))
        print(why if as_json else f"\n{why}", file=sys.stderr if as_json else sys.stdout)
    return _exit_code(answer)


@app.command(name="find")
def find_words(
    words: Annotated[str, typer.Argument(help="Words to look for; * at a word's end.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Show every place where words stand, not only the best ones.

    The words are found in this order, with nothing between them but line ends and hyphens there;
    in another order or apart they are not. Capitals, accents, points, kinds of quotation marks
    and dashes, and forms of letters and digits do not matter. Whole words are found; with
    particles attached in Korean, Hebrew and Arabic, and inside others in scripts without spaces.
    Signs without a letter or digit are looked for as they are.
    """
    from corpus.archive import open_archive
    from qa.concordance import find
    from qa.render.places import found_object, found_text

    settings = Settings.load(config, archive=archive)
    found = find(open_archive(settings.archive), words)
    print(json_line(found_object(found, words)) if as_json else found_text(found, terminal_width()))
    return Exit.DONE if found.matches else Exit.NO_ANSWER


@app.command()
def show(
    document: Annotated[
        str | None, typer.Argument(help="Id of a document; all of them without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Say what the archive, or one document of it, is: title, date, people, kind of source."""
    from corpus.archive import open_archive
    from qa.render.overview import overview_object, overview_text

    documents = open_archive(Settings.load(config, archive=archive).archive)
    if document is not None and document not in documents:
        known = ", ".join(transcript.id for transcript in documents)
        raise UsageError(f"There is no document '{document}'; there are: {known}.")
    if as_json:
        print(json_line(overview_object(documents, document)))
    else:
        print(overview_text(documents, document, terminal_width()))
    return Exit.DONE


@app.command(name="index")
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="First put changed files down in manifest.json.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Build the search index, if documents, settings or model have changed."""
    from qa.answering import accept_changes, open_documents, rebuild

    settings = Settings.load(config, archive=archive)
    if accept:
        accept_changes(settings, _print)
    documents = open_documents(settings, _say)
    with _progress() as progress:
        folder = rebuild(settings, documents, progress, force=force, say=_say)
    _print(f"{len(documents)} document(s) indexed in {folder}.")
    return Exit.DONE


@app.command()
def lint(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Print the records' participants, from the labels.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Say what was recognised in each document, what is doubtful, and what to write."""
    from qa.checking import check_archive, draft_text
    from qa.render.checked import report_object, report_text

    if draft and as_json:
        raise UsageError("--draft prints lines for a record and --json an object; take one.")
    if draft:
        _print(draft_text(Settings.load(config, archive=archive).archive))
        return Exit.DONE
    report = check_archive(Settings.load(config, archive=archive).archive)
    if as_json:
        print(json_line(report_object(report)))
    else:
        _print(report_text(report))
    return Exit.DONE if report.is_clean else Exit.CHECK_FAILED


@app.command()
def calibrate(
    questions: Annotated[
        list[Path], typer.Argument(help="Gold questions, JSON Lines; one file or several.")
    ],
    out: Annotated[Path, typer.Option(help="Where to write the calibration.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Fit the order of candidates, the probabilities and the threshold on gold questions."""
    from qa.answering import fitting_encoder
    from qa.calibrating import Readers
    from qa.calibrating import calibrate as fit

    def opened(*, use_aid: bool, use_tuned: bool) -> Answerer:
        settings = Settings.load(config, archive=archive, use_aid=use_aid, use_tuned=use_tuned)
        # An old calibration, or a risk it cannot keep, must not stand in the way of a new one.
        return _open(settings.model_copy(update={"calibration": None, "risk": None}))

    described = opened(use_aid=True, use_tuned=False)
    encoder = fitting_encoder(described.settings.tuned, described.archive)
    readers = Readers(
        tuned=opened(use_aid=True, use_tuned=True) if encoder is not None else None,
        described=described,
        text_only=opened(use_aid=False, use_tuned=False),
    )
    _print(fit(readers, questions, out))
    return Exit.DONE


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    kiosk: Annotated[
        bool, typer.Option("--kiosk", help="Serve only the museum terminal, at /kiosk.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Open the web chat, or the museum terminal, on this machine."""
    from qa.web.server import serve as run

    settings = Settings.load(config, archive=archive, host=host, port=port, kiosk=kiosk or None)
    with _progress() as progress:
        return run(settings, _say, progress)


app.command()(evaluate)
app.command()(probe)
app.command()(train)
app.add_typer(describe)


def run_process(arguments: list[str]) -> int:
    """Run the command line of this process; wrong use ends in one sentence, never in a traceback.

    Closed standard streams are None in :mod:`sys`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Elsewhere than in UTF-8 a quote might have to be shown with other characters.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        _say(
            "verbatim: Standard output is closed; redirect it to a file, or to "
            f"{os.devnull} if it is not wanted."
        )
        return Exit.WRONG_USE
    return run_command(arguments)


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        _require_text(arguments)
        result = app(arguments, prog_name="verbatim", standalone_mode=False)
        _finish_output()
    except typer.exceptions.TyperException as error:
        return _refused(error.format_message())
    except VerbatimError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as end:
        # So ends a command whose pipe has lost its reader: there is nobody left to tell.
        if isinstance(end.__context__, BrokenPipeError):
            return Exit.DONE
        raise
    except BrokenPipeError:
        return Exit.DONE
    except OSError as error:
        return _refused(_what_failed(error))
    return _interrupted() if result == Exit.INTERRUPTED else int(result or Exit.DONE)


def _finish_output() -> None:
    """Write what is still to be written.

    Raises:
        UsageError: it cannot be written.
        BrokenPipeError: its reader has gone.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"Standard output cannot be written ({error.strerror}).") from error


def _refused(sentence: str) -> int:
    _say(f"verbatim: {sentence}")
    return Exit.WRONG_USE


def _interrupted() -> int:
    _say("Stopped.")
    return Exit.INTERRUPTED


def _require_text(arguments: list[str]) -> None:
    """Refuse arguments that are not text: nothing could be looked up or printed by them.

    Raises:
        UsageError: naming the first such argument.
    """
    for number, argument in enumerate(arguments, start=1):
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            raise UsageError(
                f"Argument {number} ({argument}) is not UTF-8; write it in UTF-8."
            ) from error


def _what_failed(error: OSError) -> str:
    """Return a sentence for a file or stream that the system refuses."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        name = os.fsdecode(error.filename) if not isinstance(error.filename, int) else "A file"
        return f"{name}: cannot be used ({reason}); check its place and its permissions."
    return f"Standard input or output, or a file, cannot be used ({reason})."


def _open(settings: Settings) -> Answerer:
    from qa.answering import open_answerer

    with _progress() as progress:
        return open_answerer(settings, _say, progress)


def _print(text: str) -> None:
    print(visible(text))


def _say(text: str) -> None:
    """Say something on standard error, if there is anybody to hear it."""
    with suppress(OSError):
        print(visible(text), file=sys.stderr)


def _refuse_beside_lines(given: list[str]) -> None:
    if given:
        raise UsageError(
            f"--jsonl does not go with {', '.join(given)}; put 'question' and 'history' into the "
            "lines of standard input."
        )


def _answer_lines(settings: Settings, speaker: str | None, document: str | None) -> int:
    """Answer the lines of standard input; ``speaker`` and ``document`` hold where they name none.

    Raises:
        UsageError: a line cannot be answered; the message names it.
    """
    from qa.jsonl import read_requests
    from qa.render.contract import answer_object

    if sys.stdin is None:
        raise UsageError("Standard input is closed; give it questions, one JSON object a line.")
    answerer = None
    for request in read_requests(sys.stdin.buffer, speaker, document):
        answerer = answerer or _open(settings)
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


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar on the terminal while something is being built."""
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    tasks: dict[str, int] = {}

    def show(what: str, done: int, total: int) -> None:
        if bar.finished:
            bar.start()
        task = tasks.get(what)
        if task is None:
            task = tasks[what] = bar.add_task(what, total=total)
        bar.update(task, completed=done, total=total)  # type: ignore[arg-type]
        if bar.finished:
            bar.stop()

    try:
        yield show
    finally:
        if not bar.finished:
            bar.stop()
