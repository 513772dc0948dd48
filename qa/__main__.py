"""``python -m qa`` is ``verbatim``."""

from qa.cli import main

main()
