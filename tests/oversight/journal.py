"""Four weeks of a journal, invented with dice: people at their work, some of whom do what they should not."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from throughline.oversight.patterns import PATTERNS, Seen

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
DAYS = 28


@dataclass
class Kept:
    """The entries, and the truth: who did what, as (pattern, person)."""

    entries: list[Seen] = field(default_factory=list)
    planted: set[tuple[str, int]] = field(default_factory=set)


def kept(dice: Random, *, people: int = 120, each: int = 4) -> Kept:
    """A body's journal. One in ten works nights, one in twelve opens records by the dozen as their work; all wander."""
    out = Kept()
    bad = dice.sample(range(people), each * (len(PATTERNS) - 1))
    chosen = {
        name: bad[n * each : (n + 1) * each]
        for n, name in enumerate(p for p in PATTERNS if p != "much looked at")
    }
    for person in range(people):
        _at_work(out, dice, person)
    for name, those in chosen.items():
        for person in those:
            out.planted.add((name, person))
            _misuse(out, dice, name, person)
    _celebrity(out, dice, people)
    out.entries.sort(key=lambda one: one.at)
    return out


def _add(
    out: Kept,
    person: int,
    at: datetime,
    ref: str,
    *,
    is_look: bool = True,
    them: bool = False,
    family: bool = False,
) -> None:
    place = f"0/{len(out.entries) + 1}"
    out.entries.append(Seen(place, at, person, f"Person {person}", is_look, ref, them, family))


def _at_work(out: Kept, dice: Random, person: int) -> None:
    """Days of a team's tasks: records that several open, some worked on; now and then one that nobody else opens."""
    team, is_at_night, in_bulk = person // 4, dice.random() < 0.1, dice.random() < 0.08
    for day in range(DAYS):
        if day % 7 > 4 and dice.random() < 0.85:
            continue
        starts = 21 if is_at_night and dice.random() < 0.4 else 7
        for _ in range(dice.randint(40, 70) if in_bulk else dice.randint(4, 18)):
            minutes = dice.randrange(90) if in_bulk else dice.randrange(9 * 60)
            at = MONDAY + timedelta(days=day, hours=starts, minutes=minutes)
            ref = f"IR-{team}-{day // 7}-{dice.randrange(60 if in_bulk else 12)}"
            _add(out, person, at, ref, family=dice.random() < 0.0005)
            if dice.random() < 0.3:
                _add(out, person, at + timedelta(minutes=4), ref, is_look=False)
        if dice.random() < 0.25:
            _add(out, person, MONDAY + timedelta(days=day, hours=13), f"IR-lone-{person}-{day}")
        if dice.random() < 0.02:
            _add(out, person, MONDAY + timedelta(days=day, hours=22, minutes=30), f"IR-{team}-{day // 7}-1")


def _misuse(out: Kept, dice: Random, name: str, person: int) -> None:
    day = MONDAY + timedelta(days=dice.randrange(DAYS))
    if name == "oneself":
        _add(out, person, day + timedelta(hours=10), f"IR-self-{person}", them=True, family=True)
    elif name == "family":
        for n in range(dice.randint(1, 3)):
            _add(out, person, day + timedelta(hours=10 + n), f"IR-family-{person}-{n}", family=True)
    elif name == "in bulk":
        for n in range(dice.randint(45, 120)):
            _add(
                out,
                person,
                day + timedelta(hours=11, seconds=25 * n),
                f"IR-{n % 30}-0-{n % 12}-{dice.randrange(3)}",
            )
    elif name == "out of hours":
        for n in range(dice.randint(3, 8)):
            _add(out, person, day + timedelta(hours=1, minutes=7 * n), f"IR-{person // 4}-0-{n}")
    else:
        monday = MONDAY + timedelta(days=7 * dice.randrange(4))
        for n in range(dice.randint(9, 20)):
            _add(out, person, monday + timedelta(days=n % 5, hours=11, minutes=n), f"IR-curious-{person}-{n}")


def _celebrity(out: Kept, dice: Random, people: int) -> None:
    """One record that half a body wants to see; two people work on it."""
    lookers = dice.sample(range(people), 24)
    for n, person in enumerate(lookers):
        at = MONDAY + timedelta(days=9, hours=9, minutes=11 * n)
        _add(out, person, at, "IR-famous")
        if n < 2:
            _add(out, person, at + timedelta(minutes=5), "IR-famous", is_look=False)
        else:
            out.planted.add(("much looked at", person))
