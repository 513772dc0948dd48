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
import time
from collections.abc import Callable
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

PLAIN = """
import faiss, numpy, torch
torch.set_num_threads(1)
from sentence_transformers import SentenceTransformer
from index.models import model_source
from corpus.archive import open_archive, shipped_folder
model = SentenceTransformer(model_source("all-MiniLM-L6-v2"), device="cpu")
"""


def main() -> None:
    """Print every figure with its bound."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from index.passages import View
    from qa.answering import open_answerer, open_or_build, silent
    from qa.settings import Settings

    settings = Settings.load()
    answerer = open_answerer(settings, print)
    index = open_or_build(settings, answerer.archive, print, silent)
    encoder = index.encoder
    embed = per_question(lambda q: encoder.encode_queries([q]))
    search = per_question(lambda q: index.search(q, tuple(View), depth=settings.depth))
    answer = per_question(answerer.ask)
    plain = plain_loop()
    rows = [
        ("embedding a question", f"{embed * 1e3:.1f} ms of one thread"),
        (
            "retrieval with it",
            f"{search * 1e3:.1f} ms, {search / embed:.2f} x embedding (bound 2.5)",
        ),
        ("whole answer", f"{answer * 1e3:.1f} ms, {answer / embed:.2f} x embedding"),
        ("plain loop", f"{plain * 1e3:.1f} ms, {plain / search:.2f} x retrieval"),
    ]
    ours = cold_start([sys.executable, "-m", "qa", "ask", QUESTIONS[0]])
    theirs = cold_start([sys.executable, "-c", PLAIN + "model.encode(['a'])"])
    rows += [
        ("cold start, verbatim ask", f"{ours[0]:.2f} s (bound 2), {ours[1]:.0f} MB (bound 400)"),
        ("cold start, plain loop", f"{theirs[0]:.2f} s, {theirs[1]:.0f} MB"),
        (
            "ratio",
            f"{ours[0] / theirs[0]:.2f} of the time, {ours[1] / theirs[1]:.2f} of the memory",
        ),
    ]
    for name, figures in rows:
        print(f"{name:26}{figures}")


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


def plain_loop() -> float:
    """Return the same for sentence-transformers with one flat FAISS index of all sentences."""
    script = PLAIN + (
        "import json, statistics, sys, time\n"
        "transcript = open_archive(shipped_folder()).transcripts[0]\n"
        "texts = [transcript.text[s.start:s.end] for s in transcript.sentences]\n"
        "vectors = model.encode(texts, normalize_embeddings=True)\n"
        "flat = faiss.IndexFlatIP(vectors.shape[1])\n"
        "flat.add(vectors)\n"
        "times = []\n"
        "for question in json.loads(sys.argv[1]) * int(sys.argv[2]):\n"
        "    started = time.process_time()\n"
        "    flat.search(model.encode([question], normalize_embeddings=True), 10)\n"
        "    times.append(time.process_time() - started)\n"
        "print(statistics.median(times[6:]))\n"
    )
    command = [sys.executable, "-c", script, json.dumps(QUESTIONS), str(ROUNDS)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


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
