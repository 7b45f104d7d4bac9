"""``throughline network``: who matters most in a network, and how it changed."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, reader_as

if TYPE_CHECKING:
    from throughline.access.reader import Reader
    from throughline.network.change import Change
    from throughline.network.queries import KeyPerson

SHOWN = 20
"""People given in words; JSON gives them all."""


def add_commands(commands: Any) -> None:
    """Add ``network`` to the parser."""
    parser = commands.add_parser(
        "network", help="who matters most in a network, and how it changed",
        epilog="Example: throughline network key-people caviar --as analyst@norf --phase 4",
    )  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    people = _add(kinds, "key-people", "rank its people by published measures, with reasons")
    people.add_argument("--phase", default="", metavar="PHASE", help="one phase; otherwise the whole")
    people.set_defaults(run=run_key_people)
    _add(kinds, "change", "who comes, goes, rises and falls from phase to phase").set_defaults(run=run_change)
    _add(kinds, "show", "what it holds, in figures").set_defaults(run=run_show)


def _add(kinds: Any, name: str, said: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(
        name, help=said, epilog=f"Example: throughline network {name} caviar --as analyst@norf --json"
    )
    parser.add_argument("name", metavar="NAME", help="its name or reference")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--json", action="store_true")
    return parser


def run_key_people(chosen: argparse.Namespace) -> int:
    """Rank the people of a network."""
    from throughline.network.key_people import VERSION  # noqa: PLC0415 needs the settings
    from throughline.network.queries import key_people  # noqa: PLC0415

    reader, ref = _found(chosen)
    found = key_people(reader, ref, phase=chosen.phase, why="throughline network key-people")
    if found is None:
        raise Refused(f"There is no phase {chosen.phase!a} in this network. {_phases(reader, ref)}")
    if chosen.json:
        people = [asdict(one) for one in found.people]
        give_json(
            {"network": found.network, "ref": ref, "phase": found.phase, "method": VERSION, "people": people}
        )
        return 0
    for one in found.people[:SHOWN]:
        _give(one)
    if found.total > SHOWN:
        give(f"And {found.total - SHOWN:,} more: --json gives them all.")
    return 0


def _give(one: "KeyPerson") -> None:
    give(f"{one.rank:>3}  {one.id}{' (' + ', '.join(one.roles) + ')' if one.roles else ''}  {one.score:.1f}")
    for reason in one.reasons:
        give(f"       {reason}")
    for what in ("protect", "pursue"):
        if said := getattr(one.advice, what):
            give(f"     {what.capitalize()}: {said}")


def run_change(chosen: argparse.Namespace) -> int:
    """Say what changed from phase to phase."""
    from throughline.network.queries import network_changes  # noqa: PLC0415 needs the settings

    reader, ref = _found(chosen)
    found = network_changes(reader, ref, why="throughline network change") or ()
    if chosen.json:
        give_json({"network": chosen.name, "ref": ref, "changes": [asdict(one) for one in found]})
        return 0
    if not found:
        give("This network has no phases that follow each other.")
    for one in found:
        _give_change(one)
    return 0


def _give_change(one: "Change") -> None:
    give(
        f"From {one.before} to {one.after}: {one.people_before} to {one.people} people, "
        f"{one.ties_before} to {one.ties} ties"
    )
    for phase, happened in ((one.before, one.happened_before), (one.after, one.happened)):
        for what in happened:
            give(f"     In {phase}: {what}")
    give(f"     Appear: {', '.join(one.appear) or 'nobody'}")
    give(f"     Disappear: {', '.join(one.disappear) or 'nobody'}")
    for name, moved in (("Rise", one.rise), ("Fall", one.fall)):
        said = ", ".join(f"{shift.key} ({shift.before} to {shift.after})" for shift in moved)
        give(f"     {name}: {said or 'nobody'}")


def run_show(chosen: argparse.Namespace) -> int:
    """Say what a network holds."""
    from throughline.network.queries import network_page  # noqa: PLC0415 needs the settings

    reader, ref = _found(chosen)
    found = network_page(reader, ref, why="throughline network show")
    assert found  # noqa: S101 it was found by its name
    if chosen.json:
        give_json(asdict(found))
        return 0
    give(f"{found.name} ({found.ref}), {found.body_name}")
    give(
        f"{found.people:,} people, {found.things:,} other things, {found.ties:,} ties, "
        f"{found.communities:,} communities"
    )
    for one in found.roles:
        give(f"     {one.role}: {one.people:,} people" + (f", {one.ties:,} times" if one.ties else ""))
    if found.both:
        give(f"     both victim and suspect: {found.both:,} people")
    return 0


def _found(chosen: argparse.Namespace) -> "tuple[Reader, str]":
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.network.queries import UnknownNetwork, network_called  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        return reader, network_called(reader, chosen.name)
    except (UnknownNetwork, NotAllowed) as problem:
        raise Refused(str(problem)) from problem


def _phases(reader: "Reader", ref: str) -> str:
    from throughline.network.queries import network_page  # noqa: PLC0415 needs the settings

    found = network_page(reader, ref, why="looked for a phase")
    phases = found.phases if found else ()
    return f"Its phases are: {', '.join(phases)}." if phases else "It has no phases."
