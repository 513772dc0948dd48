"""An application that takes seconds to load, served by one that is there at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import anyio.to_thread
from fastapi import FastAPI, Request
from starlette.types import Receive, Scope, Send

from qa.web.languages import language_of
from qa.web.pages import refusal

_UNAVAILABLE = 503
_log = logging.getLogger("verbatim")


class LateApp:
    """An ASGI application whose requests wait until it has been made in a thread."""

    def __init__(self, make: Callable[[], FastAPI]) -> None:
        """Serve what ``make`` returns."""
        self._make = make
        self._app: FastAPI | None = None
        self._settled = asyncio.Event()
        self._stopped = asyncio.Event()

    async def run(self, after: asyncio.Future[None]) -> None:
        """Make the application once ``after`` is done, and keep it until :meth:`stop`."""
        await asyncio.wait([after])
        try:
            if self._stopped.is_set():
                return
            app = await anyio.to_thread.run_sync(self._make)
            async with app.router.lifespan_context(app):
                self._app = app
                self._settled.set()
                await self._stopped.wait()
        finally:
            self._settled.set()

    def stop(self) -> None:
        """Let the application end."""
        self._stopped.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, as soon as there is something to serve it."""
        await self._settled.wait()
        if self._app is None:
            sentence, language = "The chat cannot be opened here.", language_of(Request(scope))
            response = refusal(_UNAVAILABLE, sentence, html=True, language=language)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)
