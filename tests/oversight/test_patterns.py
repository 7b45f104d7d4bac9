"""Patterns planted in an invented journal are found, and people at their work are left in peace."""

from datetime import timedelta

from tests.inside import dice_of
from tests.oversight.journal import MONDAY, kept
from throughline.oversight.patterns import PATTERNS, Seen, patterns_in

SEEDS = range(5)


def rightness() -> dict[str, tuple[int, int, int, int]]:
    """For each pattern, over all seeds: planted and found, found of people in whom any was planted, found, planted."""
    out = dict.fromkeys(PATTERNS, (0, 0, 0, 0))
    for seed in SEEDS:
        journal = kept(dice_of(seed))
        found = {(one.pattern, one.person) for one in patterns_in(journal.entries)}
        wrong = {person for _, person in journal.planted}
        for name in PATTERNS:
            ours, truth = ({one for one in those if one[0] == name} for those in (found, journal.planted))
            these = (len(ours & truth), sum(person in wrong for _, person in ours), len(ours), len(truth))
            out[name] = tuple(map(sum, zip(out[name], these, strict=True)))  # type: ignore[assignment]
    return out


def test_what_is_planted_is_found_and_few_at_their_work_are_named() -> None:
    for name, (both, any_of, found, planted) in rightness().items():
        assert planted >= 20, name
        assert both / planted >= 0.9, (name, both, found, planted)
        assert any_of / found >= 0.7, (name, any_of, found, planted)


def _seen(minute: int, ref: str, *, person: int = 1, is_look: bool = True) -> Seen:
    return Seen(f"0/{minute}", MONDAY + timedelta(hours=10, minutes=minute), person, "Person", is_look, ref)


def test_a_quiet_day_shows_nothing_and_an_empty_journal_neither() -> None:
    assert patterns_in([]) == []
    assert patterns_in([_seen(n, f"IR-{n}") for n in range(5)]) == []


def test_forty_records_in_an_hour_count_and_one_record_forty_times_does_not() -> None:
    assert [one.pattern for one in patterns_in(_seen(n, f"IR-{n}") for n in range(45))] == [
        "in bulk",
        "without a task",
    ]
    assert patterns_in(_seen(n, "IR-1") for n in range(45)) == []


def test_a_colleague_who_opens_or_works_on_it_links_a_look() -> None:
    looks = [_seen(n * 8, f"IR-{n}") for n in range(9)]
    assert [one.pattern for one in patterns_in(looks)] == ["without a task"]
    assert patterns_in([*looks, *(_seen(n * 8 + 1, f"IR-{n}", person=2) for n in range(9))]) == []
    assert patterns_in([*looks, *(_seen(n * 8 + 1, f"IR-{n}", is_look=False) for n in range(9))]) == []
