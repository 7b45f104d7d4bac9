"""The whole document, asked for by machines that hold every kind of role: as documented, never broken, and no leak."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.inside import inside, someone
from tests.instance import fresh_instance
from tests.interop.machines import caller, collection, machine, post
from tests.journeys.canaries import COMMON, SHARED, Planted, plant
from tests.journeys.test_canary_crawl import leaks
from throughline.access.machines import issue_token
from throughline.access.pace import Limit
from throughline.access.permissions import Role
from throughline.interop import bulk, door, operations


@schemathesis.serializer(bulk.MEDIA)
def _as_text(_: Any, value: Any) -> bytes:
    """Lines are sent as they are."""
    return str(value).encode("utf-8", errors="replace")


SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
ASKERS = (
    ("norf", Role.ANALYST), ("norf", Role.OFFICER), ("norf", Role.SAFEGUARDING), ("norf", Role.AUDITOR),
    ("mps", Role.ANALYST), ("mers", Role.MANAGER), ("kent", Role.ANALYST), ("nclcc", Role.CHAIR),
)  # fmt: skip
EACH = 12
"""So many requests to each operation for each machine."""


@pytest.fixture(scope="module", autouse=True)
def at_any_pace() -> Iterator[None]:
    """Nothing is held up: what is would pass without being tried."""
    endless = {
        name: Limit(getattr(door, name).what, 10**9, getattr(door, name).window)
        for name in ("ASKS", "CHECKS", "REFUSALS")
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in endless.items():
            patch.setattr(door, name, limit)
            if hasattr(operations, name):
                patch.setattr(operations, name, limit)
        yield


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """An instance full of canaries, with this process inside it."""
    with fresh_instance(tmp_path_factory.mktemp("machines")) as made, inside(made, django_db_blocker):
        yield plant()


@pytest.fixture(scope="module")
def shown(planted: Planted) -> dict[tuple[str, Role], dict[str, str]]:
    """What each machine shows: its token, where it can have one."""
    found = {}
    for body, role in ASKERS:
        made = machine(body, role)
        token = "none" if role is Role.AUDITOR else issue_token(client=made.client, secret=made.secret).token
        found[body, role] = {"Authorization": f"Bearer {token}"}
    return found


@pytest.mark.parametrize("asker", ASKERS, ids=lambda asker: "@".join((asker[1], asker[0])))
@SCHEMA.parametrize()
@settings(max_examples=EACH, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_operation_answers_as_documented_and_leaks_nothing(
    case: schemathesis.Case[Any], planted: Planted, shown: dict[tuple[str, Role], dict[str, str]],
    asker: tuple[str, Role],
) -> None:  # fmt: skip
    # What a grade, a telephone number or a cursor must be like is a rule that no schema of JSON says.
    is_lines = case.operation.path.endswith("/reports.ndjson")
    has_cursor = is_lines or case.operation.path.endswith("/changes")
    has_rules = case.operation.method.upper() == "POST" or has_cursor
    not_asked: list[Any] = [positive_data_acceptance] if has_rules else []
    # Lines are text whatever they say: each is refused for itself, in an answer that is 200.
    not_asked += [negative_data_rejection] if is_lines and case.operation.method.upper() == "POST" else []
    answer = case.call_and_validate(headers=shown[asker], excluded_checks=not_asked)
    reader = someone(f"{asker[1]}@{asker[0]}")
    assert leaks(reader, case.formatted_path, answer.content.decode(errors="replace"), planted) == []


def _of_taxii(client: Client) -> Iterator[tuple[str, Any]]:
    """Every page of the objects that the machine may know."""
    objects, after = f"/taxii2/reports/collections/{collection('')}/objects/", ""
    while True:
        answer = client.get(objects, {"limit": "400", **({"next": after} if after else {})})
        yield objects, answer
        if answer.status_code != 200 or not (after := answer.json().get("next", "")):
            break


def _bulk(client: Client) -> Iterator[tuple[str, Any]]:
    """Every report that the machine may know, whole, as one answer."""
    answer = client.get(f"/api/v1/reports.ndjson?why={COMMON}&size=10000")
    yield "bulk", HttpResponse(b"".join(answer), status=answer.status_code)


def _files(client: Client, planted: Planted) -> Iterator[tuple[str, Any]]:
    """The map and every chart."""
    yield "map", client.get(f"/api/v1/lines.geojson?why={COMMON}")
    for ref in planted.refs["chart"]:
        for kind in ("graphml", "geojson"):
            yield ref, client.get(f"/api/v1/charts/{ref}.{kind}?why={COMMON}")


def _answers(client: Client, planted: Planted) -> Iterator[tuple[str, Any]]:
    """Every page of every list, everything that was planted, and a check of what each canary stands in."""
    for path in ("reports", "hits", "lines", "charts"):
        after = ""
        while True:
            page = client.get(f"/api/v1/{path}?size=7{after}")
            yield path, page
            if page.status_code != 200 or not page.json()["next"]:
                break
            after = f"&after={page.json()['next']}"
    after = ""
    while True:
        page = client.get(f"/api/v1/changes?size=50&after={after}")
        yield "changes", page
        if page.status_code != 200 or not page.json()["is_more"]:
            break
        after = page.json()["next"]
    for kind, path in (("report", "reports"), ("line", "lines")):
        for ref in planted.refs[kind]:
            yield ref, client.get(f"/api/v1/{path}/{ref}?why={COMMON}")
    yield from _files(client, planted)
    yield from _bulk(client)
    yield from _of_taxii(client)
    for canary in planted.canaries:
        if canary.place.endswith("selector"):
            yield (
                canary.place,
                post(client, "/checks", {"value": f"email:{canary.word}@line.example", "why": "x"}),
            )
    yield "shared", post(client, "/checks", {"value": SHARED, "why": "x"})


@pytest.mark.parametrize("asker", ASKERS, ids=lambda asker: "@".join((asker[1], asker[0])))
def test_it_shows_a_canary_to_no_machine_that_may_not_know_it(
    planted: Planted, asker: tuple[str, Role]
) -> None:
    reader, found, opened = someone(f"{asker[1]}@{asker[0]}"), list[str](), 0
    for where, answer in _answers(caller(*asker), planted):
        assert answer.status_code < 500, where
        opened += answer.status_code == 200
        text = answer.content.decode()
        asked = {c.word for c in planted.canaries if where == c.place}
        for word in asked:
            text = text.replace(word, "")
        found += leaks(reader, where, text, planted)
    assert found == []
    assert (opened > 0) == (asker[1] is not Role.AUDITOR)
