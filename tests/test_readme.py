"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.answering import Answerer
from qa.cli import app, run_command
from qa.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
ELLIPSIS = "…"


@dataclass(frozen=True)
class Example:
    """A command in a code block, and the output shown below it; an ellipsis ends what is shown."""

    command: str
    shown: tuple[str, ...]


def code_blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each indented or fenced code block."""
    block: list[str] = []
    fenced = False
    for line in [*text.splitlines(), "end"]:
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            block.append(line if fenced else line[4:])
            continue
        elif not line and block:
            block.append("")
            continue
        if block:
            yield block
            block = []


def examples(text: str) -> list[Example]:
    """Return the commands that stand behind a ``$`` with what is shown below each."""
    found: list[Example] = []
    for block in code_blocks(text):
        command, shown = "", list[str]()
        for line in [*block, "$ end"]:
            if line.startswith("$ "):
                if command.startswith("verbatim "):
                    found.append(Example(command, tuple(shown)))
                command, shown = line[2:], []
            else:
                shown.append(line)
    return found


EXAMPLES = [
    example for path in (ROOT / "README.md", *DOCS) for example in examples(path.read_text())
]


def test_the_readme_shows_an_answer_and_an_abstention_in_its_first_lines() -> None:
    first = examples("\n".join(README.splitlines()[:30]))
    assert len(first) >= 2
    assert any("Not found." in " ".join(example.shown) for example in first)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.command)
def test_a_shown_command_prints_what_is_shown(
    example: Example,
    answerer: Answerer,
    shipped_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    # Python's readline puts a width there for processes below the one that imports it.
    monkeypatch.delenv("COLUMNS", raising=False)
    code = run_command(shlex.split(example.command)[1:])
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    shown = list(example.shown)
    while shown and not shown[-1]:
        shown.pop()
    if shown and shown[-1].strip() == ELLIPSIS:
        shown.pop()
        assert printed[: len(shown)] == shown
    elif shown:
        assert printed == shown
    assert code in (0, 3)


def test_every_command_is_in_the_readme() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    groups = {group.typer_instance.info.name for group in app.registered_groups}
    named = set(re.findall(r"`verbatim (\w+)", README))
    assert names | groups <= named
    assert named <= names | groups


def test_every_setting_is_described() -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert rows == set(Settings.model_fields)


def test_every_option_in_the_readme_exists(capsys: pytest.CaptureFixture[str]) -> None:
    for name, rest in re.findall(r"^\| `verbatim (\w+)[^|]*\|([^|]*)\|", README, re.MULTILINE):
        options = set(re.findall(r"`(--[\w-]+)", rest))
        run_command([name, "--help"])
        help_text = capsys.readouterr().out
        assert not {option for option in options if option not in help_text}, name


def test_links_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path.name, target)
