"""A generated world for the proof of need-to-know: markings of every kind, and under each something on every surface.

What is planted stands here in plain values, so that the oracle needs nothing of the database to say who may know it.
Rows are put in by the owner of the database, under markings that no service would make as well as under those that one
would; what the engine draws from them (hits, warnings, notices, alerts) it draws itself.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from tests.access.test_policy_oracle import Terms, may_know
from tests.clashes.planning import draft
from tests.inside import dice_of, someone
from tests.instance import Instance
from throughline.access.models import Marking
from throughline.access.permissions import Permission, Role
from throughline.access.reader import Reader
from throughline.access.services import close_compartment, form_team
from throughline.clashes.models import PlannedEvent
from throughline.clashes.services import plan_event
from throughline.intelligence.models import (
    Attachment,
    Item,
    ItemSelector,
    Provenance,
    Report,
    ReportLink,
    SavedDraft,
    SensitiveSource,
)
from throughline.intelligence.workflow import REPORT
from throughline.kernel import clock, outbox
from throughline.kernel.models import History
from throughline.loads.models import ColumnMap, Load, Refusal
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.models import Hit, HitSide, SecondLook
from throughline.matching.services import judge_hit, run_check
from throughline.matching.thread import write_note
from throughline.notices.models import Notice, Preference
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_ids, coordinators
from throughline.search.alerting import run_saved_searches, take_values
from throughline.search.models import Alert, SavedSearch
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search
from throughline.selectors.models import Interest, Sighting
from throughline.selectors.registry import Selector
from throughline.sharing.models import AccessRequest

CODES = ("norf", "mps", "kent", "ersou")
"""The bodies that own what is planted, with somebody in each role."""
MORE_READERS = ("analyst@mers", "manager@mers", "officer@mers", "coordinator@nclcc", "chair@nclcc")
PLANTINGS = 40
OWNER = "owner"
DAY = date(2026, 10, 1)
AT = datetime(2026, 10, 2, 9, tzinfo=UTC)
LATE = datetime(2026, 10, 9, 17, tzinfo=UTC)
"""By when every hit was to be answered."""
LISTER = "analyst@mers"
"""Checks a list of all that is planted."""


@dataclass(frozen=True)
class Planting:
    """One marking and what stands under it; ``item_terms`` are those of what is under handling code C as well.

    ``partner`` is the number of another planting, of the body ``other``: both hold one value, so there is a hit.
    """

    n: int
    word: str
    code: str
    other_code: str
    asker: str
    owner: int
    other: int
    partner: int
    terms: Terms
    item_terms: Terms
    partner_terms: Terms
    is_judged: bool
    is_late: bool
    marking: int = 0

    @property
    def report(self) -> str:
        return f"IR-{self.n:02}"

    @property
    def own(self) -> Selector:
        """A value that this planting alone holds."""
        return Selector("email", f"{self.word}@own.example")

    @property
    def pair(self) -> Selector:
        """A value that the partner's body holds too."""
        return Selector("email", f"{self.word}@pair.example")

    @property
    def person(self) -> Selector:
        return Selector("person", f"{self.word.upper()}|WILLIAM|1990-01-{self.n % 28 + 1:02}")

    @property
    def state(self) -> str:
        if self.terms.released:
            return "circulated"
        return "received" if self.n % 2 else "graded"

    @property
    def is_asked_silently(self) -> bool:
        return self.n % 5 == 0

    @property
    def is_owner_told(self) -> bool:
        """Of the hit: the other side keeps no silence."""
        return not self.partner_terms.silent

    @property
    def is_other_told(self) -> bool:
        return not self.terms.silent


def inside_of(reader: Reader, body: int, compartment: int = 0, *, classification: int = 0) -> bool:
    """The oracle asked of what a body keeps for its own people, in a compartment or not."""
    nobody: frozenset[int] = frozenset()
    terms = Terms(
        owner=body, released=False, classification=classification, conditions=0, everyone=False, bodies=nobody,
        people=nobody, teams=nobody, compartment=compartment, silent=False,
    )  # fmt: skip
    return may_know(reader, terms)


@dataclass
class SurfaceWorld:
    """Everything planted, everyone who reads, and the references by which the engine calls what it drew from it."""

    plantings: list[Planting]
    readers: dict[str, Reader]
    hits: dict[int, str] = field(default_factory=dict)
    files: dict[tuple[int, bool], str] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    """The event that the partner's body plans beside the one that is planted."""
    bulk: str = ""
    searches: dict[tuple[int, str], str] = field(default_factory=dict)
    """The saved searches of each person, by name."""
    alerted: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    """What they have noted, by the number of the planting."""
    notices: list[tuple[int, int, int | None, str]] = field(default_factory=list)
    """Of every notice its body, compartment, person and the permission it is for."""
    regions: dict[int, int] = field(default_factory=dict)

    def __getitem__(self, n: int) -> Planting:
        return self.plantings[n]


# --- Generated ------------------------------------------------------------------------------------------------------


def _words(dice: random.Random, many: int) -> list[str]:
    """Words of no language, so unlike each other that none can be taken for another."""
    found: dict[str, None] = {}
    while len(found) < many:
        word = "".join(dice.choice("bdfgklmnprtvz") + dice.choice("aiou") for _ in range(5)) + "x"
        found[word] = None
    return list(found)


CIRCULATIONS = ("to all", "to bodies", "to people", "to teams", "mixed")


def _terms(
    dice: random.Random, n: int, owner: int, everybody: list[Reader], bodies: list[int], lists: "_Lists"
) -> Terms:
    to, bit = CIRCULATIONS[n // 4 % len(CIRCULATIONS)], dice.choice([0, 0, 1, 2, 4])
    people = [reader.person for reader in dice.sample(everybody, dice.randint(1, 4))]
    return Terms(
        owner=owner, released=dice.random() < 0.75, classification=dice.choice([0, 1, 1]), conditions=bit,
        everyone=to == "to all",
        bodies=frozenset(dice.sample(bodies, dice.randint(1, 2)) if to in ("to bodies", "mixed") else ()),
        people=frozenset(people if to in ("to people", "mixed") else ()),
        teams=frozenset(dice.sample(lists.teams, dice.randint(1, 2)) if to in ("to teams", "mixed") else ()),
        compartment=dice.choice([0, 0, 0, *lists.compartments]), silent=dice.random() < 0.2,
    )  # fmt: skip


@dataclass(frozen=True)
class _Lists:
    teams: list[int]
    compartments: list[int]


def _form_lists(dice: random.Random) -> _Lists:
    """Teams of some people each, and compartments with a manager of every body on their lists and some people more."""
    everybody = [someone(f"{role}@{code}").person for code in CODES for role in Role]
    managers = [someone(f"manager@{code}").person for code in CODES]
    return _Lists(
        [form_team(name=f"Team {n}", people=sorted(dice.sample(everybody, 8))) for n in range(3)],
        [
            close_compartment(name=f"Circle {n}", people=sorted({*managers, *dice.sample(everybody, 9)}))
            for n in range(2)
        ],
    )


def _readers() -> dict[str, Reader]:
    """Everyone in every role of four bodies, some of others, and two who are cleared for less than any role is."""
    names = [*(f"{role}@{code}" for code in CODES for role in Role), *MORE_READERS]
    found = {name: someone(name) for name in names}
    for name in ("analyst@kent", "officer@mps"):
        found[f"{name}, cleared for OFFICIAL"] = replace(found[name], clearance=0)
    return found


def _with_conditions(terms: Terms, n: int) -> Terms:
    """What is under handling code C follows the circulation and adds an action code."""
    return replace(terms, conditions=(1, 2, 4)[n % 3])


def generate(seed: int) -> SurfaceWorld:
    """The plan, and the people's lists it needs; nothing that it speaks of is planted yet."""
    dice = dice_of(seed)
    lists, numbers = _form_lists(dice), body_ids()
    readers = _readers()
    people = [reader for name, reader in readers.items() if "," not in name]
    bodies = [numbers[code.upper()] for code in CODES]
    words = _words(dice, PLANTINGS)
    terms = [_terms(dice, n, bodies[n % 4], people, bodies, lists) for n in range(PLANTINGS)]
    plantings = []
    for n in range(PLANTINGS):
        # The body of the partner is never the planting's own: the numbers differ by 1 to 3, four bodies in turn.
        partner = (n + 1 + n // 4 % 3 + 4 * dice.randint(0, 7)) % PLANTINGS
        code, other = CODES[n % 4], CODES[partner % 4]
        third = next(c for c in CODES if c not in (code, other))
        plantings.append(
            Planting(
                n=n, word=words[n], code=code, other_code=other, asker=f"analyst@{third}", owner=terms[n].owner,
                other=terms[partner].owner, partner=partner, terms=terms[n],
                item_terms=_with_conditions(terms[n], n), partner_terms=terms[partner],
                is_judged=n % 2 == 0 and not terms[partner].silent, is_late=n % 4 == 3,
            )
        )  # fmt: skip
    return SurfaceWorld(plantings, readers)


# --- Planted --------------------------------------------------------------------------------------------------------


def plant(world: SurfaceWorld, instance: Instance) -> None:
    """Put in what was planned, and let the engine draw from it what it will."""
    with transaction.atomic(using=OWNER):
        reports = _plant_reports(world)
        _plant_beside(world, reports)
        _plant_for_people(world)
    with instance.as_owner() as superuser:
        superuser.execute("select matching_rebuild()")
    sightings = {s.source_ref: s.pk for s in Sighting.objects.using(OWNER).filter(key__contains="@own.")}
    take_values(list(Sighting.objects.using(OWNER).values_list("id", flat=True)))
    _work_hits(world)
    _ask(world)
    _plan_beside(world)
    _save_searches(world, reports, sightings)
    outbox.drain()
    assert outbox.failed() == 0
    rows = Notice.objects.using(OWNER).values_list("body", "compartment", "person", "needs")
    world.notices = list(rows)
    _gather(world)


def _marking(terms: Terms, **more: object) -> Marking:
    return Marking(
        owner=terms.owner, released=terms.released, classification=terms.classification, everyone=terms.everyone,
        bodies=sorted(terms.bodies), people=sorted(terms.people), teams=sorted(terms.teams),
        compartment=terms.compartment, silent=terms.silent, conditions=terms.conditions,
        **(_under_c(terms.conditions) | more),
    )  # fmt: skip


def _under_c(bit: int) -> dict[str, object]:
    action = {1: "A1", 2: "A2", 4: "A3"}.get(bit)
    if action is None:
        return {}
    return {"handling": "C", "action": action, "sanitisation": "S1", "instructions": "Ask first."}


def _plant_reports(world: SurfaceWorld) -> list[Report]:
    plain = Marking.objects.using(OWNER).bulk_create([_marking(p.terms) for p in world.plantings])
    inner = Marking.objects.using(OWNER).bulk_create(
        [_marking(p.item_terms, parent=m) for p, m in zip(world.plantings, plain, strict=True)]
    )
    world.plantings[:] = [replace(p, marking=m.pk) for p, m in zip(world.plantings, plain, strict=True)]
    reports = Report.objects.using(OWNER).bulk_create(
        [
            Report(
                marking=m, owner=0, ref=p.report, origin_ref=f"O-{p.n}", title=f"Lantern {p.word}",
                date_of_intelligence=DAY, recorded_at=AT, recorded_by="A", contact="A", content_hash="",
            )
            for p, m in zip(world.plantings, plain, strict=True)
        ]
    )  # fmt: skip
    items: dict[int, list[Item]] = {1: [], 2: []}
    for number, markings in ((1, plain), (2, inner)):
        items[number] = Item.objects.using(OWNER).bulk_create(
            [
                Item(
                    marking=m, owner=0, report=r, number=number, ref=f"{r.ref}/{number}",
                    text=f"The {('lantern', 'quarry')[number - 1]} by {p.word}", source="1", assessment="A",
                    handling="P" if number == 1 else "C",
                )
                for p, m, r in zip(world.plantings, markings, reports, strict=True)
            ]
        )  # fmt: skip
    for state, bases in (("graded", ("graded", "circulated")), ("circulated", ("circulated",))):
        refs = [p.report for p in world.plantings if p.state in bases]
        Report.objects.using(OWNER).filter(ref__in=refs).update(state=state)
    _plant_in_reports(world, reports, items, inner)
    _note(world, plain)
    return reports


def _plant_in_reports(
    world: SurfaceWorld, reports: list[Report], items: dict[int, list[Item]], inner: list[Marking]
) -> None:
    """Selectors, files, provenance, sources, ties between versions, and what became of each report."""
    every = list(zip(world.plantings, reports, items[1], items[2], inner, strict=True))
    ItemSelector.objects.using(OWNER).bulk_create(
        [
            ItemSelector(marking=i.marking, owner=0, item=i, kind=p.own.kind, key=p.own.key)
            for p, _, i, *_ in every
        ]
    )
    Attachment.objects.using(OWNER).bulk_create(
        [
            Attachment(
                marking=item.marking if item else r.marking, owner=0, report=r, item=item,
                ref=f"AT-{p.n}{'-2' if item else ''}", name=f"{p.word}{2 if item else ''}.txt", kind="text", size=1,
                sha256="", content=p.word.encode(), added_at=AT, added_by="A",
            )
            for p, r, _, second, _ in every
            for item in (None, second)
        ]
    )  # fmt: skip
    world.files = {(p.n, c): f"AT-{p.n}{'-2' if c else ''}" for p in world.plantings for c in (False, True)}
    Provenance.objects.using(OWNER).bulk_create(
        [Provenance(marking=m, owner=0, report=r, text=p.word, source="1", assessment="A", handling="C")
         for p, r, _, _, m in every]
    )  # fmt: skip
    SensitiveSource.objects.using(OWNER).bulk_create(
        [SensitiveSource(report=r, unit_ref=p.word) for p, r, *_ in every]
    )
    ReportLink.objects.using(OWNER).bulk_create(
        [
            ReportLink(
                later=reports[p.n], earlier=reports[(p.n + 1) % PLANTINGS],
                kind="derived_from" if p.n % 2 else "replaces", made_at=AT, made_by="A",
            )
            for p in world.plantings
        ]
    )  # fmt: skip
    History.objects.using(OWNER).bulk_create(
        [
            History(
                thing=REPORT.name, thing_id=r.pk, verb="grade", before="received", after="graded", by_name="A", at=AT,
                why=p.word, bodies=[p.owner], compartment=p.terms.compartment,
            )
            for p, r, *_ in every
        ]
    )  # fmt: skip


def _note(world: SurfaceWorld, markings: list[Marking]) -> None:
    """Each value alone, each with a partner's body, and each person."""
    rows = []
    for p in world.plantings:
        for one, holder in ((p.own, p), (p.pair, p), (p.pair, world[p.partner]), (p.person, p)):
            rows.append(
                Sighting(
                    marking=markings[holder.n], owner=0, kind=one.kind, key=one.key, source="report",
                    source_ref=f"{holder.report}/1", grade="1AP", seen_on=DAY, noted_at=AT,
                )
            )  # fmt: skip
    Sighting.objects.using(OWNER).bulk_create(rows)


def _plant_beside(world: SurfaceWorld, reports: list[Report]) -> None:
    """Interests, planned events and requests, each under the marking or with the compartments of its planting."""
    now = clock.now()
    markings = [r.marking for r in reports]
    Interest.objects.using(OWNER).bulk_create(
        [
            Interest(
                marking=m,
                owner=0,
                ref=f"IN-{p.n}",
                kind=p.own.kind,
                key=p.own.key,
                why=p.word,
                kept_by="A",
                at=AT,
            )
            for p, m in zip(world.plantings, markings, strict=True)
        ]
    )
    PlannedEvent.objects.using(OWNER).bulk_create(
        [
            PlannedEvent(
                marking=m, owner=0, ref=f"EV-{p.n}", kind="warrant", what=p.word, easting=250_000 + 9_000 * p.n,
                northing=300_000, radius=1000, margin=timedelta(hours=6), contact="A", planned_by="A",
                planned_person=0, planned_at=AT, starts_at=AT if p.is_late else now + timedelta(days=2),
                ends_at=AT + timedelta(hours=2) if p.is_late else now + timedelta(days=2, hours=2),
            )
            for p, m in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip
    AccessRequest.objects.using(OWNER).bulk_create(
        [
            AccessRequest(
                ref=f"RQ-{p.n}", kind=p.own.kind, key=p.own.key, source_ref="", asker=p.other,
                asker_compartment=p.partner_terms.compartment, asked_by="A", why=p.word, asked_at=now,
                due_at=now + timedelta(days=5), holder=p.owner, holder_compartment=p.terms.compartment,
                sent=is_sent(p),
            )
            for p in world.plantings
        ]
    )  # fmt: skip


def is_sent(planting: Planting) -> bool:
    """Whether the request that is planted reached its holder."""
    return planting.n % 3 != 0


def _plant_for_people(world: SurfaceWorld) -> None:
    """What one person alone may read: drafts of an officer's, loads and their refused rows of an analyst's."""
    SavedDraft.objects.using(OWNER).bulk_create(
        [
            SavedDraft(
                person=world.readers[f"officer@{p.code}"].person, body=p.owner, ref=f"WEB-{p.n}",
                typed=json.dumps({"title": [p.word]}), begun_at=AT, saved_at=AT,
            )
            for p in world.plantings
        ]
    )  # fmt: skip
    loads = Load.objects.using(OWNER).bulk_create(
        [
            Load(
                ref=f"LO-{p.n}", owner=p.owner, person=world.readers[f"analyst@{p.code}"].person,
                filename=f"{p.word}.csv", suffix=".csv", size=1, begun_at=AT, touched_at=AT,
            )
            for p in world.plantings
        ]
    )  # fmt: skip
    Refusal.objects.using(OWNER).bulk_create(
        [
            Refusal(
                load=load, person=load.person, line=2, report="", columns="text", reason="No text", raw=p.word,
                values={"text": p.word}, faults=[["text", "No text"]],
            )
            for p, load in zip(world.plantings, loads, strict=True)
        ]
    )  # fmt: skip
    ColumnMap.objects.using(OWNER).bulk_create(
        [
            ColumnMap(body=p.owner, name=p.word, fingerprint="", layout={}, saved_by="A", saved_at=AT)
            for p in world.plantings
        ]
    )


# --- Drawn by the engine --------------------------------------------------------------------------------------------


def _work_hits(world: SurfaceWorld) -> None:
    """What was late is escalated; then managers, who are on every list, judge hits, write on them and ask for looks."""
    HitSide.objects.using(OWNER).filter(told=True).update(answer_by=LATE)
    world.regions = coordinators(on=clock.today())
    with connection.cursor() as cursor:
        bodies, regions = list(world.regions), list(world.regions.values())
        cursor.execute(
            "select count(*) from matching_escalate(%s, %s, %s::smallint[], %s::smallint[])",
            [LATE, AT, bodies, regions],
        )
    refs = dict(Hit.objects.using(OWNER).values_list("key", "ref"))
    for p in world.plantings:
        world.hits[p.n] = refs[p.pair.key]
        if not p.is_owner_told:
            continue
        manager = world.readers[f"manager@{p.code}"]
        write_note(by=manager, hit=world.hits[p.n], text=p.word)
        if p.is_judged:
            judge_hit(by=manager, ref=world.hits[p.n], verb="dismiss", reason="other", note=p.word)
    SecondLook.objects.using(OWNER).bulk_create(
        [
            SecondLook(
                side=HitSide.objects.using(OWNER).get(hit__ref=world.hits[p.n], body=p.owner), batch=f"SL-{p.n}",
                body=p.owner, compartment=p.terms.compartment, reason=p.word, asked_person=0, asked_by="A", asked_at=AT,
            )
            for p in world.plantings
            if p.is_owner_told and not p.is_judged
        ]
    )  # fmt: skip


def _ask(world: SurfaceWorld) -> None:
    """Somebody of a third body checks each value, a fifth of them silently; somebody else checks them as a list."""
    for p in world.plantings:
        run_check(by=world.readers[p.asker], selector=p.own, why=p.word, silent=p.is_asked_silently)
    values = sort_list(typed_lines("\n".join(f"email:{p.own.key}" for p in world.plantings)))
    world.bulk = ask_in_bulk(by=world.readers[LISTER], values=values, why="A list")
    tell([_message(world, p) for p in world.plantings])


def _message(world: SurfaceWorld, p: Planting) -> Message:
    """A notice to a body in a compartment or not: to all, to one person, or to those alone who judge hits."""
    person = world.readers[f"chair@{p.code}"].person if p.n % 3 == 1 else None
    needs = Permission.HIT_JUDGE if p.n % 3 == 2 else ""
    return Message(p.owner, "circulation", f"Told {p.word}", "", "", p.terms.compartment, person, needs)


def _plan_beside(world: SurfaceWorld) -> None:
    """The partner's body plans something at the place and time of each planned event."""
    for p in world.plantings:
        event = PlannedEvent.objects.using(OWNER).get(ref=f"EV-{p.n}")
        made = draft(f"{event.easting} {event.northing}", starts=clock.now() + timedelta(days=2), what=p.word)
        world.events[p.n] = plan_event(by=world.readers[f"manager@{p.other_code}"], draft=made, why="A test")


SEARCHES = {"reports": "lantern or nothing", "values": "own.example"}
PAST = "past"
"""A search whose alerts point at everything, as if its person had once been free to know it all."""


def _save_searches(world: SurfaceWorld, reports: list[Report], sightings: dict[str, int]) -> None:
    """Everyone who searches keeps two searches, which are then run over all that is planted."""
    by_report = {report.pk: n for n, report in enumerate(reports)}
    by_sighting = {sightings[f"{p.report}/1"]: p.n for p in world.plantings}
    searchers = [r for name, r in world.readers.items() if "," not in name and r.may(Permission.SEARCH_RUN)]
    for reader in searchers:
        for name, text in SEARCHES.items():
            ref = save_search(by=reader, name=name, text=text, narrowed=Narrowed(group=name))
            world.searches[reader.person, name] = ref
    run_saved_searches([{"reports": list(by_report), "sightings": list(by_sighting)}])
    saved = {row.pk: row for row in SavedSearch.objects.using(OWNER).all()}
    for alert in Alert.objects.using(OWNER).all():
        n = by_report[alert.thing_id] if alert.thing == "report" else by_sighting[alert.thing_id]
        world.alerted.setdefault((alert.person, saved[alert.saved_id].name), set()).add(n)
    for reader in searchers:
        row = SavedSearch.objects.using(OWNER).create(
            ref=f"SS-{reader.person}",
            person=reader.person,
            body=reader.body,
            name=PAST,
            text="x",
            at=AT,
            marks=["w:x"],
        )
        Alert.objects.using(OWNER).bulk_create(
            [Alert(saved=row, person=reader.person, thing="report", thing_id=pk, at=AT) for pk in by_report]
        )
        world.searches[reader.person, PAST] = row.ref


def _gather(world: SurfaceWorld) -> None:
    """Everyone has every kind of notice gathered by the day."""
    kinds = sorted(set(Notice.objects.using(OWNER).values_list("kind", flat=True)))
    people: Iterable[int] = {reader.person for reader in world.readers.values()}
    Preference.objects.using(OWNER).bulk_create(
        [Preference(person=n, gathered=kinds) for n in sorted(people)]
    )
