"""The file of a load while it is kept: in pieces in the database, and on disk only while it is read."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from throughline.intelligence.report_lines import FileProblem
from throughline.loads.models import Load, Part

KINDS: Final = (".csv", ".xlsx", ".xlsm", ".jsonl", ".ndjson")
_PIECE: Final = 1_000_000
_LONGEST_NAME: Final = 80
_NOT_IN_NAMES: Final = re.compile(r"[^\w .()-]")


def shown_name(filename: str) -> str:
    """The name of a file without its folders, and without what a page or a folder could stumble over."""
    name = re.split(r"[/\\]", filename)[-1]
    return _NOT_IN_NAMES.sub("_", name)[-_LONGEST_NAME:].strip(" .") or "file"


def keep_parts(load: Load, chunks: Iterable[bytes]) -> None:
    """Keep a file in pieces."""
    pieces = (chunk[start : start + _PIECE] for chunk in chunks for start in range(0, len(chunk), _PIECE))
    for number, piece in enumerate(pieces):
        Part.objects.create(load=load, person=load.person, number=number, content=piece)


@contextmanager
def kept_file(load: Load) -> Iterator[Path]:
    """The file on disk for as long as the block lasts. Raises `FileProblem` when it is no longer kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / load.filename
        numbers = list(Part.objects.filter(load=load).order_by("number").values_list("pk", flat=True))
        if not numbers and load.size:
            raise FileProblem("This file is no longer kept: choose it again.")
        with path.open("wb") as out:
            for number in numbers:
                out.write(bytes(Part.objects.values_list("content", flat=True).get(pk=number)))
        yield path


def forget_file(load: Load) -> None:
    """Take away the file and what was read of it."""
    Part.objects.filter(load=load).delete()
    load.block_set.all().delete()
