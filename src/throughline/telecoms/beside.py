"""What comes beside calls and is kept under the same authority: the contacts of a handset, and where cells stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow
import pyarrow.parquet

from throughline.access.reader import Reader, writes
from throughline.selectors.registry import NotASelector
from throughline.telecoms.columns import Source, Torn
from throughline.telecoms.loading import CallsLoaded, authority_of, note_load
from throughline.telecoms.models import Authority
from throughline.telecoms.numbers import key_of
from throughline.telecoms.refusals import Keep, Refusal, beside_the_file
from throughline.telecoms.sites import Site, site_of
from throughline.telecoms.store import CONTACTS, SITES, new_part, parts

_SITE: Final = pyarrow.schema(
    [("cell", pyarrow.string()), *((name, pyarrow.float64()) for name in
     ("latitude", "longitude", "easting", "northing", "azimuth")), ("postcode", pyarrow.string()),
     ("place", pyarrow.string())]
)  # fmt: skip
_CONTACT: Final = pyarrow.schema([("number", pyarrow.string()), ("name", pyarrow.string())])


@dataclass(frozen=True, slots=True)
class _List:
    """A kind of list: what it is called, its file, and the columns of that."""

    kind: str
    file: str
    schema: pyarrow.Schema


_OF_SITES, _OF_CONTACTS = _List("sites", SITES, _SITE), _List("contacts", CONTACTS, _CONTACT)


@writes
def load_sites(
    *, by: Reader, source: Source, places: dict[str, int], authority: str, dry_run: bool = False,
    keep_refused: Keep = beside_the_file,
) -> CallsLoaded:  # fmt: skip
    """Load a list of cell sites under an authority. The same list twice changes nothing. Raises `AuthorityProblem`."""
    held, is_new = authority_of(by, authority, dry_run=dry_run)
    judged = list(_sites(source, places))
    done, fresh = _sorted(_OF_SITES, held, source.path, judged, keep_refused)
    if held and not dry_run:
        _write(by, _OF_SITES, held, done=done, fresh=fresh, path=source.path)
    return replace(done, is_new_authority=is_new)


@writes
def load_contacts(
    *, by: Reader, path: Path, contacts: Iterable[tuple[int, str, str]], authority: str, dry_run: bool = False,
    keep_refused: Keep = beside_the_file,
) -> CallsLoaded:  # fmt: skip
    """Load the contacts of a handset, names and numbers, under an authority. Raises `AuthorityProblem`."""
    held, is_new = authority_of(by, authority, dry_run=dry_run)
    judged = [_contact(*one) for one in contacts]
    done, fresh = _sorted(_OF_CONTACTS, held, path, judged, keep_refused)
    if held and not dry_run:
        _write(by, _OF_CONTACTS, held, done=done, fresh=fresh, path=path)
    return replace(done, is_new_authority=is_new)


def _sites(source: Source, places: dict[str, int]) -> Iterator[dict[str, Any] | Refusal]:
    for row in source.rows() if source.rows else ():
        if isinstance(row, Torn):
            yield Refusal(row.line, "", row.reason, row.raw)
            continue
        line, cells = row
        found = site_of(cells, places)
        raw = ",".join(cell or "" for cell in cells)
        yield asdict(found) if isinstance(found, Site) else Refusal(line, found[0], found[1], raw)


def _contact(line: int, name: str, number: str) -> dict[str, Any] | Refusal:
    try:
        key = key_of(number, opaque=False)
    except NotASelector as problem:
        return Refusal(line, "number", str(problem), f"{name},{number}")
    return {"number": key, "name": name} if key else Refusal(line, "number", "No number is given.", name)


def _sorted(
    what: _List,
    held: Authority | None,
    path: Path,
    judged: Sequence[dict[str, Any] | Refusal],
    keep_refused: Keep,
) -> tuple[CallsLoaded, list[dict[str, Any]]]:
    """What became of the rows, and those that are new."""
    refused = [one for one in judged if isinstance(one, Refusal)]
    good = [one for one in judged if not isinstance(one, Refusal)]
    known = _known(held, what.file)
    fresh = [dict(row) for row in dict.fromkeys(tuple(one.items()) for one in good) if row not in known]
    error_file = keep_refused(path, refused) if refused else None
    lines = len({one.line for one in refused})
    done = CallsLoaded(
        len(good) + lines, len(fresh), lines, len(good) - len(fresh), is_new_authority=False,
        keep_until=held.keep_until.isoformat() if held else "", error_files=(error_file,) if error_file else (),
    )  # fmt: skip
    return done, fresh


def _write(
    by: Reader,
    what: _List,
    held: Authority,
    *,
    done: CallsLoaded,
    fresh: Sequence[dict[str, Any]],
    path: Path,
) -> None:
    with new_part(held.folder) as part:
        if fresh:
            table = pyarrow.Table.from_pylist(list(fresh), what.schema)
            pyarrow.parquet.write_table(table, part / what.file, compression="zstd")
        note_load(by, held, what.kind, [path.name], done)


def _known(held: Authority | None, name: str) -> set[tuple[tuple[str, Any], ...]]:
    files = parts([held.folder], name) if held else []
    return {tuple(row.items()) for file in files for row in pyarrow.parquet.read_table(file).to_pylist()}
