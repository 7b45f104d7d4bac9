"""A sample of the journal is the same for the same seed, and takes its share of each body and verb."""

from tests.inside import dice_of
from throughline.oversight.sampling import Stratum, parts_of, places_drawn

BIG, SMALL, RARE = (1, "consult"), (2, "consult"), (1, "disclose")
HELD: list[tuple[str, Stratum]] = [
    (f"{n % 64}/{n}", BIG if n < 800 else SMALL if n < 995 else RARE) for n in range(1000)
]


def test_the_same_seed_draws_the_same_looks_in_whatever_order_they_come() -> None:
    shuffled = HELD[:]
    dice_of(3).shuffle(shuffled)
    drawn = places_drawn(HELD, 50, "2026")
    assert places_drawn(shuffled, 50, "2026") == drawn
    assert len(drawn) == 50
    assert len(drawn & places_drawn(HELD, 50, "2027")) < 25


def test_each_stratum_has_its_share_and_the_rare_one_is_not_forgotten() -> None:
    assert parts_of({BIG: 800, SMALL: 195, RARE: 5}, 50) == {BIG: 39, SMALL: 10, RARE: 1}
    assert parts_of({BIG: 800, SMALL: 195, RARE: 5}, 2) == {BIG: 1, SMALL: 1, RARE: 0}


def test_no_more_is_drawn_than_there_is() -> None:
    assert parts_of({BIG: 2, RARE: 1}, 50) == {BIG: 2, RARE: 1}
    assert places_drawn([], 10, "1") == frozenset()


def test_every_look_of_a_stratum_is_as_likely_as_another() -> None:
    looks = [(f"0/{n}", BIG) for n in range(10)]
    times = dict.fromkeys((place for place, _ in looks), 0)
    for seed in range(2000):
        for place in places_drawn(looks, 2, str(seed)):
            times[place] += 1
    assert all(320 < count < 480 for count in times.values()), times
