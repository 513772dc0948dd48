"""Follow-ups are looked for where the conversation stands; strange names are noticed."""

from __future__ import annotations

import pytest

from corpus.archive import Archive
from corpus.transcript import Transcript
from qa.quotes import Quote
from qa.reader.following import nearness
from qa.reader.names import KnownWords


def sentence_with(transcript: Transcript, words: str) -> int:
    start = transcript.text.replace("\n", " ").index(words)
    return transcript.sentences_in(start, start + 1)[0].number


@pytest.fixture
def shots(transcript: Transcript) -> Quote:
    number = sentence_with(transcript, "More than 120")
    return Quote.of(transcript, number, number)


def at(transcript: Transcript, number: int) -> tuple[str, int, int]:
    return transcript.id, number, number


def test_what_was_read_already_is_seldom_the_answer_again(
    transcript: Transcript, shots: Quote
) -> None:
    number, _ = shots.numbers
    assert nearness(shots, "And then?", at(transcript, number)) < 0


def test_what_follows_is_nearer_than_what_came_before_and_than_what_is_far(
    transcript: Transcript, shots: Quote
) -> None:
    number, _ = shots.numbers
    after, before, far = (
        nearness(shots, "And then?", at(transcript, number + step)) for step in (1, -1, 40)
    )
    assert after > before > far >= 0


def test_a_reply_is_near_however_long_the_turn_before_it(transcript: Transcript) -> None:
    told = sentence_with(transcript, "Please understand why I was so arrogant")
    answer = sentence_with(transcript, "I can only say: If we had released")
    first = Quote.of(transcript, told, told)
    asked = "And what did Kryuchkov answer to that?"
    unasked = "And what did he answer to that?"
    assert nearness(first, asked, at(transcript, answer)) > nearness(
        first, unasked, at(transcript, answer)
    )
    assert nearness(first, unasked, at(transcript, answer)) > 0.1


def test_names_that_documents_never_mention_are_noticed(archive: Archive) -> None:
    words = KnownWords(archive)

    def strange(question: str) -> tuple[str, ...]:
        return words.strange_names(question, (one.id for one in archive))

    assert strange("Was the recorder given back by Yeltsin in 1992?") == ("Yeltsin", "1992")
    assert strange("Did Washington answer the Russians about KAL 007?") == ()
    assert strange("what is the capital of france") == ()
    assert strange("How many SS-20 missiles would Andropov destroy?") == ()
