"""Every published week, entered through the pages, gives the printed totals; the slips that were printed are caught."""

from decimal import Decimal

import pytest
from django.test import Client

from tests.inside import someone
from tests.instance import Instance
from tests.operations.published_weeks import WEEKS, Week
from tests.web.visiting import visitor, words_of
from throughline.operations.board import week_board
from throughline.operations.comparing import weeks_compared
from throughline.operations.figures import read_figure

WEEK = {week.name: week for week in WEEKS}
SAID = {"as_at": "1 November 2026 12:00", "source": "As published", "attribution": "not said", "after": "0"}


def _planned(client: Client, week: Week, **other: str) -> str:
    """The address of the operation, or the words of the page that refused it."""
    answer = client.post(
        "/operations/plan",
        {
            "name": week.name, "kind": "week", "starts": week.starts, "ends": week.ends, "every": "week",
            "briefing": "As published", "days_note": week.note,
        } | other,
    )  # fmt: skip
    return answer.headers["Location"] if answer.status_code == 302 else words_of(answer)


def _entered(week: Week, **other: str) -> tuple[str, str]:
    """Plan, begin and enter a week; the reference, and what the form refused ('' if nothing)."""
    client = visitor(f"coordinator@{week.by}")
    address = _planned(client, week)
    client.post(f"{address}/move/begin", {"words": "As published"})
    day = _first(client, address)
    answer = client.post(f"{address}/send/{day}", SAID | week.typed | other)
    return address.rpartition("/")[2], "" if answer.status_code == 302 else words_of(answer)


def _first(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.partition(f"{address}/send/")[2][:10]


def _totals(ref: str, week: Week) -> dict[str, str]:
    board = week_board(someone(f"analyst@{week.by}"), ref)
    assert board
    return {one.measure.key: str(one.figure) for one in board.totals if one.figure is not None}


@pytest.mark.parametrize("week", WEEKS, ids=lambda week: week.name)
def test_a_published_week_gives_its_printed_totals_and_nothing_that_was_not_printed(
    house: Instance, week: Week
) -> None:
    ref, refused = _entered(week)
    assert refused == ""
    printed = {key: str(read_figure(text, whole=False)) for key, text in week.typed.items()}
    assert _totals(ref, week) == printed | week.derived


def test_a_weekday_printed_with_the_wrong_date_is_refused(house: Instance) -> None:
    week = WEEK["November 2024, East Midlands, early"]
    client = visitor("coordinator@emsou")
    refused = _planned(client, week, ends="Sunday December 2nd 2024")
    assert "2 December 2024 was a Monday, and not a Sunday" in refused


def test_the_weapons_named_in_september_2020_do_not_add_up_without_others(house: Instance) -> None:
    _, refused = _entered(WEEK["September 2020"], weapons_other="10")
    assert (
        "the parts come to 163, and the total says 196: put the 33 that are left under “Other weapons”"
        in refused
    )


def test_lines_closed_in_october_2022_rose_by_65_4_per_cent(house: Instance) -> None:
    before, after = (_entered(WEEK[name])[0] for name in ("The week before October 2022", "October 2022"))
    found = weeks_compared(someone("analyst@nclcc"), before, after)
    assert found
    (lines,) = (row for row in found[2] if row.measure.key == "lines_closed")
    assert lines.change == Decimal("65.4")


def test_a_measure_that_changed_is_said_and_not_compared(house: Instance) -> None:
    before, after = (_entered(WEEK[name])[0] for name in ("October 2019", "September 2020"))
    words = words_of(visitor("analyst@nclcc").get(f"/operations/compare?earlier={before}&later={after}"))
    assert "Not compared Defined otherwise: People safeguarded." in words


@pytest.mark.parametrize("name", ["May 2019", "October 2019", "September 2020"])
def test_a_printed_lead_is_borne_out_by_its_totals_and_a_wrong_one_is_not(house: Instance, name: str) -> None:
    ref, _ = _entered(WEEK[name])
    visitor("coordinator@nclcc").post(f"/operations/{ref}/move/conclude", {"words": "As published"})
    chair, move = visitor("chair@nclcc"), f"/operations/{ref}/move/publish"
    wrong = words_of(chair.post(move, {"lead": "Over 99 million arrests", "words": "As published"}))
    assert "no total of the week bears that out" in wrong
    assert chair.post(move, {"lead": WEEK[name].lead, "words": "As published"}).status_code == 302
