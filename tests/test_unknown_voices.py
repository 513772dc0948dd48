"""Whoever is called unknown is nobody, and in doubt, in whatever format and language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.labels.unknown import is_unknown
from corpus.parsing import parse
from corpus.record import Participant, Record
from qa.adding.preparing import Source, prepare

_SAID = (
    ("{unknown}", "Who closed the gates at the mill?"),
    ("MR. REED", "Nobody did. They had been closed since Friday."),
    ("{unknown}", "That is not so, and I saw it myself."),
    ("MR. REED", "Then you saw more than I did."),
)


def _lines(form: str, unknown: str) -> str:
    return "".join(form.format(who.format(unknown=unknown), said) for who, said in _SAID)


def _cues(unknown: str) -> str:
    return "".join(
        f"{i + 1}\n00:00:0{i},000 --> 00:00:0{i + 1},000\n{who.format(unknown=unknown)}: {said}\n\n"
        for i, (who, said) in enumerate(_SAID)
    )


def _segments(unknown: str) -> str:
    said = [
        {"start": i, "end": i + 1.5, "speaker": who.format(unknown=unknown), "text": said}
        for i, (who, said) in enumerate(_SAID)
    ]
    return json.dumps({"segments": said})


def _tei(unknown: str) -> str:
    said = _lines("<sp><speaker>{}</speaker><p>{}</p></sp>", unknown)
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
        f"{said}</body></text></TEI>"
    )


def _files(unknown: str) -> dict[str, str]:
    otter = "".join(
        f"{who.format(unknown=unknown)}  0:0{i}\n{said}\n\n" for i, (who, said) in enumerate(_SAID)
    )
    return {
        "labels.txt": _lines("{}: {}\n\n", unknown),
        "bold.md": _lines("**{}:** {}\n\n", unknown),
        "otter.txt": otter,
        "cues.srt": _cues(unknown),
        "cues.vtt": "WEBVTT\n\n" + _cues(unknown).replace(",000", ".000"),
        "whisperx.json": _segments(unknown),
        "table.csv": "speaker,text\n" + _lines('"{}","{}"\n', unknown),
        "drama.xml": _tei(unknown),
    }


_FORMATS = tuple(_files("UNKNOWN"))
_UNKNOWN = ("UNKNOWN", "UNIDENTIFIED MALE", "Unknown Speaker 2", "VOICE", "Неизвестный", "미상")


@pytest.mark.parametrize("unknown", _UNKNOWN)
@pytest.mark.parametrize("name", _FORMATS)
def test_nobody_is_named_in_any_format_and_somebody_should_look(name: str, unknown: str) -> None:
    data = _files(unknown)[name].encode()
    (document,) = prepare(Source(name, data), Path(name))
    spoken = [(t.speaker, t) for t in document.transcript.turns]
    assert [who for who, _ in spoken] == [None, "MR. REED", None, "MR. REED"], name
    assert document.in_doubt
    assert unknown not in document.record
    said = document.transcript.text
    assert said[spoken[0][1].start : spoken[0][1].end].split()[:2] == ["Who", "closed"]


@pytest.mark.parametrize(
    "name",
    """UNKNOWN|Unknown Speaker|UNIDENTIFIED SPEAKER|UNIDENTIFIED MALE|UNKNOWN SPEAKER 2|
    Speaker unknown|SPEAKER_UNKNOWN|Unknown #2|Unidentified Reporter|Speaker ?|?|??|Someone|VOICE|
    Voices|A VOICE|Voice from the audience|Unbekannt|Unbekannter Sprecher|Stimme aus dem Publikum|
    Inconnu|Homme non identifié|Voix dans la salle|Desconocido|Orador desconocido|Sconosciuto|
    Onbekend|Неизвестный|Голос из зала|Неустановленное лицо|Nieznany|Neznámý|Άγνωστος|Okänd|
    미상|발언자 미상|알 수 없음|不明|話者不明|未知|غير معروف|לא ידוע|अज्ञात|không rõ""".split("|"),
)
def test_names_of_nobody(name: str) -> None:
    assert is_unknown(name.strip())


@pytest.mark.parametrize(
    "name",
    """Reed|Anna Reed|Voice 1|Speaker 1|SPEAKER_01|Interviewer|The Chairman|Male Speaker|Audience|
    Q|A|Anonymous|Unknown Hinson|John Voigt|Mr. Voce|Voiceover|Reed?|
    田中|知子|Голосова""".split("|"),
)
def test_names_and_labels_of_somebody(name: str) -> None:
    assert not is_unknown(name.strip())


def test_a_record_may_say_that_the_unknown_voice_is_one_person() -> None:
    text = _lines("{}: {}\n\n", "UNKNOWN").encode()
    people = (Participant(name="Unknown"), Participant(name="Reed"))
    record = Record(title="The dam", participants=people)
    turns = parse(text, record, "dam", Path("dam.txt")).turns
    assert [turn.speaker for turn in turns] == ["Unknown", "Reed", "Unknown", "Reed"]


def test_an_unknown_voice_is_no_participant_of_that_number() -> None:
    text = b"Speaker 2: I was there.\n\nUNKNOWN SPEAKER 2: So was I.\n\nSpeaker 2: Who said that?\n"
    record = Record(title="The dam", participants=(Participant(name="Speaker 2"),))
    turns = parse(text, record, "dam", Path("dam.txt")).turns
    assert [turn.speaker for turn in turns] == ["Speaker 2", None, "Speaker 2"]


def test_a_text_in_which_all_are_unknown_is_nobodys_speech() -> None:
    text = b"UNKNOWN: Who closed it?\n\nUNKNOWN: Nobody did.\n\nUNKNOWN: Then go on.\n"
    document = parse(text, Record(title="The dam"), "dam", Path("dam.txt"))
    assert [turn.speaker for turn in document.turns] == [None, None, None]
    assert len(document.recognised.doubts) == 3


@pytest.mark.parametrize("unknown", ["?", "Hale?"])
@pytest.mark.parametrize("name", _FORMATS)
def test_a_question_mark_beside_a_name_does_not_give_words_to_whoever_spoke_before(
    name: str, unknown: str
) -> None:
    data = _files(unknown)[name].encode()
    (document,) = prepare(Source(name, data), Path(name))
    spoken = [turn.speaker for turn in document.transcript.turns]
    assert spoken[-3:] == ["MR. REED", None, "MR. REED"]
    assert document.in_doubt


@pytest.mark.parametrize(
    "name",
    ["NAME OF INTERVIEWEE", "Interviewee Name", "Insert name", "First Name Last Name",
     "Name of the Speaker", "Nombre del entrevistado", "Speaker Name"],
)  # fmt: skip
def test_a_template_that_nobody_filled_in_names_nobody(name: str) -> None:
    assert is_unknown(name)
    (found,) = prepare(
        Source("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {name}>Yes.\n".encode()),
        Path("a.vtt"),
    )
    assert [turn.speaker for turn in found.transcript.turns] == [None]
    assert found.in_doubt


@pytest.mark.parametrize("name", ["Name", "Inez Nombre", "The Interviewee", "Nome de Souza"])
def test_a_name_that_looks_like_a_template_stays(name: str) -> None:
    assert not is_unknown(name)
