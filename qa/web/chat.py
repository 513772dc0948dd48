"""The researchers' chat: Gradio components, and nothing kept between two questions.

What was asked lives in a hidden field of the visitor's page as references into the archive (see
:mod:`qa.web.conversation`); every answer is rendered from them anew. So a reload restores the
chat, undoing is cutting a list, and the chatbot is never sent back to the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from gettext import NullTranslations
from html import escape

from qa.about import CAPTIONS, Fact, about_archive
from qa.answers import Answer, Answered, Possible
from qa.asking import Asked
from qa.catalogue import catalogue as facts_for
from qa.errors import UsageError
from qa.quotations.asked import asked_about
from qa.quotes import QuoteError
from qa.render.directions import isolated_html
from qa.render.languages import catalogue
from qa.render.verbatim import on_one_line
from qa.render.words import BY_ITSELF, connection
from qa.settings import Settings
from qa.web.choices import (
    Choices,
    collection_choices,
    document_choices,
    offered_filters,
    since_choices,
    speaker_choices,
    until_choices,
    within_chosen,
    within_words,
)
from qa.web.conversation import ConversationError, Exchange, recall, remember
from qa.web.judged import judged_html
from qa.web.languages import language_of
from qa.web.leading import Question, as_question, as_suggested, leading_on
from qa.web.lean_gradio import gr
from qa.web.site import NotNowError, Site
from qa.web.turns import BusyError, client_of

_SUGGESTED_AT_START = 6
_ABOUT = (("title",), ("date", "place", "kind"), ("participant",), ("documents", "speakers"))
_NEXT = 3
_SESSIONS = 200
_QUEUE = 40
_TEXT_CHANGED = "The text of this document has changed since it was quoted here. Please ask again."
_ENGLISH = "en"

Message = dict[str, str]
Shown = tuple[list[Message], str, str]
ShownFiltered = tuple[object, ...]
"""What is shown, and then the filters."""


def chat_blocks(site: Site) -> gr.Blocks:
    """Return the chat; the page around it is ``templates/chat.html``."""
    blocks: gr.Blocks
    offered = offered_filters(site.archive)
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
                    speaker_choices(site.archive, _ENGLISH),
                    value="",
                    label="Speaker",
                    elem_id="va-speaker",
                )
                document = gr.Dropdown(
                    document_choices(site.archive, _ENGLISH),
                    value="",
                    label="Document",
                    elem_id="va-document",
                    visible="document" in offered,
                )
                collection = gr.Dropdown(
                    collection_choices(site.archive, _ENGLISH),
                    value="",
                    label="Collection",
                    elem_id="va-collection",
                    visible="collection" in offered,
                )
                since, until = (
                    gr.Dropdown(
                        choices(site.archive, _ENGLISH),
                        value="",
                        label=label,
                        elem_id=name,
                        visible="since" in offered,
                    )
                    for choices, label, name in (
                        (since_choices, "From", "va-since"),
                        (until_choices, "Until", "va-until"),
                    )
                )
                gr.Button("Restrict", elem_id="va-restrict", min_width=96)
                undo = gr.Button("Undo last", elem_id="va-undo", min_width=96)
                clear = gr.Button("Start over", elem_id="va-clear", min_width=96)
        number = gr.Textbox(value="", visible="hidden", elem_id="va-alone-number", label="Number")
        alone = gr.Button("Ask alone", visible="hidden", elem_id="va-ask-alone")
        restore = gr.Button("Restore", visible="hidden", elem_id="va-restore")
        choices = gr.Button("Choices", visible="hidden", elem_id="va-choices")

        shown = [log, memory, question]
        filters = [speaker, document, collection, since, until]
        on = _Handlers(site)
        for triggers, answers, asked, visibility in (
            ([question.submit, ask.click], on.ask, [question, memory, *filters], "public"),
            ([alone.click], on.ask_alone, [number, memory], "private"),
        ):
            gr.on(
                triggers,
                answers,
                asked,
                shown,
                api_name="ask" if visibility == "public" else None,
                api_visibility=visibility,
                show_progress="hidden",
                concurrency_limit=None,  # the site has a queue that is fair
                trigger_mode="once",
                preprocess=False,
            )
        for button, handler in ((undo, on.undo), (restore, on.restore), (clear, on.clear)):
            button.click(
                handler,
                [question, memory],
                [*shown, *filters],
                api_visibility="private",
                show_progress="hidden",
                concurrency_limit=4,
                preprocess=False,
            )
        choices.click(
            on.choices,
            [],
            filters,
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=4,
        )
    blocks.queue(max_size=_QUEUE, api_open=False)
    blocks.state_session_capacity = _SESSIONS
    return blocks


class _Handlers:
    """What the buttons do: messages, memory, text of the question field, perhaps the filters."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(
        self,
        question: str,
        memory: str,
        speaker: str,
        document: str,
        collection: str,
        since: str,
        until: str,
        request: gr.Request,
    ) -> Shown:
        """Answer a question in the light of those before it."""
        exchanges = self._recall(memory)
        if not (question or "").strip():
            with self._turn(request):
                return self._shown(exchanges, language_of(request))
        with self._told(request):
            within = within_chosen(collection, since, until)
            asked = Asked(
                question, speaker=speaker or None, document=document or None, within=within
            )
            return self._asked(asked, exchanges, exchanges, request)

    def ask_alone(self, number: str, memory: str, request: gr.Request) -> Shown:
        """Ask a question of the conversation again as if nothing had been asked before.

        What it was restricted to then is what it is restricted to, whatever is chosen now.
        """
        exchanges = self._recall(memory)
        numbered = {str(place): exchange for place, exchange in enumerate(exchanges)}
        found = numbered.get(number)
        if found is None:
            with self._turn(request):
                return self._shown(exchanges, language_of(request))
        with self._told(request):
            return self._asked(found.asked, exchanges, (), request)

    @contextmanager
    def _told(self, request: gr.Request) -> Iterator[None]:
        """Say in the language of the page why a question is not answered."""
        try:
            yield
        except (UsageError, NotNowError, QuoteError) as error:
            sentence = catalogue(language_of(request)).gettext(str(error))
            raise gr.Error(sentence, print_exception=False) from error

    def _asked(
        self,
        asked: Asked,
        exchanges: Sequence[Exchange],
        before: Sequence[Exchange],
        request: gr.Request,
    ) -> Shown:
        """Answer what is asked, after ``before``, and add it to the conversation."""
        answer = self._answer(asked, before, client_of(request))
        latest = Exchange(answer.question, asked.speaker, asked.document, answer, asked.within)
        kept = (*exchanges, latest)[-most_kept(self._site.settings) :]
        if not exchanges and asked_about(answer.question) is None:
            return self._shown(kept, language_of(request))
        with self._turn(request):
            return self._shown(kept, language_of(request))

    def _answer(self, asked: Asked, before: Sequence[Exchange], client: str) -> Answer:
        """Answer; suggested questions asked in translation are shown as they were asked."""
        suggested = self._site.suggestions()
        history = tuple(as_suggested(one.question, suggested) for one in before)
        own = as_suggested(asked.question, suggested)
        answer = self._site.ask(replace(asked, question=own, history=history), client)
        if answer.asked_as is not None:
            leant = replace(answer.asked_as, earlier=on_one_line(before[-1].question))
            answer = replace(answer, asked_as=leant)
        if own == asked.question:
            return answer
        return replace(answer, question=on_one_line(asked.question))

    def undo(self, question: str, memory: str, request: gr.Request) -> ShownFiltered:
        """Take the last question back into the field, with the filters it was asked under."""
        with self._turn(request):
            exchanges = self._recall(memory)
            asked = exchanges[-1].question if exchanges else question
            return self._filtered(exchanges[:-1], asked, exchanges[-1:], language_of(request))

    def restore(self, question: str, memory: str, request: gr.Request) -> ShownFiltered:
        """Show what the page remembered before it was loaded again."""
        with self._turn(request):
            exchanges = self._recall(memory)
            return self._filtered(exchanges, question, exchanges[-1:], language_of(request))

    @contextmanager
    def _turn(self, request: gr.Request) -> Iterator[None]:
        """Wait for the visitor's turn: a page may remember hundreds of long quotes."""
        try:
            with self._site.turns.turn(client_of(request)):
                yield
        except BusyError as error:
            sentence = catalogue(language_of(request)).gettext(str(error))
            raise gr.Error(sentence, print_exception=False) from error

    def clear(self, question: str, memory: str, request: gr.Request) -> ShownFiltered:
        """Forget the conversation."""
        del question, memory
        return self._filtered((), "", (), language_of(request))

    def choices(self, request: gr.Request) -> tuple[object, ...]:
        """Offer the filters in the language of the page."""
        return tuple(gr.update(choices=some) for some in self._choices(language_of(request)))

    def _choices(self, language: str) -> tuple[Choices, ...]:
        """Return what each filter offers."""
        archive = self._site.archive
        return tuple(
            choices(archive, language)
            for choices in (
                speaker_choices,
                document_choices,
                collection_choices,
                since_choices,
                until_choices,
            )
        )

    def _filtered(
        self,
        exchanges: Sequence[Exchange],
        question: str,
        last: Sequence[Exchange],
        language: str,
    ) -> ShownFiltered:
        messages, kept, _ = self._shown(exchanges, language)
        chosen = last[0].filters if last else ("",) * 5
        filters = (
            gr.update(choices=choices, value=_offered(value, choices))
            for value, choices in zip(chosen, self._choices(language), strict=True)
        )
        return (messages, kept, question, *filters)

    def _recall(self, memory: str) -> tuple[Exchange, ...]:
        try:
            return recall(memory, self._site.archive)
        except ConversationError:
            # Left in the tab by another release, or changed by hand: nothing can be shown of it,
            # and the visitor could not get rid of it.
            return ()

    def _shown(self, exchanges: Sequence[Exchange], language: str) -> Shown:
        return messages_for(exchanges, self._site, language), remember(exchanges), ""


def _offered(value: str, choices: Choices) -> str:
    """Return a filter that can still be chosen, or none."""
    return value if value in {choice for _, choice in choices} else ""


def messages_for(
    exchanges: Sequence[Exchange], site: Site, language: str = _ENGLISH
) -> list[Message]:
    """Return the chat's messages: HTML in which everything from outside is escaped."""
    asked = [exchange.question for exchange in exchanges]
    words = catalogue(language)
    messages: list[Message] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": question_html(exchange, language)})
        if exchange.answer is None:
            changed = escape(words.gettext(_TEXT_CHANGED))
            content = f'<div class="va-answer"><p class="va-changed">{changed}</p></div>'
        else:
            answer = in_language(exchange, exchange.answer, site, language)
            content = str(judged_html(site, exchange.question, answer, language))
            if not isinstance(exchange.answer, Answered):
                following = leading_on(site, exchange.answer, asked, language, _NEXT)
                content += suggestions_html(following, words)
        messages.append({"role": "assistant", "content": content})
    return messages


def in_language(exchange: Exchange, answer: Answer, site: Site, language: str) -> Answer:
    """Return an answer with what the records say as they say it in a language."""
    if isinstance(answer, Possible) or not answer.catalogue:
        return answer
    asked = replace(exchange.asked, speaker=None)
    return replace(
        answer, catalogue=facts_for(asked, site.archive, language, catalogue(language).gettext)
    )


def question_html(exchange: Exchange, language: str) -> str:
    """Return a question as shown, with what it was asked under and in connection with."""
    words = catalogue(language)
    only = only_html(exchange, language)
    within = f'<p class="va-only">{only}</p>' if only else ""
    asked = escape(on_one_line(exchange.question))
    again = escape(words.gettext("Edit and ask again"))
    edit = f'<button type="button" class="va-edit">{again}</button>'
    leant = connected_html(exchange.answer, language) if exchange.answer else ""
    return f'<div class="va-asked"><h2 dir="auto">{asked}</h2>{within}{leant}{edit}</div>'


def only_html(exchange: Exchange, language: str) -> str:
    """Return to what a question was restricted; empty where to nothing."""
    parts = tuple(isolated_html(one) for one in (exchange.speaker, exchange.document) if one)
    what = ", ".join((*parts, *within_words(exchange.within, language, isolated_html)))
    only = escape(catalogue(language).gettext("only {what}"))
    return only.replace("{what}", what) if what else ""


def connected_html(answer: Answer, language: str) -> str:
    """Return with which question before it a question was searched, and a way to drop that."""
    said = connection(answer, language, isolated_html)
    if not said:
        return ""
    alone = escape(catalogue(language).gettext(BY_ITSELF))
    drop = f'<button type="button" class="va-alone">{alone}</button>'
    return f'<p class="va-connected">{said} {drop}</p>'


def suggestions_html(questions: Sequence[Question], words: NullTranslations) -> str:
    """Return questions that have answers, as links the page's script understands."""
    items = "".join(
        f'<li><a class="va-suggested" dir="auto" lang="{escape(question.lang)}" href="#q">'
        f"{escape(on_one_line(question.shown))}</a></li>"
        for question in questions
    )
    if not items:
        return ""
    heading = escape(words.gettext("Questions the archive does answer"))
    return f'<div class="va-suggestions"><p>{heading}</p><ul>{items}</ul></div>'


def most_kept(settings: Settings) -> int:
    """Return how many questions a conversation holds before the oldest leaves it."""
    return settings.history_turns + 1


def first_questions(site: Site, language: str) -> tuple[Question, ...]:
    """Return the questions offered before anything was asked."""
    return tuple(as_question(one, language) for one in site.suggestions()[:_SUGGESTED_AT_START])


def first_facts(site: Site, language: str) -> list[list[tuple[str, Fact]]]:
    """Return what the archive is, as shown before anything was asked: lines, with captions."""
    say = catalogue(language).gettext
    facts = about_archive(site.archive)
    lines = ([(say(CAPTIONS[f.field]), f) for f in facts if f.field in line] for line in _ABOUT)
    return [line for line in lines if line]
