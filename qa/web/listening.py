"""How the server listens: its limits on connections, and what it writes about itself."""

from __future__ import annotations

import uvicorn
from starlette.types import ASGIApp

from qa.settings import Settings
from qa.web.connections import Connections, guarded_protocol

_KEEP_ALIVE_SECONDS = 20
_SHUTDOWN_SECONDS = 3


def listening(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Return the configuration under which ``app`` is served."""
    connections = Connections(
        most=settings.max_connections,
        most_each=settings.max_connections_each,
        proxies=settings.trusted_proxies,
    )
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=guarded_protocol(connections),
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
    )
