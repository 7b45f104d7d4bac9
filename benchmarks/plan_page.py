"""``python -m benchmarks.plan_page``: a plan of 2,500 lines, worked out by the flow and read page by page.

On a database made for this run, the register of ``benchmarks.line_scale``: so many of its lines are open, and
officer-days are stated of every body. What is timed is the server's answer to a signed-in co-ordinator: the table, the
board, the calendar, filters and the last page.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, milliseconds, show, write_json
from benchmarks.instance import benched
from benchmarks.line_scale import READER, seed, signed_in

DAYS, TIMES = 12.0, 15
MOST = 1_000.0
"""Milliseconds at the median: a page of a plan is opened by a few people before a meeting, not by all day long."""
OF_A_LINE = 0.3
"""Share of the seeded lines that are open."""


def main() -> int:
    """Seed, plan, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plan_page", description=__doc__)
    parser.add_argument("--lines", type=int, default=2_500, help="open lines on the register")
    parser.add_argument("--json", type=Path, default=Path("build/plan-page.json"))
    chosen = parser.parse_args()
    with benched(None):
        seed(lines=round(chosen.lines / OF_A_LINE))
        figures = list(plan_figures())
    about = {"lines": chosen.lines, "reader": READER}
    show(figures, about)
    write_json(chosen.json, figures, about)
    return 0


def plan_figures() -> Iterator[Figure]:
    """The working out of one plan, and its pages."""
    from django.test import Client  # noqa: PLC0415 needs Django

    from throughline.access.queries import reader_named  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415
    from throughline.tasking.plan_queries import plan_opened  # noqa: PLC0415
    from throughline.tasking.proposing import Asked, ask_for_plan  # noqa: PLC0415

    by = reader_named(READER)
    _state_days()
    begun = time.perf_counter()
    ref = ask_for_plan(by=by, asked=Asked())
    outbox.drain()
    took = time.perf_counter() - begun
    plan = plan_opened(by, ref)
    assert plan is not None  # noqa: S101 it was made above
    yield Figure(
        "a plan worked out and kept", "s", took, judged=took, most=90.0,
        note=f"{len(plan.lines_in):,} of {len(plan.lines):,} lines in, {plan.trouble or 'no trouble'}",
    )  # fmt: skip
    client = signed_in(Client(HTTP_HOST="127.0.0.1"))
    for name, query in (
        ("table", ""), ("table, its last page", f"?offset={len(plan.lines) // 25 * 25}"), ("board", "?view=board"),
        ("calendar", "?view=calendar"), ("not now, of one region", "?show=out&region=South+East"),
        ("of one body", "?body=MPS&sort=week"),
    ):  # fmt: skip
        taken = [_time(client, f"/plans/{ref}{query}") for _ in range(TIMES)]
        p50 = milliseconds([one for one, _ in taken], 0.5)
        yield Figure(
            f"page of the plan: {name}",
            "ms",
            p50,
            judged=p50,
            most=MOST,
            note=f"{taken[0][1] / 1024:,.0f} KB",
        )


def _state_days() -> None:
    from throughline.access.queries import reader_named  # noqa: PLC0415
    from throughline.organisations.queries import body_cards  # noqa: PLC0415
    from throughline.tasking.days import Days, next_monday, state_days, weeks_from  # noqa: PLC0415
    from throughline.tasking.planning.tactics import tactics  # noqa: PLC0415

    weeks = weeks_from(next_monday())
    stated = [Days(skill, week, DAYS) for skill in tactics().skills for week in weeks]
    for card in body_cards().values():
        state_days(by=reader_named(f"manager@{card.code.lower()}"), stated=stated)


def _time(client: Any, address: str) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - begun
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(f"{address} answered {answer.status_code}")
    return took, len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
