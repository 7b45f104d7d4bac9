"""Invented calls for the tests: files, and a small world in which phones are changed."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.inside import dice_of
from throughline.access.reader import Reader
from throughline.telecoms.loading import CallsLoaded, load_calls
from throughline.telecoms.watching import keep_watch

DAY = 86_400
HEADER = ("time", "caller", "callee", "duration", "cell", "kind", "imei", "imsi")
Call = Sequence[object]


def write_calls(path: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
    """A CSV of calls; a row may be short of its last columns."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([*row, *[""] * (len(header) - len(row))] for row in rows)
    return path


def load(by: Reader, path: Path, ref: str = "CD-1", *, opaque: bool = False) -> CallsLoaded:
    """Load one file under an authority of the reader's body."""
    return load_calls(by=by, paths=[path], authority=ref, opaque=opaque)


def watched(by: Reader, number: str = "p-1", why: str = "Cut off") -> str:
    """A watch on a number of which there is one call; its reference."""
    with TemporaryDirectory() as folder:
        load(by, write_calls(Path(folder) / "c.csv", [(1, number, "p-2", 3)]), opaque=True)
    return keep_watch(by=by, number=number, why=why)


def acquaintances(seed: int, people: int = 60, days: int = 14, a_day: int = 160) -> Sequence[Call]:
    """People in a ring who ring those near them, some more than others: (seconds, caller, callee, duration)."""
    dice = dice_of(seed)
    near = [sorted(dice.sample([n for n in range(1, 12) if n], 5)) for _ in range(people)]
    return sorted(
        (int(dice.random() * days * DAY), *_pair(dice, near, people), dice.randrange(200))
        for _ in range(days * a_day)
    )


def _pair(dice: random.Random, near: list[list[int]], people: int) -> tuple[str, str]:
    one = int(dice.random() ** 1.5 * people)
    other = (one + dice.choice(near[one])) % people
    pair = (f"p{one}", f"p{other}")
    return pair if dice.random() < 0.5 else pair[::-1]


def renamed(calls: Iterable[Call], who: set[str], cut: float) -> Sequence[Call]:
    """The same calls where these people go by another number from a moment on."""

    def name(at: object, one: object) -> object:
        return f"new-{one}" if one in who and float(str(at)) >= cut else one

    return [(at, name(at, a), name(at, b), *rest) for at, a, b, *rest in calls]
