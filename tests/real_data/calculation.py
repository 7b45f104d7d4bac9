"""The answer by another road: SQL in a second kind of database over the raw tables, knowing nothing of Throughline.

A thing is its text in the raw data: no rule of ours makes two things one here. ``sightings`` is (force, report,
kind, value) with a row for each time a thing is named in an item, and a hit is (kind, value, two forces in order).
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.real_data.tables import POLE, ST_LOUIS, table

Thing = tuple[str, str]
"""What sort of thing (``person``, ``phone``, ``email``, ``vehicle``, ``address``), and the raw text that names it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be found: reports by place of force, sightings by how often, and hits."""

    reports: Counter[int]
    sightings: Counter[tuple[int, str, Thing]]
    hits: frozenset[tuple[Thing, int, int]]


_HITS = """
with held as (select distinct sort, value, share from sighting)
select a.sort, a.value, a.share, b.share from held a
  join held b on b.sort = a.sort and b.value = a.value and a.share < b.share
"""


_COLUMNS = {":ID": "node", ":START_ID": "source", ":END_ID": "target", ":LABEL": "label", ":TYPE": "relation"}


def _take_in(db: sqlite3.Connection, folder: Path, name: str, as_table: str) -> None:
    rows = table(folder, name)
    columns = [_COLUMNS.get(column, column.split(":")[0]) for column in rows[0]]
    db.execute(f"create table {as_table} ({', '.join(f'{column} text' for column in columns)})")
    marks = ", ".join("?" * len(columns))
    db.executemany(f"insert into {as_table} values ({marks})", [list(row.values()) for row in rows])


def _answer(db: sqlite3.Connection) -> Answer:
    return Answer(
        Counter(dict(db.execute("select share, count(*) from report group by share"))),
        Counter({(share, report, (sort, value)): times for share, report, sort, value, times in db.execute(
            "select share, report, sort, value, count(*) from sighting group by 1, 2, 3, 4")}),
        frozenset(((sort, value), a, b) for sort, value, a, b in db.execute(_HITS)),
    )  # fmt: skip


def st_louis_answer() -> Answer:
    """Every event is a report of force (number modulo 7), every involvement a sighting."""
    db = sqlite3.connect(":memory:")
    _take_in(db, ST_LOUIS, "events", "event")
    _take_in(db, ST_LOUIS, "involvement", "involvement")
    db.executescript("""
        create table report as select id as report, cast(substr(id, 2) as integer) % 7 as share from event;
        create table sighting as
          select share, report, 'person' as sort, person as value from involvement join report on report = event;
    """)
    return _answer(db)


_SHARES = {
    "turns": "cast(crime.node as integer) % 5",
    "areas": """case when postcode glob 'M[0-9]*' then 0 when postcode glob 'BL*' then 2
                     when postcode glob 'SK*' then 3 when postcode glob 'OL*' then 4 else 1 end""",
}
_POLE = """
create table report as
  select crime.node as report, {share} as share, location.node as place from crime
    join occurred_at o on o.source = crime.node join location on location.node = o.target;
create index report_by_number on report (report);
create table thing as
  select node, 'address' as sort, address || ', ' || postcode as value from location
  union all select node, 'phone', phoneNo from phone
  union all select node, 'email', email_address from email
  union all select node, 'vehicle', reg from vehicle
  union all select node, 'person', node from person;
create index thing_by_node on thing (node);
create table has as
  select source as owner, target as thing from has_phone
  union all select source, target from has_email
  union all select source, target from current_address
  union all select node, node from person;
create index has_by_owner on has (owner);
create table named as
  select report, place as thing from report
  union all select target, source from involved_in
  union all select target, has.thing from party_to join has on has.owner = party_to.source;
create table sighting as
  select report.share, report.report, thing.sort, thing.value
    from named join report on report.report = named.report join thing on thing.node = named.thing;
"""


def pole_answer(rule: str) -> Answer:
    """Every crime is a report; the place, the vehicles, and each party with what they have are sightings."""
    db = sqlite3.connect(":memory:")
    for label in ("Crime", "Location", "Phone", "Email", "Vehicle", "Person"):
        _take_in(db, POLE, f"nodes.{label}", label.lower())
    for relation in ("OCCURRED_AT", "HAS_PHONE", "HAS_EMAIL", "CURRENT_ADDRESS", "PARTY_TO", "INVOLVED_IN"):
        _take_in(db, POLE, f"relationships.{relation}", relation.lower())
    db.executescript(_POLE.format(share=_SHARES[rule]))
    return _answer(db)
