"""``throughline load network``: a folder of nodes and ties in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, reader_as, say

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
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load a network, and say what became of each row. Status 1 when a row was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.intelligence.report_files import FileProblem  # noqa: PLC0415
    from throughline.network.services import NetworkProblem, load_network  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        found = load_network(by=reader, folder=chosen.folder, name=chosen.name)
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
    counts = {"read": found.read, "kept": found.kept, "rejected": found.rejected, "unchanged": found.unchanged,
              "hits_raised": 0}  # fmt: skip
    if chosen.json:
        give_json(
            {
                "network": found.name,
                "ref": found.ref,
                **counts,
                "error_files": [str(p) for p in found.error_files],
            }
        )
    else:
        give(", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()))
    if found.rejected:
        rows = "row was" if found.rejected == 1 else "rows were"
        where = " and ".join(str(path) for path in found.error_files)
        say(
            f"{found.rejected:,} {rows} refused, and {where} says why. "
            "Mend the file and load it again: what is held already stays as it is."
        )
    return 1 if found.rejected else 0
