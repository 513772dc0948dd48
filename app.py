"""Start the web pages: the same as ``verbatim serve``, with the same options."""

from __future__ import annotations

from qa.start import main

if __name__ == "__main__":
    main("serve")
