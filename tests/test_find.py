"""Every place of words is found, whatever script they are in and however they are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import open_archive
from corpus.folding import fold, readable
from corpus.parsing import parse
from corpus.record import Participant, Record
from corpus.transcript import Layer, Transcript
from generated import Made, transcripts
from qa.concordance import Found, find
from qa.errors import QuestionError
from qa.render.places import found_object, found_text
from qa.render.words import places_found
from qa.widening import Widened, find_widely


def said(text: str, **record: str) -> Transcript:
    """Return a transcript in which somebody says ``text``."""
    data = f"Zz: {text}\n".encode()
    speaks = [Participant(name="Zz")]
    return parse(data, Record(title="T", participants=speaks, **record), "made", Path("made.txt"))


def found_in(transcript: Transcript, words: str) -> list[str]:
    return [transcript.text[m.start : m.end] for m in find((transcript,), words).matches]


@pytest.mark.parametrize(
    ("words", "text", "count"),
    [
        # Latin: accents, letters with strokes, ligatures, widths; both ways.
        ("etats", "Les États-Unis et l’État, les ETATS.", 2),
        ("états", "les etats, les e\u0301tats", 2),
        ("lodz", "W Łodzi i Łódź.", 1),
        ("Łódź", "lodz", 1),
        ("strasse", "in der Straße, STRASSE", 2),
        ("Straße", "auf der Strasse", 1),
        ("soren", "Søren et Sören", 2),
        ("aero", "Ærø", 1),
        ("isik", "ışık, IŞIK", 2),
        ("istanbul", "İstanbul", 1),
        ("office", "the o\ufb03ce", 1),
        ("ABC 12", "the ＡＢＣ １２ plan", 1),
        ("naïve", "naive, nai\u0308ve", 2),
        ("H2O", "H₂O and H2O", 2),
        ("treaty", "the treaty² stands", 1),
        ("3/4", "about ¾ of it, 3⁄4", 2),
        # Signs nobody sees, hyphens at line ends, kinds of signs.
        ("reconnaissance", "recon-\nnaissance, re\u00adconnaissance, recon\u200bnaissance", 3),
        ("reconnaissance", "recon\u00ad\nnaissance and recon-\r\n   naissance", 2),
        ("recon-naissance", "recon-\nnaissance", 1),
        ("recon- naissance", "recon-\nnaissance", 1),
        ("long-term", "long-\nterm, long\u2011term, long–term", 3),
        ("longterm", "long-term", 0),
        ("one two", "one\u200d \u2066two\u2069, one\u00a0two, one\u3000two", 3),
        ('it\'s "so"', "It’s “so”, it`s «so», itʼs „so‟", 3),
        ("-5", "minus −5 or -5", 2),
        ("word--word", "word—word", 1),
        ("wait...", "Wait… or wait...", 2),
        ("bold", "_bold_ and **bold** and embolden", 2),
        ("they really meant it", "they *really* meant it, they _really meant_ it", 2),
        # Latin words are whole words.
        ("plan", "plane, planning, airplan", 0),
        ("state", "estate states", 0),
        ("plan*", "plane, plan, planète; airplane", 3),
        ("in*y dark", "inky dark and in dark", 0),
        ("the cat", "the black cat; cat the", 0),
        # Cyrillic
        ("елка", "Ёлка и ёлки", 1),
        ("замок", "за́мок и замо́к", 2),
        ("мои", "мой друг", 0),
        ("мой", "мои\u0306 дом", 1),
        ("самолет", "самолёты", 0),
        # Greek
        ("αθηνα", "στην Αθήνα", 1),
        ("λόγος", "ΛΟΓΟΣ λογος", 2),
        ("λογο", "λόγος", 0),
        ("ωδη", "ᾠδή, ᾨδή", 2),
        # Hebrew and Arabic: points, presentation forms, particles written onto words
        ("שלום", "שָׁלוֹם לך", 1),
        ("שָׁלוֹם", "שלום", 1),
        ("בית", "הלכתי לבית שלי, והבית", 2),
        ("ספר", "מספרה", 0),
        ('צה"ל', "צה״ל", 1),
        ("محمد", "قال مُحَمَّد ومحمد", 2),
        ("قدس", "في القدس وبالقدس", 2),
        ("سلام", "ﺳﻼﻡ ســلام", 2),
        ("كتاب", "المكتاب", 0),
        ("1967", "عام ١٩٦٧", 1),
        # Indian scripts: vowel signs make other words
        ("हिन्दी", "हिन्दी में, हिन्दीवाला", 1),
        ("हिन", "हिन्दी", 0),
        ("कल", "काल, कल, किल", 1),
        ("1983", "सन् १९८३", 1),
        ("தமிழ்", "தமிழ் மொழி", 1),
        ("ज़मीन", "जमीन, ज़मीन", 2),
        ("ড", "ড় আর ড", 1),
        # One letter, encoded in two ways that Unicode does not call equal
        ("അവൻ", "അവൻ, അവന്\u200d", 2),
        ("হঠাৎ", "হঠাৎ, হঠাত্\u200d", 2),
        ("น้ำ", "น\u0e49\u0e33 น\u0e4d\u0e49\u0e32", 2),
        # Signs between words that are no spaces
        ("ሰላም ለዓለም", "አዎ፤ ሰላም፡ለዓለም።", 1),
        # Scripts without spaces
        ("山上", "人们中午逃到山上去了。", 1),
        ("兄弟", "我和我的兄弟在那里。", 1),
        ("AI", "人工智能AI技术和 AI 技术", 2),
        ("AI技术", "人工智能AI技术和 AI 技术", 2),
        ("３号", "第3号と３号", 2),
        ("東京", "東京都、南東京", 2),
        ("ガス", "ｶﾞｽと カ\u3099ス と カス", 2),
        ("かき", "かぎ", 0),
        ("คน", "ที่นี่มีคนมากมาย", 1),
        ("ที", "ที่", 0),
        ("ມື້", "ມື້ນີ້", 1),
        ("ភាសា", "និយាយភាសាខ្មែរ", 1),
        # Korean: particles behind words, jamo
        ("로봇", "로봇을, 로봇이 뱀 로봇 AI로봇도", 4),
        ("뱀 로봇", "뱀 로봇을, 뱀 로봇이 뱀로봇은 뱀의 로봇", 3),
        ("로봇", "\u1105\u1169\u1107\u1169\u11ba\u110b\u1173\u11af", 1),
        ("한글", "ㅎㅏㄴㄱㅡㄹ 한글", 2),
        ("봇", "로봇", 0),
        ("1983", "1983년에", 1),
        # Armenian and Georgian
        ("ԵՐԵՒԱՆ", "երեւան երևան", 2),
        ("თბილისი", "ქალაქი თბილისი", 1),
    ],
)
def test_words_stand_so_often(words: str, text: str, count: int) -> None:
    assert len(found_in(said(text), words)) == count


@pytest.mark.parametrize(
    ("signs", "text", "count"),
    [
        ("-->", "a --> b —> c", 1),
        ("?!", "What?! No! ?", 1),
        ("…", "wait… wait...", 1),
        ("*", "a * b", 1),
        ("[", "[sic] here", 1),
        ("— —", "yes —\n— no", 1),
        ("😀", "so 😀 glad", 1),
        ("§", "none", 0),
    ],
)
def test_signs_without_words_are_looked_for_as_they_are(signs: str, text: str, count: int) -> None:
    assert len(found_in(said(text), signs)) == count


@pytest.mark.parametrize("words", ["", "  \n", "\u00ad", "\u200b\ufeff", "\u2066\u2069"])
def test_nothing_to_look_for_is_refused(words: str) -> None:
    with pytest.raises(QuestionError, match="nothing to look for"):
        find((said("words"),), words)


def test_a_passage_too_long_to_look_for_is_refused() -> None:
    with pytest.raises(QuestionError, match="100,000 characters to look for; give at most 2,000"):
        find((said("words"),), "a" * 100_000)


@given(transcripts(), st.data())
def test_any_word_of_any_text_is_found_where_it_stands(made: Made, data: st.DataObject) -> None:
    transcript = made.parse()
    offset, word, _ = data.draw(st.sampled_from(made.words))
    if not word.strip("*") or not any(not c.isspace() for c in fold(word).text):
        return
    places = find((transcript,), word)
    spans = [(m.start, m.end) for m in places.matches]
    spans += [(o.words.start, o.words.end) for o in places.outside]
    held = [s for s in spans if s[0] < offset + len(word) and offset < s[1]]
    assert held or places.labels, (word, transcript.text)


@given(transcripts(), st.data())
def test_what_is_found_folds_to_what_was_looked_for(made: Made, data: st.DataObject) -> None:
    transcript = made.parse()
    word = data.draw(st.sampled_from(made.words))[1]
    wanted = plain(word)
    if "*" in word or "-" in wanted or not any(char.isalnum() for char in wanted):
        return
    for match in find((transcript,), word).matches:
        assert plain(transcript.text[match.start : match.end]) == wanted
        assert match.quote.start <= match.start < match.end <= match.quote.end


def plain(text: str) -> str:
    """Return folded letters without line ends and seams."""
    folded = fold(text).text
    return "".join(char for char in folded if char not in "\u00ad\u200b").replace("\n", " ").strip()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_each_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    spans = [folded.source(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_accents_do_not_matter_in_either(text: str) -> None:
    import unicodedata

    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed).text == fold(apart).text


PAGE = """Skip to content
The Oral Archive shop
Talk on the Dam
Recorded in May
Interviewer: When did the dam break?
Mayor: At noon. [He points.] We saw the hollow[1] hills.

Remembering the Dam
Mayor: No more.

[1] A hollow is a valley; so says the dam keeper.
END OF TEXT
Copyright the dam company. Rate this page.
"""


@pytest.fixture
def page() -> Transcript:
    record = Record.model_validate(
        {
            "title": "Talk on the Dam",
            "participants": [{"name": "Interviewer"}, {"name": "Mayor"}],
            "layout": {"headings": ["Remembering the Dam"], "ends_with": "END OF TEXT"},
        }
    )
    return parse(PAGE.encode(), record, "page", Path("page.txt"))


def test_all_of_a_document_is_searched(page: Transcript) -> None:
    found = find((page,), "dam")
    assert [match.quote.layer for match in found.matches] == [
        Layer.HEADER,
        Layer.SPEECH,
        Layer.HEADING,
        Layer.NOTE,
    ]
    assert [match.quote.speaker for match in found.matches] == [None, "Interviewer", None, None]
    (host,) = found.outside
    assert (host.layer, host.text) == ("host", "Copyright the dam company. Rate this page.")
    assert found.labels == 0
    text = found_text(Widened(found, ()))
    assert text.startswith("4 places found:")
    assert text.endswith(
        "Not part of the document (web page around it): 1 place:\n"
        "    page, line 13: Copyright the dam company. Rate this page."
    )


def test_brackets_and_anchors_do_not_hide_words(page: Transcript) -> None:
    assert found_in(page, "noon. he points. we") == ["noon. [He points.] We"]
    assert found_in(page, "hollow hills") == ["hollow[1] hills"]


def test_words_around_the_document_alone_are_no_match(page: Transcript) -> None:
    found = find((page,), "oral archive")
    assert found_object(Widened(found, ()), "oral archive") == {
        "query": "oral archive",
        "count": 0,
        "matches": [],
        "outside": [
            {
                "document": "page",
                "start": 16,
                "end": 37,
                "text": "The Oral Archive shop",
                "layer": "host",
                "match": [20, 32],
            }
        ],
        "labels": 0,
        "documents": [],
        "besides": [],
        "apart": [],
    }
    assert "stand only in text that is no part" in places_found(found)


def test_a_stage_direction_is_called_one() -> None:
    text = b"Reed: It broke at noon.\n\n(Coffee is served.)\n\nReed: Nobody knew of it.\n"
    talk = parse(text, Record(title="T", participants=(Participant(name="Reed"),)), "t", Path("t"))
    found = places_found(find((talk,), "coffee"))
    assert found == "No place found: these words stand only in stage directions."


def test_names_in_labels_are_counted_apart(page: Transcript) -> None:
    found = find((page,), "Mayor")
    assert (found.matches, found.outside, found.labels) == ((), (), 2)
    assert places_found(found) == "No place found: these words stand only in 2 speakers’ labels."


def test_nowhere_is_said_only_where_it_is_true(page: Transcript) -> None:
    assert places_found(find((page,), "submarine")).startswith("These words stand nowhere")


@pytest.mark.parametrize(
    "words", ["break mayor", "break? Mayor: at noon", "hills remembering", "dam mayor", "shop talk"]
)
def test_no_match_crosses_a_label_a_heading_or_a_layer(page: Transcript, words: str) -> None:
    assert find((page,), words) == Found((), (), 0)


@given(transcripts())
def test_every_visible_sign_is_searched(made: Made) -> None:
    from qa.searchable import stretches

    transcript = made.parse()
    covered = {o for s in stretches(transcript) for o in range(s.start, s.end)}
    for offset, char in enumerate(transcript.text):
        assert offset in covered or char.isspace() or char == "\ufeff"


def test_other_forms_are_told_with_the_counts_of_each_document(page: Transcript) -> None:
    widened = find_widely((page,), "brake")
    assert found_text(widened).startswith(
        "1 place found:\n\nOther forms and spellings were looked for as well: break.\n\n"
    )
    assert "    page: 4 (" in found_text(find_widely((page,), "dam"))
    told = found_object(find_widely((page,), "dams"), "dams")
    assert told["besides"] == ["dam"]
    assert told["documents"] == [{"document": "page", "count": told["count"]}]
    apart = found_text(find_widely((page,), "hills, hollow"))
    assert "These sentences hold the most of them: hills, hollow." in " ".join(apart.split())


def test_exit_codes_of_find(
    page: Transcript, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from qa.cli import run_command

    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.toml").write_text(
        f"title = {page.record.title!r}\nlayout.ends_with = 'END OF TEXT'\n"
        'participants = [{name = "Interviewer"}, {name = "Mayor"}]\n'
    )
    wanted: list[tuple[str, int]] = [("dam", 0), ("?", 0), ("-->", 3), ("rate", 3), ("mayor", 3)]
    run: Callable[[str], int] = lambda words: run_command(  # noqa: E731
        ["find", "--archive", str(tmp_path), "--", words]
    )
    assert [(words, run(words)) for words, _ in wanted] == wanted
    assert run(" ") == 1
    assert capsys.readouterr().err == (
        "verbatim: There is nothing to look for; give at least one word or sign.\n"
    )


@given(st.text(st.sampled_from("aé-\u00ad\u0301 \n[](“”—1²"), max_size=30))
def test_other_scripts_beside_a_text_do_not_change_how_it_is_folded(text: str) -> None:
    """Signs are told apart by fewer rules in a text of one script than where another stands."""
    beside = fold(text + "\n.가").text
    assert beside.startswith(fold(text + "\n.").text)
    assert readable(text + "\n.가").startswith(readable(text + "\n."))


def test_a_sentence_that_holds_the_words_twice_is_shown_once(tmp_path: Path) -> None:
    text = "Smith and Smith, 1984\n\nREED: Who was it?\n\nPOLK: Smith told Smith.\n\nREED: I see.\n"
    (tmp_path / "talk.txt").write_text(text)
    (tmp_path / "talk.toml").write_text('title = "A talk"\n')
    shown = found_text(find_widely(tuple(open_archive(tmp_path)), "Smith"))
    assert shown.startswith("4 places found:")
    assert shown.count("“Smith and Smith, 1984”") == 1
    assert shown.count("“Smith told Smith.”") == 1
    assert shown.count("The words stand here 2 times.") == 2
