"""``verbatim mcp``: the archive as tools for a language model, on standard input and output."""

from __future__ import annotations

import sys

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, say
from qa.errors import UsageError


def serve_tools(archive: ArchiveOption = None, config: ConfigOption = None) -> int:
    """Serve the archive as tools to a language model, by the Model Context Protocol.

    The program that runs the model starts this command and speaks with it on standard input and
    output; nothing listens on the network.
    """
    if sys.stdin is None:
        raise UsageError("Standard input is closed; let the program that runs the model open it.")
    from qa.archive import Archive
    from qa.tools import tool_server

    tool_server(Archive.open(archive, config=config, say=say)).run("stdio")
    return Exit.DONE
