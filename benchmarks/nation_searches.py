"""Searches for successors in a simulated nation, each written down once, so that learning and measuring need no nation.

``python -m benchmarks.nation_searches DIR... --out FILE [--varied]``: one JSON object a search. Every number given up
is asked about so many days after it fell silent, over the calls up to then and of a month before. With ``--varied``
calls are thinned, devices left out and successors taken away by dice: for learning to do without.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from benchmarks.call_peers import PEERS
from benchmarks.call_sets import DAY, Change, Engine, changes_of, draw, nation_calls
from benchmarks.peers_of_scene import peer_places
from throughline.telecoms.evidence import close_look
from throughline.telecoms.scene import scene_around
from throughline.telecoms.shapes import EDGES_OF, NUMBERS_OF
from throughline.telecoms.succession import match

HORIZONS: Final = (0.25, 1.0, 3.0, 7.0)
"""Days of calls after the silence that the search may see."""
BEFORE: Final = 30
SEED: Final = 20
FEWEST: Final = 5
"""Calls of the old number in the month before: of one with fewer nobody asks."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search: what was seen, what the close look says of each candidate, and the truth.

    ``truth`` is blank where nobody took over by then; ``lag`` are the hours of silence and ``kept`` the share of
    customers that moved along, both from the truth of the nation.
    """

    nation: str
    old: str
    days: float
    truth: str
    names: tuple[str, ...]
    features: tuple[tuple[float, ...], ...]
    peers: dict[str, float] = field(default_factory=dict)
    lag: float | None = None
    kept: float | None = None
    share_seen: float = 1.0
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What is taken from the calls of a search: all but this share, the device columns, the successor."""

    share: float = 1.0
    bare: bool = False
    gone: bool = False


def searches(
    folder: Path, *, varied: bool, most: int, share: float = 1.0, horizons: Sequence[float] = HORIZONS
) -> Iterator[Search]:
    """Each change of a nation, looked for at each of the horizons; or, varied, at one by dice."""
    calls = nation_calls(folder)
    calls.execute("create table fresh as from all_calls")
    draw(calls)
    calls.execute("alter table sides rename to every_side")
    dice = random.Random(SEED)  # noqa: S311 repeatable, not secret
    changes = changes_of(folder)
    for change in sorted(dice.sample(changes, min(most, len(changes))), key=lambda c: (c.at, c.old)):
        for days in (dice.choice((1.0, 3.0, 7.0)),) if varied else horizons:
            lot = _lot(dice) if varied else Lot(share)
            _seen(calls, change, days, lot)
            if (found := _search(calls, folder, change, days, lot)) is not None:
                yield found


def _search(calls: Engine, nation: Path, change: Change, days: float, lot: Lot) -> Search | None:
    known = calls.execute("select calls from numbers where number = ?", [change.old]).fetchall()
    scene = scene_around(calls, [change.old]) if known and known[0][0] >= FEWEST else None
    if scene is None:
        return None
    look = close_look(calls, scene, match(scene), change.old)
    truth = change.new if not lot.gone and change.new in scene.born.numbers else ""
    lag, kept = _told(nation).get(change.old, (None, None))
    rows = tuple(tuple(round(float(one), 5) for one in row) for row in look.features)
    return Search(
        nation.name, change.old, days, truth, look.names, rows,
        dict(zip(PEERS, peer_places(calls, scene, change), strict=False)) if truth else {}, lag, kept, lot.share,
        lot.bare,
    )  # fmt: skip


def _lot(dice: random.Random) -> Lot:
    return Lot(
        dice.choice((1.0, 1.0, 0.5, 0.2)), dice.choice((True, False)), dice.choice((True, *[False] * 4))
    )


_SEEN: Final = """
create or replace table sides as
select number, other, moment, outgoing, seconds, kind, {device} from every_side
where epoch(moment) < $until and epoch(moment) >= $since
  and hash(moment, least(number, other), greatest(number, other)) % 1000 < $share
  and (not $gone or (number <> $new and other <> $new))
"""


def _seen(calls: Engine, change: Change, days: float, lot: Lot) -> None:
    """Put what is seen of a nation's calls so many days after a change, and not over a month before it."""
    device = (
        "null::varchar as cell, null::varchar as imei, null::varchar as imsi"
        if lot.bare
        else "cell, imei, imsi"
    )
    calls.execute(
        _SEEN.format(device=device),
        {"until": change.at + days * DAY, "since": change.at - BEFORE * DAY, "share": int(lot.share * 1000),
         "gone": lot.gone, "new": change.new},
    )  # fmt: skip
    calls.execute(f"create or replace table edges as {EDGES_OF}")
    calls.execute(f"create or replace table numbers as {NUMBERS_OF}")


@cache
def _told(folder: Path) -> dict[str, tuple[float, float]]:
    """Hours of silence and share of customers kept, by the number given up."""
    with (folder / "truth" / "number_changes.csv").open(encoding="utf-8", newline="") as stream:
        return {
            f"+{row['old']}": (float(row["hours_silent"]), float(row["kept"]))
            for row in csv.DictReader(stream)
        }


def read(paths: Sequence[Path]) -> list[Search]:
    """Searches as they were written down."""
    out = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            plain: dict[str, Any] = json.loads(line)
            plain["names"], plain["features"] = tuple(plain["names"]), tuple(map(tuple, plain["features"]))
            out.append(Search(**plain))
    return out


def main() -> int:
    """Write each search as it is made."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nation_searches", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--varied", action="store_true")
    parser.add_argument("--most", type=int, default=10_000, help="so many changes of each nation at most")
    parser.add_argument("--share", type=float, default=1.0, help="of the calls that are known")
    parser.add_argument("--days", nargs="*", type=float, default=list(HORIZONS))
    chosen = parser.parse_args()
    with chosen.out.open("w", encoding="utf-8") as out:
        for folder in chosen.folders:
            for one in searches(
                folder, varied=chosen.varied, most=chosen.most, share=chosen.share, horizons=chosen.days
            ):
                out.write(json.dumps(asdict(one)) + "\n")
                out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
