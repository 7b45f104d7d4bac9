"""The demonstration's nation: the synthetic one at its smallest, brought in through the doors that every body uses."""

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from throughline.access.queries import reader_named
from throughline.access.services import load_cast
from throughline.intelligence.loading import load_reports
from throughline.kernel import outbox
from throughline.matching.queries import HitRow, hit_list, hit_page
from throughline.selectors.registry import parse
from throughline.simulation.places import bodies, towns
from throughline.simulation.scales import SMALL, Scale
from throughline.simulation.writing import MANIFEST, write_nation

SEED: Final = 1
REFUSED: Final = "errors"
ENOUGH: Final = 500
"""More hits on telephones than one body has in a nation of this size."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """A true line that two bodies came upon, each on its own: the hit on its number, and what is true of it."""

    number: str
    hit: str
    finder: str
    other: str
    other_name: str
    brand: str
    hub: str
    town: str


def invent_nation(
    folder: Path,
    *,
    scale: Scale = SMALL,
    seed: int = SEED,
    progress: Callable[[int], None] = lambda days: None,
) -> None:
    """Write the nation's files, unless they are there already.

    They are written beside their place and then put there, so that a run cut short leaves no half of them.
    """
    if (folder / MANIFEST).exists():
        return
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    write_nation(scale, seed, unfinished, progress=progress)
    unfinished.rename(folder)


def load_nation(folder: Path, *, progress: Callable[[int], None] = lambda files: None) -> None:
    """Load each body's reports as its analyst, and run the whole flow. Loading again changes nothing."""
    load_cast()
    for done, (body, path) in enumerate(report_files(folder), 1):
        load_reports(by=reader_named(f"analyst@{body.lower()}"), path=path)
        outbox.drain()
        progress(done)


def report_files(folder: Path) -> list[tuple[str, Path]]:
    """Each body with its file of reports, in the order of the reference list."""
    found = {path.parent.name: path for path in folder.glob("*/reports.*") if REFUSED not in path.name}
    return [(body, found[body]) for body in bodies() if body in found]


def discovered_line(folder: Path) -> Discovery | None:
    """A number of a true line on which the force where it is sold and the force where it is run from have a hit.

    The rarest such hit is taken whose both sides may be read, from the force with the fewest reports: it is met first.
    """
    lines = {row["id"]: row for row in _truth(folder, "lines")}
    held = {parse(f"+{row['number']}", "phone").shown: row["line"] for row in _truth(folder, "numbers")}
    for body, _ in sorted(report_files(folder), key=lambda file: (file[1].stat().st_size, file[0])):
        for row in _hits(body):
            line = lines.get(held.get(row.shown, ""))
            if (
                line
                and (town := _sold_in(line, body))
                and _run_by(line) == row.other
                and _is_whole(body, row)
            ):
                return Discovery(
                    number=row.shown, hit=row.ref, finder=body, other=row.other, other_name=row.other_name,
                    brand=line["brand"], hub=line["hub"], town=town,
                )  # fmt: skip
    return None


def _truth(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _hits(body: str) -> list[HitRow]:
    rows = hit_list(reader_named(f"analyst@{body.lower()}"), kind="phone", state="", size=ENOUGH).rows
    return sorted(rows, key=lambda row: (-row.rarity, row.shown))


def _run_by(line: dict[str, str]) -> str:
    return towns()[line["hub"]].body


def _sold_in(line: dict[str, str], body: str) -> str:
    """The first town of a line that a body polices, where the line is not run from there; blank if none."""
    if _run_by(line) == body:
        return ""
    return next((town for town in line["towns"].split(";") if towns()[town].body == body), "")


def _is_whole(body: str, row: HitRow) -> bool:
    """Whether the finder's analyst may read what both sides saw."""
    page = hit_page(reader_named(f"analyst@{body.lower()}"), row.ref)
    return page is not None and all(side.seen for side in page.sides)
