"""Event clash: both sides are told the other body and the desk to ring, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.clashes.planning import FAR, NEARBY, NORWICH, at_noon, draft, plan
from tests.inside import in_parallel, someone
from tests.instance import Instance
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import close_compartment
from throughline.clashes.models import Clash, NearbyLook, PlannedEvent
from throughline.clashes.queries import event_list, event_page, overdue_events
from throughline.clashes.services import (
    LOOKS_A_DAY,
    SILENT_AT_ONCE,
    EventProblem,
    break_silence,
    change_event,
    move_event,
    plan_event,
)
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow
from throughline.kernel.workflow import MoveRefused
from throughline.notices.queries import notice_list


def warned(by: Reader, ref: str) -> list[str]:
    """Which bodies an event's page warns of."""
    page = event_page(by, ref)
    assert page is not None
    return [neighbour.body_name for neighbour in page.neighbours]


def told(by: Reader) -> list[str]:
    """What a body has been told of clashes, newest first, once the flow has run."""
    outbox.drain()
    assert outbox.failed() == 0
    return [card.text for card in notice_list(by, size=500)[0] if card.kind == "clash"]


@pytest.fixture
def aisha(house: Instance) -> Reader:
    return someone("analyst@norf")


@pytest.fixture
def mia(house: Instance) -> Reader:
    return someone("analyst@mps")


def test_both_sides_are_told_the_other_desk_and_nothing_else(aisha: Reader, mia: Reader) -> None:
    ours = plan(aisha, what="quarry", postcode="NR1 1AA", contact="lantern")
    assert (warned(aisha, ours), told(aisha)) == ([], [])
    theirs = plan(mia, NEARBY, what="heron", kind="test purchase", postcode="NR1 2BB", contact="thistle")
    assert warned(mia, theirs) == ["Norfolk Constabulary"], "at once"
    assert warned(aisha, ours) == ["Metropolitan Police Service"]
    (notice,) = told(aisha)
    page = event_page(aisha, ours)
    assert page is not None
    assert notice == (
        f"Metropolitan Police Service plans something near your event {ours}, at about the same time. "
        f"Ring them before you go on: {page.neighbours[0].desk}."
    )
    assert len(told(mia)) == 1
    heard = repr([page, event_list(aisha), notice_list(aisha)])
    secret = ("heron", "thistle", "test purchase", "NR1 2BB", "TG 23500", theirs)
    assert [word for word in secret if word in heard] == []


def test_nobody_else_reads_an_event_or_a_warning(aisha: Reader, mia: Reader, house: Instance) -> None:
    ours = plan(aisha)
    plan(mia, NEARBY)
    for username in ("analyst@kent", "manager@mps", "coordinator@ersou", "chair@nclcc"):
        reader = someone(username)
        assert event_page(reader, ours) is None
        with reading(reader):
            assert not PlannedEvent.objects.filter(ref=ours).exists()
            assert not Clash.objects.exclude(owner=reader.body).exists()
            assert not NearbyLook.objects.exclude(owner=reader.body).exists()
    for username in ("auditor@norf", "admin@norf"):
        with pytest.raises(NotAllowed):
            event_list(someone(username))
        with reading(someone(username)):
            assert not PlannedEvent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "other_kind", "metres", "meets"),
    [
        ("warrant", "warrant", 990, True),
        ("warrant", "warrant", 1_010, False),
        ("visit", "visit", 490, True),
        ("visit", "visit", 510, False),
        ("visit", "surveillance", 1_990, True),
        ("surveillance", "visit", 1_990, True),
        ("surveillance", "visit", 2_010, False),
    ],
)
def test_the_wider_radius_of_the_two_counts(
    aisha: Reader, mia: Reader, kind: str, other_kind: str, metres: int, *, meets: bool
) -> None:
    ours = plan(aisha, "623100, 308700", kind=kind)
    theirs = plan(mia, f"623100, {308_700 + metres}", kind=other_kind)
    assert [bool(warned(aisha, ours)), bool(warned(mia, theirs))] == [meets, meets]


@pytest.mark.parametrize(
    ("kind", "other_kind", "gap", "meets"),
    [
        ("visit", "visit", timedelta(hours=2, minutes=59), True),
        ("visit", "visit", timedelta(hours=3, minutes=1), False),
        ("visit", "surveillance", timedelta(hours=11, minutes=59), True),
        ("surveillance", "visit", timedelta(hours=12, minutes=1), False),
    ],
)
def test_the_longer_margin_of_the_two_counts(
    aisha: Reader, mia: Reader, kind: str, other_kind: str, gap: timedelta, *, meets: bool
) -> None:
    ours = plan(aisha, kind=kind, hours=1)
    theirs = plan(mia, kind=other_kind, starts=at_noon() + timedelta(hours=1) + gap)
    assert [bool(warned(aisha, ours)), bool(warned(mia, theirs))] == [meets, meets]


def test_a_coarse_place_reaches_as_far_as_it_may_be_out(aisha: Reader, mia: Reader) -> None:
    """TG 23 08 is a square of a kilometre: its corner is 700 metres from its middle."""
    ours = plan(aisha, "TG 23 08", kind="visit")
    theirs = plan(mia, "623500, 309600", kind="visit")
    assert warned(aisha, ours)
    assert warned(mia, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs", "meets"),
    [
        (("NR1 1AA", ""), ("NR1 1ZZ", ""), True),
        (("NR1 1AA", ""), ("NR1 2AA", ""), False),
        (("NR1 1AA", ""), ("NR1 1ZZ", FAR), True),
        (("NR1 1AA", NORWICH), ("NR1 1ZZ", ""), True),
        (("NR1 1AA", NORWICH), ("NR1 1ZZ", FAR), False),
        (("NR1 1AA", ""), ("", NORWICH), False),
    ],
)
def test_without_metres_on_both_sides_the_postcode_sector_decides(
    aisha: Reader, mia: Reader, ours: tuple[str, str], theirs: tuple[str, str], *, meets: bool
) -> None:
    first = plan(aisha, ours[1], postcode=ours[0])
    second = plan(mia, theirs[1], postcode=theirs[0])
    assert [bool(warned(aisha, first)), bool(warned(mia, second))] == [meets, meets]


def test_a_body_is_not_warned_of_itself(aisha: Reader) -> None:
    refs = [plan(aisha), plan(someone("officer@norf"), NEARBY)]
    assert [warned(aisha, ref) for ref in refs] == [[], []]
    assert told(aisha) == []


def test_what_is_over_or_cancelled_warns_nobody(aisha: Reader, mia: Reader) -> None:
    for verbs in (["cancel"], ["begin", "finish"], ["begin", "cancel"]):
        ref = plan(aisha)
        for verb in verbs:
            move_event(by=aisha, ref=ref, verb=verb, why="Done")
    theirs = plan(mia)
    assert warned(mia, theirs) == []
    under_way = plan(aisha, FAR)
    move_event(by=aisha, ref=under_way, verb="begin")
    assert warned(mia, plan(mia, FAR)) == ["Norfolk Constabulary"]


def test_a_change_looks_again(aisha: Reader, mia: Reader) -> None:
    ours, theirs = plan(aisha), plan(mia, FAR)
    assert (warned(aisha, ours), warned(mia, theirs)) == ([], [])
    change_event(by=mia, ref=theirs, draft=draft(NEARBY), why="Moved")
    assert warned(aisha, ours) == ["Metropolitan Police Service"]
    assert warned(mia, theirs) == ["Norfolk Constabulary"]
    assert (len(told(aisha)), len(told(mia))) == (1, 1)


def test_moving_an_event_about_tells_nothing_more(aisha: Reader, mia: Reader) -> None:
    """Or a body would find the other's place by its warning going out and coming back."""
    ours, theirs = plan(aisha), plan(mia, NEARBY)
    plan(aisha, FAR)
    for spot in (FAR, NEARBY, FAR):
        change_event(by=mia, ref=theirs, draft=draft(spot), why="Moved")
        assert warned(mia, theirs) == ["Norfolk Constabulary"]
    assert warned(aisha, ours) == ["Metropolitan Police Service"]
    looks, _ = journal_page(someone("auditor@mps"))
    assert sum(int(str(look.detail["existence"])) for look in looks if look.thing == "nearby events") == 1
    assert len(told(mia)) == 1, "the second event of Norfolk's is not counted out to them"
    assert len(told(aisha)) == 2, "each of Norfolk's events heard of them"


def test_every_probe_is_heard_by_the_other_side(aisha: Reader, mia: Reader) -> None:
    """A body that plans, looks and cancels, again and again, tells the other each time."""
    ours = plan(aisha)
    for heard in range(1, 4):
        probe = plan(mia, NEARBY)
        assert warned(mia, probe) == ["Norfolk Constabulary"]
        move_event(by=mia, ref=probe, verb="cancel", why="A probe")
        assert len(told(aisha)) == heard
    assert warned(aisha, ours) == ["Metropolitan Police Service"], "named once"


def test_a_person_looks_so_often_a_day_and_no_oftener(aisha: Reader) -> None:
    ref = plan(aisha)
    with reading(aisha):
        look = NearbyLook.objects.get()
        for _ in range(LOOKS_A_DAY - 2):
            look.pk = None
            look.save()
    change_event(by=aisha, ref=ref, draft=draft(), why="Once more")
    with pytest.raises(EventProblem, match="100 events in 24 hours"):
        plan(aisha)
    with pytest.raises(EventProblem, match="100 events in 24 hours"):
        change_event(by=aisha, ref=ref, draft=draft(FAR), why="And again")
    assert [row.place.reference for row in event_list(aisha).rows] == [NORWICH]
    plan(someone("officer@norf"))
    with clock.stopped(clock.now() + timedelta(hours=25)):
        plan(aisha)


# --- Silence and compartments -------------------------------------------------------------------------------------


def test_a_silent_event_hears_and_is_not_heard(aisha: Reader, mia: Reader) -> None:
    manager = someone("manager@norf")
    ours = plan(manager, silent=True)
    facts = FactRow.objects.count()
    theirs = plan(mia, NEARBY)
    alone = plan(mia, FAR)
    assert (warned(mia, theirs), told(mia)) == ([], [])
    assert warned(aisha, ours) == ["Metropolitan Police Service"]
    (notice,) = told(aisha)
    assert notice.endswith("Your event is silent: they were not told of it.")
    with reading(mia):
        assert not Clash.objects.exists()
    payloads = [set(fact.payload) for fact in FactRow.objects.order_by("id")[facts:]]
    assert payloads == [{"look"}, {"look"}], "what the flow carries is the same, met or not"
    pages = [event_page(mia, ref) for ref in (theirs, alone)]
    assert len({(page.neighbours, page.moves, page.state) for page in pages if page}) == 1
    looks, _ = journal_page(someone("auditor@mps"))
    assert {look.detail["existence"] for look in looks if look.thing == "nearby events"} == {0}
    assert not [look for look in looks if look.verb == "disclose"], "nor does its auditor hear of the silence"


def test_a_silent_event_asks_nothing(aisha: Reader, mia: Reader) -> None:
    """A question that nobody hears would map the operations of others."""
    theirs, manager = plan(mia), someone("manager@norf")
    ours = plan(manager, NEARBY, silent=True)
    change_event(by=manager, ref=ours, draft=draft(), why="Nearer")
    assert (warned(manager, ours), told(manager), warned(mia, theirs), told(mia)) == ([], [], [], [])
    with reading(manager):
        assert not NearbyLook.objects.exists()
    change_event(by=mia, ref=theirs, draft=draft(NEARBY), why="They look, so the silent one hears")
    assert warned(manager, ours) == ["Metropolitan Police Service"]
    assert warned(mia, theirs) == []


def test_a_silence_broken_is_a_look_that_both_hear(aisha: Reader, mia: Reader) -> None:
    theirs = plan(mia)
    ours = plan(someone("manager@norf"), NEARBY, silent=True)
    manager = someone("manager@norf")
    with pytest.raises(NotAllowed):
        break_silence(by=aisha, ref=ours, why="Not for an analyst")
    with pytest.raises(EventProblem):
        break_silence(by=manager, ref=ours, why=" ")
    break_silence(by=manager, ref=ours, why="We need to know")
    assert (warned(aisha, ours), warned(mia, theirs)) == (
        ["Metropolitan Police Service"],
        ["Norfolk Constabulary"],
    )
    assert (len(told(aisha)), len(told(mia))) == (1, 1)
    with pytest.raises(EventProblem):
        break_silence(by=manager, ref=ours, why="Again")


def test_silence_is_for_managers_and_for_a_few_events(aisha: Reader) -> None:
    with pytest.raises(NotAllowed):
        plan(aisha, silent=True)
    manager = someone("manager@norf")
    refs = [plan(manager, silent=True) for _ in range(SILENT_AT_ONCE)]
    with pytest.raises(EventProblem, match="silent already"):
        plan(manager, silent=True)
    move_event(by=manager, ref=refs[0], verb="cancel", why="Off")
    plan(manager, silent=True)


def test_a_compartment_shuts_content_and_not_existence(apart: Instance) -> None:
    manager, mia = someone("manager@norf"), someone("analyst@mps")
    circle = close_compartment(name="Herons", people=[manager.person])
    manager, aisha = someone("manager@norf"), someone("analyst@norf")
    ours = plan(manager, compartment=circle)
    theirs = plan(mia, NEARBY)
    assert warned(mia, theirs) == ["Norfolk Constabulary"]
    assert warned(manager, ours) == ["Metropolitan Police Service"]
    assert (len(told(manager)), told(aisha)) == (1, [])
    assert event_page(aisha, ours) is None
    assert event_list(aisha).rows == ()
    with pytest.raises(PlannedEvent.DoesNotExist):
        move_event(by=aisha, ref=ours, verb="cancel", why="Not ours to know")
    with pytest.raises(EventProblem):
        plan(aisha, compartment=circle)


# --- Life, rights and the journal ---------------------------------------------------------------------------------


def test_its_life_is_that_of_the_table(aisha: Reader) -> None:
    ref = plan(aisha)
    with pytest.raises(MoveRefused):
        move_event(by=aisha, ref=ref, verb="finish")
    with pytest.raises(EventProblem, match="why it is cancelled"):
        move_event(by=aisha, ref=ref, verb="cancel", why=" ")
    move_event(by=aisha, ref=ref, verb="begin")
    move_event(by=aisha, ref=ref, verb="finish")
    page = event_page(aisha, ref)
    assert page is not None
    assert ([moved.verb for moved in page.history], page.moves, page.stands) == (
        ["begin", "finish"],
        (),
        False,
    )
    with pytest.raises(EventProblem, match="is over"):
        change_event(by=aisha, ref=ref, draft=draft(), why="Late")
    assert [row.ref for row in event_list(aisha, standing=False).rows] == [ref]


def test_only_its_own_body_changes_it(aisha: Reader, mia: Reader) -> None:
    ref = plan(aisha)
    with pytest.raises(PlannedEvent.DoesNotExist):
        change_event(by=mia, ref=ref, draft=draft(), why="Not ours")
    with pytest.raises(PlannedEvent.DoesNotExist):
        break_silence(by=someone("manager@mps"), ref=ref, why="Not ours")
    for role in ("chair", "safeguarding", "orders"):
        reader = someone(f"{role}@norf")
        assert event_page(reader, ref) is not None
        with pytest.raises(NotAllowed):
            plan(reader)
        with pytest.raises(MoveRefused):
            move_event(by=reader, ref=ref, verb="begin")


def test_it_says_which_answer_is_wrong(aisha: Reader) -> None:
    good = draft()
    for field, wrong in (
        ("kind", replace(good, kind="picnic")),
        ("what", replace(good, what=" ")),
        ("contact", replace(good, contact="")),
        ("ends", replace(good, ends_at=good.starts_at)),
        ("spot", replace(good, place=replace(good.place, spread=1_001))),
    ):
        with pytest.raises(EventProblem) as refused:
            plan_event(by=aisha, draft=wrong, why="A test")
        assert refused.value.field == field
    with pytest.raises(EventProblem) as refused:
        plan_event(by=aisha, draft=good, why=" ")
    assert refused.value.field == "why"
    assert event_list(aisha).rows == ()


def test_each_look_is_journalled_with_its_reason(aisha: Reader, mia: Reader) -> None:
    plan(aisha)
    theirs = plan(mia, NEARBY)
    outbox.drain()
    looks, _ = journal_page(someone("auditor@mps"))
    entries = {(look.verb, look.thing): look for look in looks}
    look = entries["consult", "nearby events"]
    assert (look.ref, look.why, look.detail["existence"]) == (theirs, "A test", 1)
    assert entries["collect", "planned event"].ref == theirs
    assert entries["disclose", "planned event"].detail == {"to": "NORF"}, "its existence was made known"


def test_what_should_be_over_waits_to_be_closed(aisha: Reader) -> None:
    with clock.stopped(clock.now() - timedelta(days=9)):
        ref = plan(aisha)
        assert overdue_events(aisha) == []
    assert [event.ref for event in overdue_events(aisha)] == [ref]
    assert event_list(aisha).rows[0].is_past


def test_two_that_plan_at_the_same_moment_still_meet(aisha: Reader, mia: Reader) -> None:
    ready, refs = Barrier(2), dict[str, str]()

    def planning(by: Reader, spot: str) -> None:
        ready.wait()
        refs[by.username] = plan(by, spot)

    in_parallel(lambda: planning(aisha, NORWICH), lambda: planning(mia, NEARBY))
    assert warned(aisha, refs["analyst@norf"]) == ["Metropolitan Police Service"]
    assert warned(mia, refs["analyst@mps"]) == ["Norfolk Constabulary"]


def test_the_door_opens_to_nobody_but_whoever_looked(aisha: Reader, mia: Reader, house: Instance) -> None:
    plan(aisha)
    theirs = plan(mia, NEARBY)
    with reading(mia):
        look = NearbyLook.objects.get().pk
    with house.as_owner() as owner:
        owner.execute("delete from clashes_clash")
    for username in ("officer@mps", "analyst@norf", "chair@mps", "auditor@mps"):
        with reading(someone(username)), connection.cursor() as cursor:
            cursor.execute("select clashes_meet(%s, 3000)", [look])
    assert warned(mia, theirs) == []


def test_it_finds_what_is_near_by_an_index_among_a_hundred_thousand(
    house: Instance, aisha: Reader, mia: Reader
) -> None:
    """The plan is that of the door itself, as the server tells it while the door runs."""
    plan(aisha)
    theirs = plan(mia, postcode="NR1 1AA")
    with reading(mia):
        look = NearbyLook.objects.get().pk
    with house.as_owner() as owner:
        owner.execute("delete from clashes_clash")
        owner.execute(_MARKING)
        owner.execute(_MANY)
        owner.execute("analyze clashes_event")
        said: list[str] = []
        owner.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        owner.execute("load 'auto_explain'")
        for setting in ("log_nested_statements = on", "log_min_duration = 0"):
            owner.execute(f"set auto_explain.{setting}".encode())
        owner.execute("set client_min_messages = log")
        with owner.transaction():
            for name, value in (
                ("person", mia.person),
                ("body", mia.body),
                ("clearance", 1),
                ("conditions", 7),
            ):
                owner.execute("select set_config('tl.' || %s, %s, true)", [name, str(value)])
            owner.execute("select set_config('tl.compartments', '{}', true), set_config('tl.teams', '{}', true), "
                          "set_config('tl.permissions', '[\"event:plan\"]', true)")  # fmt: skip
            owner.execute("select clashes_meet(%s, 3000)", [look])
    explained = next(text for text in said if "insert into clashes_clash" in text.lower())
    assert "event_standing_place" in explained
    assert "event_standing_sector" in explained
    assert "Seq Scan on clashes_event" not in explained
    assert warned(mia, theirs) == ["Norfolk Constabulary"]


_MARKING = """
insert into access_marking (owner, released, classification, conditions, everyone, bodies, people, teams, compartment,
                            silent, handling, action, sanitisation, instructions)
  select id, false, 1, 0, false, '{}', '{}', '{}', 0, false, 'P', '', '', '' from organisations_body where code = 'KENT'
"""
_MANY = """
insert into clashes_event (marking_id, ref, kind, what, postcode, sector, easting, northing, spread, radius, margin,
                           starts_at, ends_at, contact, planned_by, planned_person, planned_at, state, origin_ref)
  select (select max(id) from access_marking), 'EV-' || n, 'visit', 'x', '',
         case when n % 3 = 0 then 'ZZ' || n % 9000 else '' end,
         case when n % 6 = 0 then null else 100000 + n * 7919::bigint % 550000 end,
         case when n % 6 = 0 then null else 10000 + n * 104729::bigint % 650000 end,
         1, 500, interval '3 hours', now() + interval '1 day', now() + interval '3 days', 'x', 'x', 1, now(),
         'planned', ''
    from generate_series(1, 100000) n
"""
