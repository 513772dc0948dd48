"""Describing a document from the command line: add, gap, review, coverage, accept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_shelf
from corpus.errors import AidError, ManifestError
from describing import Describe, Told
from qa.errors import UsageError

BELL = "in the fog we rang the bell"


@pytest.fixture
def describe(tiny_archive: Callable[..., Path], capsys: Told) -> Describe:
    return Describe(tiny_archive(), capsys)


def add(describe: Describe, *more: object) -> Describe:
    return describe("add", "lighthouse", BELL, "--author", "Ada", "--question", "Any noise?", *more)


def test_words_are_widened_to_the_sentence_that_holds_them(describe: Describe) -> None:
    add(describe)
    (line,) = describe.lines("lighthouse")
    archive = open_archive(describe.folder)
    (entry,) = archive.aid("lighthouse").entries
    text = archive["lighthouse"].text[entry.start : entry.end]
    assert text.startswith("We lit the lamp")
    assert text.endswith("by hand.")
    assert line["provenance"] | {"date": ""} == {"author": "Ada", "date": "", "reviewed_by": None}
    assert "We lit the lamp every evening at dusk" in describe.said


def test_offsets_are_widened_too(describe: Describe) -> None:
    whole = add(describe).lines("lighthouse")[0]
    inside = f"{int(str(whole['start'])) + 3}-{int(str(whole['end'])) - 3}"
    describe("add", "lighthouse", inside, "--author", "Ada", "--question", "Which duties?")
    again = describe.lines("lighthouse")[1]
    assert (again["start"], again["end"]) == (whole["start"], whole["end"])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("the", "places"),
        ("submarine", "stands nowhere"),
        ("?!", "stands nowhere"),
        ("0-100000", "no range"),
        ("9-3", "no range"),
        ("10-420", "crosses a speaker label"),
    ],
)
def test_a_place_that_is_none_or_several_is_refused(
    describe: Describe, place: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        describe("add", "lighthouse", place, "--author", "Ada", "--question", "What?")
    assert not describe.aid("lighthouse").exists()


def test_the_language_of_a_question_is_recognised(describe: Describe) -> None:
    add(describe, "--question", "Womit warnten sie die Schiffe bei schlechter Sicht?")
    (line,) = describe.lines("lighthouse")
    questions = line["questions"]
    assert isinstance(questions, list)
    assert [key["lang"] for key in questions] == ["en", "de"]


def test_a_question_that_is_there_is_not_added_again(describe: Describe) -> None:
    add(describe)
    before = describe.aid("lighthouse").read_bytes()
    with pytest.raises(UsageError, match=r"lighthouse\.aid\.jsonl, line 1: has “any  NOISE\?”"):
        describe("gap", "lighthouse", "any  NOISE?", "--author", "Bo")
    assert describe.aid("lighthouse").read_bytes() == before


def test_an_unknown_document_is_named_with_those_there_are(describe: Describe) -> None:
    with pytest.raises(UsageError, match=r"no document 'nowhere' .*there are: ferry, lighthouse"):
        describe("coverage", "nowhere")
    with pytest.raises(UsageError, match="no document"):
        describe("coverage", "../archive/ferry")


def test_a_review_names_the_reviewer_and_keeps_earlier_ones(describe: Describe) -> None:
    add(describe)
    describe("gap", "lighthouse", "Who paid for it?", "--author", "Ada")
    describe("gap", "lighthouse", "How loud?", "--author", "Ada", "--near", BELL)
    describe("review", "lighthouse", "--by", "Bo", "--range", BELL)
    assert [line["provenance"]["reviewed_by"] for line in described(describe)] == ["Bo", None, "Bo"]
    describe("review", "lighthouse", "--by", "Cy", "--all")
    assert [line["provenance"]["reviewed_by"] for line in described(describe)] == ["Bo", "Cy", "Bo"]
    assert "1 line reviewed by Cy; 2 had been reviewed before." in describe.said


def described(describe: Describe) -> list[dict[str, dict[str, object]]]:
    return describe.lines("lighthouse")  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "Bo"), "--range, --line or --all"),
        (("--by", "model-drafted", "--all"), "name of a person"),
        (("--by", " ", "--all"), "name of a person"),
        (("--by", "Bo", "--line", "9"), "no entry or gap in line 9"),
        (("--by", "Bo", "--range", "nine days"), "no entry or gap there"),
    ],
)
def test_a_review_says_who_and_what(
    describe: Describe, options: tuple[str, ...], said: str
) -> None:
    add(describe)
    with pytest.raises(UsageError, match=said):
        describe("review", "lighthouse", *options)


def test_a_change_leaves_every_other_line_as_it_was(describe: Describe) -> None:
    add(describe)
    first, entry = describe.lines("lighthouse")[0], describe.aid("lighthouse")
    loose = json.dumps(first, indent=None, separators=(" , ", " :  ")).encode() + b"\r\n"
    entry.write_bytes(loose + b"\n   \n" + b'{"gap":"Who?","lang":"en","provenance":{"author":'
                      b'"Ada","date":"2026-01-31"}}')  # fmt: skip
    describe("gap", "lighthouse", "How tall?", "--author", "Bo")
    data = entry.read_bytes()
    assert data.startswith(loose + b"\n   \n" + b'{"gap":"Who?","lang":"en"')
    assert data.count(b"\n") == 5
    assert data.endswith(b'"reviewed_by": null}}\n')


def test_a_review_of_one_line_leaves_the_others_as_they_were(describe: Describe) -> None:
    add(describe)
    aid = describe.aid("lighthouse")
    loose = b'{"gap":"Who?","lang":"en","provenance":{"author":"Ada","date":"2026-01-31"}}\r\n'
    aid.write_bytes(loose + aid.read_bytes() + b"\n" + loose.replace(b"Who", b"Why").rstrip())
    before = aid.read_bytes().split(b"\n")
    describe("review", "lighthouse", "--by", "Bo", "--line", "2")
    after = aid.read_bytes().split(b"\n")
    assert [n for n, line in enumerate(after) if line != before[n]] == [1]
    assert len(after) == len(before)


def test_a_line_is_changed_with_its_own_line_ending(describe: Describe) -> None:
    add(describe)
    aid = describe.aid("lighthouse")
    aid.write_bytes(aid.read_bytes().replace(b"\n", b"\r\n"))
    describe("review", "lighthouse", "--by", "Bo", "--line", "1")
    assert aid.read_bytes().endswith(b'"Bo"}}\r\n')


def test_a_fault_in_the_file_is_named_with_its_line_and_nothing_is_written(
    describe: Describe,
) -> None:
    add(describe)
    aid = describe.aid("lighthouse")
    aid.write_bytes(aid.read_bytes() + b'{"gap": ""}\n')
    before = aid.read_bytes()
    with pytest.raises(AidError, match=r"lighthouse\.aid\.jsonl, line 2: 'gap'"):
        describe("gap", "lighthouse", "How tall?", "--author", "Bo")
    assert aid.read_bytes() == before


def test_the_manifest_follows_the_aid(describe: Describe) -> None:
    manifest = describe.write_manifest()
    add(describe)
    assert f"Brought {manifest} up to date." in describe.said
    describe("review", "lighthouse", "--by", "Bo", "--all")
    assert open_archive(describe.folder).aid("lighthouse").entries
    assert len(json.loads(manifest.read_text())["files"]) == 5


def test_an_archive_without_manifest_gets_none(describe: Describe) -> None:
    add(describe)
    assert not (describe.folder / "manifest.json").exists()


def test_an_aid_edited_by_hand_is_accepted_into_the_manifest(describe: Describe) -> None:
    add(describe)
    describe.write_manifest()
    aid = describe.aid("lighthouse")
    aid.write_bytes(aid.read_bytes().replace(b"Any noise?", b"What could be heard?"))
    assert len(read_shelf(describe.folder).notes) == 1
    describe("accept", "lighthouse")
    assert "had been changed before" in describe.said
    assert read_shelf(describe.folder).notes == ()


def test_a_broken_manifest_is_named_and_nothing_is_written(describe: Describe) -> None:
    (describe.folder / "manifest.json").write_text("[]")
    with pytest.raises(ManifestError, match=r"manifest\.json: is not a manifest"):
        add(describe)
    assert not describe.aid("lighthouse").exists()


def test_coverage_tells_what_is_covered_by_whom_and_what_is_not(describe: Describe) -> None:
    add(describe, "--question", "Womit warnten sie die Schiffe bei schlechter Sicht?")
    describe("gap", "lighthouse", "Who paid for it?", "--author", "model-drafted")
    describe("review", "lighthouse", "--by", "Bo", "--line", "1")
    describe("coverage", "lighthouse", "--json")
    found = json.loads(describe.said)
    sentences = open_archive(describe.folder)["lighthouse"].sentences
    assert sum(found["sentences"].values()) == len(sentences)
    assert found["covered"] == {"speech": 1}
    assert len(found["left_out"]) == len(sentences) - 1
    assert found["questions"] == {"en": 1, "de": 1}
    assert (found["entries"], found["gaps"], found["drafted"]) == (1, 1, 1)
    assert (found["reviewed"], found["unreviewed"]) == ({"Bo": 1}, 1)
    describe("coverage", "lighthouse")
    assert f"1 of {len(sentences)} sentences described" in describe.said
    assert "Only once." in describe.said
    assert "rang the bell" not in describe.said


def test_coverage_of_the_shipped_document_adds_up(describe: Describe, capsys: Told) -> None:
    from corpus.archive import shipped_folder

    shipped = Describe(shipped_folder(), capsys)
    found = json.loads(shipped("coverage", "mielke-kryuchkov-1983-09-19", "--json").said)
    described_count = sum(found["covered"].values())
    assert described_count + len(found["left_out"]) == sum(found["sentences"].values()) == 407
    assert found["unreviewed"] + sum(found["reviewed"].values()) == found["entries"] + found["gaps"]


def test_no_sign_of_a_name_reaches_the_terminal(describe: Describe) -> None:
    add(describe)("review", "lighthouse", "--by", "A\x1b]0;x\x07\u202eda", "--all")
    assert "by A⟨U+001B⟩]0;x⟨U+0007⟩⟨U+202E⟩da" in describe.said
