"""``verbatim describe draft``: optional, and never more than a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.render.terminal import tell, visible


def draft(
    *,
    document: Annotated[str, typer.Argument(help="Id of the document.")],
    url: Annotated[
        str,
        typer.Option(
            envvar="VERBATIM_DRAFT_URL",
            help="Base URL of an OpenAI-compatible interface, ending in /v1 as a rule.",
        ),
    ],
    model: Annotated[
        str, typer.Option(envvar="VERBATIM_DRAFT_MODEL", help="Name of the model there.")
    ],
    key: Annotated[
        str,
        typer.Option(
            envvar="VERBATIM_DRAFT_KEY",
            help="Key, if one is needed; better in the environment than on the command line.",
            show_default=False,
        ),
    ] = "",
    languages: Annotated[
        str, typer.Option(help="Languages of the questions, separated by commas.")
    ] = "en",
    questions: Annotated[int, typer.Option(min=1, help="Questions for each passage.")] = 6,
    gaps: Annotated[int, typer.Option(min=0, help="Known gaps for each stretch.")] = 2,
    sentences: Annotated[int, typer.Option(min=1, help="Most sentences in a stretch.")] = 4,
    context: Annotated[int, typer.Option(min=0, help="Sentences shown before and after.")] = 6,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many stretches; all by default.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Most seconds for one answer.")] = 120.0,
    attempts: Annotated[int, typer.Option(min=1, help="Attempts for each answer.")] = 3,
    archive: Annotated[
        Path | None, typer.Option(help="Folder of the transcripts; the configured one by default.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file (TOML).")] = None,
) -> None:
    """Let a language model draft entries for sentences that none covers.

    Sends these sentences, and those around them, to the address you give. Everything it writes is
    marked 'model-drafted' and reviewed by nobody until you say so with 'review'.
    """
    from qa.describe.aid_file import open_aid
    from qa.describe.chat import Chat, Endpoint
    from qa.describe.coverage import coverage, stretches
    from qa.describe.drafting import draft_into
    from qa.describe.prompts import Wanted
    from qa.settings import Settings

    endpoint = Endpoint(url.rstrip("/"), model, key, timeout, attempts)
    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    wanted = Wanted(questions, gaps, codes, context)
    aid = open_aid(Settings.load(config, archive=archive).archive, document)
    left_out = coverage(aid.transcript, [part for _, part in aid.lines]).left_out
    todo = stretches(left_out, sentences)[:limit]
    if not todo:
        tell("Every sentence is covered; there is nothing to draft.")
    with Chat(endpoint) as chat:
        draft_into(aid, todo, chat, wanted, attempts=attempts, say=tell, warn=_warn)


def _warn(sentence: str) -> None:
    print(visible(sentence), file=sys.stderr)
