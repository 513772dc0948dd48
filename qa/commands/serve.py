"""``verbatim serve``: the web chat, or the museum terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, progress, say
from qa.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    kiosk: Annotated[
        bool, typer.Option("--kiosk", help="Serve only the museum terminal, at /kiosk.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Open the web chat, or the museum terminal, on this machine."""
    from qa.web.server import serve as run

    settings = Settings.load(config, archive=archive, host=host, port=port, kiosk=kiosk or None)
    with progress() as show:
        return run(settings, say, show)
