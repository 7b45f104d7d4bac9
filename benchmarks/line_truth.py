"""The truth about lines beside what an instance holds of them, with all evidence in view."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.instance import as_owner


@dataclass(frozen=True, slots=True)
class Truth:
    """The lines of a nation: whose number is whose, where each comes from and sells, and who reported it by number."""

    line_of: dict[str, int]
    hub: dict[int, str]
    markets: dict[int, frozenset[str]]

    @classmethod
    def read(cls, nation: Path) -> "Truth":
        """Read what stands beside the files of a nation."""
        from throughline.organisations.towns import towns  # noqa: PLC0415 brings the gazetteer

        lines = _rows(nation, "lines")
        return cls(
            {f"+{row['number']}": int(row["line"]) for row in _rows(nation, "numbers")},
            {int(row["id"]): towns()[row["hub"]].body for row in lines},
            {int(row["id"]): frozenset(towns()[t].body for t in row["towns"].split(";")) for row in lines},
        )

    def line(self, numbers: frozenset[str]) -> int:
        """The line of which most of these numbers are, 0 if none is."""
        known = Counter(self.line_of[number] for number in numbers if number in self.line_of)
        return min(known, key=lambda line: (-known[line], line)) if known else 0


def _rows(nation: Path, name: str) -> list[dict[str, str]]:
    with (nation / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Held:
    """A line as the register holds it: the numbers and the rest that stand on it, as statement, kind and value."""

    ref: str
    said: frozenset[tuple[str, str, str]]

    @property
    def numbers(self) -> frozenset[str]:
        """The keys of its telephones."""
        return frozenset(value for statement, _, value in self.said if statement == "number")


def held_lines() -> list[Held]:
    """Every line with all that stands on it, whoever may know it."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    with as_owner() as owner:
        rows = owner.execute(
            "select l.ref, e.statement, e.kind, e.value from lines_evidence e join lines_line l on l.id = e.line_id"
        )
        for ref, *said in rows.fetchall():
            found[ref].add(tuple(said))  # type: ignore[arg-type]
    return [Held(ref, frozenset(said)) for ref, said in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Seen:
    """Where every number was seen: the items that name it, with the force that made each, and the homes in each."""

    reports: int
    items: dict[str, frozenset[str]]
    areas: dict[str, str]
    homes: dict[str, frozenset[str]]

    def forces(self, number: str) -> set[str]:
        """The forces that have seen a number."""
        return {self.areas[item] for item in self.items.get(number, ())} - {""}


def seen_numbers() -> Seen:
    """All sightings of telephones and of places, whoever may know them."""
    items: dict[str, set[str]] = defaultdict(set)
    homes: dict[str, set[str]] = defaultdict(set)
    areas: dict[str, str] = {}
    with as_owner() as owner:
        rows = owner.execute(
            "select s.kind, s.key, s.source_ref, case when b.kind = 'territorial' then b.code else '' end "
            "from selectors_sighting s join organisations_body b on b.id = s.owner "
            "where s.kind in ('phone', 'address', 'postcode')"
        )
        for kind, key, item, area in rows.fetchall():
            areas[item] = area
            (items[key] if kind == "phone" else homes[item]).add(item if kind == "phone" else key)
        counted = owner.execute("select count(*) from intelligence_report").fetchone()
    return Seen(
        int(counted[0]) if counted else 0, {key: frozenset(refs) for key, refs in items.items()}, areas,
        {item: frozenset(places) for item, places in homes.items()},
    )  # fmt: skip
