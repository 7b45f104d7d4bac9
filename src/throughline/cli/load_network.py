"""``throughline load network``: a folder of nodes and ties in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.load_told import give_rows, say_refused
from throughline.cli.words import Refused, reader_as, say

if TYPE_CHECKING:
    from throughline.network.services import NetworkLoad


def add_kind(kinds: Any) -> None:
    """Add ``network`` to the kinds of what is loaded."""
    parser = kinds.add_parser(
        "network", help="a network from a folder with nodes.csv and edges.csv",
        epilog="Example: throughline load network caviar --as analyst@norf --name caviar",
    )  # fmt: skip
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument(
        "--name", required=True, metavar="NAME", help="what the network is called in your body"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what a load would do, and change nothing")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load a network, and say what became of each row. Status 1 when a row was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.intelligence.report_files import FileProblem  # noqa: PLC0415
    from throughline.network.services import NetworkProblem, load_network  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        found = load_network(by=reader, folder=chosen.folder, name=chosen.name, dry_run=chosen.dry_run)
    except (FileProblem, NetworkProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(
            f"The folder cannot be read, or no file of refused rows be written: {problem.strerror}."
        ) from problem
    return _told(chosen, found)


def _told(chosen: argparse.Namespace, found: "NetworkLoad") -> int:
    for warning in found.warnings:
        say(warning)
    files = found.error_files
    give_rows(
        found, counted={"hits_raised": 0}, as_json=chosen.json,
        more={"network": found.name, "ref": "" if chosen.dry_run else found.ref, "dry_run": chosen.dry_run,
              "error_files": [str(path) for path in files]},
    )  # fmt: skip
    say_refused(found.rejected, files, after=": what is held already stays as it is")
    return 1 if found.rejected else 0
