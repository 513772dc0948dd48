"""How many passages come after a quote is told, and opens them."""

from __future__ import annotations

import pytest

from corpus.transcript import Transcript
from qa.answers import Abstained, Answered, Evidence, Possible, Reason
from qa.cli import run_command
from qa.quotes import Quote
from qa.render.html import answer_html
from qa.render.plain import answer_text, more_text
from qa.render.words import more_passages
from qa.web.kiosk import kiosk_answer
from web_support import SHOTS


def passages(transcript: Transcript, count: int) -> tuple[Evidence, ...]:
    return tuple(Evidence(Quote.of(transcript, n, n), 0.5) for n in range(100, 100 + count))


@pytest.mark.parametrize(("nearest", "told"), [(1, 1), (3, 3), (10, 3)])
def test_they_are_counted_and_follow_the_quotes(
    transcript: Transcript, nearest: int, told: int
) -> None:
    quoted, *others = passages(transcript, nearest + 1)
    answer = Answered("?", (quoted,), 0.9, tuple(others))
    page = answer_html(answer)
    assert page.count("<figure") == 1 + told
    heading = f"<summary>{told} more passage{'s' if told > 1 else ''}</summary>"
    assert page.index("<figure") < page.index(heading)
    assert page.count("Yes, this is it") == told, "each can be said to be the one"
    assert more_text(answer).count("\n    “") == told
    assert other_words(others[0]) in " ".join(more_text(answer, 60).split())
    assert other_words(others[0]) not in " ".join(answer_text(answer).split())
    shown = kiosk_answer(answer, "de")
    assert len(shown.more) == told
    assert shown.more_passages == ("3 weitere Stellen" if told > 1 else "1 weitere Stelle")


def other_words(evidence: Evidence) -> str:
    return " ".join(evidence.quote.text.split()[:4])


def test_what_leaves_the_chat_holds_the_quotes_alone(transcript: Transcript) -> None:
    quoted, *others = passages(transcript, 4)
    answer = Answered("?", (quoted,), 0.9, tuple(others))
    assert answer_html(answer, actions=False).count("<figure") == 1


def test_without_a_quote_there_are_no_more(transcript: Transcript) -> None:
    near = passages(transcript, 6)
    perhaps = Possible("?", Reason.NOT_CONFIDENT, 0.4, near, 3)
    nothing = Abstained("?", Reason.NOT_CONFIDENT, 0.1, near)
    for answer, shown in ((perhaps, 3), (nothing, 0)):
        assert answer_html(answer).count("<figure") == shown
        assert more_text(answer) == ""
        assert kiosk_answer(answer, "en").more == ()
    alone = Answered("?", near[:1], 0.9)
    assert "va-more" not in answer_html(alone)


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 1, "1 more passage"),
        ("ko", 3, "다른 대목 3개"),
        ("ru", 1, "Ещё 1 отрывок"),
        ("ru", 3, "Ещё 3 отрывка"),
    ],
)
def test_they_are_counted_as_the_language_counts(language: str, count: int, told: str) -> None:
    assert more_passages(count, language) == told


def test_the_command_line_tells_and_prints_them(
    shipped_index: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERBATIM_INDEX_FOLDER", str(shipped_index))
    assert run_command(["ask", SHOTS]) == 0
    assert capsys.readouterr().out.endswith("\n\n3 more passages: ask with --more to read them.\n")
    assert run_command(["ask", SHOTS, "--more"]) == 0
    shown = capsys.readouterr().out
    assert "\n\n3 more passages:\n\n" in shown
    assert shown.split("3 more passages:")[1].count("— ") >= 3
    assert run_command(["ask", SHOTS, "--more", "--json"]) == 1
    refused = capsys.readouterr().err
    assert "--json" in refused
    assert refused.count("\n") == 1
