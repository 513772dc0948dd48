"""PDF: pages are kept, heads and numbers are nobody's words, a scan is said to be one."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from corpus.archive import open_archive
from corpus.errors import ImportingError
from corpus.importing.protocol import read_original
from corpus.importing.writing import write
from corpus.transcript import Layer
from printed import Placed, pdf
from qa.cli import run_command
from test_importing import require_places

TALK = [
    ("Anna Reed:", "It was dark and cold that night at the mill."),
    ("John Polk:", "Who closed the gates when the water came?"),
    ("Anna Reed:", "Nobody closed them before the dam broke at noon."),
    ("John Polk:", "And who knew of it in the town?"),
    ("Anna Reed:", "My brother knew, and so did the whole council."),
    ("John Polk:", "Then why was nothing done about it?"),
]


def page(number: int) -> list[Placed]:
    """Return a page with a running head, numbered lines and a page number."""
    words: list[Placed] = [(200, 770, "Oral History of the Stony Point Dam")]
    for i, (who, said) in enumerate(TALK):
        top = 700 - 40 * i
        words += [
            (100, top, f"{who} {said}"),
            (100, top - 12, f"It was so in year {1980 + number + i}."),
        ]
    return [*words, (300, 30, str(number))]


def test_pages_are_kept_and_a_running_head_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "dam.pdf").write_bytes(pdf([page(number) for number in range(1, 5)]))
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "dam.pdf"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert {turn.speaker for turn in document.turns} == {"Anna Reed", "John Polk"}
    assert len(document.turns) == 4 * len(TALK)
    assert "Oral History" not in document.text
    assert document.source is not None
    for number in range(1, 5):
        turn = document.turns[(number - 1) * len(TALK) + 1]
        assert document.source.page(turn.start, turn.end) == str(number)


def test_a_sentence_runs_on_over_the_page_and_line_numbers_are_left_out() -> None:
    def numbered(lines: list[str]) -> list[Placed]:
        placed = [(80, 700 - 14 * i, str(i + 1)) for i in range(len(lines))]
        return placed + [(110, 700 - 14 * i, line) for i, line in enumerate(lines)]

    first = [f"Anna Reed: We saw number {i} go." for i in range(9)]
    pages = [[*first, "John Polk: It was the last"], ["of all the boats.", *first]]
    (imported,) = read_original(pdf([numbered(lines) for lines in pages]), "x.pdf")
    text = write(imported).text
    assert "It was the last\nof all the boats.\n" in text
    assert ("numbers of lines", 20) in {(one.what, one.count) for one in imported.left_out}
    require_places(imported, write(imported))


def test_a_year_alone_on_the_last_line_stays() -> None:
    def talk(year: str) -> list[Placed]:
        lines = [
            *(f"Anna Reed: We saw boat {i} go." for i in range(6)),
            "John Polk: That was in",
            year,
        ]
        return [(100, 700 - 14 * i, line) for i, line in enumerate(lines)]

    (imported,) = read_original(pdf([talk("1984."), talk("1961."), talk("1970.")]), "x.pdf")
    text = write(imported).text
    assert all(f"That was in\n{year}." in text for year in (1984, 1961, 1970))


def test_a_head_amid_a_sentence_is_left_out_where_most_lines_are_paragraphs() -> None:
    def talk(first: str, last: str) -> list[Placed]:
        lines = [
            first,
            "",
            "John Polk: And then?",
            "",
            "Anna Reed: We went over",
            "the hill.",
            "",
            last,
        ]
        placed = [(60, 700 - 14 * i, line) for i, line in enumerate(lines) if line]
        return [(60, 740, "Oral History"), *placed, (300, 20, "7")]

    pages = [
        talk("Anna Reed: Yes.", "John Polk: Who closed"),
        talk("the gates?", "John Polk: Who saw"),
        talk("you go?", "Anna Reed: Nobody."),
    ]
    (imported,) = read_original(pdf(pages), "x.pdf")
    text = write(imported).text
    assert "Oral History" not in text
    assert "Who closed\nthe gates?" in text
    assert "Who saw\nyou go?" in text


def test_of_two_columns_the_left_one_is_read_first() -> None:
    left = ["Anna Reed: It was dark", "and cold in the mill", "that night of May."]
    right = ["John Polk: Who closed", "the gates when the", "water came down?"]
    placed: list[Placed] = []
    for i in range(12):
        placed += [(60, 700 - 14 * i, left[i % 3]), (330, 700 - 14 * i, right[i % 3])]
    (imported,) = read_original(pdf([placed]), "x.pdf")
    text = write(imported).text
    assert text.rindex("that night of May.") < text.index("John Polk")
    require_places(imported, write(imported))


def test_of_too_many_pages_it_is_said_that_they_are_too_many() -> None:
    many = pdf([[]] * 5001)
    with pytest.raises(ImportingError, match="has 5,001 pages; split it"):
        read_original(many, "x.pdf")


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([page(1)]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf([[]]), "is a scan"),
        (encrypted(), "encrypted"),
        (b"%PDF-1.4\nnothing of a PDF", "no PDF|scan"),
        (pdf([page(1)])[:400], "no PDF|scan"),
    ],
    ids=["scan", "encrypted", "nothing", "cut off"],
)
def test_what_has_no_text_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(ImportingError, match=says):
        read_original(data, "x.pdf")


def talked(number: int, count: int = 6) -> list[Placed]:
    """Return a page of unlike paragraphs."""
    return [
        (60, 700 - 40 * i, f"{TALK[i % 2][0]} On day {chr(97 + number)}{chr(97 + i)} it rained.")
        for i in range(count)
    ]


def text_of(pages: list[list[Placed]]) -> str:
    (imported,) = read_original(pdf(pages), "x.pdf")
    require_places(imported, write(imported))
    return write(imported).text


def test_heads_that_change_from_left_to_right_pages_are_told_apart() -> None:
    heads = {0: "Stony Point Oral History", 1: "Anna Reed, 12 March 1974"}
    pages = [
        [(60, 770, heads[n % 2]), (500, 770, f"{n + 1}"), *talked(n)] for n in range(5)
    ]  # fmt: skip
    text = text_of(pages)
    assert not any(head in text for head in heads.values())
    (imported,) = read_original(pdf(pages), "x.pdf")
    assert imported.left_out[0].words == tuple(heads.values())


def test_a_head_close_above_the_words_is_told_apart() -> None:
    pages = [
        [(60, 712, "Oral History"), (60, 700, f"and so {chr(97 + n)} went on"), *talked(n)[1:]]
        for n in range(5)
    ]  # fmt: skip
    assert "Oral History" not in text_of(pages)


def test_a_title_that_returns_as_a_head_stays_where_it_is_the_title() -> None:
    pages = [[(60, 790 if n else 760, "The Stony Point Dam"), *talked(n)] for n in range(5)]
    assert text_of(pages).count("The Stony Point Dam") == 1


@pytest.mark.parametrize("label", ["Anna Reed:", "ANNA REED"])
def test_a_label_at_the_top_of_pages_is_no_head(label: str) -> None:
    pages = [
        [(60, 760, label), (60, 700, f"It was {chr(97 + n)}."), (60, 640, label), (60, 600, "So."),
         (60, 560, "And cold."), (60, 520, "And dark.")]
        for n in range(4)
    ]  # fmt: skip
    assert text_of(pages).count(label) == 8


def test_columns_need_not_stand_equally_high_and_a_heading_runs_across() -> None:
    left = [f"Anna Reed: the water came on day {i} and took it." for i in range(10)]
    right = [f"John Polk: and who saw it on night {i} of May?" for i in range(10)]
    page = [(60.0, 740.0, "An interview with Anna Reed about the dam at Stony Point on the river")]
    page += [(60.0, 700.0 - 20 * i, line) for i, line in enumerate(left)]
    page += [(330.0, 693.0 - 23 * i, line) for i, line in enumerate(right)]
    said = [line for line in text_of([page]).splitlines() if line]
    assert said == [page[0][2], *left, *right]


def test_names_beside_words_are_no_column() -> None:
    page = [(60.0, 700.0 - 20 * i, ("Anna Reed:", "John Polk:")[i % 2]) for i in range(10)]
    page += [(240.0, 700.0 - 20 * i, f"it rained on day {i} of May") for i in range(10)]
    assert text_of([page]).splitlines()[0].startswith("Anna Reed:  it rained")


def test_each_fifth_line_may_be_numbered() -> None:
    page = [(60.0, 760.0 - 14 * i, f"Anna Reed: on day x{i} it rained.") for i in range(25)]
    page += [(30.0, 760.0 - 14 * i, f"{i + 1}") for i in range(4, 25, 5)]
    said = [line for line in text_of([page]).splitlines() if line]
    assert said == [line for _, _, line in page[:25]]


def test_what_somebody_says_again_on_each_page_is_no_head(tmp_path: Path) -> None:
    pages = []
    for number in range(4):
        lines = ["Interview with Ruth Pell", ""]
        for who in ("ANNA REED", "RUTH PELL"):
            lines += [f"{who}: It was in the spring of that year {'abcd'[number]} when all of us"]
            lines += ["went on along the river road as far as it goes and then back"] * 9
            lines += [
                "and so it goes with rivers and dams",
                f"as they said {'wxyz'[number]}, I think",
                "",
            ]
        pages.append([(72, 770 - 12 * i, line) for i, line in enumerate(lines) if line])
    (tmp_path / "river.pdf").write_bytes(pdf(pages))
    archive = tmp_path / "archive"
    assert run_command(["add", str(tmp_path / "river.pdf"), "--archive", str(archive)]) == 0
    (document,) = open_archive(archive)
    assert [turn.speaker for turn in document.turns] == ["ANNA REED", "RUTH PELL"] * 4
    assert "Interview with" not in document.text
    for match in re.finditer("and so it goes", document.text):
        assert document.layer_at(match.start()) is Layer.SPEECH
