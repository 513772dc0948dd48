"""Start the web pages: the same as ``verbatim serve``, with the same options."""

from __future__ import annotations

import sys

from qa.cli import run_command

if __name__ == "__main__":
    sys.exit(run_command(["serve", *sys.argv[1:]]))
