"""What a load says of its rows: the same counts, in words or as JSON, for every kind of file."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from throughline.cli.flow import say_failed
from throughline.cli.words import Refused, give, give_json, progress, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from throughline.access.reader import Reader
    from throughline.intelligence.file_load import LoadResult
    from throughline.intelligence.report_layout import Layout


class Rows(Protocol):
    """How many rows were read, and what became of them."""

    @property
    def read(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def rejected(self) -> int: ...
    @property
    def unchanged(self) -> int: ...


def give_rows(rows: Rows, *, counted: Mapping[str, int], more: Mapping[str, object], as_json: bool) -> None:
    """Give the counts with those ``counted`` besides; as JSON with ``more``."""
    counts = {
        "read": rows.read, "kept": rows.kept, "rejected": rows.rejected, "unchanged": rows.unchanged, **counted,
    }  # fmt: skip
    if as_json:
        give_json({**counts, **more})
    else:
        give(", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()))


def say_refused(rejected: int, files: Sequence[Path], *, after: str = "") -> None:
    """Say how many rows were refused and which files say why; nothing where none was."""
    if rejected:
        were = "row was" if rejected == 1 else "rows were"
        where = " and ".join(map(str, files))
        say(f"{rejected:,} {were} refused, and {where} says why. Mend the file and load it again{after}.")


def loaded(
    chosen: argparse.Namespace, reader: "Reader", load: "Callable[..., LoadResult]",
    layout: "Callable[[], Layout]",
) -> "LoadResult":  # fmt: skip
    """Load the file, and run the flow unless it is a trial. Raises `Refused`."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.intelligence.report_files import FileProblem  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415

    try:
        with progress("Reading rows") as show:
            result = load(
                by=reader, path=chosen.file, layout=replace(layout(), sheet=chosen.sheet), progress=show,
                dry_run=chosen.dry_run, all_or_nothing=chosen.all_or_nothing,
            )  # fmt: skip
    except (FileProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The file of refused rows cannot be written: {problem.strerror}.") from problem
    if not chosen.dry_run:
        with progress("Matching"):
            outbox.drain()
    return result


def told(
    chosen: argparse.Namespace, result: "LoadResult", counted: dict[str, int], more: dict[str, object]
) -> int:
    """Say what became of the rows, and give the exit status."""
    from throughline.kernel import outbox  # noqa: PLC0415

    for warning in result.warnings:
        say(warning)
    error_file = str(result.error_file) if result.error_file else None
    give_rows(
        result, counted=counted, more=more | {"error_file": error_file, "dry_run": chosen.dry_run},
        as_json=chosen.json,
    )  # fmt: skip
    if result.rejected:
        _say_refused(result)
    return 1 if say_failed(outbox.failed()) or result.rejected else 0


def _say_refused(result: "LoadResult") -> None:
    faults = result.rejected - result.held_back
    kept = "Nothing was kept, as you asked: " if result.held_back else ""
    say(
        f"{kept}{faults:,} {'row was' if faults == 1 else 'rows were'} refused, and {result.error_file} says why. "
        "Mend the file and load it again: what is held already stays as it is."
    )
