"""What several commands share: exit codes, options, and what they say on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.counting import counted
from qa.render.terminal import visible

if TYPE_CHECKING:
    from corpus.transcript import Transcript
    from qa.answering import Answerer
    from qa.asking import Asked
    from qa.settings import Settings
    from qa.within import Within


class Exit(IntEnum):
    """What the exit codes mean."""

    DONE = 0
    WRONG_USE = 1
    NO_ANSWER = 3
    CHECK_FAILED = 4
    INTERRUPTED = 130


def named(path: str) -> Path:
    """Return a path that was given; an empty one would silently be the working folder."""
    if not path:
        raise typer.BadParameter("is empty; name a file or folder, '.' for the working folder.")
    return Path(path)


ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        help="Folder of the transcripts.",
        show_default=False,
        parser=named,
        metavar="PATH",
    ),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="TOML file with settings.", show_default=False)
]
CollectionOption = Annotated[
    str | None, typer.Option(help="Only documents of this collection, or of part of its name.")
]
SinceOption = Annotated[str | None, typer.Option(help="Only documents of this date or later.")]
UntilOption = Annotated[str | None, typer.Option(help="Only documents of this date or earlier.")]
FiguresOption = Annotated[
    Path | None, typer.Option("--json", help="Write everything measured as JSON to this file.")
]
SeedOption = Annotated[int, typer.Option(help="Seed of intervals, tests and the random system.")]
DEFAULT_SEED = 20_240_101
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def say(text: str) -> None:
    """Say something on standard error, if there is anybody to hear it."""
    with suppress(OSError):
        print(visible(text), file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar on the terminal while something is being built."""
    from rich.console import Console
    from rich.progress import Progress, Task, TextColumn
    from rich.text import Text

    class Rate(TextColumn):
        """How much is done in a second, of what there is much of."""

        def render(self, task: Task) -> Text:
            rate = task.finished_speed or task.speed
            return Text(f"{rate:,.0f} a second" if rate and task.total != 1 else "")

    columns = (*Progress.get_default_columns(), Rate(""))
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
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


def tell_undated(within: Within, documents: Iterable[Transcript]) -> None:
    """Say how many documents were left out because nobody dated them."""
    if count := within.undated(documents):
        left = counted(count, "document without a date is", "documents without a date are")
        say(f"{left} left out; 'verbatim edit' sets a date.")


def opened(settings: Settings, asked: Asked | None = None) -> Answerer:
    """Open what answers questions, its index built where something has changed."""
    from qa.answering import open_answerer

    with progress() as show:
        return open_answerer(settings, say, show, asked=asked)
