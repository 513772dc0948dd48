"""What a quotation may not drop though it drops no word: that words are lost, that it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.lost import lost_words
from corpus.parsing import parse
from corpus.record import Record
from corpus.sentences import split_sentences
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Flag, Verdict
from qa.quotes import Quote
from qa.render.judged import FLAGS, LOST, STATEMENT, check_lines

REST = "\n\nBERTA: Yes.\n\nANNA: Yes.\n\nBERTA: Yes.\n"


def made(text: str, language: str = "en") -> Judge:
    """Return a judge over a speech of Anna's."""
    record = Record(title="Talk", language=language)
    return Judge((parse(f"ANNA: {text}{REST}".encode(), record, "talk", Path("talk.txt")),))


@pytest.mark.parametrize(
    "sign",
    [
        "[inaudible]", "(inaudible)", "[unintelligible 00:12:03]", "[indistinct]", "[crosstalk]",
        "[two words inaudible]", "[INAUDIBLE 0:12]", "[...]", "[…]", "[unv.]",
        "[unverständlich]", "(unverständlich 00:12)", "[inaudible – mot]", "[incompréhensible]",
        "[неразборчиво]", "[нрзб.]", "[안 들림]", "[알아들을 수 없음]", "[ininteligible]",
    ],
)  # fmt: skip
def test_words_that_nobody_could_hear_are_not_skipped_silently(sign: str) -> None:
    judge = made(f"They did {sign} shoot him that evening.")
    found = judge.check("They did shoot him that evening")
    (one,) = found.differences
    assert len(found.places) == 1
    assert (found.verdict, found.flags) == (Verdict.ALTERED, (Flag.CUT,))
    assert (one.given, one.source, one.is_lost) == ("", sign, True)
    assert next(check_lines(found)) == LOST


@pytest.mark.parametrize("sign", ["<inaudible>", "(unv.)", "(нрзб.)", "(알아들을 수 없음)"])
def test_brackets_that_count_as_words_are_no_words_to_drop_either(sign: str) -> None:
    judge = made(f"They did {sign} shoot him that evening.")
    assert judge.check("They did shoot him that evening").verdict is Verdict.ALTERED
    assert judge.check("They did … shoot him that evening").is_upheld
    assert judge.check(f"They did {sign} shoot him that evening").is_upheld


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[inaudible]", "(inaudible)"])
def test_a_quotation_that_says_where_words_are_lost_is_upheld(mark: str) -> None:
    judge = made("They did [inaudible] shoot him that evening.")
    assert judge.check(f"They did {mark} shoot him that evening").is_upheld
    whole = judge.check("They did [inaudible] shoot him that evening.")
    assert whole.verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("text", "typed", "upheld"),
    [
        ("They did [inaudible] shoot him.", "shoot him", False),
        ("They did shoot him [inaudible].", "They did shoot him", False),
        ("They did shoot him, [inaudible].", "They did shoot him", True),
        ("[inaudible] They went home at night.", "They went home at night", True),
        ("We did. [crosstalk] They went home at night.", "They went home at night", True),
        ("[inaudible] went home at night.", "went home at night", False),
        ("We saw it. [inaudible] They went home.", "We saw it. They went home.", False),
        ("We saw it (it was hardly audible) at night.", "We saw it at night", False),
        ("We saw [laughter] it at night.", "We saw it at night", True),
        ("We saw the [unverheiratete] woman at night.", "We saw the woman at night", True),
    ],
)
def test_what_is_lost_beside_a_quotation_counts_like_an_omission(
    text: str, typed: str, upheld: bool
) -> None:
    assert made(text).check(typed).is_upheld is upheld


def test_own_words_in_round_brackets_are_not_lost() -> None:
    for own in ("(he was quite inaudible there)", "(...)", "(the crosstalk of the 1980s ended)"):
        assert not list(lost_words(f"They did {own} shoot him."))


def test_a_quote_says_where_words_are_missing() -> None:
    judge = made("They did [inaudible] shoot him.")
    transcript = judge.check("They did … shoot him").places[0].quote.transcript
    quote = Quote.of(transcript, 0, 0)
    assert [transcript.text[at:].split()[0] for at in quote.lacks] == ["[inaudible]"]
    assert quote.breaks == ()


@pytest.mark.parametrize(
    ("language", "text", "typed", "verdict"),
    [
        ("en", "I killed him?", "I killed him.", Verdict.ALTERED),
        ("en", "I killed him?", "“I killed him,”", Verdict.ALTERED),
        ("en", "I killed him?", "I killed him", Verdict.EXACT),
        ("en", "I killed him? No.", "I killed him. No.", Verdict.ALTERED),
        ("en", "I killed him? No.", "I killed him No.", Verdict.SAME_WORDS),
        ("en", "So, he was drunk?", "he was drunk.", Verdict.ALTERED),
        ("en", "Was he drunk that night?", "drunk that night,", Verdict.SAME_WORDS),
        ("en", "Was he drunk that night?", "he drunk that", Verdict.EXACT),
        ("en", "He asked me: “You killed him?”", "You killed him.", Verdict.ALTERED),
        ("es", "¿Lo maté? Nunca.", "Lo maté.", Verdict.ALTERED),
        ("ru", "Я его убил?", "Я его убил.", Verdict.ALTERED),
        ("ko", "제가 그를 죽였다고요?", "제가 그를 죽였다고요.", Verdict.ALTERED),
        ("de", "Er war betrunken?", "Er war betrunken!", Verdict.ALTERED),
    ],
)
def test_a_question_is_no_statement(language: str, text: str, typed: str, verdict: Verdict) -> None:
    found = made(text, language).check(typed)
    assert found.verdict is verdict
    assert Flag.QUESTION in found.flags
    said = list(check_lines(found))
    assert (said[0] == STATEMENT) is (verdict is Verdict.ALTERED)
    assert (FLAGS[Flag.QUESTION] in said) is (verdict is not Verdict.ALTERED)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("I killed him?", "I killed him?"),
        ("I killed him?!", "“I killed him?”"),
        ("I killed him? No.", "I killed him? No."),
        ("I killed him? Well, no.", "I killed him … no."),
        ("I killed him. Did I?", "I killed him."),
        ("I killed him; who else?", "I killed him."),
        ("He asked whether I came.", "He asked whether I came."),
        ("We saw Kern [?] at night.", "We saw Kern at night."),
        ("¿Lo maté?", "¿Lo maté"),
    ],
)
def test_a_question_quoted_as_one_has_no_flag(text: str, typed: str) -> None:
    found = made(text).check(typed)
    assert found.is_upheld
    assert Flag.QUESTION not in found.flags


def test_where_the_same_words_are_stated_elsewhere_that_place_comes_first() -> None:
    found = made("I killed him? I was asleep. I killed him.").check("I killed him.")
    assert (found.verdict, found.flags, len(found.places)) == (Verdict.EXACT, (), 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell under Title '37. We left. They broke the looms' frames.", 3),
        ("We met in '37. It rained. The looms' noise stopped.", 3),
        ("It was over. 'Twas cold. The girls' school closed.", 3),
        ("We told 'em so. They left. The boys' club closed.", 3),
        ("He said 'go home. Now.' Then he left.", 2),
    ],
)
def test_an_apostrophe_before_what_is_cut_short_opens_no_quotation(
    text: str, sentences: int
) -> None:
    assert len(split_sentences(text, 0, len(text), "en")) == sentences


def test_words_behind_a_year_cut_short_are_the_speakers_own() -> None:
    text = "I told 'em to go. He told me of Title '37. It was the looms' frame that broke."
    found = made(text).check("It was the looms", "Anna")
    assert (found.speaker_matches, found.flags) == (True, ())
