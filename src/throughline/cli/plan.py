"""``throughline plan``: one ranked plan within the days that bodies have, put before a person."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, progress, reader_as

if TYPE_CHECKING:
    from throughline.access.reader import Reader
    from throughline.tasking.plan_queries import KeptPlan
    from throughline.tasking.planning.plan import Plan

SHOWN = 20
"""Lines in and out given in words; JSON gives them all."""


def add_commands(commands: Any) -> None:
    """Add ``plan`` to the parser."""
    example = "Example: throughline plan propose --as chair@nclcc --weeks 8"
    parser = commands.add_parser(
        "plan", help="one ranked plan within the days that bodies have", epilog=example
    )
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    propose = kinds.add_parser("propose", help="work out a plan; nothing is decided by it", epilog=example)
    propose.add_argument("--as", dest="username", required=True, metavar="USER")
    propose.add_argument(
        "--capacity", type=Path, metavar="FILE",
        help="try other days, and keep nothing: CSV with body, skill, days_a_week and, for other priorities, reserved",
    )  # fmt: skip
    propose.add_argument("--weeks", type=int, default=8, metavar="N", help="1 to 26; 8 if left out")
    propose.add_argument("--seconds", type=float, default=30, metavar="S", help="how long to search")
    propose.add_argument("--must", action="append", default=[], metavar="LINE", help="work this line")
    propose.add_argument("--exclude", action="append", default=[], metavar="LINE", help="leave it alone")
    propose.add_argument(
        "--pin", action="append", default=[], metavar="LINE=BODY", help="if it is worked, by this body"
    )
    propose.add_argument(
        "--begin", action="append", default=[], metavar="LINE=DAY",
        help="if it is worked, from this Monday on, such as 2026-12-07",
    )  # fmt: skip
    propose.add_argument("--json", action="store_true")
    propose.set_defaults(run=run_propose)


def run_propose(chosen: argparse.Namespace) -> int:
    """Propose a plan: kept, from the days that bodies have stated; or one that is only tried, from days in a file."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.tasking.planning.capacity import CapacityProblem  # noqa: PLC0415
    from throughline.tasking.planning.model import PlanProblem  # noqa: PLC0415
    from throughline.tasking.proposing import AskProblem  # noqa: PLC0415

    if not 1 <= chosen.weeks <= 26:  # noqa: PLR2004 half a year
        raise Refused("Plan for 1 to 26 weeks.")
    work = _tried if chosen.capacity else _kept
    try:
        values, plan = work(reader_as(chosen.username), chosen)
    except (AskProblem, CapacityProblem, NotAllowed, PlanProblem) as trouble:
        raise Refused(f"{str(trouble).rstrip('.')}.") from trouble
    if chosen.json:
        give_json(values)
    else:
        _give(plan)
    return 0


def _tried(reader: "Reader", chosen: argparse.Namespace) -> "tuple[dict[str, Any], Plan]":
    from throughline.tasking.planning.plan import propose  # noqa: PLC0415
    from throughline.tasking.planning.working import Said, problem_of  # noqa: PLC0415

    said = Said(
        must=frozenset(_ref(one) for one in chosen.must),
        excluded=frozenset(_ref(one) for one in chosen.exclude),
        pinned=dict(_pin(one) for one in chosen.pin),
        begins={line: _place(monday, chosen.weeks) for line, monday in map(_begin, chosen.begin)},
    )
    plan = propose(problem_of(reader, chosen.capacity, weeks=chosen.weeks, said=said), seconds=chosen.seconds)
    return asdict(plan), plan


def _kept(reader: "Reader", chosen: argparse.Namespace) -> "tuple[dict[str, Any], KeptPlan]":
    """Ask, let the flow work it out, and read what it kept."""
    from throughline.kernel import outbox  # noqa: PLC0415
    from throughline.tasking.plan_queries import plan_opened  # noqa: PLC0415
    from throughline.tasking.proposing import Asked, Saying, ask_for_plan  # noqa: PLC0415

    why, pins, begins = "Said with the command", dict(map(_pin, chosen.pin)), dict(map(_begin, chosen.begin))
    said = (
        *(Saying(_ref(one), "must", why) for one in chosen.must),
        *(Saying(_ref(one), "excluded", why) for one in chosen.exclude),
        *(
            Saying(line, "pinned" if line in pins else "moved", why, pins.get(line, ""), begins.get(line))
            for line in {**pins, **begins}
        ),
    )
    ref = ask_for_plan(by=reader, asked=Asked(chosen.weeks, seconds=chosen.seconds, said=said))
    with progress("Working out the plan"):
        outbox.drain()
    plan = plan_opened(reader, ref, why="proposed it")
    if plan is None or plan.worked_out_at is None:
        raise Refused(f"Plan {ref} was not worked out. {plan.trouble if plan else ''}".strip())
    figures = {name: getattr(plan, name) for name in ("objective", "bound", "gap", "gain", "spread")}
    return {
        "plan": ref, **figures, "seconds": plan.took,
        "assignments": [asdict(one) for one in plan.lines_in], "left_out": [asdict(one) for one in plan.lines_out],
        **{name: [asdict(one) for one in getattr(plan, name)] for name in ("prices", "floors", "changes")},
    }, plan  # fmt: skip


def _ref(text: str) -> str:
    return text.strip().upper()


def _pin(text: str) -> tuple[str, str]:
    line, equals, body = text.partition("=")
    if not (line and equals and body):
        raise Refused(
            f"--pin {text!r}: write the line, an equals sign and the body, such as CL-2345-6789=KENT."
        )
    return _ref(line), body.strip().upper()


def _begin(text: str) -> tuple[str, date]:
    line, _, day = text.partition("=")
    try:
        return _ref(line), date.fromisoformat(day.strip())
    except ValueError:
        raise Refused(
            f"--begin {text!r}: write the line, an equals sign and a Monday, such as CL-2345-6789=2026-12-07."
        ) from None


def _place(monday: date, weeks: int) -> int:
    """The place of a week in a plan from the next Monday on."""
    from throughline.tasking.days import next_monday, weeks_from  # noqa: PLC0415

    mondays = weeks_from(next_monday(), weeks)
    if monday not in mondays:
        raise Refused(
            f"--begin {monday}: name one of the Mondays of the plan, {mondays[0]} to {mondays[-1]}."
        )
    return mondays.index(monday) + 1


def _give(plan: "Plan | KeptPlan") -> None:
    lines_in, lines_out = plan.lines_in, plan.lines_out
    near = (
        f"; within {100 * plan.gap:.1f} in 100 of the best plan there could be"
        if plan.gap is not None
        else ""
    )
    give(
        f"{len(lines_in):,} lines in, {len(lines_out):,} out: {plan.gain:,.0f} points of harm expected to "
        f"go, give or take {plan.spread:,.0f}{near}."
    )
    for one in lines_in[:SHOWN]:
        give(f"{one.ref}  {one.lead}, weeks {one.first_week} to {one.last_week}, {one.gain:.1f} points")
        for reason in one.reasons:
            give(f"       {reason}")
    _give_more(len(lines_in))
    for out in lines_out[:SHOWN]:
        give(f"{out.ref}  not now")
        for reason in out.reasons:
            give(f"       {reason}")
    _give_more(len(lines_out))
    for price in [row for row in plan.prices if row.price > 0][:SHOWN]:
        give(f"One more day of {price.skill} at {price.body} would add {price.price:.2f} points.")
    for floor in plan.floors:
        if floor.gain < floor.floor:
            give(f"{floor.region} falls short of its floor: {floor.gain:.1f} of {floor.floor:.1f} points.")


def _give_more(total: int) -> None:
    if total > SHOWN:
        give(f"And {total - SHOWN:,} more: --json gives them all.")
