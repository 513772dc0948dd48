"""The researchers' chat: Gradio components, and nothing kept between two questions.

What was asked lives in a hidden field of the visitor's page as references into the archive (see
:mod:`qa.web.conversation`); every answer is rendered from them anew. So a reload restores the
chat, undoing is cutting a list, and the chatbot is never sent back to the server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

# Read by Gradio when it is imported. That it reports nothing is seen to by index.offline.
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")

import gradio as gr
from markupsafe import Markup

from corpus.archive import Archive
from qa.about import CAPTIONS, Fact, about_archive
from qa.answers import Answered
from qa.asking import Asked
from qa.errors import UsageError
from qa.quotes import QuoteError
from qa.render.directions import isolated_html
from qa.render.html import answer_html
from qa.render.verbatim import on_one_line
from qa.settings import Settings
from qa.web.conversation import ConversationError, Exchange, recall, remember
from qa.web.site import NotNowError, Site
from qa.web.turns import BusyError, client_of

EVERYONE = "Everyone"
ALL_DOCUMENTS = "All documents"
_SUGGESTED_AT_START = 6
_ABOUT = (("title",), ("date", "place", "kind"), ("participant",), ("documents", "speakers"))
_SUGGESTED_AFTER_ABSTAINING = 3
_SESSIONS = 200
_QUEUE = 40
_TEXT_CHANGED = "The text of this document has changed since it was quoted here. Please ask again."

Message = dict[str, str]
Shown = tuple[list[Message], str, str]
ShownFiltered = tuple[list[Message], str, str, str, str]


def chat_blocks(site: Site) -> gr.Blocks:
    """Return the chat; the page around it is ``templates/chat.html``."""
    blocks: gr.Blocks
    with gr.Blocks(title="Verbatim Archive", analytics_enabled=False) as blocks:
        log = gr.Chatbot(
            elem_id="va-log",
            label="Questions and quotes",
            show_label=False,
            container=False,
            height=None,
            autoscroll=False,
            sanitize_html=True,
            allow_tags=False,
            latex_delimiters=[],
            buttons=[],
            feedback_options=None,
            layout="panel",
        )
        memory = gr.Textbox(value="[]", visible="hidden", elem_id="va-memory", label="Memory")
        with gr.Group(elem_id="va-composer"):
            with gr.Row(elem_id="va-ask-row"):
                question = gr.Textbox(
                    elem_id="va-question",
                    label="Your question",
                    placeholder="Ask the archive a question",
                    max_length=site.settings.max_question_chars,
                    lines=1,
                    max_lines=5,
                    scale=8,
                )
                ask = gr.Button("Ask", elem_id="va-ask", variant="primary", scale=0, min_width=96)
            with gr.Row(elem_id="va-filters"):
                speaker = gr.Dropdown(
                    speaker_choices(site.archive), value="", label="Speaker", elem_id="va-speaker"
                )
                document = gr.Dropdown(
                    document_choices(site.archive),
                    value="",
                    label="Document",
                    elem_id="va-document",
                    visible=len(site.archive) > 1,
                )
                undo = gr.Button("Undo last", elem_id="va-undo", min_width=96)
                clear = gr.Button("Start over", elem_id="va-clear", min_width=96)
        restore = gr.Button("Restore", visible="hidden", elem_id="va-restore")

        shown = [log, memory, question]
        asked = [question, memory, speaker, document]
        on = _Handlers(site)
        gr.on(
            [question.submit, ask.click],
            on.ask,
            asked,
            shown,
            api_name="ask",
            show_progress="hidden",
            concurrency_limit=None,  # the site has a queue that is fair
            trigger_mode="once",
            preprocess=False,
        )
        for button, handler in ((undo, on.undo), (restore, on.restore), (clear, on.clear)):
            button.click(
                handler,
                [question, memory],
                [*shown, speaker, document],
                api_visibility="private",
                show_progress="hidden",
                concurrency_limit=4,
                preprocess=False,
            )
    blocks.queue(max_size=_QUEUE, api_open=False)
    blocks.state_session_capacity = _SESSIONS
    return blocks


class _Handlers:
    """What the buttons do: messages, memory, text of the question field, perhaps the filters."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(
        self, question: str, memory: str, speaker: str, document: str, request: gr.Request
    ) -> Shown:
        """Answer a question in the light of those before it."""
        exchanges = self._recall(memory)
        if not (question or "").strip():
            with self._turn(request):
                return self._shown(exchanges)
        history = tuple(exchange.question for exchange in exchanges)
        try:
            asked = Asked(question, history, speaker or None, document or None)
            answer = self._site.ask(asked, client_of(request))
        except (UsageError, NotNowError, QuoteError) as error:
            raise gr.Error(str(error), print_exception=False) from error
        latest = Exchange(answer.question, speaker or None, document or None, answer)
        kept = (*exchanges, latest)[-most_kept(self._site.settings) :]
        if not exchanges:
            return self._shown(kept)
        with self._turn(request):
            return self._shown(kept)

    def undo(self, question: str, memory: str, request: gr.Request) -> ShownFiltered:
        """Take the last question back into the field, with the filters it was asked under."""
        with self._turn(request):
            exchanges = self._recall(memory)
            asked = exchanges[-1].question if exchanges else question
            return self._filtered(exchanges[:-1], asked, exchanges[-1:])

    def restore(self, question: str, memory: str, request: gr.Request) -> ShownFiltered:
        """Show what the page remembered before it was loaded again."""
        with self._turn(request):
            exchanges = self._recall(memory)
            return self._filtered(exchanges, question, exchanges[-1:])

    @contextmanager
    def _turn(self, request: gr.Request) -> Iterator[None]:
        """Wait for the visitor's turn: a page may remember hundreds of long quotes."""
        try:
            with self._site.turns.turn(client_of(request)):
                yield
        except BusyError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def clear(self, question: str, memory: str) -> ShownFiltered:
        """Forget the conversation."""
        del question, memory
        return self._filtered((), "", ())

    def _filtered(
        self, exchanges: Sequence[Exchange], question: str, last: Sequence[Exchange]
    ) -> ShownFiltered:
        messages, kept, _ = self._shown(exchanges)
        speakers, documents = (
            speaker_choices(self._site.archive),
            document_choices(self._site.archive),
        )
        speaker = _offered(last[0].speaker if last else None, speakers)
        document = _offered(last[0].document if last else None, documents)
        return messages, kept, question, speaker, document

    def _recall(self, memory: str) -> tuple[Exchange, ...]:
        try:
            return recall(memory, self._site.archive)
        except ConversationError:
            # Left in the tab by another release, or changed by hand: nothing can be shown of it,
            # and the visitor could not get rid of it.
            return ()

    def _shown(self, exchanges: Sequence[Exchange]) -> Shown:
        return messages_for(exchanges, self._site), remember(exchanges), ""


def _offered(value: str | None, choices: Sequence[tuple[str, str]]) -> str:
    """Return a filter that can still be chosen, or none."""
    return value if value and value in {choice for _, choice in choices} else ""


def messages_for(exchanges: Sequence[Exchange], site: Site) -> list[Message]:
    """Return the chat's messages: HTML in which everything from outside is escaped."""
    asked = {exchange.question for exchange in exchanges}
    messages: list[Message] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": question_html(exchange)})
        if exchange.answer is None:
            content: str = f'<div class="va-answer"><p class="va-changed">{_TEXT_CHANGED}</p></div>'
        else:
            content = answer_html(exchange.answer)
            if not isinstance(exchange.answer, Answered):
                content += suggestions_html(site, asked, _SUGGESTED_AFTER_ABSTAINING)
        messages.append({"role": "assistant", "content": content})
    return messages


def question_html(exchange: Exchange) -> str:
    """Return a question as shown, with the filters it was asked under."""
    parts = (exchange.speaker, exchange.document)
    only = ", ".join(isolated_html(part) for part in parts if part)
    within = f'<p class="va-only">only {only}</p>' if only else ""
    asked = escape(on_one_line(exchange.question))
    return f'<div class="va-asked"><h2 dir="auto">{asked}</h2>{within}</div>'


def suggestions_html(site: Site, asked: set[str], count: int) -> Markup:
    """Return some questions that have answers, as links the page's script understands."""
    open_questions = [s.question for s in site.suggestions() if s.question not in asked]
    item = Markup('<li><a class="va-suggested" dir="auto" href="#q">{}</a></li>')
    items = Markup().join(item.format(on_one_line(q)) for q in open_questions[:count])
    heading = "Questions the archive does answer"
    suggestions = Markup('<div class="va-suggestions"><p>{}</p><ul>{}</ul></div>')
    return suggestions.format(heading, items) if items else Markup()


def most_kept(settings: Settings) -> int:
    """Return how many questions a conversation holds before the oldest leaves it."""
    return settings.history_turns + 1


def first_questions(site: Site) -> tuple[str, ...]:
    """Return the questions offered before anything was asked."""
    return tuple(suggested.question for suggested in site.suggestions()[:_SUGGESTED_AT_START])


def first_facts(site: Site) -> list[list[tuple[str, Fact]]]:
    """Return what the archive is, as shown before anything was asked: lines, with captions."""
    facts = about_archive(site.archive)
    lines = ([(CAPTIONS[f.field], f) for f in facts if f.field in line] for line in _ABOUT)
    return [line for line in lines if line]


def speaker_choices(archive: Archive) -> list[tuple[str, str]]:
    """Return everyone who speaks in the archive, as (shown, value)."""
    names = {turn.speaker for transcript in archive for turn in transcript.turns if turn.speaker}
    return [(EVERYONE, ""), *((name, name) for name in sorted(names))]


def document_choices(archive: Archive) -> list[tuple[str, str]]:
    """Return the archive's documents, as (shown, value)."""
    titled = [(on_one_line(transcript.record.title), transcript.id) for transcript in archive]
    return [(ALL_DOCUMENTS, ""), *titled]
