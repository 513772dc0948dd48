"""Speed and memory beside a plain sentence-transformers + FAISS loop, as ratios in one run.

``make bench`` prints processor times of one thread, since these do not depend on what else the
machine is doing; cold starts are whole processes, by the clock.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

QUESTIONS = (
    "How many warning shots were fired?",
    "Why did the Soviet pilots not recognise a passenger plane?",
    "What did Mielke think of the way Moscow explained it?",
    "Where were parts of the aircraft found?",
    "Who could not come on the tenth of September, and why?",
    "What is the capital of France?",
)
ROUNDS = 20
COLD_STARTS = 3


def main() -> None:
    """Print every figure with its bound."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from index.passages import View
    from qa.answering import open_answerer, open_or_build, silent
    from qa.asking import Asked
    from qa.settings import Settings

    settings = Settings.load()
    answerer = open_answerer(settings, print)
    index = open_or_build(settings, answerer.archive, print, silent)
    encoder = index.encoder
    embed = per_question(lambda q: encoder.encode_queries([q]))
    search = per_question(lambda q: index.search(q, tuple(View), depth=settings.depth))
    answer = per_question(lambda q: answerer.ask(Asked(q)))
    texts = [t.text[s.start : s.end] for t in answerer.archive for s in t.sentences]
    with tempfile.TemporaryDirectory() as folder:
        bulk, plain, their_seconds, their_memory = plain_loop(Path(folder), texts)
    ours = cold_start([sys.executable, "-m", "qa", "ask", QUESTIONS[0]])
    rows = [
        ("embedding a question", f"{embed * 1e3:.1f} ms of one thread"),
        ("retrieval with it", f"{search * 1e3:.1f} ms (bound 25)"),
        ("whole answer", f"{answer * 1e3:.1f} ms (bound 60)"),
        ("plain loop", f"{plain * 1e3:.1f} ms, {plain / search:.2f} x retrieval"),
        ("embedding passages", f"{bulk:.2f} x the rate of model.encode (bound 1.0)"),
        ("cold start, verbatim ask", f"{ours[0]:.2f} s (bound 3), {ours[1]:.0f} MB (bound 800)"),
        ("cold start, plain loop", f"{their_seconds:.2f} s, {their_memory:.0f} MB"),
    ]
    for name, figures in rows:
        print(f"{name:26}{figures}")
    print(f"load average               {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def per_question(call: Callable[[str], object]) -> float:
    """Return the median processor time of one call, in seconds."""
    for question in QUESTIONS:
        call(question)
    times = []
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            started = time.process_time()
            call(question)
            times.append(time.process_time() - started)
    return statistics.median(times)


def plain_loop(folder: Path, texts: Sequence[str]) -> tuple[float, float, float, float]:
    """Compare with sentence-transformers over the same model and passages.

    Returns:
        Our rate of embedding passages over theirs, on all threads, the two in turn; the processor
        seconds of one of their questions; seconds and memory in MB of one of their cold starts.
    """
    sys.path.insert(0, str(Path(__file__).parent))
    from plain import write_model

    from index.e5_encoder import E5Encoder

    write_model(folder)
    passages = folder / "passages.json"
    passages.write_text(json.dumps(texts), encoding="utf-8")
    script = Path(__file__).with_name("plain.py")
    command = [sys.executable, str(script), str(folder), str(passages), *QUESTIONS]
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    ours = E5Encoder("multilingual-e5-small", 32)
    ours.encode_passages(texts[:32], _unheard)
    ratios, questions = [], []
    for _ in range(COLD_STARTS):
        started = time.perf_counter()
        ours.encode_passages(texts, _unheard)
        bulk = time.perf_counter() - started
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        theirs = json.loads(done.stdout.splitlines()[-1])
        ratios.append(theirs["bulk"] / bulk)
        questions.append(theirs["question"])
    alone = folder / "alone.py"
    alone.write_text(
        f"import sys\nsys.path.insert(0, {str(script.parent)!r})\n"
        "from pathlib import Path\nfrom plain import open_model\n"
        f"open_model(Path({str(folder)!r})).encode(['query: a'])\n",
        encoding="utf-8",
    )
    seconds, memory = cold_start([sys.executable, str(alone)])
    return statistics.median(ratios), statistics.median(questions), seconds, memory


def _unheard(_what: str, _done: int, _all: int) -> None:
    """Take a report of progress and say nothing."""


def cold_start(command: list[str]) -> tuple[float, float]:
    """Return median seconds and greatest memory in MB of whole processes."""
    import resource

    seconds = []
    for _ in range(COLD_STARTS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), _peak(command, resource.RUSAGE_CHILDREN)


def _peak(command: list[str], who: int) -> float:
    script = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], check=True, capture_output=True); "
        f"print(resource.getrusage({who}).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
