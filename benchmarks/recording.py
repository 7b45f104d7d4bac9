"""A five-selector report recorded and matched, beside bare inserts of the same rows into the same tables.

"In the database" is the SQL of the services alone, played on a raw connection (see replay.py). The peer inserts the
very rows that the services leave for a report of the same kind, one INSERT a table, into the same full tables with
the same indexes, as a superuser in replica mode: no policy, no trigger, no foreign key, nothing looked up. Turn about,
each on reports of its own, so that neither finds pages that the other has just touched.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from benchmarks.figures import Figure
from benchmarks.instance import as_app, as_owner
from benchmarks.replay import Statement, pour, sequences, stream, write_down
from throughline.access.queries import reader_named
from throughline.access.reader import Reader
from throughline.intelligence.grading import grade_from
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.kernel import clock, outbox
from throughline.organisations.queries import body_ids
from throughline.selectors.registry import Selector

BATCH = 200
OWN = ("access_marking", "intelligence_report", "intelligence_item", "intelligence_item_selector",
       "selectors_sighting")  # fmt: skip
"""The report's own rows: thirteen for a report of one item with five selectors."""
LEFT = (*OWN, "matching_holding", "matching_hit", "matching_hit_side", "kernel_history", "kernel_fact", "kernel_step",
        "access_journal_entry", "notices_notice", "search_value")  # fmt: skip
"""Every table in which recording, matching and telling leave rows."""
EYE = """
do $$ begin create role bench_eye bypassrls; exception when duplicate_object then null; end $$;
grant select on all tables in schema public to bench_eye;
grant bench_eye to throughline_app with inherit false, set true
"""
"""A role that sees every row, which the application's connection takes to read what a run left before it is undone."""
_WIDE = 8
"""The columns of a holding as read below: kind and key come first."""
WORDS = [
    "phone",
    "seen",
    "male",
    "drug",
    "station",
    "cash",
    "train",
    "calls",
    "house",
    "school",
    "vehicle",
    "cuckoo",
    "gjkm",
    "hgpq",
    "kmrs",
    "npgh",
    "qrsj",
]


def drafts(many: int, *, owner: int, reports: int, rng: random.Random) -> list[ReportDraft]:
    """Reports of one item and five selectors, graded and circulated, of the same skew as the seed."""
    codes = sorted(body_ids())
    return [_draft(owner, codes, reports, rng) for _ in range(many)]


def _draft(owner: int, codes: Sequence[str], reports: int, rng: random.Random) -> ReportDraft:
    everyone = rng.random() < 0.26  # noqa: PLR2004 as in the seed
    bodies = () if everyone else tuple(sorted(rng.sample(codes, 1 + int(27 * rng.random() ** 2))))
    grade = grade_from(source="1", assessment="B", handling="P", action="", sanitisation="", instructions="")
    kinds = ("P-{}", "u{}@mail.example", "{:015d}", "BX{}", "snapchat/u{}")
    selectors = tuple(
        Selector(kind, shape.format(_value(owner, reports, rng)))
        for kind, shape in zip(("opaque", "email", "imei", "vehicle", "social"), kinds, strict=True)
    )
    text = " ".join(rng.choices(WORDS, k=22))
    return ReportDraft(
        f"B-{rng.getrandbits(48):012x}", clock.today(), "A report of the benchmark", Classification.OFFICIAL,
        Circulation(everyone=everyone, bodies=bodies), (ItemDraft(1, text, grade, selectors, 1),), (1,),
    )  # fmt: skip


def _value(owner: int, reports: int, rng: random.Random) -> int:
    """A number for a value: half new, a quarter the body's own, the rest shared or everywhere (see seed.sql)."""
    share = rng.random()
    if share < 0.50:  # noqa: PLR2004 as in the seed
        return 7_000_000_000 + rng.getrandbits(32)
    if share < 0.75:  # noqa: PLR2004
        return 3_000_000_000 + owner * 1_000_000 + int(rng.random() ** 1.5 * reports / 150)
    if share < 0.97:  # noqa: PLR2004
        return 4_000_000_000 + int(rng.random() ** 1.3 * reports / 2)
    return 5_000_000_000 + int(rng.random() ** 1.6 * 83)


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds for the same reports: through the services, their SQL alone, and bare inserts of what they left."""

    ours: float
    bare_own: float
    bare_all: float
    rows: int


class Bench:
    """One client's connections: the application's, and a superuser's for which no trigger fires."""

    def __init__(self, by: Reader) -> None:
        self.by = by
        self.owner, self.app = as_owner(), as_app()
        self.app.autocommit = True
        self.owner.execute("set session_replication_role = replica")
        self.owner.execute(EYE.encode())

    def close(self) -> None:
        self.owner.execute("drop owned by bench_eye; drop role bench_eye")
        self.owner.close()
        self.app.close()

    def one_by_one(self, ours: list[ReportDraft], theirs: list[ReportDraft]) -> Round:
        """Time the SQL of the services alone, in one transaction, prepared, not waiting; and so the bare inserts."""
        return self._turn_about(lambda: stream(self._written_down(ours), on=self.app), theirs, stream)

    def at_once(self, ours: list[ReportDraft], theirs: list[ReportDraft]) -> Round:
        """The same for a large batch, the values written into the text."""
        return self._turn_about(lambda: pour(self._written_down(ours), on=self.app), theirs, pour)

    def by_service(self, ours: list[ReportDraft], theirs: list[ReportDraft]) -> Round:
        """Time the services themselves: one transaction to record, and the steps of the flow after it."""

        def served() -> float:
            begun = time.perf_counter()
            self._record(ours)
            return time.perf_counter() - begun

        return self._turn_about(served, theirs, pour)

    def _record(self, batch: list[ReportDraft]) -> None:
        record_reports(by=self.by, drafts=batch)
        outbox.drain()

    def _written_down(self, batch: list[ReportDraft]) -> list[Statement]:
        return write_down(lambda: self._record(batch), owner=self.owner)

    def _turn_about(
        self, ours: Callable[[], float], theirs: list[ReportDraft], way: Callable[..., float]
    ) -> Round:
        before = sequences(self.owner)
        found: dict[str, tuple[Statement, int]] = {}

        def recorded_and_looked_at() -> None:
            self._record(theirs)
            found.update(self._inserts(before))

        write_down(recorded_and_looked_at, owner=self.owner)
        holdings = found["matching_holding"][0] if "matching_holding" in found else None
        bare_all = way([statement for statement, _ in found.values()], on=self.owner)
        self._undo(before, holdings)
        bare_own = way([found[table][0] for table in OWN], on=self.owner)
        self._undo(before, holdings)
        return Round(ours(), bare_own, bare_all, sum(rows for _, rows in found.values()))

    def _undo(self, before: dict[str, int], holdings: Statement | None) -> None:
        """Take the bare rows away again: a lane of the journal has moved on without its head."""
        if holdings:
            self.owner.execute(
                "delete from matching_holding h using unnest(%s::text[], %s::text[]) as k(kind, key) "
                "where h.key = k.key and h.kind = k.kind and h.body = %s",
                [list(holdings.values[0::_WIDE]), list(holdings.values[1::_WIDE]), self.by.body],
            )
        for table in LEFT:
            if table != "matching_holding":
                self.owner.execute(f"delete from {table} where id > {before[f'{table}_id_seq']}".encode())  # noqa: S608

    def _inserts(self, before: dict[str, int]) -> dict[str, tuple[Statement, int]]:
        """One INSERT a table of what the present transaction left, and how many rows it holds."""
        out = {}
        with connection.cursor() as cursor:
            cursor.execute("set local role bench_eye")
            for table in LEFT:
                cursor.execute(self._left(table, before))
                found = [tuple(_written(v) for v in row) for row in cursor.fetchall()]
                if found:
                    names = ", ".join(f'"{column.name}"' for column in cursor.description or ())
                    place = "(" + ", ".join(["%s"] * len(found[0])) + ")"
                    sql = f"insert into {table} ({names}) values {', '.join([place] * len(found))}"  # noqa: S608 our names
                    out[table] = Statement(sql, tuple(v for row in found for v in row)), len(found)
        return out

    def _left(self, table: str, before: dict[str, int]) -> str:
        """The rows of a table since ``before``; a holding has no number, so: those new of the values just seen."""
        if table != "matching_holding":
            return f"select * from {table} where id > {before[f'{table}_id_seq']}"  # noqa: S608 our names
        seen = f"select distinct kind, key from selectors_sighting where id > {before['selectors_sighting_id_seq']}"  # noqa: S608
        return (
            "select h.kind, h.key, h.body, times, silent_times, first_on, last_on, h.compartment "  # noqa: S608
            f"from matching_holding h join ({seen}) s on s.key = h.key and s.kind = h.kind "
            f"where h.body = {self.by.body} and h.times = 1"
        )


def _written(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


def recording_figures(*, singles: int, batches: int, reports: int) -> Iterator[Figure]:
    """Ours and bare, turn about: one report a transaction, 200 a transaction, and 200 through the services."""
    rng = random.Random()  # noqa: S311 a sample, not a secret; never the same twice, or nothing would be new
    by = reader_named("analyst@mps")
    bench = Bench(by)

    def rounds(
        way: Callable[[list[ReportDraft], list[ReportDraft]], Round], many: int, each: int
    ) -> list[Round]:
        def some() -> list[ReportDraft]:
            return drafts(each, owner=by.body, reports=reports, rng=rng)

        made = [way(some(), some()) for _ in range(many + 1)]
        return made[1:]

    try:
        lanes = (
            ("one a transaction, in the database", rounds(bench.one_by_one, singles, 1), 1, 0.5),
            (
                f"{BATCH} a transaction, in the database",
                rounds(bench.at_once, batches, BATCH),
                BATCH,
                0.5,
            ),
            (f"{BATCH} a batch, through the services", rounds(bench.by_service, batches, BATCH), BATCH, None),
        )
    finally:
        bench.close()
    for name, made, each, least in lanes:
        yield from _lane(name, made, each, least)


def _lane(name: str, made: list[Round], each: int, least: float | None) -> Iterator[Figure]:
    """Rates over all rounds, so that the costly report counts as much as it costs."""
    reports = each * len(made)
    ours, rows = reports / sum(r.ours for r in made), sum(r.rows for r in made) / reports
    every, own = reports / sum(r.bare_all for r in made), reports / sum(r.bare_own for r in made)
    yield Figure(
        f"record and match, {name}, v. every row left", "reports/s", ours, every, "bare inserts of every row left",
        ours / every if least else None, least=least, note=f"{rows:.1f} rows left a report",
    )  # fmt: skip
    yield Figure(
        f"record and match, {name}, v. the report's own 13 rows", "reports/s", ours, own,
        "bare inserts of marking, report, item, five selectors, five sightings",
    )  # fmt: skip
