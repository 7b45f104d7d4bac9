"""How commands speak: one plain sentence on stderr, one object on stdout."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from throughline.access.reader import Reader


class Refused(Exception):
    """The command cannot be done; the text says why and what to do."""


def say(sentence: str) -> None:
    """A sentence for the person, on stderr."""
    print(sentence, file=sys.stderr)  # noqa: T201 this is where commands speak


def give(text: str) -> None:
    """The answer, on stdout, at once: some commands go on after it, and a reader that has gone is noticed here."""
    print(text, flush=True)  # noqa: T201 this is where commands answer


def give_json(value: Any) -> None:
    """The answer as one JSON object on stdout; dates as ISO 8601."""
    give(json.dumps(value, default=str, ensure_ascii=False))


def reader_as(username: str) -> "Reader":
    """The person named by ``--as``, or a refusal in a sentence."""
    from django.db.utils import ProgrammingError  # noqa: PLC0415 needs the settings

    from throughline.access.queries import UnknownPerson, reader_named  # noqa: PLC0415

    try:
        return reader_named(username)
    except UnknownPerson as problem:
        raise Refused(str(problem)) from problem
    except ProgrammingError as problem:
        raise Refused(
            "There is no Throughline in this database yet. Run 'throughline init' first."
        ) from problem


def moment_in(text: str) -> datetime:
    """A moment as ISO 8601, in UTC where no zone is given. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on stderr while it is a terminal; call what it gives with the number done so far."""
    from rich.console import Console  # noqa: PLC0415 slow to import, and not needed for --help
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)
