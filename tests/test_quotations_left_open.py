"""Words that leave a statement open, or restrict it, may not be cut off without a sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.parsing import parse
from corpus.record import Record
from qa.quotations.judging import Judge
from qa.quotations.verdicts import Flag, Verdict


def made(text: str, language: str = "en") -> Judge:
    """Return a judge over a speech of Anna's."""
    whole = f"ANNA: {text}\n\nBERTA: Yes.\n\nANNA: Yes.\n\nBERTA: Yes.\n"
    record = Record(title="Talk", language=language)
    return Judge((parse(whole.encode(), record, "talk", Path("talk.txt")),))


@pytest.mark.parametrize(
    ("language", "text", "cut"),
    [
        ("en", "I think he was guilty.", "he was guilty"),
        ("en", "I still believe that he was guilty.", "he was guilty"),
        ("en", "I would imagine he was guilty.", "he was guilty"),
        ("en", "Well, I guess, he was guilty.", "he was guilty"),
        ("en", "I think that, you know, he was guilty.", "he was guilty"),
        ("en", "I think, well, he was guilty.", "he was guilty"),
        ("en", "I suppose he was guilty.", "was guilty"),
        ("en", "I thought he was guilty.", "he was guilty"),
        ("en", "I doubt he was guilty.", "he was guilty"),
        ("en", "Maybe he was guilty.", "he was guilty"),
        ("en", "It is possible that he was guilty.", "he was guilty"),
        ("en", "It's quite possible, he was guilty.", "he was guilty"),
        ("en", "It seems that he was guilty.", "he was guilty"),
        ("en", "He was probably guilty.", "guilty"),
        ("en", "He was guilty, I think.", "He was guilty"),
        ("en", "He was guilty, probably, and fled.", "He was guilty"),
        ("en", "I would have signed the letter.", "signed the letter"),
        ("en", "I would have signed the letter.", "have signed the letter"),
        ("en", "He could easily have been shot there.", "shot there"),
        ("en", "They’d have burned the house.", "burned the house"),
        ("de", "Ich glaube, er war schuldig.", "er war schuldig"),
        ("de", "Ich glaube, dass er schuldig war.", "er schuldig war"),
        ("de", "Da war er, denke ich, schuldig.", "schuldig"),
        ("de", "Wahrscheinlich war er schuldig.", "war er schuldig"),
        ("de", "Ich hätte den Brief unterschrieben.", "den Brief unterschrieben"),
        ("fr", "Je crois que Jean était coupable.", "Jean était coupable"),
        ("fr", "Il est possible que Jean soit coupable.", "Jean soit coupable"),
        ("fr", "Peut-être il était coupable.", "il était coupable"),
        ("fr", "J’aurais signé la lettre.", "signé la lettre"),
        ("es", "Creo que él era culpable.", "él era culpable"),
        ("es", "Tal vez él era culpable.", "él era culpable"),
        ("es", "Yo habría firmado la carta.", "firmado la carta"),
        ("ru", "Я думаю, что он был виновен.", "он был виновен"),
        ("ru", "Может быть, он был виновен.", "он был виновен"),
        ("ru", "Он был виновен, наверное.", "Он был виновен"),
        ("ko", "아마 그가 유죄였습니다.", "그가 유죄였습니다"),
        ("ko", "제 생각에는 그가 유죄였습니다.", "그가 유죄였습니다"),
        ("ko", "그가 유죄인 것 같습니다.", "그가 유죄인 것"),
    ],
)
def test_what_is_only_believed_or_possible_is_not_asserted(
    language: str, text: str, cut: str
) -> None:
    judge = made(text, language)
    found = judge.check(cut, "Anna")
    assert (found.verdict, found.speaker_matches) == (Verdict.ALTERED, True)
    assert Flag.CUT in found.flags
    assert judge.check(text, "Anna").verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("language", "text", "cut"),
    [
        ("en", "He drove the car when sober.", "He drove the car"),
        ("en", "They trusted him until the money came.", "They trusted him"),
        ("en", "I never hit him until yesterday.", "I never hit him"),
        ("en", "Everybody was guilty except the cook.", "Everybody was guilty"),
        ("en", "Everybody was guilty, apart from me.", "Everybody was guilty"),
        ("en", "We shot only at night.", "We shot"),
        ("en", "We obeyed as long as they paid.", "We obeyed"),
        ("de", "Alle waren schuldig außer dem Koch.", "Alle waren schuldig"),
        ("de", "Sie trauten ihm, bis das Geld kam.", "Sie trauten ihm"),
        ("fr", "Tous étaient coupables sauf le cuisinier.", "Tous étaient coupables"),
        ("es", "Todos eran culpables excepto el cocinero.", "Todos eran culpables"),
        ("ru", "Все были виновны, кроме повара.", "Все были виновны"),
    ],
)
def test_what_restricts_a_statement_right_behind_it_governs_it(
    language: str, text: str, cut: str
) -> None:
    found = made(text, language).check(cut, "Anna")
    assert (found.verdict, Flag.CUT in found.flags) == (Verdict.ALTERED, True)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("I think he was old, and we went home.", "we went home"),
        ("I think, he left, he was guilty.", "he was guilty"),
        ("I think he was old but we went home.", "we went home"),
        ("I think he was old. We went home.", "We went home"),
        ("I think of the war every day.", "of the war every day"),
        ("I know he was guilty.", "he was guilty"),
        ("We left and I think he was guilty.", "We left"),
        ("We left when the war ended.", "We left"),
        ("We worked there until 1945.", "We worked there"),
        ("He would sign the letter.", "sign the letter"),
        ("We went home, only to find it burned.", "We went home"),
        ("We waited for him until five.", "We waited for him"),
        ("In those days he was the only man there.", "In those days he was the"),
        ("I think the work -- we left it there.", "we left it there"),
    ],
)
def test_what_governs_another_clause_or_nothing_may_be_left_out(text: str, cut: str) -> None:
    assert made(text).check(cut, "Anna").is_upheld
