"""TAXII 2.1: another's client reads, pages and posts at a served instance, and need-to-know holds in every answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import stix2
from django.test import Client
from taxii2client.common import TokenAuth
from taxii2client.v21 import ApiRoot, Collection, Server, as_pages

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.interop.machines import caller, collection, machine
from tests.interop.test_bundles import lived_in
from tests.interop.test_stix import foreign
from throughline.access.machines import issue_token
from throughline.access.permissions import Role
from throughline.kernel import outbox

MEDIA = "application/taxii+json;version=2.1"


@pytest.fixture(scope="module")
def address(shared_house: Instance) -> Iterator[str]:
    with shared_house.served() as served:
        yield served


def root(address: str, body: str = "norf", role: Role = Role.ANALYST) -> ApiRoot:
    made = machine(body, role)
    server = Server(f"{address}/taxii2/", user=made.client, password=made.secret)
    return server.default


def titled(of: ApiRoot, title: str) -> Collection:
    return next(one for one in of.collections if one.title == title)


def every(collection: Collection, size: int, **asked: Any) -> list[dict[str, Any]]:
    return [
        thing
        for page in as_pages(collection.get_objects, per_request=size, **asked)
        for thing in page.get("objects", [])
    ]


def test_another_client_reads_and_pages(house: Instance, address: str) -> None:
    lived_in()
    of = root(address)
    assert (of.versions, of.max_content_length) == ([MEDIA], 5_000_000)
    everything = titled(of, "All that you may know")
    whole = everything.get_objects()["objects"]
    assert sum(one["type"] == "report" for one in whole) == 4
    paged = every(everything, 7)
    assert {one["id"] for one in paged} == {one["id"] for one in whole}
    assert not [one for one in paged if one["type"] == "note" and paged.count(one) > 1]
    rows = [row for page in as_pages(everything.get_manifest, per_request=7) for row in page["objects"]]
    assert [row["id"] for row in rows] == [one["id"] for one in paged]
    notes = every(everything, 1, type="note")
    assert len(notes) == 4
    source = stix2.TAXIICollectionSource(everything)
    assert {one["id"] for one in source.query([stix2.Filter("type", "=", "report")])} == {
        one["id"] for one in whole if one["type"] == "report"
    }
    for one in whole:
        assert everything.get_object(one["id"])["objects"] == [one], one["id"]
    (version,) = everything.object_versions(notes[0]["id"])["versions"]
    assert version == notes[0]["modified"]
    assert everything.get_objects(version="last", id=[notes[0]["id"], notes[1]["id"]])["objects"] == notes[:2]
    assert "objects" not in everything.get_objects(spec_version="2.0")


def test_what_is_added_later_is_all_that_comes_later(house: Instance, address: str) -> None:
    lived_in()
    of = titled(root(address), "Reports of Kent Police")
    seen = of.get_objects()["objects"]
    last = max(row["date_added"] for row in of.get_manifest()["objects"])
    assert "objects" not in of.get_objects(added_after=last)
    file_report(someone("analyst@kent"), "K7", selectors=["phone:07700900124"], bodies=["NORF"])
    file_report(someone("analyst@kent"), "K8", selectors=["phone:07700900125"])
    new = of.get_objects(added_after=last)["objects"]
    assert [one["name"] for one in new if one["type"] == "report"] == ["A line"]
    assert not {one["id"] for one in new if one["type"] in ("note", "report")} & {one["id"] for one in seen}


def test_nothing_is_given_out_that_a_transaction_under_way_could_come_before(house: Instance) -> None:
    client = caller()
    with house.as_app() as app, app.transaction():
        app.execute("select 1")
        file_report(someone("analyst@norf"), "N1", selectors=["phone:07700900124"])
        assert everything(client) == [], "what that transaction writes will bear an earlier moment"
    assert [one["type"] for one in everything(client)].count("report") == 1


def test_another_client_posts_and_is_told_of_each_object(house: Instance, address: str) -> None:
    of = root(address)
    own = titled(of, "Reports of Norfolk Constabulary")
    told = own.add_objects({"objects": foreign()})
    assert (told.status, told.success_count, told.failure_count) == ("complete", 2, 1)
    assert told.failures[0]["message"] == "Nothing of the type file is held here."
    told.refresh()
    assert told.total_count == 3
    assert requests.get(f"{of.url}status/{told.id}/", auth=TokenAuth(""), timeout=60).status_code == 401
    with pytest.raises(requests.HTTPError):
        root(address).get_status(told.id).refresh()
    outbox.drain()
    (report,) = (one for one in own.get_objects()["objects"] if one["type"] == "report")
    assert report["name"] == "From elsewhere"
    others = titled(of, "Reports of Kent Police")
    assert not others.can_write
    assert not titled(root(address, role=Role.OFFICER), own.title).can_write


def test_nothing_comes_that_the_machine_may_not_know(house: Instance) -> None:
    lived_in()
    file_report(someone("analyst@kent"), "K9", text="Quokka", selectors=["phone:07700900999"])
    kent = caller("kent")
    (secret,) = (
        one["id"] for one in everything(kent) if one["type"] == "note" and one["content"] == "Quokka"
    )
    for asking in (caller("norf"), caller("mps"), caller("kent", Role.SAFEGUARDING)):
        is_kent = any(one["type"] == "note" and one["content"] == "Quokka" for one in everything(asking))
        found = asking.get(f"/taxii2/reports/collections/{collection('')}/objects/{secret}/")
        assert (found.status_code == 200) is is_kent
    assert "Quokka" not in json.dumps(everything(caller("norf")))
    assert "Ring us." not in json.dumps(everything(caller("kent", Role.SAFEGUARDING)))


def everything(client: Client) -> list[dict[str, Any]]:
    answer = client.get(f"/taxii2/reports/collections/{collection('')}/objects/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, MEDIA)
    found: list[dict[str, Any]] = answer.json().get("objects", [])
    return found


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("", {"Accept": "text/html"}, 406),
        ("", {"Accept": "application/taxii+json;version=2.0"}, 406),
        ("reports/nothing/", {}, 404),
        ("reports/collections/00000000-0000-4000-8000-000000000000/", {}, 404),
        ("reports/status/00000000-0000-4000-8000-000000000000/", {}, 404),
        ("reports/collections/{all}/objects/?limit=0", {}, 400),
        ("reports/collections/{all}/objects/?limit=x", {}, 400),
        ("reports/collections/{all}/objects/?next=x", {}, 400),
        ("reports/collections/{all}/objects/?added_after=yesterday", {}, 400),
        ("reports/collections/{all}/objects/?added_after=2026-01-01", {}, 400),
        ("reports/collections/{all}/objects/note--x/", {}, 404),
        ("reports/collections/{all}/objects/?match[id]=note--x", {}, 200),
        ("", {"Authorization": "Bearer x"}, 401),
        ("", {"Authorization": "Basic eDp5"}, 401),
        ("", {"Authorization": ""}, 401),
    ],
)
def test_a_refusal_is_said_as_taxii_says_it(
    house: Instance, path: str, headers: dict[str, str], status: int
) -> None:
    answer = caller().get(f"/taxii2/{path}".replace("{all}", collection("")), headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, MEDIA)
    if status >= 400:
        assert answer.json()["http_status"] == str(status)
        assert answer.json()["description"].endswith(".")


@pytest.mark.parametrize(
    ("code", "kind", "sent", "status"),
    [
        ("NORF", "application/json", {"objects": foreign()}, 415),
        ("KENT", MEDIA, {"objects": foreign()}, 403),
        ("", MEDIA, {"objects": foreign()}, 403),
        ("NORF", MEDIA, {"objects": []}, 422),
        ("NORF", MEDIA, [], 422),
        ("NORF", MEDIA, {"objects": [None, 4, {"id": []}]}, 202),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused(
    house: Instance, code: str, kind: str, sent: object, status: int
) -> None:
    answer = caller().post(
        f"/taxii2/reports/collections/{collection(code)}/objects/", json.dumps(sent), content_type=kind
    )
    assert answer.status_code == status, answer.content
    assert caller().delete(f"/taxii2/reports/collections/{collection(code)}/objects/").status_code == 405


def test_a_token_serves_as_well_and_a_scope_is_kept(house: Instance) -> None:
    made = machine(scopes=frozenset({"report:load"}))
    token = issue_token(client=made.client, secret=made.secret).token
    client = Client(headers={"Authorization": f"Bearer {token}"})
    own = f"/taxii2/reports/collections/{collection('NORF')}/"
    assert client.get(own).json()["can_read"] is False
    assert client.get(f"{own}objects/").status_code == 403
    assert (
        client.post(f"{own}objects/", json.dumps({"objects": foreign()}), content_type=MEDIA).status_code
        == 202
    )
