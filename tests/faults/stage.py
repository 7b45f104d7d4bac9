"""What the kills start from: a database with one acknowledged load, one with work waiting, and the right end."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytest_django.plugin import DjangoDbBlocker

from tests.faults.databases import Picture, clone, picture
from tests.faults.kills import seconds_of_work
from tests.faults.story import ACKNOWLEDGED, DISTURBED, write_files
from tests.inside import inside
from tests.instance import OWNER_URL, Instance, fresh_instance, on
from throughline.access.queries import reader_named
from throughline.intelligence.loading import load_reports
from throughline.kernel import outbox


@dataclass(frozen=True, slots=True)
class Stage:
    """Two databases to clone, what must stand at the end, and how many seconds a load and a drain work."""

    acknowledged: Instance
    waiting: Instance
    undisturbed: Picture
    load: float
    drain: float
    dice: random.Random
    blocker: DjangoDbBlocker


def url(instance: Instance) -> str:
    """The owner's address of an instance's database."""
    return on(OWNER_URL, instance.name)


def load_words(force: str) -> tuple[str, ...]:
    """The command that loads a force's file."""
    return ("load", "reports", f"{force}.csv", "--as", f"analyst@{force.lower()}")


@contextmanager
def staged(folder: Path, blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Set the stage; what the clones need is dropped at the end."""
    write_files(folder)
    with ExitStack() as stack:
        acknowledged = stack.enter_context(fresh_instance(folder))
        acknowledged.run(*load_words(ACKNOWLEDGED))
        waiting = stack.enter_context(clone(acknowledged))
        with inside(waiting, blocker):
            _load(folder)
        with clone(acknowledged) as calm:
            load = seconds_of_work(calm, *load_words(DISTURBED[0]))
            calm.run(*load_words(DISTURBED[1]))
            undisturbed = picture(url(calm))
        with clone(waiting) as calm:
            drain = seconds_of_work(calm, "flow", "drain")
        dice = random.Random(7301)  # noqa: S311 the same moments every time
        yield Stage(acknowledged, waiting, undisturbed, load, drain, dice, blocker)


def _load(folder: Path) -> None:
    for force in DISTURBED:
        load_reports(by=reader_named(f"analyst@{force.lower()}"), path=folder / f"{force}.csv")


def finish(stage: Stage, instance: Instance) -> None:
    """What follows a crash: the same loads again, and the steps that wait, all without starting a process."""
    with inside(instance, stage.blocker):
        _load(instance.folder)
        outbox.drain()
