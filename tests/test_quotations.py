"""Quotations compared with the archive: a changed word or a wrong speaker never passes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import Archive, open_archive
from corpus.parsing import parse
from corpus.people import is_called
from corpus.record import Record
from corpus.transcript import Transcript
from qa.archive import Archive as Opened
from qa.cli import run_command
from qa.errors import QuestionError
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Check, Flag, Verdict
from qa.render.judged import check_lines, check_object
from qa.settings import Settings

BANNER = "If we would have known this was a passenger plane, we would not have shot it down."
SENTENCE = BANNER.replace("known this", "known that this")
KRYUCHKOV = "Vladimir Alexandrovich Kryuchkov"


@pytest.fixture(scope="module")
def judge(archive: Archive) -> Judge:
    return Judge(archive)


def made(text: str, language: str = "en") -> Judge:
    """Return a judge over one small document."""
    transcript = parse(
        text.encode(), Record(title="Talk", language=language), "talk", Path("talk.txt")
    )
    return Judge((transcript,))


def test_the_sentence_of_the_web_page_is_altered_and_somebody_elses(judge: Judge) -> None:
    found = judge.check(BANNER, "Deputy KGB Chairman Viktor Chebrikov")
    assert (found.verdict, found.speaker_matches) == (Verdict.ALTERED, False)
    assert found.flags == (Flag.BY_SOMEBODY_ELSE, Flag.HOST_PAGE)
    (that,) = found.differences
    assert (that.given, that.source) == ("", "that")
    assert found.places[0].quote.speaker == "Kryuchkov"
    assert not found.is_upheld


def test_the_documents_own_sentence_is_upheld(judge: Judge) -> None:
    found = judge.check(SENTENCE, "Kryuchkov")
    assert (found.verdict, found.speaker_matches) == (Verdict.SAME_WORDS, True)
    assert not found.flags
    assert found.is_upheld
    broken = SENTENCE.replace("have known", "have\nknown")
    assert judge.check(broken).verdict is Verdict.EXACT


@pytest.mark.parametrize(
    "typed",
    [
        "“more than 120 Warning shots were fired”",
        "More than 120 shots were fired,",
        "More than 120 [warning] shots were fired [in the night].",
        "He decided to book only at the last minute",
        "plane flew around our anti-aircraft defenses",
        "on a specific recon-\nnaissance",
        "went down to 5000 meters",
        "It's a great pleasure",
        "Its a great pleasure",
        "The plane maneuvered … to evade our aircraft.",
        "The aggravation of the intemational situation is continuing",
        "At the plane, windows were not illurninated",
    ],
)
def test_signs_and_print_change_no_words(judge: Judge, typed: str) -> None:
    assert judge.check(typed).verdict is Verdict.SAME_WORDS


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("More than 500 warning shots were fired.", Flag.NUMBER),
        ("Then, on the instructions of ground control, three missiles were fired.", Flag.NUMBER),
        (
            "At the plane, windows were illuminated and position lights not turned on.",
            Flag.NEGATION,
        ),
        ("We were not completely convinced that this plane was on a mission", Flag.NEGATION),
        ("Our Foreign Minister, Comrade Andropov, did not travel to the U.N.", Flag.NAME),
        ("Parts from the plane were found near Kamchatka Island", Flag.NAME),
        ("More than [not] 120 shots were fired.", Flag.NEGATION),
    ],
)
def test_what_a_difference_touches_comes_first(judge: Judge, typed: str, flag: Flag) -> None:
    found = judge.check(typed)
    assert found.verdict is Verdict.ALTERED
    assert flag in found.flags
    assert found.differences[0].touches is flag


@pytest.mark.parametrize(
    ("typed", "flags"),
    [
        ("able to recognize it", {Flag.CUT, Flag.NEGATION}),
        ("we would not have shot it down", {Flag.CUT}),
        ("illuminated", {Flag.CUT, Flag.NEGATION}),
        ("there is no expectation for any changes of US administration policy", {Flag.CUT}),
        ("the US did not give guarantees for the safety of his plane", set()),
        ("in a certain regard he is a realist", set()),
        ("in the East there is China", set()),
        ("mankind will unfortunately never know", {Flag.CUT, Flag.REPORTED}),
        ("this is not a passenger plane", {Flag.CUT, Flag.REPORTED}),
    ],
)
def test_a_cut_matters_where_what_is_left_out_governs(
    judge: Judge, typed: str, flags: set[Flag]
) -> None:
    found = judge.check(typed)
    assert set(found.flags) - {Flag.HOST_PAGE} == flags
    assert (found.verdict is Verdict.ALTERED) == bool(flags)


@pytest.mark.parametrize(
    ("language", "text", "cut", "whole"),
    [
        ("de", "Wir haben das nicht gewusst.", "Wir haben das", "Wir haben das nicht gewusst"),
        ("de", "Wenn es regnet, bleiben wir hier.", "bleiben wir hier", "Wenn es regnet"),
        ("fr", "Nous ne savions pas cela.", "savions", "Nous ne savions pas cela"),
        ("fr", "S'il pleut, nous restons ici.", "nous restons ici", "S’il pleut, nous restons"),
        ("es", "No sabían nada del avión.", "sabían", "No sabían nada del avión"),
        (
            "es",
            "Si llueve, nos quedamos aquí.",
            "nos quedamos aquí",
            "Si llueve, nos quedamos aquí",
        ),
        ("ru", "Мы не знали этого.", "знали этого", "Мы не знали этого"),
        (
            "ru",
            "Если пойдёт дождь, мы останемся.",
            "мы останемся",
            "Если пойдет дождь, мы останемся",
        ),
        ("ko", "우리는 그것을 알지 못했다.", "우리는 그것을 알지", "우리는 그것을 알지 못했다"),
        ("ko", "비가 오면 여기에 있겠습니다.", "여기에 있겠습니다", "비가 오면 여기에 있겠습니다"),
    ],
)
def test_negations_and_conditions_of_six_languages(
    language: str, text: str, cut: str, whole: str
) -> None:
    judge = made(f"ANNA: {text} {text[::-1]}\n\nBERTA: Ja.\n\nANNA: Ja.\n\nBERTA: Ja.\n", language)
    assert judge.check(whole, "Anna").is_upheld
    found = judge.check(cut, "Anna")
    assert found.verdict is Verdict.ALTERED
    assert Flag.CUT in found.flags


def test_passages_of_several_places_are_stitched(judge: Judge) -> None:
    for typed in (
        "Many thanks for the welcome. We have solved this in an effective fashion.",
        "I am grateful for the invitation … I have no further questions",
        "This has created some Comrade Mielke: We have solved this in an effective fashion.",
        "in a certain regard he is a realist, he fell and dropped dead",
    ):
        found = judge.check(typed, "Kryuchkov")
        assert found.verdict is Verdict.STITCHED
        assert found.speaker_matches is False
        assert {place.quote.speaker for place in found.places} == {"Kryuchkov", "Mielke"}


def test_a_mark_may_leave_out_only_what_governs_nothing(judge: Judge) -> None:
    kept = judge.check("I am grateful for the invitation … here in the GDR.", "Kryuchkov")
    assert kept.verdict is Verdict.SAME_WORDS
    assert kept.differences[0].source.split() == "to spend parts of my vacation".split()
    turned = judge.check("we would […] have shot it down")
    assert turned.verdict is Verdict.ALTERED
    assert {Flag.CUT, Flag.NEGATION} <= set(turned.flags)


def test_words_of_nobody_and_of_unknown_people(judge: Judge) -> None:
    note = judge.check("Referring to the Soviet shoot down of Korean Airlines", "Mielke")
    assert (note.verdict, note.speaker_matches) == (Verdict.EXACT, False)
    assert Flag.BY_SOMEBODY_ELSE not in note.flags
    assert judge.check("Many thanks.", "Somebody Else").speaker_matches is False
    assert judge.check("Many thanks.", " ").speaker_matches is None
    absent = judge.check("Bread is baked in the oven of my grandmother.", "Mielke")
    assert (absent.verdict, absent.speaker_matches, absent.places) == (Verdict.ABSENT, None, ())
    assert judge.check("Bread is baked.", "Nobody").speaker_matches is False


def test_the_same_words_of_two_people_are_credited_to_the_one_stated(judge: Judge) -> None:
    for name in ("Mielke", "Kryuchkov"):
        found = judge.check("Many thanks.", name)
        assert (found.verdict, found.speaker_matches) == (Verdict.EXACT, True)
        assert {place.quote.speaker for place in found.places} == {name}


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("Kryuchkov", True),
        (KRYUCHKOV, True),
        ("Vladimir Kryuchkov", True),
        ("V. A. Kryuchkov", True),
        ("Comrade Kryuchkov", True),
        ("KGB deputy chief Kryuchkov", True),
        ("the Deputy Chairman of the KGB, Kryuchkov", True),
        ("kryuchkov", True),
        ("Viktor Kryuchkov", False),
        ("V. Kryuchkov", True),
        ("B. Kryuchkov", False),
        ("Viktor Chebrikov", False),
        ("Mielke", False),
        ("Kryuchkova", False),
        ("", False),
        ("😀", False),
    ],
)
def test_names_as_people_write_them(transcript: Transcript, typed: str, fits: bool) -> None:
    assert is_called(transcript, "Kryuchkov", typed) is fits


def test_nothing_to_compare_is_said_in_one_sentence(judge: Judge) -> None:
    for nothing in ("", "  “ ” ", "…", "[2]"):
        with pytest.raises(QuestionError, match="There is no word in the quotation"):
            judge.check(nothing)
    with pytest.raises(QuestionError, match="has 20,001 characters"):
        judge.check("a" * 20_001)


def test_a_quotation_in_many_pieces_is_refused_before_it_costs(
    judge: Judge, transcript: Transcript
) -> None:
    words = transcript.text[3000:].split()
    with pytest.raises(QuestionError, match="into 1,000 parts; check at most 12"):
        judge.check("the dam … " * 1000)
    with pytest.raises(QuestionError, match="and marks of omission; check at most 1,000 words"):
        judge.check(" … ".join(" ".join(words[n : n + 120]) for n in range(0, 1320, 120)))


@pytest.mark.parametrize("every", [2, 5, 50])
def test_no_quotation_costs_more_than_a_few_others(
    judge: Judge, transcript: Transcript, every: int
) -> None:
    """Others wait for it: whoever alters words all over a long text must not buy minutes."""
    words = transcript.text[3000:].split()
    altered = [word if n % every == 0 else "zebra" for n, word in enumerate(words)]
    pieces = [" ".join(altered[n : n + 40]) for n in range(0, 480, 40)]
    began = time.process_time()
    judge.check(transcript.text[3000:22000])
    usual = time.process_time() - began
    for quotation in (" ".join(altered)[:20_000], " … ".join(pieces)):
        began = time.process_time()
        judge.check(quotation)
        assert time.process_time() - began < 8 * usual + 1


def test_odd_quotations_are_compared_like_any_other(judge: Judge, transcript: Transcript) -> None:
    for odd in ("😀", "그는 현실주의자다", "\x00 \ud7ff %", "'", "—a—", "a" * 5000, "[[[a", "1"):
        if any(char.isalnum() for char in odd) or odd == "😀":
            assert judge.check(odd).verdict in Verdict
    for long in (transcript.text[3000:22000], "we " * 6000, "[" * 9000 + "zebra", "a…" * 12):
        assert not judge.check(long).is_upheld
    assert judge.check("10:1", "Mielke").is_upheld


@given(st.data())
def test_every_run_of_a_speech_is_found_where_it_stands(data: st.DataObject) -> None:
    judge, transcript = _shipped()
    spoken = [s for s in transcript.sentences if s.turn]
    sentence = data.draw(st.sampled_from(spoken))
    text = transcript.text[sentence.start : sentence.end]
    found = judge.check(text, transcript.turns[sentence.turn - 1].speaker)
    assert found.is_upheld, text
    assert any(place.quote.start <= sentence.start < place.quote.end for place in found.places)
    for one in (*found.differences,):
        assert one.source == transcript.text[one.start : one.end]


_SHIPPED: list[tuple[Judge, Transcript]] = []


def _shipped() -> tuple[Judge, Transcript]:
    from corpus.archive import shipped_folder

    if not _SHIPPED:
        shelf = open_archive(shipped_folder())
        _SHIPPED.append((Judge(shelf), shelf.transcripts[0]))
    return _SHIPPED[0]


def _said(check: Check) -> str:
    return " ".join(check_lines(check))


def test_what_is_said_never_calls_anything_false(judge: Judge) -> None:
    for typed, who in ((BANNER, "Chebrikov"), ("Bread.", "Nobody"), ("able to recognize it", None)):
        said = _said(judge.check(typed, who))
        assert "false" not in said.lower()
    assert "Kryuchkov" in _said(judge.check(BANNER, "Chebrikov"))


@pytest.mark.parametrize(
    ("typed", "who", "first"),
    [
        (SENTENCE, "Mielke", "Not Mielke: it is Vladimir Alexandrovich Kryuchkov"),
        (BANNER, "Chebrikov", "Not Chebrikov: it is Vladimir Alexandrovich Kryuchkov"),
        ("able to recognize it", "Mielke", "Not Mielke: it is Vladimir Alexandrovich Kryuchkov"),
        (
            "Many thanks for the welcome. We have solved this in an effective fashion.",
            "Kryuchkov",
            "Not Kryuchkov, or not alone: the parts are said by ",
        ),
        ("Referring to the Soviet shoot down of", "Mielke", "Not Mielke: nobody says it,"),
        (SENTENCE, "Kryuchkov", "The archive has these words"),
        ("Bread is baked in the oven of my grandmother.", "Nobody", "Not found."),
    ],
)
def test_a_wrong_speaker_is_said_first_and_in_plain_words(
    judge: Judge, typed: str, who: str, first: str
) -> None:
    assert _said(judge.check(typed, who)).startswith(first)


def test_whose_words_are_only_quoted_is_said_first() -> None:
    judge = made(WITNESS)
    assert _said(judge.check(CLAY, "Hale")).startswith("Not Hale: the words are somebody else’s.")
    assert _said(judge.check(CLAY, "Mr Dent")).startswith(
        "It is not established that Mr Dent says this."
    )


def test_objects_hold_slices_of_the_source(judge: Judge, transcript: Transcript) -> None:
    made = check_object(judge.check(BANNER, "Chebrikov"))
    assert list(made) == [
        "quotation", "speaker", "verdict", "speaker_matches", "flags", "quotes", "diff", "reported",
        "perhaps",
    ]  # fmt: skip
    (quote,) = made["quotes"]
    assert quote["text"] == transcript.text[quote["start"] : quote["end"]]
    (one,) = made["diff"]
    assert one["source"] == transcript.text[one["start"] : one["end"]] == "that"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([SENTENCE], 0),
        ([SENTENCE, "--speaker", "Kryuchkov"], 0),
        ([SENTENCE, "--speaker", "Mielke"], 3),
        ([BANNER, "--speaker", "Chebrikov"], 3),
        (["How do I bake bread?"], 3),
        (["“”"], 1),
    ],
)
def test_the_exit_code_tells(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["check", *arguments]) == code
    if code == 1:
        return
    capsys.readouterr()
    assert run_command(["check", *arguments, "--json"]) == code
    assert json.loads(capsys.readouterr().out)["quotation"] == arguments[0]


def test_programs_check_with_one_call(archive: Archive) -> None:
    found = Opened(archive, Settings()).check(SENTENCE, "Kryuchkov")
    assert found.is_upheld


COUNTED = (
    "HALE: There were sixty-five of us at the works. It cost 10.5 marks, 10% more, and -5 degrees "
    "outside. The anti-aircraft unit left.\n\nDENT: Sixty men came. I-I did see 1,000 of them.\n\n"
    "HALE: Yes.\n\nDENT: Yes.\n"
)


@pytest.mark.parametrize(
    ("typed", "who", "upheld"),
    [
        ("Sixty", "Dent", True),
        ("Sixty", "Hale", False),
        ("There were sixty", "Hale", False),
        ("five of us at the works", "Hale", False),
        ("sixty five of us at the works", "Hale", True),
        ("It cost 10", "Hale", False),
        ("10", "Hale", False),
        ("5 degrees outside", "Hale", False),
        ("aircraft unit left", "Hale", False),
        ("I did see 1000 of them", "Dent", True),
        ("I did see 1", "Dent", False),
    ],
)
def test_no_part_of_a_number_or_compound_is_the_whole(typed: str, who: str, upheld: bool) -> None:
    found = made(COUNTED).check(typed, who)
    assert found.is_upheld is upheld


WITNESS = """HALE: And then the foreman, Mr Dent, told me: "A woman does not understand clay."
I laughed.
I told him, “You will see what I can do here.” He said to me, quote, women are weak, unquote.

MORE: Was it sixty?

HALE: Not sixty, as the newspaper wrote, but sixty-five of us. As the newspaper wrote later,
'The works will close in May'. The sign over it read “Women take over the pottery works”.

MORE: Yes, the so-called “peace movement” was there.
"""
CLAY = "A woman does not understand clay."


@pytest.mark.parametrize(
    ("typed", "who", "matches", "reported"),
    [
        (CLAY, "Hale", False, True),
        (CLAY, "Mr Dent", None, True),
        (CLAY, "Albert Dent", None, True),
        (CLAY, "Mrs Dent", False, True),
        (CLAY, "More", False, True),
        ("women are weak", "Hale", False, True),
        ("The works will close in May", "Hale", False, True),
        ("Women take over the pottery works", "Hale", False, True),
        ("You will see what I can do here.", "Hale", True, False),
        ("Not sixty, as the newspaper wrote", "Hale", True, False),
        ("peace movement", "More", True, False),
        (f'Mr Dent, told me: "{CLAY}"', "Hale", True, True),
    ],
)
def test_what_somebody_quotes_is_not_his_own(
    typed: str, who: str, matches: bool | None, reported: bool
) -> None:
    found = made(WITNESS).check(typed, who)
    assert found.verdict in (Verdict.EXACT, Verdict.SAME_WORDS)
    assert (found.speaker_matches, Flag.REPORTED in found.flags) == (matches, reported)


def test_who_passes_words_on_as_whose_is_said() -> None:
    found = made(WITNESS).check(CLAY, "Mr Dent")
    assert "HALE passes it on, as said by Mr Dent." in _said(found)
    reported = check_object(found)["reported"]
    assert reported is not None
    assert (reported["by"], reported["of"]) == ("HALE", "Mr Dent")
    assert made(WITNESS).check(f"{CLAY} I laughed.", "Hale").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("language", "text", "typed", "narrator"),
    [
        ("de", "Da hat Herr Dent zu mir gesagt: „Eine Frau versteht nichts von Ton.“", "", False),
        ("de", "„Eine Frau versteht nichts“, sagte der Meister.", "Eine Frau versteht", False),
        ("de", "Ich sagte ihm: „Das werden wir ja sehen.“", "Das werden wir ja sehen", True),
        ("fr", "Dent m’a dit : « Une femme ne comprend rien. »", "Une femme ne comprend", False),
        ("fr", "Je lui ai répondu : « Nous verrons bien cela. »", "Nous verrons bien", True),
        ("es", "El señor Dent me dijo: «Una mujer no entiende».", "Una mujer no entiende", False),
        ("es", "Yo le dije: «Ya lo veremos muy pronto».", "Ya lo veremos muy pronto", True),
        ("ru", "«Женщина не понимает глину», — сказал мне Дент.", "Женщина не понимает", False),
        ("ru", "Я ему ответила: «Мы ещё посмотрим на это».", "Мы ещё посмотрим", True),
        (
            "ko",
            "덴트 씨가 “여자는 흙을 전혀 모른다”라고 말했습니다.",
            "여자는 흙을 전혀 모른다",
            False,
        ),
        (
            "ko",
            "저는 “제가 그것을 곧 보여 드리겠습니다”라고 했습니다.",
            "제가 그것을 곧 보여",
            True,
        ),
    ],
)
def test_quotations_in_a_speech_of_six_languages(
    language: str, text: str, typed: str, narrator: bool
) -> None:
    judge = made(f"ANNA: {text}\n\nBERTA: Ja.\n\nANNA: Ja.\n\nBERTA: Ja.\n", language)
    typed = typed or text[text.index("„") + 1 : text.index("“")]
    found = judge.check(typed, "Anna")
    assert found.places
    assert found.speaker_matches is narrator
    assert (Flag.REPORTED in found.flags) is not narrator


@pytest.mark.parametrize(
    ("language", "text", "who", "matches"),
    [
        ("en", "Mr Dent looked at Mr Kern and said: “It will close on Monday.”", "Dent", None),
        ("en", "Mr Dent looked at Mr Kern and said: “It will close on Monday.”", "Kern", False),
        ("en", "I looked at him and said: “It will close on Monday.”", "Anna", True),
        ("en", "Mr Dent, who was there, told us: “It will close on Monday.”", "Dent", None),
        ("en", "Mr Reilly said: “It will close on Monday.”", "Reilly", None),
        (
            "en",
            "Mr Dent asked me, “Is it true that it will close on Monday?” I said no.",
            "Dent",
            None,
        ),
        (
            "en",
            "Mr Dent asked me, “Is it true that it will close on Monday?” I said no.",
            "Anna",
            False,
        ),
        ("en", "“Is it true that it will close on Monday?” I said.", "Anna", True),
        ("en", "He told me this: “It will close on Monday?” I went home.", "Anna", False),
        ("de", "Da kam Herr Dent herein und sagte: „It will close on Monday.“", "Dent", None),
        ("de", "Da sah ich ihn an und sagte: „It will close on Monday.“", "Anna", True),
        ("de", "Herr Dent meinte dazu: ‚It will close on Monday.‘", "Dent", None),
        ("de", "Herr Dent meinte dazu: ‚It will close on Monday.‘", "Anna", False),
        ("fr", "« It will close on Monday », ai-je dit.", "Anna", True),
        ("fr", "« It will close on Monday », dis-je.", "Anna", True),
        ("fr", "« It will close on Monday », répondit-elle.", "Anna", False),
        ("fr", "« It will close on Monday », m’a dit M. Dent.", "Dent", None),
        ("fr", "Madame Joly nous a écrit : « It will close on Monday. »", "Joly", None),
    ],
)
def test_who_speaks_is_told_by_the_words_beside(
    language: str, text: str, who: str, matches: bool | None
) -> None:
    judge = made(f"ANNA: {text}\n\nBERTA: Yes.\n\nANNA: Yes.\n\nBERTA: Yes.\n", language)
    found = judge.check("it will close on Monday", who)
    assert found.is_upheld is (matches is not False)
    assert found.speaker_matches is matches


MONEY = (
    "HALE: The chairman will come on Monday with his papers and the money.\n\nMORE: Yes.\n\n"
    "HALE: No.\n\nMORE: Yes.\n"
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("The chairman will come with the money", ("", "on Monday", False)),
        ("Will the chairman come on Monday?", ("Will", "will", True)),
        ("on Monday the chairman will come", ("on Monday", "on Monday", True)),
        ("The director will come on Monday", ("director", "chairman", False)),
        ("The chairman will come on Friday", ("Friday", "Monday", False)),
    ],
)
def test_words_stand_beside_those_of_the_source(typed: str, first: tuple[str, str, bool]) -> None:
    found = made(MONEY).check(typed)
    assert found.verdict is Verdict.ALTERED
    one = found.differences[0]
    assert (one.given, one.source, one.is_moved) == first


def test_a_dropped_negation_in_the_middle_is_shown_first(judge: Judge) -> None:
    found = judge.check("We express our deep regrets for the victims and accept responsibility")
    (one,) = found.differences
    assert (found.verdict, found.flags[0]) == (Verdict.ALTERED, Flag.NEGATION)
    assert (one.given, " ".join(one.source.split())) == ("and", "but do not")


HEARING = """FARRELL: Captain Briggs came down to the landing, and he said to me: "I have never \
taken orders from a woman." Let me read from the letter into the record: "The siren at the \
upper gate has not worked since August." Pruitt was not there.

OSGOOD: I see. Walter Pruitt remembered that "we missed a whole week of rent in the strike".
"""
ORDERS = "I have never taken orders from a woman."
SIREN = "The siren at the upper gate has not worked since August."


@pytest.mark.parametrize(
    ("words", "stated", "matches", "of"),
    [
        # Whoever was named before may be "he"; nobody else may.
        (ORDERS, "Captain Briggs", None, None),
        (ORDERS, "Mr Osgood", False, None),
        (ORDERS, "Pruitt", False, None),
        (ORDERS, "Farrell", False, None),
        # A verb is nobody's name.
        (SIREN, "Farrell", False, None),
        (SIREN, "Osgood", False, None),
        ("we missed a whole week of rent in the strike", "Mr Pruitt", None, "Walter Pruitt"),
    ],
)
def test_he_is_somebody_named_before(
    words: str, stated: str, matches: bool | None, of: str | None
) -> None:
    found = made(HEARING).check(words, stated)
    assert found.speaker_matches is matches
    assert check_object(found)["reported"] is not None
    assert (check_object(found)["reported"] or {})["of"] == of


UNLABELLED = """MR. KEANE: Please state what you saw.

A strange voice: it was dark, and CARL HUBER stood there.

MR. KEANE: And then?
"""


def test_speech_of_nobody_known_is_speech() -> None:
    judge = made(UNLABELLED)
    words = "it was dark, and CARL HUBER stood there."
    assert made(UNLABELLED).check(words).places[0].quote.speaker is None
    found = judge.check(words, "Carl Huber")
    assert found.speaker_matches is None
    assert judge.check(words, "Anna Stranger").speaker_matches is False
    for stated in ("Carl Huber", "Anna Stranger"):
        said = f"It is not established who says this. Stated was: {stated}."
        assert _said(judge.check(words, stated)).startswith(said)


def test_words_around_a_hole_are_known_again(judge: Judge) -> None:
    found = judge.check("Yet this would benefits for him.", "Kryuchkov")
    (one,) = found.differences
    assert (found.verdict, found.speaker_matches) == (Verdict.ALTERED, True)
    assert (found.flags, one.source) == ((Flag.NEGATION,), "not yield any")
