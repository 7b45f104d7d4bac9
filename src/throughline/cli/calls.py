"""``throughline calls``: what call data says of numbers: who took over, how one is used, which may be deal lines."""

import argparse
from calendar import day_name
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from throughline.cli.words import Refused, give, give_json, moment_in, reader_as, say


def add_commands(commands: Any) -> None:
    """Add ``calls`` to the parser."""
    parser = commands.add_parser(
        "calls", help="what call data says of numbers",
        epilog="Example: throughline calls successor 07700900123 --as analyst@norf",
    )  # fmt: skip
    questions = parser.add_subparsers(required=True, metavar="QUESTION")
    one = _question(questions, "successor", "who took over from numbers that fell silent", run_successor,
                    "successor 07700900123 07700900456 --at 2026-10-01T12:00:00Z")  # fmt: skip
    one.add_argument("number", nargs="+", help="several at once where several phones were changed together")
    one.add_argument(
        "--at", type=moment, metavar="TIME", help="when they fell silent, if not at their last call"
    )
    profile = _question(questions, "profile", "how a number is used", run_profile, "profile 07700900123")
    profile.add_argument("number")
    together = _question(
        questions, "together", "who goes with numbers, and how they stand to each other", run_together,
        "together 07700900123 07700900456",
    )  # fmt: skip
    together.add_argument("number", nargs="+")
    ranking = _question(
        questions, "candidates", "numbers that are used as deal lines are", run_candidates, "candidates"
    )
    ranking.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="where the calls of a nation are counted",
    )


def _question(questions: Any, name: str, said: str, run: Any, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = questions.add_parser(
        name, help=said, epilog=f"Example: throughline calls {example} --as analyst@norf"
    )
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    return parser


def moment(text: str) -> datetime:
    """A moment as ISO 8601, in UTC where no zone is given, or as seconds."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return moment_in(text)


def run_successor(chosen: argparse.Namespace) -> int:
    """Rank who took over from each number. Status 1 where no call of any of them is known."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.queries import NoCalls  # noqa: PLC0415
    from throughline.telecoms.successors import successors  # noqa: PLC0415

    try:
        found = successors(reader_as(chosen.username), chosen.number, at=chosen.at)
    except (NoCalls, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    status = 0 if any(one.is_known for one in found) else 1
    if chosen.json:
        give_json({"numbers": [asdict(one) for one in found]})
        if status:
            say(found[0].further)
        return status
    for one in found:
        give(f"{one.number}: {'none found' if one.none_found else 'successors, likeliest first'}")
        for candidate in one.candidates:
            give(f"  {candidate.probability:6.1%}  {candidate.number}: {'; '.join(candidate.reasons)}")
        if one.further:
            say(f"{one.number}: {one.further}")
    return status


def run_profile(chosen: argparse.Namespace) -> int:
    """Say how a number is used."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.profile import profile_of  # noqa: PLC0415
    from throughline.telecoms.queries import NoCalls  # noqa: PLC0415

    try:
        found = profile_of(reader_as(chosen.username), chosen.number)
    except (NoCalls, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    if found is None:
        raise Refused(f"No call of {chosen.number} is in the data that you may know.")
    plain = asdict(found)
    if chosen.json:
        give_json(plain)
        return 0
    plain.pop("time_map")
    for name, value in plain.items():
        give(f"{name.replace('_', ' ')}: {_words(value)}")
    for number, hours in enumerate(found.time_map.days):
        give(f"{day_name[number]} by hour: {_by_hour(hours)}")
    for cell in found.time_map.cells:
        give(f"cell {cell.cell} by hour: {_by_hour(cell.hours)}")
    return 0


def _by_hour(hours: tuple[int, ...]) -> str:
    return ", ".join(f"{hour:02}:00 {times}" for hour, times in enumerate(hours) if times) or "none"


def _words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(_words(one) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_words(one)}" for name, one in value.items())
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def run_candidates(chosen: argparse.Namespace) -> int:
    """Rank the numbers that are used as deal lines are."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.kernel.spark import NoSpark  # noqa: PLC0415
    from throughline.telecoms.candidates import line_candidates  # noqa: PLC0415
    from throughline.telecoms.queries import NoCalls, here  # noqa: PLC0415
    from throughline.telecoms.sparking import on_spark  # noqa: PLC0415

    try:
        found = line_candidates(reader_as(chosen.username), on=on_spark if chosen.engine == "spark" else here)
    except (NoCalls, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except NoSpark as problem:
        raise Refused(f"{problem} Leave --engine out: DuckDB does the same on one machine.") from problem
    if chosen.json:
        give_json({"candidates": [asdict(one) for one in found]})
        return 0
    for one in found:
        give(f"{one.score:5.2f}  {one.number}: {'; '.join(one.reasons)}")
    return 0


def run_together(chosen: argparse.Namespace) -> int:
    """Say who goes with each number, and how the numbers stand to each other."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.queries import NoCalls  # noqa: PLC0415
    from throughline.telecoms.together import KINDS, group_of  # noqa: PLC0415

    try:
        found = group_of(reader_as(chosen.username), chosen.number)
    except (NoCalls, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json(asdict(found))
        return 0
    for one in found.each:
        give(one.number)
        for name, kind in KINDS.items():
            for tie in getattr(one, name):
                give(f"  {kind.heading}: {tie.number}: {tie.reason}")
    for pair in found.among:
        give(f"{pair.one} and {pair.other}: {pair.reason}")
    return 0
