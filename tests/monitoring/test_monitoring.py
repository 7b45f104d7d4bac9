"""What programs ask that watch over an installation: they learn how it does, and nothing of what is in it."""

import json
import logging
from typing import Any
from unittest.mock import ANY

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError
from django.test import Client
from pytest_django.fixtures import Settings

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.web.visiting import visitor
from throughline.config.logs import Lines
from throughline.kernel import outbox
from throughline.kernel.models import StepRow


def figures(text: str) -> dict[str, float]:
    return {
        name: float(value)
        for name, _, value in (row.rpartition(" ") for row in text.splitlines() if not row.startswith("#"))
    }


def test_a_process_is_alive_without_a_database() -> None:
    # No mark of the database: a query would fail the test.
    answer = Client().get("/alive")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_it_is_ready_when_the_tables_are_those_of_this_version(house: Instance) -> None:
    answer = Client().get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok"})
    with house.as_owner() as owner:
        owner.execute(
            "update django_migrations set name = 'other' where app = 'interop' and name like '0003%'"
        )
        owner.commit()
        try:
            answer = Client().get("/ready")
        finally:
            owner.execute("update django_migrations set name = '0003_stix_names' where name = 'other'")
            owner.commit()
    assert (answer.status_code, answer.json()["migrations"]) == (503, "run throughline migrate")


def test_it_is_not_ready_without_its_database(house: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", "1")
    try:
        answer = Client().get("/ready")
        assert (answer.status_code, answer.json()) == (503, {"database": "away"})
    finally:
        monkeypatch.undo()
        connection.close()
    assert Client().get("/ready").status_code == 200


def test_figures_are_for_named_addresses_alone(house: Instance, settings: Settings) -> None:
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_FROM = frozenset({"192.0.2.7"})
    assert Client().get("/metrics").status_code == 404
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 200
    settings.BEHIND_PROXY = True
    through = Client(REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.9"}, secure=True)
    assert through.get("/metrics").status_code == 404


def test_figures_count_views_and_work_and_name_nobody(
    house: Instance, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.METRICS_FROM = frozenset({"127.0.0.1"})
    client = visitor("analyst@norf")
    asked = 'throughline_requests_total{method="GET",status="200",view="report"}'
    before = figures(Client().get("/metrics").content.decode())
    ref = file_report(someone("analyst@norf"), "R1", text="Quokka", selectors=["phone:07700900123"])
    assert client.get(f"/reports/{ref}").status_code == 200
    client.get("/no/such/Quokka")
    said = "\n".join(map(Lines().format, caplog.records))
    assert "404 no such page" in said
    assert "Quokka" not in said
    text = Client().get("/metrics").content.decode()
    found = figures(text)
    assert found[asked] == before.get(asked, 0) + 1
    assert found["throughline_steps_due"] == StepRow.objects.filter(state="waiting").count() > 0
    assert found["throughline_database_up"] == 1
    outbox.drain()
    assert figures(Client().get("/metrics").content.decode())["throughline_steps_due"] == 0
    for word in (ref, "Quokka", "07700", "analyst", "norf", "no/such"):
        assert word not in text


def test_an_odd_method_is_no_figure_of_its_own(house: Instance, settings: Settings) -> None:
    settings.METRICS_FROM = frozenset({"127.0.0.1"})
    Client().generic("QUOKKA", "/alive")
    text = Client().get("/metrics").content.decode()
    assert 'method="other"' in text
    assert "QUOKKA" not in text


def logged(error: BaseException | None = None, **more: Any) -> dict[str, Any]:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("throughline.x", logging.ERROR, "f.py", 1, "Step %s failed", ("a",), info)
    line = Lines().format(record)
    assert "\n" not in line
    said: dict[str, Any] = json.loads(line)
    return said


def test_a_line_says_where_an_error_arose_and_none_of_its_words(house: Instance) -> None:
    try:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 'Quokka'::int")
        except Exception as problem:
            raise IntegrityError("Key (name)=(Quokka) is there.") from problem
    except IntegrityError as problem:
        said = logged(problem)
    assert said == {
        "at": ANY, "level": "error", "logger": "throughline.x", "process": ANY, "message": "Step a failed",
        "trouble": ANY,
    }  # fmt: skip
    assert "Quokka" not in json.dumps(said)
    assert said["trouble"]["class"] == "django.db.utils.IntegrityError"
    assert "test_a_line_says_where" in said["trouble"]["where"][-1]
    assert said["trouble"]["after"]["after"]["sqlstate"] == "22P02"
    assert set(logged()) == {"at", "level", "logger", "process", "message"}
