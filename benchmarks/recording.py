"""A five-selector report recorded and matched, beside bare inserts of the same rows.

"In the database" is the SQL of the services alone, played on a raw connection (see replay.py). The rows that it left
are then inserted bare, one INSERT a table, into plain copies of the tables: same columns, same indexes, logged, and
neither policies nor triggers nor foreign keys.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
        "access_journal_entry", "notices_notice")  # fmt: skip
"""Every table in which recording, matching and telling leave rows."""
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
    """One client's connections, and the plain copies of the tables."""

    def __init__(self, by: Reader) -> None:
        self.by = by
        self.owner, self.app = as_owner(), as_app()
        self.app.autocommit = True
        for table in LEFT:
            self.owner.execute(f"drop table if exists bench_{table}".encode())
            self.owner.execute(f"create table bench_{table} (like {table} including indexes)".encode())

    def close(self) -> None:
        for table in LEFT:
            self.owner.execute(f"drop table bench_{table}".encode())
        self.owner.close()
        self.app.close()

    def one_by_one(self, batch: list[ReportDraft]) -> Round:
        """Time the SQL of the services alone, in one transaction, prepared, not waiting; and so the bare inserts."""
        statements = write_down(lambda: self._record(batch), owner=self.owner)
        before = sequences(self.owner)
        return self._against(stream(statements, on=self.app), before, stream)

    def at_once(self, batch: list[ReportDraft]) -> Round:
        """The same for a large batch, the values written into the text."""
        statements = write_down(lambda: self._record(batch), owner=self.owner)
        before = sequences(self.owner)
        return self._against(pour(statements, on=self.app), before, pour)

    def by_service(self, batch: list[ReportDraft]) -> Round:
        """Time the services themselves: one transaction to record, and the steps of the flow after it."""
        before = sequences(self.owner)
        begun = time.perf_counter()
        self._record(batch)
        return self._against(time.perf_counter() - begun, before, pour)

    def _record(self, batch: list[ReportDraft]) -> None:
        record_reports(by=self.by, drafts=batch)
        outbox.drain()

    def _against(self, ours: float, before: dict[str, int], way: Callable[..., float]) -> Round:
        inserts, rows = self._inserts(before)
        bare_own = way([inserts[t] for t in OWN if t in inserts], on=self.owner)
        for table in OWN:
            self.owner.execute(f"delete from bench_{table} where id > {before[f'{table}_id_seq']}".encode())  # noqa: S608 our names
        return Round(ours, bare_own, way(list(inserts.values()), on=self.owner), rows)

    def _inserts(self, before: dict[str, int]) -> tuple[dict[str, Statement], int]:
        """One INSERT a table of what was left since, and how many rows they hold."""
        out, rows = {}, 0
        for table in LEFT:
            cursor = self.owner.execute(self._left(table, before).encode())
            found = [tuple(_written(v) for v in row) for row in cursor.fetchall()]
            if found:
                names = ", ".join(f'"{column.name}"' for column in cursor.description or ())
                place = "(" + ", ".join(["%s"] * len(found[0])) + ")"
                sql = f"insert into bench_{table} ({names}) values {', '.join([place] * len(found))}"  # noqa: S608 our names
                out[table], rows = Statement(sql, tuple(v for row in found for v in row)), rows + len(found)
        return out, rows

    def _left(self, table: str, before: dict[str, int]) -> str:
        """The rows of a table since ``before``; a holding has no number, so: those new of the values just seen."""
        if table != "matching_holding":
            return f"select * from {table} where id > {before[f'{table}_id_seq']}"  # noqa: S608 our names
        return (
            f"select h.* from matching_holding h join (select distinct kind, key from selectors_sighting where id > "  # noqa: S608
            f"{before['selectors_sighting_id_seq']}) s using (key, kind) where h.body = {self.by.body} and h.times = 1"
        )


def _written(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


def recording_figures(*, singles: int, batches: int, reports: int) -> Iterator[Figure]:
    """Ours and bare, turn about: one report a transaction, 200 a transaction, and 200 through the services."""
    rng = random.Random()  # noqa: S311 a sample, not a secret; never the same twice, or nothing would be new
    by = reader_named("analyst@mps")
    bench = Bench(by)

    def rounds(way: Callable[[list[ReportDraft]], Round], many: int, each: int) -> list[Round]:
        made = [way(drafts(each, owner=by.body, reports=reports, rng=rng)) for _ in range(many + 1)]
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
