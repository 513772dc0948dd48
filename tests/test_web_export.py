"""A conversation leaves the chat whole, with full citations, and comes back from places alone."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from corpus.archive import Archive, open_archive
from qa.answers import Abstained, Answered, Evidence, Possible, Reason
from qa.citation import citation
from qa.citing.cited import Form, cited
from qa.cli import run_command
from qa.quotes import Quote
from qa.render.words import passages_shown
from qa.web.conversation import ConversationError, Exchange, recall, remember
from qa.web.export import html_page, markdown
from web_browser import chromium, opened
from web_support import Server, running, settings_for, word_site, write_hostile


@pytest.fixture(scope="module")
def conversation(archive: Archive) -> tuple[Exchange, ...]:
    """Twelve quotes in six answers, passages to judge, and an abstention."""
    (transcript,) = archive.transcripts
    spoken = [s.number for s in transcript.sentences if s.turn][::25][:12]
    quotes = [Evidence(Quote.of(transcript, n, n), 1.0) for n in spoken]
    pairs = [tuple(quotes[i : i + 2]) for i in range(0, 12, 2)]
    exchanges = [
        Exchange(f"Question {i} of *six*?", None, None, Answered(f"Q{i}", pair, 0.8))
        for i, pair in enumerate(pairs)
    ]
    perhaps = Possible("Perhaps?", Reason.NOT_CONFIDENT, 0.4, tuple(quotes[:1]), 1)
    nothing = Abstained("Nothing?", Reason.NOT_CONFIDENT, 0.1)
    return (
        *exchanges,
        Exchange("Perhaps?", None, None, perhaps),
        Exchange("Nothing?", "Mielke", None, nothing),
    )


def test_a_conversation_comes_back_from_its_places(
    archive: Archive, conversation: tuple[Exchange, ...]
) -> None:
    memory = remember(conversation)
    again = recall(memory, archive)
    assert [e.question for e in again] == [e.question for e in conversation]
    assert remember(again) == memory
    for before, after in zip(conversation, again, strict=True):
        assert isinstance(before.answer, type(after.answer))
    assert archive.transcripts[0].text[1645:1667] not in memory
    assert len(urlencode({"conversation": memory})) < 20_000


def test_a_changed_text_is_never_quoted_from_an_old_place(
    archive: Archive, conversation: tuple[Exchange, ...]
) -> None:
    digits = archive.transcripts[0].sha256[:12]
    for exchange in recall(remember(conversation).replace(digits, "0" * 12), archive):
        assert exchange.answer is None or not passages_shown(exchange.answer)
    assert "has changed since it was quoted" in markdown(
        recall(remember(conversation).replace(digits, "0" * 12), archive)
    )


@pytest.mark.parametrize(
    "memory",
    [
        "{",
        "{}",
        "[1]",
        '[{"question": "x"}]',
        '[{"question": "x", "status": "answered", "text": "forged"}]',
        '[{"question": "x", "status": "abstained", "reason": "because"}]',
        json.dumps([{"question": "x" * 20_000, "status": "changed"}]),
    ],
)
def test_what_is_no_conversation_is_refused(archive: Archive, memory: str) -> None:
    with pytest.raises(ConversationError, match="start over"):
        recall(memory, archive)


def test_nobody_can_hand_in_a_quote(archive: Archive) -> None:
    (transcript,) = archive.transcripts
    for start, end in ((8300, 8340), (0, 20), (-5, 10), (8299, 10**9), (4263, 4281)):
        place = {
            "document": transcript.id,
            "version": transcript.sha256[:12],
            "start": start,
            "end": end,
            "score": 1,
        }
        memory = json.dumps([{"question": "x", "status": "answered", "quotes": [place]}])
        (exchange,) = recall(memory, archive)
        assert exchange.answer is None, (start, end)


def test_markdown_carries_every_quote_and_citation(
    conversation: tuple[Exchange, ...],
) -> None:
    text = re.sub(r"\\(.)", r"\1", markdown(conversation))
    assert text.count("\n— ") == 13
    for exchange in conversation:
        assert exchange.question in text
        assert exchange.answer is not None
        for evidence in passages_shown(exchange.answer):
            assert evidence.quote.text.replace("\n", " ") in text
            assert citation(evidence.quote) in text
    assert "only Mielke" in text
    assert "Perhaps one of these" in text
    assert "Not found." in text


def test_every_export_ends_with_the_documents_cited(
    archive: Archive, conversation: tuple[Exchange, ...]
) -> None:
    entry = cited(archive.transcripts[0], Form.CHICAGO).entry
    text = re.sub(r"\\(.)", r"\1", markdown(conversation))
    page = html.unescape(html_page(conversation, self_contained=True))
    for export in (text, page):
        assert export.count(entry) == 1
        assert export.count("Documents cited (Chicago style)") == 1
    assert "Documents cited" not in markdown(conversation[-1:])


def test_the_html_file_needs_nothing_else(conversation: tuple[Exchange, ...]) -> None:
    page = html_page(conversation, self_contained=True)
    assert page.count('class="va-card') == 13
    assert not re.search(r'\b(?:src|href)="', page)
    assert "<script" not in page
    assert "url(" not in page


def test_a_hostile_document_stays_text_in_every_export(tmp_path: Path) -> None:
    archive = open_archive(write_hostile(tmp_path / "hostile"))
    (transcript,) = archive.transcripts
    evidence = Evidence(Quote.of(transcript, 1, 1), 1.0)
    question = "<img src=x onerror=alert(1)> ![x](http://elsewhere.example/x.png)"
    exchange = Exchange(question, "<b>who</b>", None, Answered(question, (evidence,), 0.9))
    page = html_page((exchange,), self_contained=True)
    body = page[page.index("<body") :]
    assert not re.search(r"<(?:img|script|style|b|u)\b", body)
    rendered = MarkdownIt("commonmark").render(markdown((exchange,)))
    assert set(re.findall(r"<([a-z0-9]+)", rendered)) <= {
        "h1",
        "h2",
        "p",
        "em",
        "strong",
        "blockquote",
        "pre",  # the receipts
        "code",
    }
    assert html.escape(evidence.quote.text, quote=False) in rendered.replace("&quot;", '"')


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_export_verifies_later_and_betrays_altered_words(
    archive: Archive,
    conversation: tuple[Exchange, ...],
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = markdown(conversation, archive.fingerprint)
    if form == "html":
        made = str(html_page(conversation, archive.fingerprint, self_contained=True))
    path = tmp_path / f"conversation.{form}"
    path.write_text(made)
    assert run_command(["verify", str(path)]) == 0
    assert capsys.readouterr().out.endswith("12 receipts: 12 intact.\n")
    head, sign, tail = made.partition("“")
    path.write_text(f"{head}{sign}Not {tail}" if form == "md" else altered_page(made))
    assert run_command(["verify", str(path)]) == 4
    assert "none of its receipts has them." in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_export_tells_passages_to_judge_from_answers(
    archive: Archive,
    conversation: tuple[Exchange, ...],
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (transcript,) = archive.transcripts
    last = [s.number for s in transcript.sentences if s.turn][-1]
    passage = Evidence(Quote.of(transcript, last, last), 1.0)
    asked = Possible(
        "Which?", Reason.NOT_CONFIDENT, 0.4, (passage, conversation_quote(conversation)), 2
    )
    exchanges = (Exchange("Which?", None, None, asked), *conversation)
    made = markdown(exchanges, archive.fingerprint)
    if form == "html":
        made = str(html_page(exchanges, archive.fingerprint, self_contained=True))
    path = tmp_path / f"conversation.{form}"
    path.write_text(made)
    assert run_command(["verify", str(path), "--json"]) == 0
    receipts = json.loads(capsys.readouterr().out)["receipts"]
    assert len(receipts) == 13
    noted = [one["quoted"]["start"] for one in receipts if "offered" in one["noted"]]
    assert noted == [passage.quote.start]


def conversation_quote(conversation: tuple[Exchange, ...]) -> Evidence:
    """Return a quote that answers a question of a conversation."""
    answer = conversation[0].answer
    assert isinstance(answer, Answered)
    return answer.evidence[0]


def altered_page(page: str) -> str:
    """Return a page in which the first quote begins with another word."""
    words = re.search(r"<blockquote[^>]*>.*?</blockquote>", page, re.DOTALL)
    assert words is not None
    said = words[0]
    return page.replace(said, re.sub(r"(</span>)", r"\1Not ", said, count=1), 1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(word_site(settings_for(tmp_path_factory.mktemp("export")))) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.browser
def test_no_card_is_lost_on_paper(
    server: Server, browser: Browser, conversation: tuple[Exchange, ...]
) -> None:
    from pypdf import PdfReader

    form = {"conversation": remember(conversation)}
    with opened(browser, "about:blank") as (page, watch):
        page.goto(server.url + "/source")
        page.evaluate(
            """value => {
                const form = document.createElement('form');
                form.method = 'post'; form.action = '/export/print';
                const input = document.createElement('input');
                input.name = 'conversation'; input.value = value;
                form.append(input); document.body.append(form); form.submit();
            }""",
            form["conversation"],
        )
        page.wait_for_url("**/export/print")
        assert page.locator(".va-card").count() == 13
        printed = PdfReader(io.BytesIO(page.pdf()))
        assert watch.complaints == []
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in printed.pages))
    assert text.count("translated by Bernd Schaefer.") == 13
    assert "Print, or save as PDF" not in text


@pytest.mark.browser
def test_the_whole_document_prints(server: Server, browser: Browser) -> None:
    from pypdf import PdfReader

    text = printed_source(browser, server)
    assert len(PdfReader(io.BytesIO(text)).pages) > 5
    words = re.sub(
        r"\s+", " ", " ".join(p.extract_text() for p in PdfReader(io.BytesIO(text)).pages)
    )
    assert words.count("Comrade Mielke:") == 14
    assert words.count("Comrade Kryuchkov:") == 13
    assert "Lawrence P. McDonald" in words


def printed_source(browser: Browser, server: Server) -> bytes:
    with opened(browser, f"{server.url}/source/mielke-kryuchkov-1983-09-19") as (page, _):
        return page.pdf()


def test_files_are_downloaded_under_a_name(
    server: Server, conversation: tuple[Exchange, ...]
) -> None:
    form = {"conversation": remember(conversation)}
    for kind, suffix in (("markdown", "md"), ("html", "html")):
        answer = httpx.post(f"{server.url}/export/{kind}", data=form)
        assert answer.headers["content-disposition"].endswith(f'.{suffix}"')
    broken = httpx.post(f"{server.url}/export/html", data={"conversation": "x"})
    assert broken.status_code == 400
    assert "start over" in broken.text
