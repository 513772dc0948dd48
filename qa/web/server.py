"""One server: the guard outside, the pages inside, Gradio mounted where it is wanted."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

import anyio.to_thread
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from corpus.archive import Archive, read_shelf
from index.encoder import Progress
from qa.answering import Answerer, Message, answerer_over, silent
from qa.errors import UsageError
from qa.quotes import SourceChangedError
from qa.settings import Settings, program_version
from qa.web.api import api_routes
from qa.web.bodies import Bodies
from qa.web.choices import offered_filters
from qa.web.citations import citation_routes
from qa.web.export import export_routes
from qa.web.feedback import feedback_routes
from qa.web.find import find_routes
from qa.web.guard import LOOPBACK, Guard
from qa.web.kiosk import kiosk_routes
from qa.web.languages import language_of, remembering
from qa.web.late import LateApp
from qa.web.listening import listening
from qa.web.logs import log_to_standard_error
from qa.web.page_words import speaking
from qa.web.pages import ASSETS, page, refusal
from qa.web.policy import Routes
from qa.web.programs import program_routes
from qa.web.site import NotNowError, Site
from qa.web.source import source_routes
from qa.web.turns import BusyError
from qa.web.watching import Watch, told

_RETRY_SECONDS = 5.0
_FEW_FILTERS = 2
"""Lists that stand beside the question always; more are folded until they are wanted."""
_PAGES = (source_routes, citation_routes, export_routes, find_routes)
_log = logging.getLogger("verbatim")


def serve(settings: Settings, say: Message = silent, progress: Progress = silent) -> int:
    """Answer on ``settings.host`` and ``settings.port`` until stopped; return the exit code.

    Args:
        settings: where to listen, and everything else.
        say: told in one sentence if the index has to be built first.
        progress: told how far that is.
    """
    _require_free(settings.host, settings.port)
    site = open_site(settings, say, progress)
    start = "/kiosk" if settings.kiosk else "/"
    print(f"Verbatim Archive: http://{settings.host}:{settings.port}{start}  (Ctrl+C stops it)")
    log_to_standard_error()
    server = uvicorn.Server(listening(build_app(site), settings))
    try:
        server.run()
    except KeyboardInterrupt:
        return 0
    return 0 if server.started else 1


def open_site(settings: Settings, say: Message, progress: Progress) -> Site:
    """Open the archive for serving: without the documents that cannot be used, if there are any.

    Raises:
        CorpusError: none of its documents can be used.
        SearchIndexError: the index cannot be built.
        SettingsError: the calibration cannot be read.
    """
    shelf = read_shelf(settings.archive)
    if not shelf.archive.transcripts:
        raise shelf.faults[0]

    def reopen(archive: Archive) -> Answerer:
        return answerer_over(archive, settings, _log.warning)

    answerer = answerer_over(shelf.archive, settings, say, progress)
    return Site.of(answerer, settings, reopen, left_out=told(shelf))


def _require_free(host: str, port: int) -> None:
    """Say that the address is taken before seconds are spent on loading everything.

    Raises:
        UsageError: it cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # elsewhere it lets two servers share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"Cannot listen on {host}, port {port} ({reason}); choose another with --port."
        ) from error


def build_app(site: Site) -> ASGIApp:
    """Return the whole web application, guarded."""
    settings = site.settings
    functions: dict[int, int] = {}
    chat = LateApp(lambda: _chat_app(site, functions))
    app = FastAPI(
        title="Verbatim Archive",
        version=program_version(),
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(site, None if settings.kiosk else chat),
    )
    app.include_router(api_routes(site))
    for routes in (kiosk_routes, feedback_routes):
        app.include_router(routes(site), include_in_schema=False)
    app.mount("/ui", StaticFiles(directory=ASSETS))
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    if settings.kiosk:
        app.add_api_route("/", lambda: RedirectResponse("/kiosk"), include_in_schema=False)
    else:
        app.include_router(program_routes(site))
        for routes in _PAGES:
            app.include_router(routes(site), include_in_schema=False)
        # Last: what no other route answers is the chat's.
        app.mount("/", chat)
    return Guard(
        app,
        routes=Routes(kiosk=settings.kiosk),
        hosts=_hosts(settings),
        max_body=settings.max_body_bytes,
        rate=site.rate,
        bodies=Bodies(functions),
    )


def _lifespan(
    site: Site, chat: LateApp | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        try:
            site.unanswered.purge()
        except (OSError, ValueError) as error:
            _log.error("Old questions could not be deleted: %s", error)
        warming = asyncio.create_task(anyio.to_thread.run_sync(site.warm_up))
        warming.add_done_callback(_report)
        # After the first question: the two would share one interpreter, and both be late.
        opening = asyncio.create_task(chat.run(warming)) if chat else None
        stop = threading.Event()
        if site.reopen is not None:
            watch = Watch(site, site.reopen)
            threading.Thread(target=watch.run, args=(stop,), name="verbatim-watch").start()
        yield
        stop.set()
        await asyncio.wait([warming])
        if chat and opening:
            chat.stop()
            await asyncio.wait([opening])

    return lifespan


def _report(warming: asyncio.Task[None]) -> None:
    """Say why the first question failed; ``/healthz`` then never says ok."""
    if not warming.cancelled() and warming.exception() is not None:
        _log.error("The first question failed.", exc_info=warming.exception())


def _chat_app(site: Site, functions: dict[int, int]) -> FastAPI:
    """Return the chat; note in ``functions`` how many values each of its functions takes."""
    # Here and not above: a terminal needs no Gradio, and its import takes seconds.
    from qa.web.chat import chat_blocks, first_facts, first_questions, most_kept
    from qa.web.gradio_page import frontend
    from qa.web.lean_gradio import gr

    app = FastAPI(openapi_url=None)
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    loaded = frontend()

    def home(request: Request) -> HTMLResponse:
        language = language_of(request)
        body = page(
            "chat.html",
            frontend=loaded,
            about=first_facts(site, language),
            questions=first_questions(site, language),
            kept=most_kept(site.settings),
            folded=len(offered_filters(site.archive)) > _FEW_FILTERS,
            public_url=site.settings.public_url.rstrip("/"),
            **speaking(language, request.query_params),
        )
        return HTMLResponse(body, headers=remembering(request))

    app.add_api_route("/", home)
    system = ["-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
    blocks = chat_blocks(site)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=gr.themes.Base(font=system, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=1,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        # A function that does not exist is asked for by programs that guess.
        app_kwargs={
            "openapi_url": None,
            "exception_handlers": {KeyError: _invalid, RequestValidationError: _invalid},
        },
    )
    functions.update({number: len(f.inputs) for number, f in blocks.fns.items()})
    return app


def _hosts(settings: Settings) -> frozenset[str]:
    public = urlsplit(settings.public_url).hostname
    return LOOPBACK | {settings.host, *settings.trusted_hosts, *([public] if public else [])}


async def _invalid(request: Request, error: Exception) -> Response:
    sentence = "The request is not understood."
    if isinstance(error, RequestValidationError) and request.url.path.startswith(_FOR_PROGRAMS):
        sentence = f"{sentence} {_misunderstood(error)}"
    return _refusal(request, 422, sentence)


def _misunderstood(error: RequestValidationError) -> str:
    """Return in a sentence which key of a request is wrong, and what was expected."""
    faults = []
    for fault in error.errors()[:_MOST_FAULTS]:
        where = [str(part) for part in fault["loc"] if part not in ("body", "query", "path")]
        key = ".".join(where)[:_LONGEST_KEY] or "the body"
        what = {
            "missing": "is missing",
            "extra_forbidden": "is no key of this request",
            "model_attributes_type": "must be a JSON object",
        }.get(fault["type"], fault["msg"].removeprefix("Input ").removesuffix("."))
        faults.append(f"{key}: {what}" if where else f"{key} {what}")
    return f"{'; '.join(faults)}."


async def _not_now(request: Request, error: Exception) -> Response:
    return _refusal(request, 503, str(error), _RETRY_SECONDS)


async def _busy(request: Request, error: Exception) -> Response:
    if not isinstance(error, BusyError):
        raise error
    return _refusal(request, error.status, str(error), error.retry_after)


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("The request for %s failed.", request.url.path, exc_info=error)
    return _refusal(request, 500, "Something went wrong here. The curator's log says what.")


def _refusal(request: Request, status: int, sentence: str, retry_after: float = 0.0) -> Response:
    html = "text/html" in request.headers.get("accept", "")
    return refusal(status, sentence, retry_after, html=html, language=language_of(request))


_FOR_PROGRAMS = "/api/"
_MOST_FAULTS = 5
_LONGEST_KEY = 60
_HANDLERS = {
    RequestValidationError: _invalid,
    NotNowError: _not_now,
    SourceChangedError: _not_now,
    BusyError: _busy,
    Exception: _failed,
}
