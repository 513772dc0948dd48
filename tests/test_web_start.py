"""What the server loads before it answers, and what of Gradio it leaves out."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(code: str) -> str:
    """Run ``code`` in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_gradio_is_imported_without_what_takes_long() -> None:
    report = run(
        "import sys\n"
        "from qa.web.lean_gradio import gr\n"
        "import gradio.component_meta as stubs\n"
        "print('mcp' in sys.modules)\n"
        "print(stubs.create_or_modify_pyi.__module__)\n"
        "with gr.Blocks() as blocks: gr.Chatbot()\n"
        "import mcp\n"
        "print(mcp.__name__)\n"
    )
    assert report.split() == ["False", "qa.web.lean_gradio", "mcp"]


def test_what_is_left_out_of_gradio_is_still_called_so() -> None:
    """With another name its import would be slow again, and nothing would say why."""
    gradio = find_spec("gradio")
    assert gradio is not None
    assert gradio.origin is not None
    source = Path(gradio.origin).with_name("component_meta.py").read_text(encoding="utf-8")
    assert "def create_or_modify_pyi(" in source
    assert "create_or_modify_pyi(component_class, name, events)" in source


def test_the_terminal_and_the_interface_for_programs_load_no_gradio() -> None:
    report = run("import sys, qa.web.server; print('gradio' in sys.modules)")
    assert report.split() == ["False"]
