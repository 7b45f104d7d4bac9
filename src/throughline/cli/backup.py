"""``throughline backup``: copies of an instance, and a restore to a chosen moment."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, moment_in

if TYPE_CHECKING:
    from throughline.config.backup import Base, Restored


def add_commands(commands: Any) -> None:
    """Add ``backup`` to the parser."""
    parser = commands.add_parser(
        "backup", help="copies of this instance, and a restore to a chosen moment",
        epilog="Example: throughline backup take /mnt/backup",
    )  # fmt: skip
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    take = _action(actions, "take", run_take, "copy the whole instance while people work",
                   "The copy is checked, and counts only once it is whole.")  # fmt: skip
    follow = _action(
        actions, "follow", run_follow, "keep the log of changes as it is written, until stopped",
        "Leave it running, as a service: a restore then goes to any second since a copy was whole.",
    )  # fmt: skip
    listed = _action(actions, "list", run_list, "the copies, the oldest first", "")
    prune = _action(actions, "prune", run_prune, "delete all but the newest copies",
                    "The log that only older copies needed goes too.")  # fmt: skip
    prune.add_argument("--keep", type=int, required=True, metavar="N", help="how many copies stay")
    restore = _action(
        actions, "restore", run_restore, "make a new data folder as it stood at a moment",
        "It goes into a new folder, never over one in use. The chains of the journal are verified afterwards.",
    )  # fmt: skip
    restore.add_argument("--into", type=Path, required=True, metavar="HOME", help="the new data folder")
    restore.add_argument(
        "--until", type=_moment, metavar="MOMENT",
        help="such as 2026-11-23T18:04:05; in UTC unless it says otherwise. Without it, all that was kept",
    )  # fmt: skip
    drill = _action(
        actions, "drill", run_drill, "restore the newest copy aside, verify it, and delete it again",
        "Run it as often as you would want to know that a restore works. It needs room for a second database.",
    )  # fmt: skip
    for each in (take, listed, restore, drill):
        each.add_argument("--json", action="store_true")
    for each in (listed, prune, restore, drill, take, follow):
        each.set_defaults(without_database=True)


def _action(actions: Any, name: str, run: Any, said: str, more: str) -> Any:
    example = {"restore": " --into /srv/restored --until 2026-11-23T18:04:05", "prune": " --keep 14"}.get(
        name, ""
    )
    parser = actions.add_parser(
        name, help=said, description=f"{said.capitalize()}. {more}".strip(),
        epilog=f"Example: throughline backup {name} /mnt/backup{example}",
    )  # fmt: skip
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the backup folder, on another disk")
    parser.set_defaults(run=run)
    return parser


def _moment(text: str) -> datetime:
    try:
        return moment_in(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment: write 2026-11-23T18:04:05") from problem


def run_take(chosen: argparse.Namespace) -> int:
    """Take a base."""
    from throughline.config.backup import BackupProblem, take_base  # noqa: PLC0415

    try:
        base = take_base(chosen.folder)
    except BackupProblem as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json(_base(base))
    else:
        give(f"The copy {base.name} is whole: {_size(base.size)}, {base.whole - base.begun} long.")
    return 0


def run_follow(chosen: argparse.Namespace) -> int:
    """Keep the log."""
    from throughline.config.backup import BackupProblem, follow_log  # noqa: PLC0415

    try:
        return follow_log(chosen.folder)
    except BackupProblem as problem:
        raise Refused(str(problem)) from problem


def run_list(chosen: argparse.Namespace) -> int:
    """List the bases."""
    from throughline.config.backup import bases_of  # noqa: PLC0415

    found = bases_of(chosen.folder)
    if chosen.json:
        give_json([_base(base) for base in found])
        return 0
    for base in found:
        give(f"{base.name}  whole at {base.whole:%Y-%m-%d %H:%M:%S} UTC  {_size(base.size)}")
    if not found:
        raise Refused(f"{chosen.folder} holds no copy: 'throughline backup take' makes one.")
    return 0


def run_prune(chosen: argparse.Namespace) -> int:
    """Delete old bases."""
    from throughline.config.backup import BackupProblem, prune  # noqa: PLC0415

    try:
        gone = prune(chosen.folder, keep=chosen.keep)
    except BackupProblem as problem:
        raise Refused(str(problem)) from problem
    give(
        f"Deleted: {', '.join(base.name for base in gone)}." if gone else "Nothing was old enough to delete."
    )
    return 0


def run_restore(chosen: argparse.Namespace) -> int:
    """Restore, and verify the journal. Status 1 when the journal has a fault."""
    from throughline.config.backup import BackupProblem, restore  # noqa: PLC0415

    try:
        done = restore(chosen.folder, into=chosen.into, until=chosen.until)
    except BackupProblem as problem:
        raise Refused(str(problem)) from problem
    journal = _verified(chosen.into)
    if chosen.json:
        give_json(_restored(done, journal))
    else:
        give(_said(done, journal))
        give(
            f"To use it: THROUGHLINE_HOME={chosen.into} throughline serve. What was disposed of since that moment is "
            "there again: dispose of it anew, by the certificates."
        )
    return 1 if journal["faults"] else 0


def run_drill(chosen: argparse.Namespace) -> int:
    """Restore aside, verify, and clean up."""
    from throughline.config.backup import BackupProblem, restore  # noqa: PLC0415
    from throughline.config.postgres import stop  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="throughline-drill-", dir=chosen.folder) as aside:
        into = Path(aside) / "home"
        Path(aside).chmod(0o711)
        try:
            done = restore(chosen.folder, into=into)
            journal = _verified(into)
        except BackupProblem as problem:
            raise Refused(str(problem)) from problem
        finally:
            stop(into)
    give_json(_restored(done, journal)) if chosen.json else give(_said(done, journal))
    return 1 if journal["faults"] else 0


def _verified(home: Path) -> dict[str, Any]:
    """What ``journal verify`` says of a restored instance: a process of its own, since this one has another home."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    command = [sys.executable, "-m", "throughline.cli", "journal", "verify", "--json"]
    done = subprocess.run(  # noqa: S603 our own program
        command, env=env | {"THROUGHLINE_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if not done.stdout:
        raise Refused(f"It is restored, but its journal could not be read: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _base(base: "Base") -> dict[str, Any]:
    return {
        "name": base.name, "begun": base.begun.isoformat(), "whole": base.whole.isoformat(), "bytes": base.size,
    }  # fmt: skip


def _restored(done: "Restored", journal: dict[str, Any]) -> dict[str, Any]:
    last = done.last_at.isoformat() if done.last_at else None
    return {"base": _base(done.base), "last": last, "seconds": round(done.seconds, 1), "journal": journal}


def _said(done: "Restored", journal: dict[str, Any]) -> str:
    last = (
        f"the last change is of {done.last_at:%Y-%m-%d %H:%M:%S} UTC"
        if done.last_at
        else "nothing came after it"
    )
    held = f"{len(journal['faults']):,} changed" if journal["faults"] else "none changed"
    return (
        f"Restored from {done.base.name} in {done.seconds:.0f} s; {last}. "
        f"Entries in the journal: {journal['entries']:,}, {held}."
    )


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
