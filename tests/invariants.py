"""What holds for every transcript, checked from the outside, code point by code point."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.transcript import SILENT, Layer, Transcript

_VOICES = {Layer.SPEECH, Layer.HEADER, Layer.NARRATION, Layer.NOTE}
_UNQUOTED = {Layer.HOST, Layer.LABEL, Layer.HEADING, Layer.DIRECTION}
_INVISIBLE = "\ufeff"
_NUMBER = re.compile(r"\[\d{1,3}\]")


def layers(transcript: Transcript) -> list[Layer]:
    """Return the layer of each code point, by the regions alone."""
    return [r.layer for r in transcript.regions for _ in range(r.start, r.end)]


def check_transcript(transcript: Transcript) -> None:
    """Assert everything that the types promise."""
    _check_regions(transcript)
    _check_turns(transcript)
    _check_sentences(transcript)
    _check_coverage(transcript)
    _check_blocks(transcript)


def _check_regions(transcript: Transcript) -> None:
    regions = transcript.regions
    assert regions[0].start == 0
    assert regions[-1].end == len(transcript.text)
    assert all(region.start < region.end for region in regions)
    assert all(a.end == b.start for a, b in pairwise(regions))


def _check_turns(transcript: Transcript) -> None:
    by_offset = layers(transcript)
    turns = transcript.turns
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    for turn in turns:
        assert turn.label.end == turn.start <= turn.end
        assert set(by_offset[turn.label.start : turn.label.end]) <= {Layer.LABEL, *SILENT}
    assert all(a.end <= b.label.start for a, b in pairwise(turns))


def _check_sentences(transcript: Transcript) -> None:
    by_offset = layers(transcript)
    sentences = transcript.sentences
    assert [s.number for s in sentences] == list(range(len(sentences)))
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    for sentence in sentences:
        assert sentence.start < sentence.end
        text = transcript.text[sentence.start : sentence.end]
        assert text == text.strip()
        assert sentence.layer in _VOICES
        found = set(by_offset[sentence.start : sentence.end])
        assert found <= {sentence.layer, *SILENT}, (text, found)
        if sentence.layer is Layer.SPEECH:
            turn = transcript.turns[sentence.turn - 1]
            assert turn.start <= sentence.start
            assert sentence.end <= turn.end
            assert transcript.turn_at(sentence.start) is turn
        else:
            assert sentence.turn == 0
            assert transcript.turn_at(sentence.start) is None
            assert transcript.speaker_at(sentence.start) is None
    assert transcript.breaks == tuple(s.end for s in sentences if s.breaks_off)


def _check_coverage(transcript: Transcript) -> None:
    """Every visible code point of evidence stands in exactly one sentence; no other does.

    Footnote numbers at the edge of a note's sentence are the exception: they are no words.
    """
    held = [0] * len(transcript.text)
    for sentence in transcript.sentences:
        for offset in range(sentence.start, sentence.end):
            held[offset] += 1
    numbers = {
        offset
        for match in _NUMBER.finditer(transcript.text)
        for offset in range(match.start(), match.end())
    }
    for offset, layer in enumerate(layers(transcript)):
        char = transcript.text[offset]
        if layer in _UNQUOTED:
            assert held[offset] == 0, (offset, char, layer)
        elif layer in _VOICES and not char.isspace() and char not in _INVISIBLE:
            least = 0 if layer is Layer.NOTE and offset in numbers else 1
            assert least <= held[offset] <= 1, (offset, char, layer)


def _check_blocks(transcript: Transcript) -> None:
    by_offset = layers(transcript)
    for a, b in pairwise(transcript.sentences):
        between = set(by_offset[a.end : b.start])
        if a.block == b.block:
            assert a.layer is b.layer
            assert a.turn == b.turn
            assert not between & {Layer.LABEL, Layer.HEADING, Layer.HOST}
        if between & {Layer.LABEL, Layer.HEADING}:
            assert a.block != b.block
