"""Every number that a page gives of more rows than one: as the product counts it, and as many as the oracle opens."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.access.surface_rules import (
    May,
    alerted,
    holder,
    known,
    known_by_a_piece,
    late_sides,
    own_known,
    told_of_hit,
    when,
    writer,
)
from tests.access.surface_world import AT, PAST, Planting, SurfaceWorld, inside_of
from tests.access.surfaces import ALL, search
from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.custody.queries import arrest_list
from throughline.intelligence.drafts import draft_count
from throughline.intelligence.queries import own_reports, report_list
from throughline.lines.coordination import NATION, coordination_of
from throughline.lines.flows import Asked, flow_map
from throughline.lines.queries import line_list, proposed_count, proposed_lines
from throughline.lines.ranking import ranked_lines
from throughline.matching.overdue import overdue_count
from throughline.matching.queries import (
    hit_list,
    hits_raised_since,
    waiting_hits,
)
from throughline.notices.queries import digest, unread_count
from throughline.operations.disrupted import disruption_totals
from throughline.operations.queries import operation_list
from throughline.orders.queries import order_list
from throughline.safeguarding.queries import concern_list, open_concerns
from throughline.search.saved import saved_searches, waiting_alerts
from throughline.sharing.queries import requests_to_answer
from throughline.tasking.queries import bid_list, bids_waiting, count_of

P = Permission
Counts = Callable[[SurfaceWorld, Reader], int]


@dataclass(frozen=True)
class Total:
    """One number that a page shows: as the product counts it, and as many as the oracle opens."""

    name: str
    needs: Permission | None
    counts: Counts
    expected: Counts


def as_many_as(rule: May) -> Counts:
    return lambda world, reader: sum(rule(world, reader, p) for p in world.plantings)


def own_side_waits(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """A hit that the reader's own body has not judged."""
    is_open = not (p.is_judged and reader.body == p.owner)
    return is_open and told_of_hit(world, reader, p)


def overdue_sides(world: SurfaceWorld, reader: Reader) -> int:
    regions = [region for p in world.plantings for region in late_sides(world, p)]
    return regions.count(reader.body) if inside_of(reader, reader.body) else 0


def notices_open(world: SurfaceWorld, reader: Reader) -> int:
    """Of every notice: those to the reader's body, in their circles, to all or to them, for what they may do."""
    return sum(
        inside_of(reader, body, compartment)
        and person in (None, reader.person)
        and (needs == "" or reader.may(needs))
        for body, compartment, person, needs in world.notices
    )


def alerts_open(world: SurfaceWorld, reader: Reader) -> int:
    found = sum(as_many_as(alerted(name))(world, reader) for name in ("reports", "values"))
    past = as_many_as(known)(world, reader) if (reader.person, PAST) in world.searches else 0
    return found + past


def in_state(state: str) -> May:
    return when(lambda p: p.state == state, known)


def reports_in_state(state: str) -> Total:
    """A filter of the list of reports."""
    return Total(
        f"list narrowed to {state}", P.REPORT_READ,
        lambda _, r: len(report_list(r, state=state, size=ALL).rows), as_many_as(in_state(state)),
    )  # fmt: skip


def reports_of_own(state: str) -> Total:
    """A state of the own body's reports."""
    return Total(
        f"own reports {state}", None, lambda _, r: own_reports(r, state=state),
        as_many_as(when(lambda p: p.state == state, own_known)),
    )  # fmt: skip


STATES = ("received", "graded", "circulated")
TOTALS: tuple[Total, ...] = (
    *map(reports_in_state, STATES),
    *map(reports_of_own, STATES),
    Total("list narrowed to a body", P.REPORT_READ, lambda _, r: len(report_list(r, owner="NORF", size=ALL).rows),
          as_many_as(when(lambda p: p.code == "norf", known))),
    Total("hits that wait", None, lambda _, r: waiting_hits(r), as_many_as(own_side_waits)),
    Total("hits raised since a day", None, lambda _, r: hits_raised_since(r, AT.replace(year=2020)),
          as_many_as(told_of_hit)),
    Total("hits narrowed to a kind", P.HIT_READ, lambda _, r: len(hit_list(r, state="", kind="email", size=ALL).rows),
          as_many_as(told_of_hit)),
    Total("hits narrowed to a body", P.HIT_READ, lambda _, r: len(hit_list(r, state="", other="MPS", size=ALL).rows),
          as_many_as(lambda w, r, p: told_of_hit(w, r, p) and {r.body_code.lower(), "mps"} == {p.code, p.other_code})),
    Total("escalations", None, lambda _, r: overdue_count(r),
          lambda w, r: overdue_sides(w, r) if r.may(P.HIT_OVERSEE) else 0),
    Total("drafts", None, lambda _, r: draft_count(r), as_many_as(writer)),
    Total("county lines", P.LINE_READ, lambda _, r: line_list(r).total, as_many_as(known_by_a_piece)),
    Total("lines ranked", P.LINE_READ, lambda _, r: ranked_lines(r).total, as_many_as(known_by_a_piece)),
    Total("lines of the map", P.LINE_READ, lambda _, r: flow_map(r, Asked()).lines, as_many_as(known_by_a_piece)),
    Total("lines led by nobody", P.HIT_OVERSEE,
          lambda _, r: coordination_of(r, scope=NATION, pile="unowned").piles[0].total, as_many_as(known_by_a_piece)),
    Total("proposed lines", None, lambda _, r: len(proposed_lines(r, size=ALL)),
          as_many_as(known_by_a_piece)),
    Total("proposed lines counted", None, lambda _, r: proposed_count(r, cap=ALL), as_many_as(known_by_a_piece)),
    Total("requests to answer", None, lambda _, r: requests_to_answer(r), as_many_as(holder)),
    Total("bids", P.TASK_READ, lambda _, r: bid_list(r).total, as_many_as(known)),
    Total("bids overdue", P.TASK_READ, lambda _, r: count_of(r, "overdue"), as_many_as(known)),
    Total("bids that wait", P.TASK_READ, lambda _, r: len(bids_waiting(r, size=ALL)),
          lambda w, r: as_many_as(own_known)(w, r) if r.may(P.TASK_ASSESS) else 0),
    Total("disruptions that count", P.TASK_READ, lambda _, r: disruption_totals(r).events, as_many_as(known)),
    Total("claims that count", P.TASK_READ, lambda _, r: disruption_totals(r).claims, as_many_as(known)),
    Total("arrests", P.CUSTODY_READ, lambda _, r: arrest_list(r)[1], as_many_as(known)),
    Total("orders", P.ORDER_READ, lambda _, r: order_list(r)[1], as_many_as(known)),
    Total("concerns", P.CONCERN_READ, lambda _, r: concern_list(r)[1], as_many_as(known)),
    Total("open concerns", P.CONCERN_READ, lambda _, r: open_concerns(r), as_many_as(known)),
    Total("operations", P.TASK_READ, lambda _, r: operation_list(r)[1], as_many_as(known)),
    Total("unread notices", None, lambda _, r: unread_count(r), notices_open),
    Total("the daily digest", P.NOTICE_READ, lambda _, r: sum(line.count for line in digest(r)), notices_open),
    Total("new results on the desk", None, lambda _, r: sum(one.count for one in waiting_alerts(r)), alerts_open),
    Total("new results of saved searches", P.SEARCH_RUN, lambda _, r: sum(one.unseen for one in saved_searches(r)),
          alerts_open),
    Total("results of a search: reports", P.SEARCH_RUN, lambda _, r: search(r, "lantern", "reports").count("reports"),
          as_many_as(known)),
    Total("results of a search: values", P.SEARCH_RUN, lambda _, r: search(r, "own.example").count("values"),
          as_many_as(known)),
)  # fmt: skip
"""Every number that a page gives of more rows than one."""
