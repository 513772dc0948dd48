"""The shipped transcript, read as a careful reader would."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_shelf, shipped_folder
from corpus.errors import ManifestError
from corpus.transcript import Layer, Transcript
from invariants import check_transcript

ID = "mielke-kryuchkov-1983-09-19"
SHA256 = "4df19d22f9d3c91cbfe17063d11d276d76320723140965dccea88804db4ee477"
BREAKS = (
    (4717, "This has created some"),
    (5584, "very fond"),
    (5806, "knowledge and"),
    (6992, "reconnaissance"),
    (8129, "airspace over"),
    (9293, "territory of"),
    (14234, "other alternative"),
    (16016, "continue our"),
    (16110, "with sound"),
    (28324, "we will talk"),
    (28418, "G. Karpovich"),
    (28618, "including on"),
)
SPEAKERS = ("Mielke", "Kryuchkov")


def sentence_with(transcript: Transcript, words: str) -> str:
    """Return the one sentence that holds ``words``, line breaks as spaces."""
    flat = [transcript.text[s.start : s.end].replace("\n", " ") for s in transcript.sentences]
    found = [text for text in flat if words in text]
    assert len(found) == 1, (words, found)
    return found[0]


def test_the_bytes_are_the_ones_that_were_given(transcript: Transcript) -> None:
    data = (shipped_folder() / f"{ID}.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256 == transcript.sha256
    assert data.decode() == transcript.text


def test_every_promise_of_the_types_holds(transcript: Transcript) -> None:
    check_transcript(transcript)


def test_the_talk_has_27_turns_of_two_speakers_in_alternation(transcript: Transcript) -> None:
    assert [turn.speaker for turn in transcript.turns] == [SPEAKERS[n % 2] for n in range(27)]


@pytest.mark.parametrize(
    ("number", "speaker", "words"),
    [
        (3, "Mielke", "We have solved this in an effective fashion. Just come when you are able "
            "to come."),
        (6, "Kryuchkov", "They were not able to recognize it."),
        (13, "Mielke", "No, 10:1 – since you shot down the plane. I just want to say: There must "
            "not be any moments of being surprised. You have to go on the offensive. This is "
            "important for future incidents."),
    ],
)  # fmt: skip
def test_turns_hold_exactly_these_words(
    transcript: Transcript, number: int, speaker: str, words: str
) -> None:
    turn = transcript.turns[number - 1]
    assert turn.speaker == speaker
    assert " ".join(transcript.text[turn.start : turn.end].split()) == words


def test_the_twelve_holes_are_known_by_their_last_words(transcript: Transcript) -> None:
    assert transcript.breaks == tuple(offset for offset, _ in BREAKS)
    for offset, words in BREAKS:
        assert transcript.text[:offset].endswith(words)
        assert transcript.text[offset] == "\n"


def test_nothing_runs_on_across_a_hole(transcript: Transcript) -> None:
    for offset in transcript.breaks:
        assert not any(s.start < offset < s.end for s in transcript.sentences)
        assert [s.breaks_off for s in transcript.sentences if s.end == offset] == [True]


def test_both_footnotes_explain_the_right_words(transcript: Transcript) -> None:
    def flat(start: int, end: int) -> str:
        return " ".join(transcript.text[start:end].split())

    first, second = transcript.notes
    assert (first.number, first.anchor) == (1, None)
    assert flat(first.start, first.end) == (
        "Referring to the Soviet shoot down of Korean Airlines Lines Flight 007 on1 September 1983."
    )
    assert [flat(s.start, s.end) for s in first.explains] == ["the plane incident (South Korea)"]
    assert second.number == 2
    assert second.anchor is not None
    assert transcript.text[second.anchor.start : second.anchor.end] == "[2]"
    assert flat(second.start, second.end) == (
        "It was actually Congressman Lawrence P. McDonald (D-Georgia)."
    )
    senator, booked = [flat(s.start, s.end) for s in second.explains]
    assert "US Senator [sic]" in senator
    assert booked == "He decided to book only at the last minut e."


def test_footnote_numbers_are_in_no_sentence(transcript: Transcript) -> None:
    texts = [transcript.text[s.start : s.end] for s in transcript.sentences]
    assert not any("[1]" in text or "[2]" in text for text in texts)


def test_two_headings_stand_inside_turns(transcript: Transcript) -> None:
    found = [transcript.text[h.start : h.end] for h in transcript.headings]
    assert found == ["On the Plane Incident", "On Geneva [Arms Negotiations]"]


def test_there_are_407_sentences_in_three_layers(transcript: Transcript) -> None:
    count = {layer: 0 for layer in Layer}
    for sentence in transcript.sentences:
        count[sentence.layer] += 1
    assert (count[Layer.HEADER], count[Layer.SPEECH], count[Layer.NOTE]) == (17, 388, 2)
    assert len(transcript.sentences) == 407


def test_the_host_page_is_never_evidence(transcript: Transcript) -> None:
    host = [region for region in transcript.regions if region.layer is Layer.HOST]
    assert [(region.start, region.end) for region in host] == [(0, 418)]
    banner = transcript.text[:418]
    for words in ("Become a Patron", "Chebrikov describes", "If we would have known this was"):
        assert words in banner
    assert min(sentence.start for sentence in transcript.sentences) == 418
    assert not any(
        "known this was" in transcript.text[s.start : s.end] for s in transcript.sentences
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The dot on the radar approached Kamchatka, i.e. the area where we have military bases.",
        "We will talk about Madrid later again when Comrade V. A. Kryuchkov is rested.",
        "Our Foreign Minister, Comrade Gromyko, did not travel to the U.N. General Assembly in "
        "New York.",
        "Also telling is the following episode: On the downed plane there was a well-known US "
        "Senator [sic] who initially did not want to board this flight.",
        "The entire incident occurred at 7:00 hours [A.M.] local time.",
        "– What is the perspective on [Intermediate Nuclear Forces (INF) disarmament] talks in "
        "Geneva?",
        "– [CSCE follow-up conference in] Madrid",
        "– the national [ethnic] problem",
        "– agriculture",
        "– the class question",
        "1. This is how they [the US] operate",
        "2. Why did they not guide the plane on a correct course if the US and Japan were aware "
        "of this?",
        "So – 10:0 for them.",
        "No, 10:1 – since you shot down the plane.",
        "More than 120 [warning] shots were fired.",
        "I still remember your face, Vladimir Alexandrovich, when I talked with [KGB Chairman] "
        "V. M. Chebrikov about Strauss.",
        "Our strength is the most important factor, e.g. in Afghanistan.",
        "He proposed areas that do not play any major role in bilateral relations between both "
        "countries.",
        "In Sakhalin they already knew that an airplane had violated airspace over",
        "If you are a united nation, then it is a different story.",
        "Did you really have to shoot down the civilian airliner?!",
        "In a few days an article will follow by Air Force Marshal [Pyotr S.] Kirsanov, featuring "
        "new facts that this [KAL] flight was not a normal one.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(transcript: Transcript, sentence: str) -> None:
    assert sentence_with(transcript, sentence).endswith(sentence)


def test_many_thanks_stands_twice_in_different_turns(transcript: Transcript) -> None:
    found = [
        (s.turn, transcript.speaker_at(s.start))
        for s in transcript.sentences
        if transcript.text[s.start : s.end] == "Many thanks."
    ]
    assert found == [(25, "Mielke"), (26, "Kryuchkov")]


def test_the_famous_sentence_is_kryuchkovs_with_its_that(transcript: Transcript) -> None:
    words = "that this was a passenger plane, we would not have shot it down."
    offset = transcript.text.index(words)
    assert transcript.speaker_at(offset) == "Kryuchkov"
    assert sentence_with(transcript, words).startswith("If we would have known that this was")


def test_editorial_brackets_are_nobodys_speech(transcript: Transcript) -> None:
    offset = transcript.text.index("[warning]")
    assert transcript.layer_at(offset) is Layer.EDITORIAL
    assert transcript.layer_at(offset + len("[warning]")) is Layer.SPEECH
    assert len(transcript.brackets) == transcript.text.count("[") - len(["[1]", "[2]"])
    assert all(
        transcript.text[b.start] == "[" and transcript.text[b.end - 1] == "]"
        for b in transcript.brackets
    )


def test_the_record_names_what_a_citation_needs(transcript: Transcript) -> None:
    record = transcript.record
    assert record.title.startswith("Note about the Talks of Comrade Minister [Erich Mielke]")
    assert str(record.date) == "1983-09-19"
    assert (record.place, record.signature, record.pages) == ("Berlin", "MfS, ZAIG 5306", "1-19")
    assert record.translator == "Bernd Schaefer"
    assert "BStU" in record.repository
    assert [person.name for person in record.participants] == list(SPEAKERS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_folder(), tmp_path / "copy"))


def test_an_unchanged_copy_passes_the_manifest(copy: Path) -> None:
    assert open_archive(copy).transcripts[0].sha256 == SHA256


def test_one_changed_byte_of_the_words_is_refused(copy: Path) -> None:
    path = copy / f"{ID}.txt"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ManifestError, match=r"differs from manifest\.json") as caught:
        open_archive(copy)
    assert str(path) in str(caught.value)
    assert "verbatim index --accept" in str(caught.value)


@pytest.mark.parametrize("suffix", [".toml", ".aid.jsonl"])
def test_a_changed_record_or_aid_is_told_and_used(copy: Path, suffix: str) -> None:
    path = copy / f"{ID}{suffix}"
    path.write_bytes(path.read_bytes() + b"\n")
    shelf = read_shelf(copy)
    assert (len(shelf.archive), shelf.faults) == (1, ())
    (note,) = shelf.notes
    assert str(path) in note
    assert "verbatim index --accept" in note


def test_a_transcript_of_the_manifest_that_is_gone_is_noticed(copy: Path) -> None:
    (copy / f"{ID}.txt").rename(copy / "other.txt")
    (copy / f"{ID}.toml").rename(copy / "other.toml")
    with pytest.raises(ManifestError, match=f"{ID}.txt: is listed in manifest.json but missing"):
        open_archive(copy)


def test_a_finding_aid_of_the_manifest_that_is_gone_is_told(copy: Path) -> None:
    (copy / f"{ID}.aid.jsonl").unlink()
    (note,) = read_shelf(copy).notes
    assert "missing" in note


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3}', '{"files": {"a": {}}}', "\xff"])
def test_a_broken_manifest_is_named(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text, encoding="latin-1")
    with pytest.raises(ManifestError, match="is not a manifest"):
        open_archive(copy)
