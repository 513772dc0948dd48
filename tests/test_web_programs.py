"""Other programs over HTTP: what OpenAPI describes is what is answered, for any request."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from web_support import DOCUMENT, SHOTS, SHOTS_PLACE, Server, running, settings_for, word_site

CHECKED = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    chosen = settings_for(tmp_path_factory.mktemp("programs"))
    plenty = chosen.model_copy(update={"rate_burst": 100_000, "rate_per_second": 10_000.0})
    with running(word_site(plenty)) as started:
        yield started


@pytest.mark.parametrize(
    "path",
    [
        "/api/ask",
        "/api/verify",
        "/api/find",
        "/api/check",
        "/api/documents",
        "/api/source/{document}",
        "/api/cite/{document}",
    ],
)
def test_no_request_is_answered_otherwise_than_described(server: Server, path: str) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/api/openapi.json")
    (operation,) = (found.ok() for found in schema.get_all_operations() if found.ok().path == path)

    @CHECKED
    @given(operation.as_strategy())
    def check(case: schemathesis.Case) -> None:
        # What no schema can say is refused as described: a question without a letter, say.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()


def get(server: Server, path: str, **query: object) -> httpx.Response:
    return httpx.get(server.url + path, params=query)  # type: ignore[arg-type]


def test_every_text_is_the_slice_that_its_offsets_name(server: Server) -> None:
    text = server.site.archive[DOCUMENT].text
    asked = httpx.post(f"{server.url}/api/ask", json={"question": SHOTS}).json()["quotes"]
    found = get(server, "/api/find", words="warning shots").json()["matches"]
    read = get(server, f"/api/source/{DOCUMENT}", start=8299, sentences=3).json()
    assert len(read["sentences"]) == 3
    assert (read["sentences"][0]["start"], read["sentences"][0]["end"]) == SHOTS_PLACE
    for one in (*asked, *found, *read["sentences"]):
        assert one["text"] == text[one["start"] : one["end"]]
        assert one["speaker"] == "Kryuchkov"


def test_a_quotation_is_compared(server: Server) -> None:
    asked = {"quotation": "More than 500 warning shots were fired.", "speaker": "Mielke"}
    found = httpx.post(f"{server.url}/api/check", json=asked).json()
    assert (found["verdict"], found["speaker_matches"]) == ("altered", False)
    assert found["diff"][0] | {"given": "500", "source": "120"} == found["diff"][0]
    assert httpx.post(f"{server.url}/api/check", json={"quotation": "…"}).status_code == 422


def test_a_whole_document_is_read_piece_by_piece(server: Server) -> None:
    transcript = server.site.archive[DOCUMENT]
    start: int | None = 0
    seen = []
    while start is not None:
        piece = get(server, f"/api/source/{DOCUMENT}", start=start, sentences=100).json()
        seen += [(one["start"], one["end"]) for one in piece["sentences"]]
        start = piece["next"]
    assert seen == [(s.start, s.end) for s in transcript.sentences]


def test_documents_are_listed_and_cited(server: Server) -> None:
    (listed,) = get(server, "/api/documents").json()["documents"]
    assert listed["document"] == DOCUMENT
    made = get(server, f"/api/cite/{DOCUMENT}", style="ris", start=8299, end=8340).json()
    assert "CN  - MfS, ZAIG 5306\n" in made["entry"]
    assert get(server, f"/api/cite/{DOCUMENT}", start=8300, end=8340).status_code == 404
    assert get(server, "/api/source/nothing").json()["error"]


def test_receipts_of_an_answer_are_verified(server: Server) -> None:
    receipts = httpx.post(f"{server.url}/api/ask", json={"question": SHOTS}).json()["receipts"]
    verify = f"{server.url}/api/verify"
    found = httpx.post(verify, json={"receipts": receipts}).json()
    assert (found["intact"], found["receipts"][0]["verdict"]) == (True, "intact")
    other = {**receipts[0], "speaker": "Mielke"}
    (one,) = httpx.post(verify, json={"receipts": [other]}).json()["receipts"]
    assert (one["verdict"], one["differs"]) == ("changed", ["speaker"])
    assert one["now"]["speaker"] == "Kryuchkov"
    for wrong in (
        {**receipts[0], "start": -1},
        {**receipts[0], "text": "Other words."},
        {**receipts[0], "sha256": "../../etc/passwd"},
        {"document": "x"},
        "verbatim:",
    ):
        refused = httpx.post(verify, json={"receipts": [wrong]})
        assert refused.status_code == 422
        assert refused.json()["error"].count("\n") == 0


def test_the_description_names_what_there_is(server: Server) -> None:
    described = get(server, "/api/openapi.json").json()
    assert set(described["paths"]) >= {
        "/api/ask",
        "/api/find",
        "/api/verify",
        "/api/documents",
        "/api/source/{document}",
        "/api/cite/{document}",
    }
    for path in described["paths"].values():
        for operation in path.values():
            assert {"200", "404", "422", "429", "503"} <= set(operation["responses"])
