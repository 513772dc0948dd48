"""Gradio, imported without what takes most of the time of its import and serves nobody here.

Gradio writes type stubs for editors beside its own modules whenever it is imported, and imports
the protocol for language models where that is installed. Both are left out; where another release
of Gradio does it otherwise, only the time is lost.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

_STUBS = "gradio.component_meta"
_WRITES_STUBS = "create_or_modify_pyi"
_LEFT_OUT = "mcp"


class _WithoutStubs(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        setattr(module, _WRITES_STUBS, lambda *_: None)


class _Finder(MetaPathFinder):
    """Finds modules for the thread that imports Gradio, and for no other."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del target
        if threading.get_ident() != self._thread:
            return None
        if fullname == _LEFT_OUT:
            raise ModuleNotFoundError(f"{fullname} is left out while Gradio is imported.")
        if fullname != _STUBS:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _WithoutStubs(spec.loader.name, spec.loader.path)
        return spec


@contextmanager
def _lean() -> Iterator[None]:
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


# Read by Gradio when it is imported. That it reports nothing is seen to by index.offline.
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")
with _lean():
    import gradio as gr

__all__ = ["gr"]
