"""The command ``verbatim``: its commands, and how a run of one ends."""

from __future__ import annotations

import io
import os
import sys

import typer

from corpus.errors import VerbatimError
from qa.commands.add import add_files
from qa.commands.ask import ask
from qa.commands.bench import bench, convert, score_runs
from qa.commands.calibrate import calibrate
from qa.commands.check import check_quotation
from qa.commands.cite import cite_documents
from qa.commands.evaluate import evaluate, probe
from qa.commands.find import find_words
from qa.commands.index import build
from qa.commands.lint import lint
from qa.commands.mcp import serve_tools
from qa.commands.serve import serve
from qa.commands.shared import Exit, say
from qa.commands.shelf import edit_record, list_documents, remove_documents
from qa.commands.show import show
from qa.commands.verify import verify_receipts
from qa.describe.commands import app as describe
from qa.errors import UsageError
from qa.start import main
from qa.training.command import train

__all__ = ["main", "run_command", "run_process"]  # installed scripts may still start here

app = typer.Typer(
    name="verbatim",
    help="Ask an archive of transcripts a question and get its very words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(ask)
app.command(name="find")(find_words)
app.command(name="check")(check_quotation)
app.command(name="cite")(cite_documents)
app.command(name="verify")(verify_receipts)
app.command(name="add")(add_files)
app.command(name="list")(list_documents)
app.command(name="edit")(edit_record)
app.command(name="remove")(remove_documents)
app.command()(show)
app.command(name="index")(build)
app.command()(lint)
app.command()(calibrate)
app.command()(serve)
app.command(name="mcp")(serve_tools)
app.command()(evaluate)
app.command()(bench)
app.command(name="trec")(score_runs)
app.command()(convert)
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
        say(
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
        return _refused(_what_is_wrong(error))
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
    say(f"verbatim: {sentence}")
    return Exit.WRONG_USE


def _interrupted() -> int:
    say("Stopped.")
    return Exit.INTERRUPTED


def _what_is_wrong(error: typer.exceptions.TyperException) -> str:
    """Return what a call of a command says too much, and where it stands what the command takes."""
    said = error.format_message().rstrip(".")
    called = getattr(getattr(error, "ctx", None), "command_path", "")
    return f"{said}; '{called} --help' says what it takes." if called else f"{said}."


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
