"""On a nation that was loaded, matched and worked on, each indicator equals a count in Python from the tables alone."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from tests.inside import dice_of, someone
from tests.instance import Instance
from tests.oversight.living import live_through
from tests.oversight.nation import NOW, Counts, counted
from tests.oversight.tables import nation_in
from throughline.access.reader import reading
from throughline.kernel import clock, outbox
from throughline.lines.views import LEVELS
from throughline.organisations.queries import body_cards
from throughline.oversight.indicators import BY_KEY
from throughline.oversight.queries import Count, measured, period_of
from throughline.tasking.words import REASONS

SINCE, UNTIL = period_of(NOW.date())


@pytest.fixture(scope="module")
def loaded(shared_house: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Fifty days of two regions, loaded through the door that every body uses, and half a year of work on them."""
    live_through(shared_house, tmp_path_factory.mktemp("home") / "nation", dice_of(10))
    yield shared_house


def _door(since: date, until: date, now: datetime) -> Counts:
    with reading(someone("chair@nclcc")), connection.cursor() as cursor:
        cursor.execute(
            "select indicator, body, month, numerator, denominator from oversight_counts(%s, %s, %s, %s, %s)",
            [since, until, now, json.dumps(LEVELS), list(REASONS)],
        )
        return {(key, body, month): (n, d) for key, body, month, n, d in cursor.fetchall()}


def test_nothing_failed_on_the_way(loaded: Instance) -> None:
    assert outbox.failed() == 0


@pytest.mark.parametrize("key", BY_KEY)
def test_each_indicator_has_cases_and_equals_an_independent_count(loaded: Instance, key: str) -> None:
    expected = {place: n for place, n in counted(nation_in(loaded), SINCE, UNTIL).items() if place[0] == key}
    so, cases = (sum(n[place] for n in expected.values()) for place in (0, 1))
    assert 0 < so < cases, "some are so and some are not"
    assert {place: n for place, n in _door(SINCE, UNTIL, NOW).items() if place[0] == key} == expected


@pytest.mark.parametrize("days", [60, 100, 140, 180, 220])
def test_they_are_equal_at_every_moment(loaded: Instance, days: int) -> None:
    now = NOW - timedelta(days=days)
    since, until = period_of(now.date())
    assert _door(since, until, now) == counted(nation_in(loaded), since, until, now=now)


def test_what_a_reader_is_shown_of_bodies_regions_months_and_the_nation_adds_up(loaded: Instance) -> None:
    expected, cards = counted(nation_in(loaded), SINCE, UNTIL), body_cards()
    with clock.stopped(NOW):
        found = measured(someone("chair@nclcc"))
    shown = defaultdict[str, int](int)
    for figures in found.figures:
        cells = [
            (place[1], place[2], n) for place, n in expected.items() if place[0] == figures.indicator.key
        ]

        def check(what: str, given: Count, of: list[tuple[int, int]]) -> None:
            if given.denominator is not None:
                shown[what] += 1
                assert (given.numerator, given.denominator) == (sum(n for n, _ in of), sum(d for _, d in of))

        check("nation", figures.nation, [n for _, _, n in cells])
        for region, count in figures.regions:
            check("region", count, [n for body, _, n in cells if cards[body].region == region])
        for one in figures.bodies:
            check("body", one.count, [n for body, _, n in cells if cards[body].code == one.code])
        for month, count in figures.months:
            check("month", count, [n for _, when, n in cells if when == month])
    assert all(shown[what] for what in ("nation", "region", "body", "month"))
