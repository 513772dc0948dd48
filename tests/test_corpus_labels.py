"""In every form of label, with every noise: the speaker is right or nobody, never another."""

from __future__ import annotations

from hypothesis import given

from corpus.transcript import Layer
from generated_labels import Talk, talks
from invariants import check_transcript


@given(talks())
def test_nobody_is_credited_with_another_persons_words(talk: Talk) -> None:
    transcript = talk.parse()
    check_transcript(transcript)
    for offset, words, who in talk.said:
        assert talk.text[offset : offset + len(words)] == words
        said = transcript.speaker_at(offset)
        assert said is None or said.casefold() == who.casefold()
    for offset, words in talk.unsaid:
        assert transcript.speaker_at(offset) is None
        assert transcript.layer_at(offset) is not Layer.SPEECH, words


@given(talks(noisy=False))
def test_without_noise_everybody_is_heard(talk: Talk) -> None:
    transcript = talk.parse()
    for offset, _, who in talk.said:
        said = transcript.speaker_at(offset)
        assert said is not None
        assert said.casefold() == who.casefold()
