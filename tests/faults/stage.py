"""What the kills start from: a database with one acknowledged load, one with work waiting, and the right end."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytest_django.plugin import DjangoDbBlocker

from tests.faults.databases import Picture, clone, picture, reports_held
from tests.faults.kills import Span, seconds_of
from tests.faults.story import ACKNOWLEDGED, DISTURBED, write_files
from tests.inside import inside
from tests.instance import OWNER_URL, Instance, fresh_instance, on
from throughline.access.queries import reader_named
from throughline.intelligence.loading import load_reports


@dataclass(frozen=True, slots=True)
class Stage:
    """Two databases to clone, what must stand at the end, and how long each command lives."""

    acknowledged: Instance
    waiting: Instance
    undisturbed: Picture
    load: Span
    drain: Span
    dice: random.Random


def url(instance: Instance) -> str:
    """The owner's address of an instance's database."""
    return on(OWNER_URL, instance.name)


def load_words(force: str) -> tuple[str, ...]:
    """The command that loads a force's file."""
    return ("load", "reports", f"{force}.csv", "--as", f"analyst@{force.lower()}")


@contextmanager
def staged(folder: Path, blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Set the stage; what the clones need is dropped at the end."""
    files = write_files(folder)
    with ExitStack() as stack:
        acknowledged = stack.enter_context(fresh_instance(folder))
        acknowledged.run(*load_words(ACKNOWLEDGED))
        waiting = stack.enter_context(clone(acknowledged))
        with inside(waiting, blocker):
            for force in DISTURBED:
                load_reports(by=reader_named(f"analyst@{force.lower()}"), path=files[force])
        with clone(acknowledged) as calm:
            start_up = seconds_of(calm, "flow", "drain")
            load = seconds_of(calm, *load_words(DISTURBED[0]))
            calm.run(*load_words(DISTURBED[1]))
            undisturbed = picture(url(calm))
        with clone(waiting) as calm:
            drain = seconds_of(calm, "flow", "drain")
        begins = 0.8 * start_up
        yield Stage(
            acknowledged, waiting, undisturbed, Span(begins, load), Span(begins, drain), random.Random(7301)
        )  # fmt: skip


def finish(instance: Instance) -> None:
    """What a person does after a crash: the same commands again."""
    for force in DISTURBED:
        instance.run(*load_words(force))
    instance.run("flow", "drain")


__all__ = ["Stage", "finish", "load_words", "reports_held", "staged", "url"]
