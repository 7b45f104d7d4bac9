"""A nation's records as plain values, read from the tables of an instance, past every policy and every door."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from tests.instance import Instance
from tests.oversight.nation import Arrested, Asked, Cared, Interest, Line, Nation, Order, Said, Step, Told


def nation_in(instance: Instance) -> Nation:
    """Everything of which an indicator is made, as it stands."""
    with instance.as_owner() as owner:
        tables = _Tables(owner)
        places = {row.id: n for n, row in enumerate(tables.rows("select id from lines_line order by id"))}
        return Nation(
            hits=tables.hits(), lines=tables.lines(places), bids=tables.bids(), orders=tables.orders(places),
            arrests=tables.arrests(), concerns=tables.concerns(), weeks=tables.weeks(),
        )  # fmt: skip


def _by(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _is_open(row: Any) -> bool:
    return row.compartment == 0 and not row.silent


_PLACES = {"number": "number", "own priority": "own priority", "exports from": "ends", "imports to": "ends"}
"""Where the statements that matter stand in a line's plain values."""


class _Tables:
    """One connection of a superuser, and the whole history by what it is of."""

    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        self.owner = owner
        self.history = _by(
            self.rows("select * from kernel_history order by id"), lambda row: (row.thing, row.thing_id)
        )
        self.body_of = {row.id: row.body_id for row in self.rows("select id, body_id from access_person")}

    def rows(self, query: str) -> list[Any]:
        return self.owner.cursor(row_factory=namedtuple_row).execute(query).fetchall()

    def hits(self) -> list[Told]:
        recorded = {
            row.ref: row.recorded_at
            for row in self.rows(
                "select i.ref, r.recorded_at from intelligence_item i join intelligence_report r on r.id = i.report_id"
            )
        }
        seen = _by(self.rows("select * from selectors_sighting"), lambda row: (row.kind, row.key))
        sides = _by(self.rows("select * from matching_hit_side"), lambda row: row.hit_id)
        found = []
        for hit in self.rows("select * from matching_hit"):
            reports: dict[int, list[tuple[datetime, bool]]] = {one.body: [] for one in sides[hit.id]}
            for row in seen[hit.kind, hit.key]:
                if row.owner in reports and row.source_ref in recorded:
                    reports[row.owner].append((recorded[row.source_ref], _is_open(row)))
            found.append(
                Told(
                    hit.key, hit.raised_at, reports, {one.body: one.told for one in sides[hit.id]},
                    {one.body: one.compartment for one in sides[hit.id]},
                    {one.body: one.answer_by for one in sides[hit.id]},
                    {one.body: [move.at for move in self.history["hit", one.id]] for one in sides[hit.id]},
                )
            )  # fmt: skip
        return found

    def lines(self, places: dict[int, int]) -> list[Line]:
        stood = _by(self.rows("select * from lines_standing order by id"), lambda row: row.line_id)
        rows = self.rows("select * from lines_evidence order by id")
        withdrawn = {row.withdraws_id for row in rows}
        said: dict[Any, list[Said]] = defaultdict(list)
        for row in rows:
            if row.statement != "withdrawn":
                kept, value = _PLACES.get(row.statement, "other"), f"{row.kind}:{row.value}"
                value = {"own priority": row.value, "ends": row.statement}.get(kept, value)
                one = Said(row.by_body, value, row.seen_on, _is_open(row), row.id in withdrawn, row.id)
                said[row.line_id, kept].append(one)
        stands = "select * from lines_merge where undone_at is null and overtaken_by = ''"
        heads = {row.line_id: places[row.head_id] for row in self.rows(stands)}
        apart = _by(self.rows("select * from lines_apart"), lambda row: row.line_id)
        return [
            Line(
                row.lead, row.added_at, [(one.at, one.standing, one.lead) for one in stood[row.id]],
                said[row.id, "number"], said[row.id, "own priority"], heads.get(row.id),
                [places[one.other_id] for one in apart[row.id]], row.compartment, said[row.id, "other"],
                said[row.id, "ends"],
            )
            for row in self.rows("select * from lines_line order by id")
        ]  # fmt: skip

    def bids(self) -> list[Asked]:
        declines = _by(self.rows("select * from tasking_decline order by id"), lambda row: row.bid_id)
        found = []
        for row in self.rows("select * from tasking_bid order by id"):
            reasons = iter(declines[row.id])
            steps = [
                Step(
                    move.verb, move.at, self.body_of[move.by_person],
                    next(reasons).reason if move.verb in ("decline", "turn down") else "",
                )
                for move in self.history["bid", row.id]
            ]  # fmt: skip
            found.append(
                Asked(row.owner, row.desk, row.offered, steps, row.made_at, row.level, row.state == "withdrawn",
                      _is_open(row))
            )  # fmt: skip
        return found

    def orders(self, places: dict[int, int]) -> list[Order]:
        asked = _by(self.rows("select * from orders_question"), lambda row: row.order_id)
        found = []
        for row in self.rows("select * from orders_order order by id"):
            applied = [move.at for move in self.history["court order", row.id] if move.verb == "apply"]
            found.append(
                Order(
                    row.owner, None if row.line_id is None else places[row.line_id], row.made_at,
                    min(applied, default=None), row.complied_at, row.replaced_at,
                    [Interest(one.body, one.answer_by, one.answered_at) for one in asked[row.id] if _is_open(one)],
                    _is_open(row),
                )
            )  # fmt: skip
        return found

    def arrests(self) -> list[Arrested]:
        return [
            Arrested(
                row.owner, [(move.verb, move.before, move.at) for move in self.history["arrest", row.id]], _is_open(row)
            )
            for row in self.rows("select * from custody_arrest")
        ]  # fmt: skip

    def concerns(self) -> list[Cared]:
        referrals = _by(self.rows("select * from safeguarding_referral"), lambda row: row.concern_id)
        steps = _by(self.rows("select * from safeguarding_step"), lambda row: row.concern_id)
        return [
            Cared(
                row.owner, row.age, row.state, row.raised_at, [one.state for one in referrals[row.id]], row.harms,
                [one.kind for one in steps[row.id]], _is_open(row),
            )
            for row in self.rows("select * from safeguarding_concern")
        ]  # fmt: skip

    def weeks(self) -> list[Any]:
        return [
            (row.starts_on, row.ends_on, row.kind, row.state)
            for row in self.rows("select * from operations_operation")
        ]
