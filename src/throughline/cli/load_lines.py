"""``throughline load lines``: an existing register of lines in, with the lines that may be ones already held."""

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from throughline.cli.load_told import loaded, told
from throughline.cli.words import reader_as, say

if TYPE_CHECKING:
    from throughline.loads.outcome import Outcome, Resembles

SAID = 20
"""So many lines that resemble others are said one by one; with ``--json`` all are given."""


def run(chosen: argparse.Namespace) -> int:
    """Load a register, run the flow, and say what became of each row. Status 1 when a row was refused."""
    from throughline.loads.contents import LINES  # noqa: PLC0415
    from throughline.loads.line_rows import STANDARD_LINES  # noqa: PLC0415
    from throughline.loads.loading_lines import load_lines  # noqa: PLC0415
    from throughline.loads.outcome import count_advice  # noqa: PLC0415
    from throughline.loads.queries import saved_map  # noqa: PLC0415

    reader, found = reader_as(chosen.username), list["Outcome"]()
    result = loaded(
        chosen, reader, partial(load_lines, seen=found.append),
        lambda: saved_map(reader, chosen.map, kind=LINES) if chosen.map else STANDARD_LINES,
    )  # fmt: skip
    advice: dict[str, Any] = {}
    for one in found:
        count_advice(advice, one.advice)
    resembling = [pair for one in found for pair in one.resembling]
    if not chosen.json:
        _say(advice, resembling)
    lines = 0 if result.held_back else sum(one.lines for one in found)
    more = [{"row": r.row, "line": r.line, "other": r.other, "why": r.why} for r in resembling]
    return told(
        chosen, result, {"lines": lines},
        {"resembling": more, "advice": [{"advice": sentence, **said} for sentence, said in sorted(advice.items())]},
    )  # fmt: skip


def _say(advice: dict[str, Any], resembling: "list[Resembles]") -> None:
    for sentence, said in sorted(advice.items()):
        more = " and more" if said["rows"] > len(said["lines"]) else ""
        say(f"{sentence} Rows: {', '.join(map(str, said['lines']))}{more}.")
    for one in resembling[:SAID]:
        say(f"Row {one.row} may be the line {one.other} ({one.other_name}): {one.why} Nothing was merged.")
    if len(resembling) > SAID:
        say(f"And {len(resembling) - SAID:,} more: all of them stand under 'Lines that may be one'.")
