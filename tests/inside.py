"""Working inside an instance from the test's own process: real commits, several threads, nothing rolled back."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from tests.instance import Instance
from throughline.access.models import Marking
from throughline.access.queries import reader_named
from throughline.access.reader import Reader, reading
from throughline.access.services import Circulation as Circle
from throughline.access.services import marking_for
from throughline.cli import main
from throughline.config.rules import all_tables
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import circulate_report, finish_grading, grade_item, record_reports
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.selectors.events import SightingsNoted
from throughline.selectors.models import Sighting
from throughline.selectors.registry import parse

__all__ = [
    "apart",
    "command",
    "dice_of",
    "file_report",
    "house",
    "in_parallel",
    "inside",
    "shared_house",
    "sight",
    "someone",
    "tidy",
]


@dataclass(frozen=True)
class Said:
    """What a command gave: its exit status, and its two voices."""

    status: int
    out: str
    err: str


def command(*words: str) -> Said:
    """Run a command in this process, as ``Instance.run`` does in one of its own; a second each is saved."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(list(words))
        except SystemExit as left:
            status = int(str(left.code))
    return Said(status, out.getvalue(), err.getvalue())


@contextmanager
def inside(instance: Instance, blocker: DjangoDbBlocker) -> Iterator[Instance]:
    """Point this process, as application and as owner, at the instance's database."""
    with blocker.unblock():
        before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        try:
            _point_at(dict.fromkeys(before, instance.name))
            yield instance
        finally:
            _point_at(before)


def _point_at(names: dict[str, Any]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture
def apart(instance: Instance, django_db_blocker: DjangoDbBlocker) -> Iterator[Instance]:
    """An instance of this test's own, with this process inside it: for changes of people and bodies."""
    with inside(instance, django_db_blocker) as entered:
        yield entered


@pytest.fixture(scope="module")
def shared_house(shared_instance: Instance, django_db_blocker: DjangoDbBlocker) -> Iterator[Instance]:
    """An instance that the tests of one module share, with this process inside it."""
    with inside(shared_instance, django_db_blocker) as entered:
        yield entered


@pytest.fixture
def house(shared_house: Instance) -> Iterator[Instance]:
    """The module's instance with nothing in it but the bodies and the cast, before the test and after it."""
    tidy(shared_house)
    yield shared_house
    tidy(shared_house)


_KEPT = {"access_person", "access_credential", "access_role_grant", "access_journal_lane", "organisations_body",
         "organisations_succession", "django_migrations"}  # fmt: skip


def tidy(instance: Instance) -> None:
    """Take all out of an instance but the bodies and the cast."""
    with instance.as_owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for table in sorted(set(all_tables()) - _KEPT):
            owner.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))
        owner.execute(
            "update access_credential set failures = 0, locked_until = null "
            "where failures > 0 or locked_until is not null"
        )
        owner.execute("delete from access_role_grant where granted_by <> 'throughline init --cast'")
        owner.execute(
            "update access_journal_lane set entries = 0, "
            "head = sha256(convert_to('throughline journal lane ' || id, 'UTF8')) where entries > 0"
        )


def dice_of(seed: int) -> random.Random:
    """Dice that fall the same way each time."""
    return random.Random(seed)  # noqa: S311 repeatable, not secret


def someone(username: str) -> Reader:
    """The reader of this username, as the database has them now."""
    return reader_named(username)


def file_report(
    by: Reader, name: str, *, text: str = "Calls were arranged.", title: str = "A line", grade: str = "1AP",
    selectors: Sequence[str] = (), everyone: bool = False, bodies: Sequence[str] = (), instructions: str = "",
    compartment: int = 0,
) -> str:  # fmt: skip
    """Record a report of one item, as a file or a form would; returns its reference.

    One for a ``compartment`` enters it before it is graded, so nothing of it gets out; its writer is on the list.
    """
    source, assessment, handling = tuple(grade)
    action, sanitisation = ("A1", "S2") if handling == "C" else ("", "")
    graded = grade_from(
        source=source, assessment=assessment, handling=handling, action=action, sanitisation=sanitisation,
        instructions=instructions,
    )  # fmt: skip
    item = ItemDraft(1, text, None if compartment else graded, tuple(parse(s) for s in selectors), 2)
    draft = ReportDraft(
        name, date(2026, 10, 1), title, Classification.OFFICIAL_SENSITIVE,
        Circulation(everyone=everyone, bodies=tuple(bodies)), (item,), (2,),
    )  # fmt: skip
    ref = record_reports(by=by, drafts=[draft])[0].ref
    if compartment:
        with reading(by):
            marking = Report.objects.values_list("marking", flat=True).get(ref=ref)
            Marking.objects.filter(pk=marking).update(compartment=compartment)
        grade_item(by=by, ref=f"{ref}/1", grade=graded)
        finish_grading(by=by, ref=ref)
        circulate_report(by=by, ref=ref, everyone=everyone, bodies=bodies)
    return ref


def sight(by: Reader, value: str, *, ref: str, seen_on: date = date(2026, 10, 1), **labels: Any) -> int:
    """Note one sighting of the reader's body, under labels of the test's choosing, and let the flow know."""
    selector = parse(value)
    with reading(by):
        marking = marking_for(owner=by.body, classification=1, circulation=Circle())
        for label, given in labels.items():
            setattr(marking, label, given)
        marking.save()
        sighting = Sighting.objects.create(
            marking=marking, owner=by.body, kind=selector.kind, key=selector.key, source="report", source_ref=ref,
            grade="1AP", seen_on=seen_on, noted_at=clock.now(),
        )  # fmt: skip
        announce(SightingsNoted(sightings=[sighting.pk]))
    return sighting.pk


def in_parallel(*jobs: Callable[[], object]) -> None:
    """Run each job in a thread with connections of its own; the first failure is raised here."""
    failures: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
