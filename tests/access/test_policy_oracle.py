"""The database's policy against an oracle of need-to-know written from the documents, without ``access.rule``."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside import dice_of, someone
from tests.instance import Instance
from throughline.access.models import Compartment, Marking
from throughline.access.permissions import Permission
from throughline.access.queries import explain
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, ItemSelector, Report, ReportLink, SensitiveSource
from throughline.intelligence.queries import item_report, report_list, report_page
from throughline.matching.queries import check_holdings
from throughline.organisations.queries import body_cards
from throughline.selectors.models import Sighting
from throughline.selectors.registry import Selector

BODIES, PEOPLE, TEAMS, COMPARTMENTS = range(1, 9), range(1, 31), range(1, 6), range(1, 4)
MARKINGS, READERS = 130, 100
NUMBERS = [f"+4477009001{n:02d}" for n in range(12)]
WORDS = ["lantern", "heron", "quarry", "thistle"]
AT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Terms:
    """What a marking says, as the documents put it."""

    owner: int
    released: bool
    classification: int
    conditions: int
    everyone: bool
    bodies: frozenset[int]
    people: frozenset[int]
    teams: frozenset[int]
    compartment: int
    silent: bool

    @classmethod
    def of(cls, row: Any) -> "Terms":
        return cls(
            row.owner, row.released, row.classification, row.conditions, row.everyone, frozenset(row.bodies),
            frozenset(row.people), frozenset(row.teams), row.compartment, row.silent,
        )  # fmt: skip


def may_know(reader: Reader | None, terms: Terms) -> bool:
    """The oracle: what ``docs/need-to-know.md`` promises, case by case."""
    if reader is None or reader.clearance < terms.classification:
        return False
    if terms.compartment and terms.compartment not in reader.compartments:
        return False
    if terms.owner == reader.body:
        return True
    if not terms.released:
        return False
    for bit in (1, 2, 4):
        if terms.conditions & bit and not reader.conditions & bit:
            return False
    return (
        terms.everyone
        or reader.body in terms.bodies
        or reader.person in terms.people
        or any(team in terms.teams for team in reader.teams)
    )


def _some(dice: random.Random, choices: range, most: int) -> list[int]:
    return sorted(dice.sample(choices, dice.randint(0, most)))


def _marking(dice: random.Random) -> Marking:
    bit = dice.choice([0, 0, 0, 1, 2, 4])
    codes: dict[str, Any] = {"action": {1: "A1", 2: "A2", 4: "A3"}[bit], "sanitisation": "S1", "handling": "C",
                             "instructions": "Ask first.", "conditions": bit} if bit else {}  # fmt: skip
    return Marking(
        owner=dice.choice(BODIES), released=dice.random() < 0.75, classification=dice.randint(0, 1),
        everyone=dice.random() < 0.2, bodies=_some(dice, BODIES, 4), people=_some(dice, PEOPLE, 3),
        teams=_some(dice, TEAMS, 2), compartment=dice.choice([0, 0, 0, *COMPARTMENTS]),
        silent=dice.random() < 0.1, **codes,
    )  # fmt: skip


def _reader(dice: random.Random, number: int) -> Reader:
    may_check = dice.random() < 0.8
    return Reader(
        person=dice.choice(PEOPLE), username=f"r{number}", name=f"Reader {number}", body=dice.choice(BODIES),
        body_code="", body_name="", clearance=dice.choice([-1, 0, 1, 1, 1]), conditions=dice.randint(0, 7),
        compartments=tuple(_some(dice, COMPARTMENTS, 2)), teams=tuple(_some(dice, TEAMS, 2)),
        permissions=frozenset({Permission.REPORT_READ} | ({Permission.CHECK_RUN} if may_check else set())),
    )  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everything that was planted, with the terms of each row."""

    markings: dict[int, Terms]
    reports: dict[int, Terms]
    items: dict[int, tuple[int, str, Terms]]
    sightings: dict[int, tuple[str, str, int, Terms]]
    links: dict[int, tuple[int, int]]
    sources: dict[int, int]
    readers: list[Reader]


@pytest.fixture(scope="module")
def world(shared_house: Instance) -> World:
    """Rows of every protected kind under random markings, put in by the owner of the database."""
    dice = dice_of(20261101)
    owner = "owner"
    with transaction.atomic(using=owner):
        markings = Marking.objects.using(owner).bulk_create([_marking(dice) for _ in range(MARKINGS)])
        reports = Report.objects.using(owner).bulk_create(
            [
                Report(
                    marking=m, owner=0, ref=f"IR-{n}", origin_ref=f"{n}", title=f"Report {n}",
                    date_of_intelligence=date(2026, 10, 1), recorded_at=AT, recorded_by="A", contact="A",
                    content_hash="",
                )
                for n, m in enumerate(markings)
            ]
        )  # fmt: skip
        items = Item.objects.using(owner).bulk_create(
            [
                Item(
                    marking=dice.choice([m, m, dice.choice(markings)]), owner=0, report=r, number=1, ref=f"{r.ref}/1",
                    text=f"The {dice.choice(WORDS)} by the canal", source="1", assessment="A", handling="P",
                )
                for m, r in zip(markings, reports, strict=True)
            ]
        )  # fmt: skip
        ItemSelector.objects.using(owner).bulk_create(
            [
                ItemSelector(marking=i.marking, owner=0, item=i, kind="phone", key=dice.choice(NUMBERS))
                for i in items
            ]
        )
        Sighting.objects.using(owner).bulk_create(
            [
                Sighting(
                    marking=m, owner=0, kind="phone", key=dice.choice(NUMBERS), source="report", source_ref=f"S-{n}",
                    grade="1AP", seen_on=date(2026, 10, 1), noted_at=AT,
                )
                for n, m in enumerate(markings)
            ]
        )  # fmt: skip
        ReportLink.objects.using(owner).bulk_create(
            [
                ReportLink(
                    later=r, earlier=dice.choice(reports), kind="derived_from", made_at=AT, made_by="A"
                )
                for r in reports
            ]
        )
        SensitiveSource.objects.using(owner).bulk_create(
            [SensitiveSource(report=r, unit_ref="U1") for r in reports]
        )
    with shared_house.as_owner() as superuser:
        superuser.execute("select matching_rebuild()")
    return World(
        markings={m.pk: Terms.of(m) for m in Marking.objects.using(owner).all()},
        reports={r.pk: Terms.of(r.marking) for r in Report.objects.using(owner).select_related("marking")},
        items={i.pk: (i.report_id, i.text.split()[1], Terms.of(i.marking))
               for i in Item.objects.using(owner).select_related("marking")},
        sightings={s.pk: (s.key, s.source_ref, s.owner, Terms.of(s.marking))
                   for s in Sighting.objects.using(owner).select_related("marking")},
        links={link.pk: (link.later_id, link.earlier_id) for link in ReportLink.objects.using(owner).all()},
        sources={source.pk: source.report_id for source in SensitiveSource.objects.using(owner).all()},
        readers=[_reader(dice, n) for n in range(READERS)],
    )  # fmt: skip


def test_it_shows_each_row_exactly_where_the_oracle_does(world: World) -> None:
    pairs = opened = 0
    for reader in world.readers:
        with reading(reader):
            seen = {m: set(m.objects.values_list("id", flat=True)) for m in (Marking, Report, Item, Sighting)}
        assert seen[Marking] == {n for n, terms in world.markings.items() if may_know(reader, terms)}
        assert seen[Report] == {n for n, terms in world.reports.items() if may_know(reader, terms)}
        assert seen[Item] == {n for n, (_, _, terms) in world.items.items() if may_know(reader, terms)}
        assert seen[Sighting] == {n for n, (*_, terms) in world.sightings.items() if may_know(reader, terms)}
        pairs += len(world.markings)
        opened += len(seen[Marking])
    assert pairs >= 10_000
    # The dice must not have made a world where everything, or nothing, is open.
    assert 0.15 < opened / pairs < 0.6


def test_it_shows_a_tie_to_whoever_may_know_both_ends_and_a_source_to_its_body_alone(world: World) -> None:
    shown = 0
    for reader in world.readers:
        with reading(reader):
            links = set(ReportLink.objects.values_list("id", flat=True))
            sources = set(SensitiveSource.objects.values_list("id", flat=True))
        known = {n for n, terms in world.reports.items() if may_know(reader, terms)}
        assert links == {n for n, ends in world.links.items() if known.issuperset(ends)}
        own = {n for n in known if world.reports[n].owner == reader.body}
        assert sources == {n for n, report in world.sources.items() if report in own}
        shown += len(links)
    assert shown


def test_it_opens_one_by_one_exactly_what_it_lists(world: World) -> None:
    dice = dice_of(7)
    for reader in world.readers[::2]:
        listed = {row.ref for row in report_list(reader, size=1000).rows}
        assert listed == {
            f"IR-{n}" for n, terms in enumerate(world.reports.values()) if may_know(reader, terms)
        }
        for ref in dice.sample([f"IR-{n}" for n in range(MARKINGS)], 8):
            assert (report_page(reader, ref) is not None) == (ref in listed)
        with reading(reader):
            shown = set(Item.objects.values_list("ref", flat=True))
        for ref in dice.sample([f"IR-{n}/1" for n in range(MARKINGS)], 8):
            # The item may be open while its report is not: the report's reference then stays unknown.
            found = item_report(reader, ref)
            assert (found is not None) == (ref in shown and ref.partition("/")[0] in listed)


def test_it_searches_exactly_what_the_policy_shows(world: World) -> None:
    for reader in world.readers:
        for word in WORDS:
            with reading(reader), connection.cursor() as cursor:
                cursor.execute("select report_id from intelligence_search(%s, null, null, '', 1000)", [word])
                found = {row[0] for row in cursor.fetchall()}
            assert found == {
                report for report, said, terms in world.items.values()
                if said == word and may_know(reader, terms) and may_know(reader, world.reports[report])
            }  # fmt: skip


def test_it_searches_values_exactly_as_the_policy_shows_them(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select search_take(%s)", [list(world.sightings)])
    keys = sorted({key for key, *_ in world.sightings.values()})
    for reader in world.readers:
        known = {key for key, _, _, terms in world.sightings.values() if may_know(reader, terms)}
        for fragment in ("7009001", "01", *(key[-2:] + "%" for key in keys[:2])):
            with reading(reader), connection.cursor() as cursor:
                cursor.execute(
                    "select key from search_values(%s, '', null, true, null, null, 1000)", [[f"%{fragment}"]]
                )
                found = {row[0] for row in cursor.fetchall()}
            assert found == {key for key in known if _ends_with(key, fragment)}


def _ends_with(key: str, fragment: str) -> bool:
    return fragment.removesuffix("%") in key if fragment.endswith("%") else key.endswith(fragment)


def test_it_checks_at_the_degree_that_the_oracle_gives(world: World) -> None:
    codes = {card.code: number for number, card in body_cards().items()}
    for reader in world.readers:
        if not reader.may(Permission.CHECK_RUN):
            continue
        for key in NUMBERS:
            with reading(reader):
                holdings = check_holdings(reader, Selector("phone", key))
            content = {seen.ref for h in holdings for seen in h.seen}
            pointed = {codes[h.body] for h in holdings if h.degree == "existence"}
            assert (content, pointed) == _expected(reader, world, key)


def _expected(reader: Reader, world: World, key: str) -> tuple[set[str], set[int]]:
    rows = [(ref, owner, terms) for k, ref, owner, terms in world.sightings.values() if k == key]
    content = {ref for ref, _, terms in rows if may_know(reader, terms)}
    hidden = {owner for _, owner, terms in rows if not may_know(reader, terms)}
    silent = {owner for _, owner, terms in rows if terms.silent} - {reader.body}
    return content, (hidden - silent if reader.clearance >= 0 else set())


def test_it_explains_as_it_decides(world: World) -> None:
    dice = dice_of(11)
    for reader in world.readers[::4]:
        for marking in dice.sample(list(world.markings), 12):
            assert explain(reader, marking).may_know == may_know(reader, world.markings[marking])


def test_it_shows_nothing_to_a_check_by_raw_sql_without_the_permission(world: World) -> None:
    reader = next(r for r in world.readers if not r.may(Permission.CHECK_RUN) and r.clearance == 1)
    with reading(reader), connection.cursor() as cursor:
        for key in NUMBERS:
            cursor.execute("select * from matching_check('phone', %s)", [key])
            assert cursor.fetchall() == []


# --- Widening and narrowing -------------------------------------------------------------------------------------

_terms = st.fixed_dictionaries(
    {
        "released": st.booleans(), "classification": st.integers(0, 1), "everyone": st.booleans(),
        "bodies": st.lists(st.sampled_from(BODIES), max_size=3, unique=True),
        "people": st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
        "teams": st.lists(st.sampled_from(TEAMS), max_size=3, unique=True),
        "compartment": st.sampled_from([0, *COMPARTMENTS]),
    }
)  # fmt: skip
_readers = st.builds(
    Reader, person=st.sampled_from(PEOPLE), username=st.just("r"), name=st.just("R"), body=st.sampled_from(BODIES),
    body_code=st.just(""), body_name=st.just(""), clearance=st.integers(-1, 1), conditions=st.integers(0, 7),
    compartments=st.lists(st.sampled_from(COMPARTMENTS), max_size=2, unique=True).map(tuple),
    teams=st.lists(st.sampled_from(TEAMS), max_size=2, unique=True).map(tuple),
)  # fmt: skip
_widenings: dict[str, Callable[[dict[str, Any], int], Any]] = {
    "released": lambda now, _: True,
    "classification": lambda now, _: 0,
    "everyone": lambda now, _: True,
    "bodies": lambda now, n: sorted({*now["bodies"], BODIES[n % len(BODIES)]}),
    "people": lambda now, n: sorted({*now["people"], PEOPLE[n % len(PEOPLE)]}),
    "teams": lambda now, n: sorted({*now["teams"], TEAMS[n % len(TEAMS)]}),
    "compartment": lambda now, _: 0,
}


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=150, deadline=None)
@given(
    terms=_terms,
    reader=_readers,
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(_widenings)), st.integers(0, 40)), min_size=1, max_size=4
    ),
)
def test_widening_never_hides_and_narrowing_never_reveals(
    world: World, terms: dict[str, Any], reader: Reader, steps: list[tuple[str, int]]
) -> None:
    owner = Reader(
        person=1, username="o", name="O", body=3, body_code="", body_name="", clearance=1, conditions=7,
        compartments=tuple(COMPARTMENTS),
    )  # fmt: skip
    with _undone():
        with reading(owner):
            marking = Marking.objects.create(owner=owner.body, **terms)
            row = Report.objects.create(
                marking=marking, owner=0, ref="IR-W", origin_ref="W", title="W", date_of_intelligence=date(2026, 10, 1),
                recorded_at=AT, recorded_by="A", contact="A", content_hash="",
            )  # fmt: skip
        trail = [(dict(terms), _is_seen(reader, row.pk))]
        for label, choice in steps:
            wider = trail[-1][0] | {label: _widenings[label](trail[-1][0], choice)}
            trail.append((wider, _is_seen_under(owner, reader, marking, row.pk, wider)))
        for (_, before), (_, after) in pairwise(trail):
            assert after or not before
        for narrower, seen in reversed(trail[:-1]):
            assert _is_seen_under(owner, reader, marking, row.pk, narrower) == seen


def _is_seen(reader: Reader, row: int) -> bool:
    with reading(reader):
        return Report.objects.filter(pk=row).exists()


def _is_seen_under(owner: Reader, reader: Reader, marking: Marking, row: int, terms: dict[str, Any]) -> bool:
    with reading(owner):
        assert Marking.objects.filter(pk=marking.pk).update(**terms) == 1
    return _is_seen(reader, row)


@pytest.mark.parametrize("label", ["silent", "compartment"])
def test_a_marking_keeps_what_the_index_of_holders_has_copied(world: World, label: str) -> None:
    """No service changes the silence or the compartment of what is noted, and the database would not have it."""
    marking = Marking.objects.using("owner").get(pk=next(iter(world.markings)))
    changed = (
        {"silent": not marking.silent} if label == "silent" else {"compartment": marking.compartment + 1}
    )
    with pytest.raises(IntegrityError, match="its silence and its compartment stay"):
        Marking.objects.using("owner").filter(pk=marking.pk).update(**changed)
    Marking.objects.using("owner").filter(pk=marking.pk).update(
        silent=marking.silent, released=marking.released
    )


def test_the_cast_reads_as_its_roles_say(shared_house: Instance) -> None:
    assert not Compartment.objects.exists()
    assert [someone(f"{role}@norf").clearance for role in ("analyst", "officer", "auditor", "admin")] == [
        1,
        1,
        -1,
        -1,
    ]
