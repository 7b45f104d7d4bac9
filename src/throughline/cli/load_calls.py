"""``throughline load calls``: call records in, under an authority."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.load_told import give_rows, say_refused
from throughline.cli.words import Refused, progress, reader_as, say


def add_kind(kinds: Any) -> None:
    """Add ``calls`` to the kinds of what is loaded."""
    parser = kinds.add_parser(
        "calls", help="call records from CSV or Parquet, under an authority",
        epilog="Example: throughline load calls calls.csv --as analyst@norf --authority NORF-CD-7",
    )  # fmt: skip
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--authority", required=True, metavar="REF", help="the authority for this data")
    parser.add_argument(
        "--opaque", action="store_true", help="the numbers are pseudonyms: keep them as they stand"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load calls under an authority, and say what became of each row. Status 1 when a row was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.telecoms.authorities import AuthorityProblem  # noqa: PLC0415
    from throughline.telecoms.columns import CallsProblem  # noqa: PLC0415
    from throughline.telecoms.loading import load_calls  # noqa: PLC0415

    try:
        with progress("Reading rows") as show:
            done = load_calls(
                by=reader_as(chosen.username), paths=chosen.file, authority=chosen.authority, opaque=chosen.opaque,
                progress=show,
            )  # fmt: skip
    except (CallsProblem, AuthorityProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The calls cannot be written: {problem.strerror}.") from problem
    if done.is_new_authority:
        say(
            f"No authority {chosen.authority.strip()} was recorded, so it is recorded now with its particulars "
            f"awaited, and its calls are deleted after {done.keep_until}. Record its grounds, period and retention "
            f"with 'throughline authority add {chosen.authority.strip()}'."
        )
    more = {"error_files": [str(path) for path in done.error_files]}
    give_rows(done, counted={"hits_raised": 0}, more=more, as_json=chosen.json)
    say_refused(done.rejected, done.error_files)
    return 1 if done.rejected else 0
