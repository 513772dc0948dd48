"""Where the process starts and ends; nothing heavy is imported before :func:`main` runs.

Imports take most of the first half second. An interrupt in that time, streams that are closed and
an output that cannot be written must not end in a traceback.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

_INTERRUPTED = 130
_STANDARD_STREAMS = (0, 1, 2)


def main(*first: str) -> NoReturn:
    """Run the command line and end the process with its exit code.

    Args:
        first: arguments put before those of the process.
    """
    # Until there is somebody to catch it, an interrupt ends the process without a word.
    _on_interrupt(signal.SIG_DFL)
    _fill_closed_streams()
    from qa.cli import run_process

    try:
        _on_interrupt(signal.default_int_handler)
        code = run_process([*first, *sys.argv[1:]])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    _on_interrupt(signal.SIG_DFL)
    _drop_what_cannot_be_written()
    sys.exit(code)


def _on_interrupt(handler: signal.Handlers | signal._HANDLER) -> None:
    """Set what an interrupt does, unless whoever started this process wants it ignored."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def _fill_closed_streams() -> None:
    """Keep the numbers of closed streams from being given to files, which prints would end up in.

    ``sys.stdin``, ``sys.stdout`` and ``sys.stderr`` stay None where they were closed.
    """
    for number in _STANDARD_STREAMS:
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)


def _drop_what_cannot_be_written() -> None:
    """Let the interpreter's own last flush succeed; the exit code has said what failed."""
    for stream, number in ((sys.__stdout__, 1), (sys.__stderr__, 2)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
