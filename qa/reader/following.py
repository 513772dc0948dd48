"""Where the answer to a follow-up question is likely to stand, given the answer before."""

from __future__ import annotations

import math
import re

from corpus.transcript import Transcript
from qa.quotes import Quote
from qa.reader.signals import Stretch

_SAID_ALREADY = 0.1
"""Who asks on has read the answer before: the same passage is seldom the answer again."""
_NEAR = 0.1
_REACH = 3.0
"""Sentences after which nearness is worth a third."""
_AHEAD = 1.5
_BACK = 0.5
"""Conversations go on more often than back."""
_OTHER_SPEAKER = 0.05
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)


def nearness(before: Quote, question: str, stretch: Stretch) -> float:
    """Return what a stretch gains or loses by its place, on the scale of fused scores.

    The shares were chosen on follow-up questions of QuAC (Choi et al., EMNLP 2018) and the
    development questions.

    Args:
        before: what answered the question before.
        question: the follow-up question, as asked.
        stretch: what may answer it, in the same document.
    """
    transcript = before.transcript
    first, last = before.numbers
    if stretch[1] <= last and stretch[2] >= first:
        return -_SAID_ALREADY
    ahead = stretch[1] > last
    distance = _distance(transcript, first, last, stretch)
    near = _NEAR * math.exp(-distance / _REACH) * (_AHEAD if ahead else _BACK)
    return near + (_OTHER_SPEAKER if _is_others_reply(before, question, stretch) else 0)


def _distance(transcript: Transcript, first: int, last: int, stretch: Stretch) -> int:
    """Return the sentences in between, counted from its start where it is the very next turn."""
    sentences = transcript.sentences
    if stretch[2] < first:
        return first - stretch[2]
    turn = sentences[stretch[1]].turn
    if sentences[last].turn and turn == sentences[last].turn + 1:
        start = stretch[1]
        while start > last + 1 and sentences[start - 1].turn == turn:
            start -= 1
        return 1 + stretch[1] - start
    return stretch[1] - last


def _is_others_reply(before: Quote, question: str, stretch: Stretch) -> bool:
    """Tell whether the question asks for another speaker than the one before, and this is his."""
    turns = before.transcript.turns
    turn = before.transcript.sentences[stretch[1]].turn
    speaker = turns[turn - 1].speaker if turn else None
    if speaker is None or before.speaker is None or speaker == before.speaker:
        return False
    words = question.casefold()
    named = {name for turn in turns if (name := turn.speaker) and name.casefold() in words}
    return named == {speaker} or (not named and _OTHER.search(question) is not None)
