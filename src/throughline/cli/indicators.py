"""``throughline indicators``: measures that show whether it works, as far as one reader may know them."""

import argparse
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, reader_as

if TYPE_CHECKING:
    from throughline.oversight.queries import Count, Figures


def add_commands(commands: Any) -> None:
    """Add ``indicators`` to the parser."""
    parser = commands.add_parser(
        "indicators", help="measures that show whether it works",
        epilog="Example: throughline indicators --as chair@nclcc --json",
    )  # fmt: skip
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_indicators)


def run_indicators(chosen: argparse.Namespace) -> int:
    """Work out every indicator of the last twelve months and the one under way."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.oversight.queries import measured  # noqa: PLC0415

    try:
        found = measured(reader_as(chosen.username), why="asked with the command")
    except NotAllowed as trouble:
        raise Refused(str(trouble)) from trouble
    if chosen.json:
        give_json(
            {
                "since": found.since, "until": found.until, "as_at": found.as_at,
                "indicators": [_values(one) for one in found.figures],
            }
        )  # fmt: skip
    else:
        for one in found.figures:
            share = f"{one.nation.share:.0%}" if one.nation.share is not None else "no figure to show"
            give(f"{one.indicator.name}: {share}")
    return 0


def _values(one: "Figures") -> dict[str, Any]:
    told = one.indicator
    return {
        "key": told.key, "name": told.name, "numerator": told.numerator, "denominator": told.denominator,
        "source": told.source, "caveats": told.caveats, "nation": _count(one.nation),
        "regions": [{"region": region, **_count(count)} for region, count in one.regions],
        "bodies": [{"body": body.code, **_count(body.count), "beside": body.verdict} for body in one.bodies],
        "months": [{"month": month, **_count(count)} for month, count in one.months],
    }  # fmt: skip


def _count(count: "Count") -> dict[str, Any]:
    return {"of": count.denominator, "count": count.numerator, "share": count.share}
