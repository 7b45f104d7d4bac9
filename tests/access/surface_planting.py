"""Planting the generated world: under each marking something on every surface.

Rows are put in by the owner of the database, under markings that no service would make as well as under those that one
would; what the engine draws from them (hits, warnings, notices, alerts) it draws itself.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction

from tests.access.surface_world import (
    AT,
    DAY,
    LATE,
    LISTER,
    OWNER,
    PAST,
    PLANTINGS,
    SEARCHES,
    Planting,
    SurfaceWorld,
)
from tests.access.test_policy_oracle import Terms
from tests.clashes.planning import draft
from tests.instance import Instance
from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.clashes.models import PlannedEvent
from throughline.clashes.services import plan_event
from throughline.clocks.models import RunningClock
from throughline.custody.models import Arrest
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
from throughline.lines.models import CountyLine, Evidence, LineStanding
from throughline.loads.models import ColumnMap, Load, Refusal
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.models import Hit, HitSide, PersonLink, SecondLook
from throughline.matching.people.telling import tell_of_links
from throughline.matching.services import judge_hit, run_check
from throughline.matching.thread import write_note
from throughline.network.models import ChartSpot, LinkChart, Network, Node, Standing
from throughline.notices.models import Notice, Preference
from throughline.notices.services import Message, tell
from throughline.operations.models import Disruption, DisruptionClaim, Operation, Pack, Return
from throughline.orders.models import CourtOrder
from throughline.organisations.queries import coordinators
from throughline.safeguarding.models import Concern
from throughline.search.alerting import run_saved_searches
from throughline.search.models import Alert, SavedSearch
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search
from throughline.selectors.models import Interest, Sighting
from throughline.sharing.models import AccessRequest
from throughline.tasking.models import Bid
from throughline.telecoms.models import Authority


def plant(world: SurfaceWorld, instance: Instance) -> None:
    """Put in what was planned, and let the engine draw from it what it will."""
    with transaction.atomic(using=OWNER):
        reports = _plant_reports(world)
        _plant_beside(world, reports)
        _plant_for_people(world)
    with instance.as_owner() as superuser:
        superuser.execute("select matching_rebuild()")
    sightings = {s.source_ref: s.pk for s in Sighting.objects.using(OWNER).filter(key__contains="@own.")}
    run_saved_searches([{"sightings": list(Sighting.objects.using(OWNER).values_list("id", flat=True))}])
    _work_hits(world)
    _link(world)
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
    _plant_lines(world, items)
    _plant_authorities(world, plain)
    _plant_networks(world, plain)
    _plant_bids(world, plain)
    _plant_operations(world, plain)
    _plant_disruptions(world, plain)
    _plant_orders(world, plain)
    _plant_arrests(world, plain)
    _plant_concerns(world, plain)
    _plant_charts(world, plain)
    _note(world, plain)
    return reports


def _plant_authorities(world: SurfaceWorld, plain: list[Marking]) -> None:
    Authority.objects.using(OWNER).bulk_create(
        [
            Authority(
                marking=m, owner=0, code=f"AU-{p.n}", ref=f"CD-{p.n}", keep_until=DAY, folder=f"{p.n:08}",
                recorded_at=AT, recorded_by="A",
            )
            for p, m in zip(world.plantings, plain, strict=True)
        ]
    )  # fmt: skip


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


def _plant_lines(world: SurfaceWorld, items: dict[int, list[Item]]) -> None:
    """A line for each planting, led by nobody: a town and a person from its plain item, a town from the one under C."""
    lines = CountyLine.objects.using(OWNER).bulk_create(
        [CountyLine(ref=f"CL-{p.n}", added_at=AT) for p in world.plantings]
    )
    LineStanding.objects.using(OWNER).bulk_create(
        [LineStanding(line=line, at=AT, standing="proposed") for line in lines]
    )
    rows = []
    for p, line, plain, inner in zip(world.plantings, lines, items[1], items[2], strict=True):
        for n, (item, statement, kind, value) in enumerate(
            (
                (plain, "imports to", "town", p.word),
                (plain, "role", p.person.kind, p.person.key),
                (inner, "imports to", "town", f"{p.word} under C"),
            )
        ):
            rows.append(
                Evidence(
                    marking=item.marking, owner=0, line=line, ref=f"LE-{p.n}-{n}", statement=statement, kind=kind,
                    value=value, source_ref=item.ref, grade="1AP", seen_on=DAY, recorded_at=AT, recorded_by="A",
                    by_body=p.owner, by_person=0,
                )
            )  # fmt: skip
    Evidence.objects.using(OWNER).bulk_create(rows)


def _plant_networks(world: SurfaceWorld, markings: list[Marking]) -> None:
    """A network for each planting, of one person."""
    for p, marking in zip(world.plantings, markings, strict=True):
        marked = {"marking": marking, "owner": 0}
        network = Network.objects.using(OWNER).create(
            **marked, ref=f"NW-{p.n}", name=p.word, name_key=p.word, loaded_at=AT, loaded_by="A"
        )
        node = Node.objects.using(OWNER).create(**marked, network=network, key=p.word, x=1, y=1)
        Standing.objects.using(OWNER).create(
            **marked, network=network, node=node, rank=1, score=0, measures={}, points={}
        )


def _plant_bids(world: SurfaceWorld, markings: list[Marking]) -> None:
    """A bid for each planting on its line, overdue since long."""
    lines = CountyLine.objects.using(OWNER).in_bulk(field_name="ref")
    Bid.objects.using(OWNER).bulk_create(
        [
            Bid(
                marking=marking, owner=0, ref=f"BD-{p.n}", line=lines[f"CL-{p.n}"], title=p.word, asked="A", why="A",
                officer_days=1, level="local", desk=p.owner, made_at=AT, made_by="A", due_at=AT,
            )
            for p, marking in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip


def _plant_operations(world: SurfaceWorld, markings: list[Marking]) -> None:
    """An operation for each planting with a return in it; and a pack."""
    made = Operation.objects.using(OWNER).bulk_create(
        [
            Operation(
                marking=marking, owner=0, ref=f"OP-{p.n}", name=p.word, kind="week", starts_on=DAY, ends_on=DAY,
                briefing=p.word, taking_part=[p.owner], every="week", made_at=AT, made_by="A",
            )
            for p, marking in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip
    Return.objects.using(OWNER).bulk_create(
        [
            Return(
                marking=one.marking, owner=0, operation=one, body=p.owner, day=DAY, number=1, figures={"arrests": "7"},
                is_nil=False, as_at=AT, source=p.word, attribution="week", sent_at=AT, sent_by="A",
            )
            for p, one in zip(world.plantings, made, strict=True)
        ]
    )  # fmt: skip
    Pack.objects.using(OWNER).bulk_create(
        [
            Pack(
                marking=marking, owner=0, ref=f"TP-{p.n}", operation=one, title=p.word, words="A", made_at=AT,
                made_by="A",
            )
            for p, one, marking in zip(world.plantings, made, markings, strict=True)
        ]
    )  # fmt: skip


def _plant_disruptions(world: SurfaceWorld, markings: list[Marking]) -> None:
    """A disruption that counts for each planting, with one claim."""
    made = Disruption.objects.using(OWNER).bulk_create(
        [
            Disruption(
                marking=marking, owner=0, ref=f"DS-{p.n}", on=DAY, title=p.word, what=p.word, level="minor", made_at=AT,
                made_by="A",
            )
            for p, marking in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip
    Disruption.objects.using(OWNER).update(state="counted")
    DisruptionClaim.objects.using(OWNER).bulk_create(
        [
            DisruptionClaim(
                marking=one.marking, owner=0, disruption=one, body=p.owner, p="pursue", level="minor", why="A",
                made_at=AT, made_by="A",
            )
            for p, one in zip(world.plantings, made, strict=True)
        ]
    )  # fmt: skip


def _plant_orders(world: SurfaceWorld, markings: list[Marking]) -> None:
    """An order for each planting."""
    CourtOrder.objects.using(OWNER).bulk_create(
        [
            CourtOrder(
                marking=marking, owner=0, ref=f"CO-{p.n}", kind="ddtro", law_version=1, title=p.word, nation="ENG",
                provider=p.word, used=p.word, prevents=p.word, affected=p.word, innocent=p.word, proportionate=p.word,
                made_at=AT, made_by="A",
            )
            for p, marking in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip


def _plant_concerns(world: SurfaceWorld, markings: list[Marking]) -> None:
    """A concern for each planting."""
    Concern.objects.using(OWNER).bulk_create(
        [
            Concern(
                marking=marking, owner=0, ref=f"SG-{p.n}", age="child", harms=["missing"], nation="ENG", words=p.word,
                authority=p.word, source="a person", raised_at=AT, raised_by="A", raised_person=0,
            )
            for p, marking in zip(world.plantings, markings, strict=True)
        ]
    )  # fmt: skip


def _plant_arrests(world: SurfaceWorld, markings: list[Marking]) -> None:
    """An arrest for each planting, with a clock of its own."""
    pairs = list(zip(world.plantings, markings, strict=True))
    Arrest.objects.using(OWNER).bulk_create(
        [
            Arrest(
                marking=marking, owner=0, ref=f"AR-{p.n}", suspect=p.word, offence=p.word, arrested_at=AT, nation="ENG",
                case="standard", law_version=1, made_at=AT, made_by="A",
            )
            for p, marking in pairs
        ]
    )  # fmt: skip
    RunningClock.objects.using(OWNER).bulk_create(
        [
            RunningClock(
                marking=marking, owner=0, ref=f"CL-{p.n}", term="a", name="A", basis="A", unit="as stated",
                nation="ENG", thing="arrest", thing_ref=f"AR-{p.n}", what=p.word, start_event="A", started_at=AT,
                due_at=AT, made_by="A", made_at=AT,
            )
            for p, marking in pairs
        ]
    )  # fmt: skip


def _plant_charts(world: SurfaceWorld, markings: list[Marking]) -> None:
    """A shared chart of somebody else's for each planting, of one person."""
    for p, marking in zip(world.plantings, markings, strict=True):
        chart = LinkChart.objects.using(OWNER).create(
            marking=marking, owner=0, ref=f"CH-{p.n}", name=p.word, person=0, person_name="A", is_shared=True,
            made_at=AT, changed_at=AT,
        )  # fmt: skip
        ChartSpot.objects.using(OWNER).create(
            chart=chart, number=p.n + 1, kind=p.person.kind, key=p.person.key, x=0, y=0, note=p.word
        )


def _note(world: SurfaceWorld, markings: list[Marking]) -> None:
    """Each value alone, each with a partner's body, and each person."""
    rows = []
    for p in world.plantings:
        for one, holder in (
            (p.own, p),
            (p.pair, p),
            (p.pair, world[p.partner]),
            (p.person, p),
            (p.alias, world[p.partner]),
        ):
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
                sent=p.is_sent,
            )
            for p in world.plantings
        ]
    )  # fmt: skip


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


STRONG = 12.0
"""Bits at which both sides of a link are told of it."""


def _link(world: SurfaceWorld) -> None:
    """The engine proposes each planting's person and the partner's as one."""
    pairs = [sorted((p.person.key, p.alias.key)) for p in world.plantings]
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_people_propose(%s, 'a test', %s)",
            [json.dumps([(a, b, 0, 0, STRONG, {}) for a, b in pairs]), AT],
        )
    links = {(link.key_a, link.key_b): link for link in PersonLink.objects.using(OWNER).all()}
    for p, (a, b) in zip(world.plantings, pairs, strict=True):
        world.links[p.n] = links[a, b].ref
        tell_of_links([{"links": [links[a, b].pk]}])


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
