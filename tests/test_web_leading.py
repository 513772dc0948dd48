"""Questions that lead on stand near what was quoted, and are never asked twice."""

from __future__ import annotations

from corpus.archive import Archive
from qa.quotes import Quote
from qa.web.leading import next_questions

SHOTS = (8299, 8340)


def near(archive: Archive, seen: bool, asked: tuple[str, ...], language: str) -> list[str]:
    transcript = archive["mielke-kryuchkov-1983-09-19"]
    quote = Quote.around(transcript, *SHOTS)
    suggested = transcript.record.suggested
    on_screen = [quote] if seen else []
    found = next_questions(archive, suggested, quote, on_screen, asked, language, 3)
    assert all(one.lang == language for one in found)
    return [one.asked for one in found]


def test_they_come_from_the_same_turn_and_not_from_what_is_quoted(archive: Archive) -> None:
    transcript = archive["mielke-kryuchkov-1983-09-19"]
    turn = next(t for t in transcript.turns if t.start <= SHOTS[0] < t.end)
    entries = archive.aid(transcript.id).entries
    for language in ("en", "de", "ko", "ru"):
        found = near(archive, True, (), language)
        assert len(found) == 3
        for question in found:
            (entry,) = [e for e in entries if question in {key.text for key in e.questions}]
            assert turn.start <= entry.start < turn.end
            assert entry.end <= SHOTS[0] or entry.start >= SHOTS[1]


def test_what_was_asked_is_not_offered_again(archive: Archive) -> None:
    asked: tuple[str, ...] = ()
    for _ in range(4):
        found = near(archive, True, asked, "en")
        assert not {question.casefold() for question in asked} & {q.casefold() for q in found}
        asked = (*asked, found[0].upper())


def test_after_a_refusal_the_nearest_passage_itself_is_asked_about(archive: Archive) -> None:
    transcript = archive["mielke-kryuchkov-1983-09-19"]
    entries = archive.aid(transcript.id).entries
    first = near(archive, False, (), "en")[0]
    (entry,) = [e for e in entries if first in {key.text for key in e.questions}]
    assert entry.start < SHOTS[1]
    assert entry.end > SHOTS[0]


def test_without_a_place_the_record_leads_on(archive: Archive) -> None:
    suggested = archive["mielke-kryuchkov-1983-09-19"].record.suggested
    found = next_questions(archive, suggested, None, [], [suggested[0].question], "de", 3)
    assert [one.asked for one in found] == [s.question for s in suggested[1:4]]
    assert [one.shown for one in found] == [s.translations["de"] for s in suggested[1:4]]
