"""A run from its first day to its manifest: each day is written and forgotten, so memory stays steady."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from throughline.simulation.calls import CallFiles
from throughline.simulation.files import Folder
from throughline.simulation.notices import NoticeFiles
from throughline.simulation.register import Register
from throughline.simulation.reports import Reporter
from throughline.simulation.scales import Scale
from throughline.simulation.truth_files import write_truth
from throughline.simulation.world import World

MANIFEST: Final = "manifest.json"
CONTACTS: Final = {"small": 6, "region": 40, "national": 110}
"""Numbers in the address book of an examined handset, on average: fewer where a trial is to be loaded in a minute."""
OWN_FORMS_MONTHS: Final = {"small": 12, "region": 12, "national": 1}
"""Months of call data that are written in the providers' own forms as well; the common form is written for all."""
NOTE: Final = (
    "Invented from a seed: nobody and nothing in these files is real. A model under its stated assumptions, "
    "never a forecast. Telephone numbers begin with 072, which is allocated to no network; handsets and SIMs are of "
    "test ranges; no vehicle mark, postcode district or bank carries these values."
)


class FolderProblem(Exception):
    """The folder cannot take a run; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run came to."""

    folder: Path
    days: int
    reports: int
    selectors: int
    calls: int
    notices: int
    truths: int
    files: int
    size: int
    digest: str
    """SHA-256 of the manifest, which holds that of every file: equal where every byte is."""


def write_nation(
    scale: Scale, seed: int, out: Path, *, progress: Callable[[int], None] = lambda days: None
) -> Written:
    """Run a nation and write its files to a new or empty folder.

    Raises:
        FolderProblem: the folder holds something already, or cannot be made.
    """
    _take(out)
    world, register = World(scale, seed), Register()
    truths = days = 0
    with Folder(out) as folder:
        reporter = Reporter(folder, register, seed, CONTACTS[scale.name])
        notices = NoticeFiles(folder, register, seed)
        calls = CallFiles(folder, own_forms_until=_months_on(scale.first, OWN_FORMS_MONTHS[scale.name]))
        for day in world.days():
            register.note(day.truth)
            reporter.day(day)
            notices.day(day)
            calls.day(day)
            truths += write_truth(folder, day.truth) + write_truth(folder, day.events)
            days += 1
            progress(days)
        truths += write_truth(folder, world.open_truth())
        calls.write()
    digest = _write_manifest(out, scale, seed, folder.done)
    return Written(
        folder=out, days=days, reports=reporter.reports, selectors=reporter.selectors, calls=calls.rows,
        notices=notices.rows, truths=truths, files=len(folder.done), digest=digest,
        size=sum(int(str(one["bytes"])) for one in folder.done.values()),
    )  # fmt: skip


def _take(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderProblem(f"{out} is not an empty folder: name one that is new or empty.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise FolderProblem(f"{out} cannot be made: {problem.strerror}.") from problem


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _write_manifest(out: Path, scale: Scale, seed: int, files: dict[str, dict[str, object]]) -> str:
    said = {
        "note": NOTE, "scale": scale.name, "seed": seed, "first_day": scale.first.isoformat(), "days": scale.days,
        "files": {place: files[place] for place in sorted(files)},
    }  # fmt: skip
    text = json.dumps(said, indent=1) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()
