"""The doors of machines: each asks the same lock as a page, and speaks in problems that say what to do."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.interop.machines import ROW, caller, machine, post
from tests.lines.keeping import NUMBER, keep
from throughline.access.machines import issue_token
from throughline.access.pace import Limit
from throughline.interop import door
from throughline.interop.document import document
from throughline.kernel import clock, outbox
from throughline.selectors.registry import parse


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == status
    return said


def test_the_document_is_valid_and_names_the_scope_of_each_operation() -> None:
    made = document()
    validate(made)
    assert made["openapi"].startswith("3.1")
    assert made["paths"]["/api/v1/reports"]["post"]["security"] == [{"Machine": ["report:load"]}]
    assert json.loads(Client().get("/api/v1/openapi.json").content) == made


def test_the_page_of_the_document_names_every_operation_and_asks_nobody_else(db: Any) -> None:
    text = Client().get("/api/v1/docs").content.decode()
    for path in document()["paths"]:
        assert path in text
    assert "https://" not in text.partition("<main")[2].partition("</main>")[0]


def test_reports_are_listed_and_opened_as_far_as_the_machine_may_know(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    refs = [
        file_report(norfolk, f"R{n}", selectors=["phone:07700900123"], bodies=["KENT"] if n else [])
        for n in range(3)
    ]
    own, kent = caller("norf"), caller("kent")
    first = own.get("/api/v1/reports?size=2").json()
    assert [row["ref"] for row in first["items"]] == refs[:0:-1]
    rest = own.get(f"/api/v1/reports?size=2&after={first['next']}").json()
    assert ([row["ref"] for row in rest["items"]], rest["next"]) == ([refs[0]], None)
    assert {row["ref"] for row in kent.get("/api/v1/reports").json()["items"]} == set(refs[1:])
    opened = kent.get(f"/api/v1/reports/{refs[1]}?why=Stopped").json()
    assert opened["items"][0]["selectors"][0]["written"] == "phone: 07700 900123"
    closed, none = (kent.get(f"/api/v1/reports/{ref}?why=Stopped") for ref in (refs[0], "IR-2222-2222"))
    assert problem(closed, 404) == problem(none, 404)
    with house.as_owner() as owner:
        noted = owner.execute(
            "select why from access_journal_entry where verb = 'consult' and ref = %s", [refs[1]]
        ).fetchall()
    assert noted == [("Stopped",)]


def test_nobody_opens_a_record_without_a_reason(house: Instance) -> None:
    ref = file_report(someone("analyst@norf"), "R1", selectors=["phone:07700900123"])
    assert problem(caller().get(f"/api/v1/reports/{ref}"), 422)["errors"][0]["pointer"] == "why"


def test_what_was_not_changed_is_not_sent_again(house: Instance) -> None:
    client = caller()
    file_report(someone("analyst@norf"), "R1", selectors=["phone:07700900123"])
    tag = client.get("/api/v1/reports").headers["ETag"]
    again = client.get("/api/v1/reports", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    file_report(someone("analyst@norf"), "R2", selectors=["phone:07700900123"])
    assert client.get("/api/v1/reports", headers={"If-None-Match": tag}).status_code == 200


def test_reports_are_sent_and_what_is_refused_is_named(house: Instance) -> None:
    client = caller()
    assert post(client, "/reports", {"rows": [ROW]}).json() == {
        "read": 1, "kept": 1, "unchanged": 0, "reports": 1, "warnings": [],
    }  # fmt: skip
    again = post(client, "/reports", {"rows": [ROW]})
    assert (again.status_code, again.json()["unchanged"]) == (200, 1)
    wrong = [{**ROW, "report": "R2"}, {**ROW, "report": "R3", "source": "9"}]
    faults = problem(post(client, "/reports", {"rows": wrong}), 422)["errors"]
    assert [fault["pointer"] for fault in faults] == ["#/rows/1/source"]
    held = client.get("/api/v1/reports").json()["items"]
    assert len(held) == 1, "all or nothing"
    outbox.drain()
    assert len(caller("kent").get("/api/v1/reports").json()["items"]) == 1


def test_a_write_with_a_key_is_done_once_and_answered_twice(house: Instance) -> None:
    client = caller()
    one = post(client, "/reports", {"rows": [ROW]}, **{"Idempotency-Key": "a"})
    two = post(client, "/reports", {"rows": [ROW]}, **{"Idempotency-Key": "a"})
    assert (one.status_code, one.json()) == (two.status_code, two.json()) == (201, one.json())
    assert two.headers["Idempotency-Replayed"] == "true"
    other = {"rows": [{**ROW, "report": "R2"}]}
    assert (
        "something else"
        in problem(post(client, "/reports", other, **{"Idempotency-Key": "a"}), 422)["detail"]
    )
    assert post(caller(), "/reports", other, **{"Idempotency-Key": "a"}).status_code == 201, (
        "keys are one's own"
    )
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert post(caller(), "/reports", other, **{"Idempotency-Key": "a"}).status_code == 200


def test_a_refused_write_leaves_its_key_free(house: Instance) -> None:
    client, wrong = caller(), {"rows": [{**ROW, "source": "9"}]}
    problem(post(client, "/reports", wrong, **{"Idempotency-Key": "a"}), 422)
    assert post(client, "/reports", {"rows": [ROW]}, **{"Idempotency-Key": "a"}).status_code == 201


def test_a_check_answers_at_the_same_degree_as_the_page_and_tells_the_holders(house: Instance) -> None:
    file_report(someone("analyst@kent"), "K1", selectors=["phone:07700900123"])
    file_report(someone("analyst@mps"), "M1", selectors=["phone:07700900123"], bodies=["NORF"])
    outbox.drain()
    answer = post(caller(), "/checks", {"value": "07700 900123", "why": "Stopped"}).json()
    assert (answer["kind"], answer["selector"]) == ("phone", "+447700900123")
    degrees = {one["body"]: (one["degree"], one["ref"] is None) for one in answer["holdings"]}
    assert degrees == {"KENT": ("existence", True), "MPS": ("content", False)}
    with house.as_owner() as owner:
        assert owner.execute("select body, why from matching_enquiry").fetchall()[0][1] == "Stopped"
    faults = problem(post(caller(), "/checks", {"value": "nothing at all", "why": "Stopped"}), 422)["errors"]
    assert faults[0]["pointer"] == "#/value"


def test_hits_go_on_where_the_last_page_ended(house: Instance) -> None:
    for n in range(3):
        for body in ("norf", "kent"):
            file_report(someone(f"analyst@{body}"), f"R{n}", selectors=[f"phone:0770090012{n}"])
    outbox.drain()
    client, seen, after = caller(), [], ""
    for _ in range(2):
        page = client.get(f"/api/v1/hits?size=2{after}").json()
        seen += [row["shown"] for row in page["items"]]
        after = f"&after={page['next']}"
    assert len(set(seen)) == 3
    assert page["next"] is None


def test_lines_are_listed_and_opened(house: Instance) -> None:
    ref = keep(someone("analyst@norf"), "N1")
    client = caller()
    (row,) = client.get("/api/v1/lines").json()["items"]
    assert (row["ref"], row["lead"]) == (ref, "NORF")
    assert client.get(f"/api/v1/lines/{ref}?why=Charting").json()["pieces"][0]["value"] == parse(NUMBER).key
    problem(caller("kent").get(f"/api/v1/lines/{ref}?why=Charting"), 404)


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}])
def test_without_a_token_nothing_opens(house: Instance, shown: dict[str, str]) -> None:
    for path in ("/reports", "/hits", "/lines", "/reports/IR-2222-2222?why=x"):
        answer = Client().get(f"/api/v1{path}", headers=shown)
        problem(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_opens_nothing_beyond_its_scope(house: Instance) -> None:
    made = machine(scopes=frozenset({"check:run"}))
    token = issue_token(client=made.client, secret=made.secret).token
    answer = Client().get("/api/v1/reports", headers={"Authorization": f"Bearer {token}"})
    problem(answer, 403)
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_a_machine_that_asks_too_often_is_told_how_long_to_wait(
    house: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "ASKS", Limit("machine", 2, timedelta(minutes=15)))
    client = caller()
    assert [client.get("/api/v1/hits").status_code for _ in range(3)] == [200, 200, 429]
    assert int(client.get("/api/v1/hits").headers["Retry-After"]) > 0


def test_even_a_door_that_is_not_there_answers_in_problems(house: Instance) -> None:
    client = caller()
    problem(client.get("/api/v1/poems"), 404)
    assert problem(client.put("/api/v1/reports"), 405)
    problem(client.get("/api/v1/reports?owner=%00"), 400)
