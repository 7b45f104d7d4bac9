"""Everyone whom sightings know as rows of an engine: each value alone, and as each source tells of it.

A nation's rows stand in the engine and on disk, so that no more than numbers is in the memory of Python.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa

from throughline.matching.linkage.blocking import find_pairs
from throughline.matching.linkage.engine import compared, opened
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.tables import fill
from throughline.matching.linkage.teaching import taught
from throughline.matching.linkage.weighing import Numbers, Weights, log_odds, prior
from throughline.matching.people.model import Learnt, people_model, rarities, unlearnt
from throughline.matching.people.proposing import Proposed, best_of
from throughline.matching.people.records import Told, records_of, said_beyond, with_keys
from throughline.matching.people.scoring import Scored

BESIDE = (("phone",), ("email",), ("street",), ("identifier",))
"""What brings two values near that no name does; a postcode is shared by too many."""
WRITTEN_AT_ONCE = 5_000
_SESSIONS = (*BESIDE, ("postcode",), ("born",), ("given", "surname"))


@contextmanager
def here() -> Iterator["Nation"]:
    """Nobody yet, on this machine."""
    with opened() as engine:
        yield Nation(engine)


@dataclass(slots=True)
class Nation:
    """The people in an engine: ``rows`` with everything, ``people`` with the row of each that tells most."""

    engine: duckdb.DuckDBPyConnection
    keys: list[str] = field(default_factory=list)
    person: "array[int]" = field(default_factory=lambda: array("i"))
    """Of each row, the place of its value in ``keys``."""
    sighting: "array[int]" = field(default_factory=lambda: array("q"))
    """Of each row, the sighting that tells; 0 for the value alone."""

    def read(self, told: Iterable[tuple[str, Sequence[Told]]]) -> None:
        """Take in everyone, value by value."""
        rows = fill(
            self.engine, (row for key, sources in told for row in self._rows(key, sources)), into="rows"
        )
        if rows:
            for name, chosen in (("alone", "not is_told"), ("told", "is_told"), ("people", "is_fullest")):
                self.engine.execute(f"create view {name} as from rows where {chosen}")

    def _rows(self, key: str, sources: Sequence[Told]) -> Iterator[Prepared]:
        fullest = max(sources, key=lambda one: (len(one.travels), -(one.sighting or 0)), default=None)
        for source in (Told(key), *sources):
            for nth, record in enumerate(records_of(source)):
                self.person.append(len(self.keys))
                self.sighting.append(source.sighting or 0)
                yield with_keys(record) | {
                    "person": len(self.keys), "is_told": source.sighting is not None, "beyond": said_beyond(record),
                    "is_fullest": (source is fullest and not nth) or not sources,
                }  # fmt: skip
        self.keys.append(key)

    def learnt(self) -> Learnt:
        """The weights that everyone teaches, each value once. What nobody says keeps the figures of the file."""
        model, before = people_model(), unlearnt()
        said = tuple(one for one in model.comparisons if self._count(f"{one.reads[0]} is not null") > 1)
        often, rare = rarities(self._counted)
        begun = Learnt(model.name, before.m, before.u, often, rare, before.prior)
        find_pairs(self.engine, (*BESIDE, *model.names), people="people", into="pairs")
        ours = taught(self.engine, said, _SESSIONS, self.frequencies(begun), people="people")
        begun = Learnt(model.name, before.m | ours.m, before.u | ours.u, often, rare, before.prior)
        parts = [each.bits - log_odds(begun.prior) for each in self.scored(begun)]
        many = len(self.keys)
        share = prior(np.concatenate(parts), many * (many - 1) // 2) if parts else before.prior
        return Learnt(model.name, begun.m, begun.u, often, rare, share)

    def scored(self, learnt: Learnt) -> Iterator[Scored]:
        """The pairs of the table ``pairs`` with their bits, so many at a time."""
        weights = Weights(people_model().comparisons, learnt.m, learnt.u, self.frequencies(learnt))
        for pairs, _ in compared(self.engine, weights.comparisons, people="rows", pairs="pairs"):
            yield Scored(weights, pairs, weights.evidence(pairs) + log_odds(learnt.prior))

    def pair(self) -> int:
        """Fill the table ``pairs`` with the rows to weigh: of values that share a key, as they would be found at once.

        Gives how many two values are near each other.
        """
        if not self.keys:
            return 0
        find_pairs(self.engine, people_model().names, people="alone", into="named")
        find_pairs(self.engine, BESIDE, people="told", into="beside")
        self.engine.execute(
            "create or replace temp table place as select n, person, is_told, beyond from rows"
        )
        both = " union ".join(
            f"select least(a.person, b.person) as a, greatest(a.person, b.person) as b from {found} "  # noqa: S608
            "join place a on a.n = l join place b on b.n = r where a.person <> b.person"
            for found in ("named", "beside")
        )
        self.engine.execute(f"create or replace temp table near as {both}")
        self.engine.execute(
            "create or replace temp table pairs as select one.n as l, other.n as r, 0::utinyint as tag from near "
            "join place one on one.person = a join place other on other.person = b where one.is_told = other.is_told "
            "and (not one.is_told or one.beyond & other.beyond <> 0)"
        )
        return self._count("true", of="near")

    def weighed(self, learnt: Learnt) -> Iterator[Scored]:
        """Those of the pairs that are worth proposing."""
        for each in self.scored(learnt):
            yield each.of_at_least(people_model().least)

    def proposals(self, learnt: Learnt) -> Iterator[list[Proposed]]:
        """The links worth proposing among the table ``pairs``, so many at a time."""
        parts = list(self.weighed(learnt)) if self.keys else []
        if not parts:
            return
        found = Scored.of(parts)
        ends = [self._ends(*pair) for pair in zip(found.pairs.left, found.pairs.right, strict=True)]
        chosen = best_of(ends, found.bits.tolist())
        for start in range(0, len(chosen), WRITTEN_AT_ONCE):
            some = chosen[start : start + WRITTEN_AT_ONCE]
            yield [
                Proposed(*ends[place], weighed) for place, weighed in zip(some, found.at(some), strict=True)
            ]

    def _ends(self, one: int, other: int) -> tuple[Told, Told]:
        """Two rows as links name them, in the order of their values."""
        a, b = (Told(self.keys[self.person[row]], self.sighting[row] or None) for row in (one, other))
        return (a, b) if a.key < b.key else (b, a)

    def frequencies(self, learnt: Learnt) -> dict[str, Numbers]:
        """How often each row's own values stand, by the weights in force."""
        found = {}
        for name, rare in learnt.rare.items():
            often = np.full(len(self.person), rare)
            shares = learnt.often.get(name, {})
            self.engine.register("shares", pa.table({"v": pa.array(shares, pa.string()),
                                                     "share": pa.array(shares.values(), pa.float64())}))  # fmt: skip
            stand = self.engine.execute(f"select n, share from rows join shares on {name} = v").fetchnumpy()  # noqa: S608
            often[stand["n"]] = stand["share"]
            found[name] = often
        return found

    def _counted(self, name: str, fewest: int) -> tuple[int, dict[str, int]]:
        """How many people say this value, and how many each of those values that enough of them share."""
        shared = self.engine.execute(
            f"select {name}, count(*) from people where {name} is not null group by 1 having count(*) >= {fewest} "  # noqa: S608
            "order by 1"
        ).fetchall()
        return self._count(f"{name} is not null"), dict(shared)

    def _count(self, said: str, of: str = "people") -> int:
        return int(self.engine.execute(f"select count(*) from {of} where {said}").fetchall()[0][0])  # noqa: S608
