"""Reports in bulk as NDJSON: each line for itself, nothing twice, and a reader that is killed goes on where it was."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.interop.machines import ROW, caller
from throughline.interop import bulk
from throughline.kernel import outbox

PATH = "/api/v1/reports.ndjson"


def taken(client: Client, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(PATH, {"why": "Our copy", **asked})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, bulk.MEDIA)
    return [json.loads(line) for line in b"".join(answer).splitlines()]


def send(client: Client, *rows: Any, **headers: str) -> Any:
    lines = "".join(row if isinstance(row, str) else f"{json.dumps(row)}\n" for row in rows)
    return client.post(PATH, lines, content_type=bulk.MEDIA, headers=headers)


def test_each_reader_takes_what_it_may_know_and_goes_on_after_the_last_whole_line(
    house: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PAGE", 2)
    norf = someone("analyst@norf")
    refs = [file_report(norf, f"R{n}", selectors=["phone:07700900123"]) for n in range(5)]
    seen = file_report(
        norf, "R5", selectors=["vehicle:AB12CDE"], bodies=["KENT"], grade="2CC", instructions="Ring us."
    )
    own, kent = caller(), caller("kent")
    assert [one["ref"] for one in taken(own)] == [*refs, seen]
    assert [one["ref"] for one in taken(own, size="3")] == refs[:3]
    assert [one["ref"] for one in taken(own, after=refs[2])] == [*refs[3:], seen]
    assert taken(own, after=seen) == []
    (only,) = taken(kent)
    assert (only["ref"], only["origin_ref"], only["circulation"]) == (seen, "", ["KENT"])
    (item,) = only["items"]
    assert (item["selectors"], item["grade"]["handling"], item["grade"]["instructions"]) == (
        ["vehicle:AB12CDE"], "C", "Ring us.",
    )  # fmt: skip
    for unknown in (refs[0], "IR-2222-2222"):
        assert kent.get(PATH, {"why": "Our copy", "after": unknown}).status_code == 400
    with house.as_owner() as owner:
        noted = owner.execute(
            "select count(*) from access_journal_entry where verb = 'consult' and why = 'Our copy' and ref = %s",
            [seen],
        ).fetchone()
    assert noted == (3,), "each look stands in the journal: two of its own body's, and one of Kent's"


def test_each_row_is_kept_or_refused_for_itself_and_sent_again_changes_nothing(house: Instance) -> None:
    client, wrong = caller(), {**ROW, "report": "R2", "source": "9"}
    first = send(client, ROW, wrong, "nonsense\n")
    assert first.status_code == 201
    said = first.json()
    assert [said[name] for name in ("read", "kept", "unchanged", "rejected", "reports")] == [3, 1, 0, 2, 1]
    assert [(one["line"], one["column"]) for one in said["refusals"]] == [(2, "source"), (3, "")]
    mended = send(client, ROW, {**wrong, "source": "1"}).json()
    assert [mended[name] for name in ("kept", "unchanged", "rejected")] == [1, 1, 0]
    again = send(client, ROW)
    assert (again.status_code, again.json()["unchanged"]) == (200, 1)
    outbox.drain()
    assert len(taken(caller("kent"))) == 2


def test_a_key_gives_the_same_answer_and_is_for_the_same_lines_alone(house: Instance) -> None:
    client, key = caller(), {"Idempotency-Key": "a"}
    one, two = send(client, ROW, **key), send(client, ROW, **key)
    assert (one.status_code, one.json()) == (two.status_code, two.json())
    assert (one.status_code, two.headers["Idempotency-Replayed"]) == (201, "true")
    assert send(client, {**ROW, "report": "R2"}, **key).status_code == 422


def test_too_much_at_once_or_nothing_that_is_text_is_refused(
    house: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = caller()
    assert client.post(PATH, b"\xff\xfe\xfa", content_type=bulk.MEDIA).status_code == 422
    monkeypatch.setattr(bulk, "MOST_BYTES", 10)
    assert send(client, ROW).status_code == 413
    assert taken(client) == []
