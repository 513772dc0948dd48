"""Quotations made from documents by a seed: altered ones, and untouched ones as print shows them.

``python tests/quotations_made.py [COUNT [SEED]] FOLDER...`` prints the table of kinds by verdicts.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.archive import open_archive
from corpus.transcript import Layer, Sentence, Transcript
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Check, Flag, Verdict
from quotations_told import NARRATOR, OWN, PERSON, THIRD, told

_NUMBER = re.compile(r"\b\d[\d,]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_NOT = re.compile(r"\b(not|never|no) |n['’]t\b")
_VERB = re.compile(r"\b(is|are|was|were|will|would|can|could|have|has|had|should)\b(?! not)")
_REPORTS = re.compile(
    r"^(?:(?!\b(?:I|you|we|You|We)\b)[^,;:]){0,60}?"
    r"\b(?P<who>he|she|they|He|She|They|press|pilots|[A-Z][a-z]+)(?: all| also| just)? "
    r"(?:said|says|say|declared|believes?|thinks?|claimed)(?: that)? (?P<rest>.{25,})"
)
_NO_SUBJECTS = "I We You There So Do And But Tactically Why".split()
_NAMES = ("Brezhnev", "Callaghan", "Mondale", "Ceausescu", "Palme", "Trudeau")
_TURNS = re.compile(
    r"\b(?:(?P<negation>not|no|never|nobody|nothing|none|neither|nor|cannot|without|\w+n['’]t)"
    r"|if|unless|whether)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"(?<=\b(?:of|to|in)) (?=(?!doubt|never)[a-z]{4})")
"""Where words may be written together, and no negation is lost."""
_FEWEST = 5
_DROPPED = (3, 9)
_KEPT = 3
"""Words kept on both sides of those dropped."""


@dataclass(frozen=True)
class Made:
    """A quotation with what it was made from.

    Attributes:
        kind: in the table.
        text: the quotation.
        speaker: the person stated.
        source: the words that it was made from.
        matches: whether that person is right.
        document: the one to look in; None for all.
    """

    kind: str
    text: str
    speaker: str
    source: str
    matches: bool | None = True
    document: Transcript | None = None


def speeches(transcript: Transcript) -> list[tuple[Sentence, str, str]]:
    """Return sentences of established speakers with their words on one line."""
    found = []
    for sentence in transcript.sentences:
        speaker = transcript.turns[sentence.turn - 1].speaker if sentence.turn else None
        words = " ".join(transcript.text[sentence.start : sentence.end].split())
        long_enough = len(words.split()) >= _FEWEST and not sentence.breaks_off
        if speaker and sentence.layer is Layer.SPEECH and long_enough and "[" not in words:
            found.append((sentence, speaker, words))
    return found


def altered(transcripts: Sequence[Transcript], count: int, seed: int) -> list[Made]:
    """Return quotations that nobody said, each kind as often as the documents allow.

    What the documents say elsewhere word for word is none.
    """
    chance = random.Random(seed)
    every = [" ".join(transcript.text.split()).casefold() for transcript in transcripts]

    def count_of(words: str) -> int:
        return sum(text.count(words.casefold()) for text in every)

    pools = [
        [m for m in _one_kind(kind, transcripts, chance) if count_of(m.text) < 2] for kind in _KINDS
    ]
    pools += _told(transcripts, (NARRATOR, PERSON, THIRD), count, chance)
    return _evenly(pools, count, chance)


def untouched(transcripts: Sequence[Transcript], count: int, seed: int) -> list[Made]:
    """Return quotations with other signs and the same words."""
    chance = random.Random(seed)
    pools: list[list[Made]] = []
    for kind, change in _NOISE.items():
        pool = []
        for transcript in transcripts:
            for sentence, speaker, words in speeches(transcript):
                raw = transcript.text[sentence.start : sentence.end]
                changed = change(raw, words, chance)
                if changed is not None:
                    pool.append(Made(kind, changed, speaker, words))
        pools.append(pool)
    pools += _told(transcripts, (OWN,), count, chance)
    return _evenly(pools, count, chance)


def _told(
    transcripts: Sequence[Transcript], kinds: Sequence[str], count: int, chance: random.Random
) -> list[list[Made]]:
    sentences = [words for one in transcripts for _, _, words in speeches(one)]
    found = told(sentences, count // 8, chance)
    return [
        [
            Made(kind, one.text, one.speaker, one.turn, one.matches, one.document)
            for one in found
            if one.kind == kind
        ]
        for kind in kinds
    ]


def _evenly(pools: list[list[Made]], count: int, chance: random.Random) -> list[Made]:
    for pool in pools:
        chance.shuffle(pool)
    found: list[Made] = []
    while len(found) < count and any(pools):
        for pool in pools:
            if pool and len(found) < count:
                found.append(pool.pop())
    return found


def _one_kind(
    kind: str, transcripts: Sequence[Transcript], chance: random.Random
) -> Iterator[Made]:
    for transcript in transcripts:
        said = speeches(transcript)
        for at, (_, speaker, words) in enumerate(said):
            yield from _KINDS[kind](kind, said, at, speaker, words, chance)


def _negated(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    if found := _NOT.search(words):
        yield Made(kind, words[: found.start()] + words[found.end() :], speaker, words)
    elif verb := _VERB.search(words):
        yield Made(kind, f"{words[: verb.end()]} not{words[verb.end() :]}", speaker, words)


def _numbered(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    if found := _NUMBER.search(words):
        other = str(int(found[0].replace(",", "")) + chance.choice((1, 10, 100)))
        yield Made(kind, words[: found.start()] + other + words[found.end() :], speaker, words)


def _renamed(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    if found := _NAME.search(words):
        name = chance.choice([name for name in _NAMES if name not in words])
        yield Made(kind, words[: found.start()] + name + words[found.end() :], speaker, words)


def _misattributed(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    others = {who for _, who, text in said if text == words}
    every = sorted({who for _, who, _ in said} - others)
    if every:
        yield Made(kind, words, chance.choice(every), words, matches=False)


def _halved(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    _, _, other = chance.choice(said)
    one, two = words.split(), other.split()
    if other != words and len(one) > 7 and len(two) > 7:
        text = " ".join(one[: len(one) // 2] + two[len(two) // 2 :])
        yield Made(kind, text, speaker, f"{words} | {other}")


def _cut(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    found = re.search(r"\b(?:not|never|cannot|if|unless|whether)\s+(?=\S+(?:\s+\S+){3})", words)
    if found and not re.search(r"\b(?:even|as|only) (?:if|whether)", words):
        rest = words[found.end() :].rstrip(".?!")
        kept = re.split(r"[,;:–—-]\s", rest)[0]
        if len(kept.split()) > 3 and found[0].strip() not in ("if", "unless", "whether"):
            yield Made(kind, kept, speaker, words)
    conditional = re.fullmatch(r"(?:If|Unless) [^,;]+, (?P<rest>[^,;:]{20,})", words)
    if conditional:
        yield Made(kind, conditional["rest"], speaker, words)


def _dropped(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    one = words.split()
    count = chance.randrange(*_DROPPED)
    turning = [n for n, word in enumerate(one) if _TURNS.search(word)]
    starts = [
        start
        for start in range(_KEPT, len(one) - count - _KEPT + 1)
        if any(start <= n < start + count for n in turning)
    ]
    if starts and len(one) >= 3 * count:
        start = chance.choice(starts)
        left_out = _TURNS.finditer(" ".join(one[start : start + count]))
        turned = any(found["negation"] for found in left_out)
        text = " ".join(one[:start] + one[start + count :])
        yield Made(f"{kind}: {'negation' if turned else 'condition'}", text, speaker, words)


def _passed_on(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    found = _REPORTS.match(words)
    if found and found["who"] not in (*_NO_SUBJECTS, speaker):
        yield Made(kind, found["rest"], speaker, words)


def _stated(kind, said, at, speaker, words, chance):  # type: ignore[no-untyped-def]
    if words.endswith("?"):
        yield Made(kind, words.rstrip("?") + chance.choice((".", ",", "!")), speaker, words)


_KINDS = {
    "negation": _negated,
    "number": _numbered,
    "name": _renamed,
    "wrong speaker": _misattributed,
    "stitched": _halved,
    "cut": _cut,
    "dropped": _dropped,
    "reported": _passed_on,
    "question": _stated,
}


def _quotes(raw: str, words: str, chance: random.Random) -> str:
    return "“" + words.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'}) + "”"


def _curled(raw: str, words: str, chance: random.Random) -> str:
    return "»" + words.replace("'", "’").replace('"', "”") + "«"


def _wrapped(raw: str, words: str, chance: random.Random) -> str:
    parts = words.split(" ")
    at = chance.randrange(1, len(parts))
    return " ".join(parts[:at]) + "\n" + " ".join(parts[at:])


def _hyphened(raw: str, words: str, chance: random.Random) -> str | None:
    long = [m for m in re.finditer(r"[a-z]{7,}", words)]
    if not long:
        return None
    at = (found := chance.choice(long)).start() + (found.end() - found.start()) // 2
    return f"{words[:at]}-\n{words[at:]}"


def _shouted(raw: str, words: str, chance: random.Random) -> str:
    return words.upper() if chance.random() < 0.5 else words.lower()


def _ended(raw: str, words: str, chance: random.Random) -> str | None:
    if words.endswith("?"):
        return None  # another sign makes a statement of it
    return words.rstrip(".!?") + chance.choice((",", "", "…", "!", " ."))


def _dashed(raw: str, words: str, chance: random.Random) -> str | None:
    changed = words.replace(" – ", " - ").replace("—", " -- ").replace(", ", " , ")
    return changed if changed != words else None


def _spaced(raw: str, words: str, chance: random.Random) -> str:
    return words.replace(" ", chance.choice(("\u00a0", "  ", "\u2009")))


def _ligatures(raw: str, words: str, chance: random.Random) -> str | None:
    changed = words.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")
    return changed if changed != words else None


def _misread(raw: str, words: str, chance: random.Random) -> str | None:
    found = re.search(r"(?<=[a-z])[lo](?=[a-z])", words)
    return (
        words[: found.start()] + {"l": "1", "o": "0"}[found[0]] + words[found.end() :]
        if found
        else None
    )


def _together(raw: str, words: str, chance: random.Random) -> str | None:
    places = [m.start() for m in _APART.finditer(words)]
    return words[: places[0]] + words[places[0] + 1 :] if places else None


_NOISE: dict[str, Callable[[str, str, random.Random], str | None]] = {
    "as it stands": lambda raw, words, chance: raw,
    "straight quotes": _quotes,
    "guillemets": _curled,
    "line break": _wrapped,
    "hyphen": _hyphened,
    "capitals": _shouted,
    "last sign": _ended,
    "dashes, commas": _dashed,
    "spaces": _spaced,
    "ligatures": _ligatures,
    "misread letter": _misread,
    "words together": _together,
}


def table(judge: Judge, quotations: Sequence[Made]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Return how often each kind met each verdict, and the failures in sentences.

    The verdict of words that somebody else says is written ``exact, not the speaker``.
    """
    counts: Counter[tuple[str, str]] = Counter()
    failures = []
    judges = {id(one): Judge((one,)) for made in quotations if (one := made.document)}
    for made in quotations:
        found = judges.get(id(made.document), judge).check(made.text, made.speaker)
        other = {False: ", not the speaker", None: ", not established", True: ""}
        counts[made.kind, found.verdict.value + other[found.speaker_matches]] += 1
        if wrong := fault(made, found):
            failures.append(
                f"{made.kind}: {wrong}: {made.text!r} ({made.speaker}) of {made.source!r}"
            )
    return counts, failures


def fault(made: Made, found: Check) -> str:
    """Return what is wrong with a verdict; empty where nothing is."""
    has_words = found.verdict in (Verdict.EXACT, Verdict.SAME_WORDS)
    got = f"{found.verdict.value}, {found.speaker_matches}, {[flag.value for flag in found.flags]}"
    if made.kind in (NARRATOR, PERSON, THIRD, OWN):
        is_reported = Flag.REPORTED in found.flags
        passed_on = is_reported or made.kind == OWN
        return "" if has_words and passed_on and found.speaker_matches is made.matches else got
    if made.kind in _NOISE:
        if not has_words:
            return found.verdict.value
        return "" if found.speaker_matches is True else "speaker not matched"
    if made.kind == "wrong speaker":
        return "" if found.speaker_matches is False and not found.is_upheld else "speaker matched"
    if made.kind.startswith("dropped"):
        is_shown = Flag.NEGATION in found.flags or "negation" not in made.kind
        return "" if found.verdict is Verdict.ALTERED and is_shown else got
    return found.verdict.value if has_words else ""


def shown(counts: Counter[tuple[str, str]]) -> str:
    """Return the table as text."""
    verdicts = sorted({verdict for _, verdict in counts})
    kinds = dict.fromkeys(kind for kind, _ in counts)
    head = f"{'':16}" + "".join(f"{v:>26}" for v in verdicts)
    rows = [f"{k:16}" + "".join(f"{counts[k, v] or '':>26}" for v in verdicts) for k in kinds]
    return "\n".join((head, *rows))


def main(folders: Sequence[str], count: int = 400, seed: int = 1983) -> None:
    """Print both tables over the documents of some folders."""
    transcripts = [one for folder in folders for one in open_archive(Path(folder))]
    judge = Judge(transcripts)
    for make in (altered, untouched):
        quotations = make(transcripts, count, seed)
        counts, failures = table(judge, quotations)
        print(f"{make.__name__}: {len(quotations)}\n{shown(counts)}\n{len(failures)} failures")
        print(*failures, sep="\n")


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3] if one.isdecimal()]
    main(sys.argv[1 + len(numbers) :], *numbers)
