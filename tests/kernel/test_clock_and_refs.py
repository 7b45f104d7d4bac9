"""The clock, and references that can be read aloud."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from tests.instance import Instance
from throughline.kernel import clock
from throughline.kernel.refs import ALPHABET, new_ref

SHAPE = re.compile(rf"IR-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def test_the_clock_can_be_held_and_goes_on_after() -> None:
    held = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.stopped(held):
        assert clock.now() == held
        with clock.stopped(datetime(2021, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2021
        assert clock.now() == held
    with pytest.raises(ZeroDivisionError), clock.stopped(held):
        raise ZeroDivisionError
    assert clock.now().year > 2020
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_is_that_of_a_wall_calendar_in_london(moment: datetime, day: date) -> None:
    with clock.stopped(moment):
        assert clock.today() == day


def _from_the_database(instance: Instance, count: int) -> list[str]:
    with instance.as_app() as app:
        rows = app.execute("select kernel_new_ref('IR') from generate_series(1, %s)", [count]).fetchall()
    return [ref for (ref,) in rows]


def test_references_are_made_alike_in_both_places(shared_instance: Instance) -> None:
    made = {
        "python": [new_ref("IR") for _ in range(20_000)],
        "database": _from_the_database(shared_instance, 20_000),
    }
    for maker, refs in made.items():
        assert len(set(refs)) == len(refs), maker
        assert all(SHAPE.fullmatch(ref) for ref in refs), maker
        # No letter is favoured in any place, and no place repeats another: a clash would have a pattern.
        letters = [ref[3:7] + ref[8:] for ref in refs]
        for place in range(8):
            for letter in ALPHABET:
                share = sum(word[place] == letter for word in letters) / len(letters) * len(ALPHABET)
                assert 0.8 < share < 1.2, (maker, place, letter)
        same = sum(a == b for word in letters for a, b in pairwise(word)) / len(letters) / 7
        assert 0.028 < same < 0.039, maker


def test_no_letter_can_be_misheard_or_misread() -> None:
    assert not set("01OILU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
