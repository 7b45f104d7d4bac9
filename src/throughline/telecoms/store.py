"""Where calls stand on disk: a folder for each authority, in it a folder for each load, sorted by number."""

import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Final

import duckdb
from django.conf import settings

SIDES: Final = "sides.parquet"
"""Each call twice, once under each of its numbers:
(number, other, moment, outgoing, seconds, kind, cell, imei, imsi)."""
EDGES: Final = "edges.parquet"
"""Each pair of numbers twice: (number, other, sent, received, texts, seconds, first, last)."""
NUMBERS: Final = "numbers.parquet"
"""Each number once: (number, first, last, calls, contacts)."""
FORWARDS: Final = "forwards.parquet"
"""Each call that was forwarded, once: (number, onto, moment), the number that forwarded it and where it went."""
SITES: Final = "sites.parquet"
CONTACTS: Final = "contacts.parquet"
_MEMORY, _THREADS = "4GB", 2
_SPILL: Final = ".spill"
_A_DAY: Final = 86_400.0


def store() -> Path:
    """The folder of the call store, made when it is not there; nobody but the program's own user opens it."""
    folder = Path(settings.CALL_STORE)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


_OPAQUE: Final = "-opaque"


def parts(folders: Sequence[str], name: str, *, opaque: bool = False) -> list[str]:
    """The files of one kind in the folders of these authorities: those of numbers, or those of pseudonyms."""
    found = (path for folder in folders for path in (store() / folder).glob(f"*/{name}"))
    return sorted(str(path) for path in found if path.parent.name.endswith(_OPAQUE) == opaque)


@contextmanager
def new_part(folder: str, *, opaque: bool = False) -> Iterator[Path]:
    """A folder for one load's files. It takes its place among the others only when the block ends well."""
    parent = store() / folder
    parent.mkdir(mode=0o700, exist_ok=True)
    # A name with a point in front is not looked at: half a load is no load.
    name = token_hex(8) + (_OPAQUE if opaque else "")
    draft = parent / f".{name}"
    draft.mkdir(mode=0o700)
    try:
        yield draft
        if any(draft.iterdir()):
            os.replace(draft, parent / name)  # noqa: PTH105 the same folder, in one step
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def delete_calls(folder: str) -> None:
    """Delete all that is held under an authority: calls, and all that was worked out from them."""
    place = store() / folder
    if place.exists():
        shutil.rmtree(place)


def size_of(folder: str) -> tuple[int, int]:
    """How many files stand under an authority, and their bytes."""
    sizes = [path.stat().st_size for path in (store() / folder).rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def sweep(standing: Collection[str]) -> None:
    """Delete what a load or a question left behind when it died: folders of no standing authority, drafts, spills.

    What is younger than a day may be at work still.
    """
    known = store()
    found = [path for path in known.iterdir() if path.name not in standing and path.name != _SPILL]
    found += known.glob(f"{_SPILL}/*")
    found += [path for name in standing for path in known.glob(f"{name}/.*")]
    for path in found:
        if time.time() - path.stat().st_mtime > _A_DAY:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of its own for one question or one load, with bounded memory; what does not fit goes to the store."""
    spill = store() / _SPILL / token_hex(4)
    spill.mkdir(parents=True, mode=0o700)
    connection = duckdb.connect(
        config={"memory_limit": _MEMORY, "threads": _THREADS, "temp_directory": str(spill)}
    )
    try:
        connection.execute("set timezone = 'UTC'")
        # What a file says of its groups of rows is read once for a question: no file changes once it is there.
        connection.execute("set parquet_metadata_cache = true")
        yield connection
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)
