"""What a load says of its rows: the same counts, in words or as JSON, for every kind of file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from throughline.cli.words import give, give_json, say


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
