"""``python -m qa`` is ``verbatim``."""

from qa.start import main

main()
