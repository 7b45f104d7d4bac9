"""``throughline machine``: programs of a body that may use the doors for machines."""

import argparse
from dataclasses import asdict
from typing import Any

from throughline.cli.words import Refused, give, give_json, reader_as, say


def add_commands(commands: Any) -> None:
    """Add ``machine`` to the parser."""
    parser = commands.add_parser(
        "machine", help="programs of a body that may ask and send by themselves",
        epilog="Example: throughline machine list --as admin@norf",
    )  # fmt: skip
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = _action(actions, "add", "give a program a way in, and show its secret once", run_add)
    add.add_argument("username")
    add.add_argument("--name", required=True, help="what it is, for people who read the journal")
    add.add_argument("--role", action="append", required=True, help="a role it holds, as a person would")
    add.add_argument("--scope", action="append", required=True, help="what it may do, such as report:read")
    end = _action(actions, "end", "end a machine: its secret and its tokens open nothing any more", run_end)
    end.add_argument("username")
    end.add_argument("--why", required=True)
    _action(actions, "list", "the machines of the body", run_list).add_argument("--json", action="store_true")


def _action(actions: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    examples = {
        "add": "add records@norf --name 'Records system' --role analyst --scope report:read --scope report:load "
        "--as admin@norf",
        "end": "end records@norf --why 'replaced by another' --as admin@norf",
        "list": "list --as admin@norf",
    }
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=said, epilog=f"Example: throughline machine {examples[name]}"
    )
    parser.add_argument("--as", dest="administrator", required=True, metavar="USER")
    parser.set_defaults(run=run)
    return parser


def run_add(chosen: argparse.Namespace) -> int:
    """Add it and give its client and secret, or say what is wrong."""
    from throughline.access.machines import add_machine  # noqa: PLC0415 needs the settings
    from throughline.access.permissions import Role  # noqa: PLC0415
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.kernel.problems import FieldProblem  # noqa: PLC0415

    known = {role.value for role in Role}
    if wrong := [role for role in chosen.role if role not in known]:
        raise Refused(f"There is no role {wrong[0]!r}. Roles are {', '.join(sorted(known))}.")
    try:
        made = add_machine(
            by=reader_as(chosen.administrator), username=chosen.username, name=chosen.name,
            roles=frozenset(map(Role, chosen.role)), scopes=chosen.scope,
        )  # fmt: skip
    except (FieldProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    give(f"client_id      {made.client}\nclient_secret  {made.secret}")
    say("The secret is shown this once and kept nowhere. Give it to the program, and to nobody else.")
    if made.waits:
        say("Its roles wait for a second administrator, and until then it may do nothing.")
    return 0


def run_end(chosen: argparse.Namespace) -> int:
    """End it, or say why not."""
    from throughline.access.machines import end_machine  # noqa: PLC0415 needs the settings
    from throughline.access.queries import UnknownPerson  # noqa: PLC0415
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.kernel.problems import FieldProblem  # noqa: PLC0415

    try:
        end_machine(by=reader_as(chosen.administrator), username=chosen.username, why=chosen.why)
    except (FieldProblem, NotAllowed, UnknownPerson) as problem:
        raise Refused(str(problem)) from problem
    give(f"{chosen.username} is ended: its secret and its tokens open nothing any more.")
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List the machines of the administrator's body."""
    from throughline.access.machines import machines_of  # noqa: PLC0415 needs the settings
    from throughline.access.reader import NotAllowed  # noqa: PLC0415

    try:
        cards = machines_of(reader_as(chosen.administrator))
    except NotAllowed as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json({"machines": [asdict(card) for card in cards]})
        return 0
    for card in cards:
        ended = f", ended {card.ended_at:%-d %B %Y}" if card.ended_at else ""
        give(f"{card.username}  {card.client}  {' '.join(card.scopes)}  {card.name}{ended}")
    if not cards:
        give("Your body has no machine.")
    return 0
