"""No profile, rank or chance changes for a reader when calls are added that they may not know."""

from collections.abc import Iterable
from pathlib import Path

from tests.cast import Cast
from tests.telecoms.calling import DAY, Call, acquaintances, load, renamed, write_calls
from throughline.access.models import Marking
from throughline.access.reader import Reader, reading
from throughline.telecoms.candidates import line_candidates
from throughline.telecoms.elsewhere import look_elsewhere
from throughline.telecoms.lives import lives_of
from throughline.telecoms.models import Authority
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.profile import profile_of
from throughline.telecoms.successors import successors
from throughline.telecoms.together import group_of

PHONES = {f"p{n}": f"0770090{n:04}" for n in range(60)} | {"new-p0": "07700900999", "decoy": "07700900998"}
"""A pseudonym means nothing beside its own authority, so these are real numbers."""
NUMBERS = [PHONES[name] for name in ("p0", "p4", "new-p0")]


def phoned(calls: Iterable[Call]) -> list[Call]:
    """The same calls between real numbers."""
    return [(at, PHONES[str(a)], PHONES[str(b)], *rest) for at, a, b, *rest in calls]


def answers(reader: Reader) -> list[object]:
    """All that call data says to this reader."""
    return [
        *(profile_of(reader, number) for number in NUMBERS),
        line_candidates(reader),
        successors(reader, NUMBERS[:2]),
        group_of(reader, NUMBERS[:2]),
        lives_of(reader, [key for number in NUMBERS for key in keys_asked(number)], why="x"),
    ]  # fmt: skip


def test_what_others_hold_changes_no_answer(cast: Cast, tmp_path: Path) -> None:
    ours = phoned(renamed(acquaintances(3), {"p0"}, 7 * DAY))
    load(cast.aisha, write_calls(tmp_path / "ours.csv", ours))
    before = answers(cast.aisha)
    # London holds calls of the same people that would change every count and name another successor.
    theirs: list[Call] = [(9 * DAY + n * 60, "decoy", f"p{n % 12}", 5, "", "text") for n in range(2000)]
    theirs += [(n * 50, "p4", f"p{20 + n % 40}", 5) for n in range(500)]
    load(cast.mia, write_calls(tmp_path / "theirs.csv", phoned(theirs)), "MPS-1")
    assert answers(cast.aisha) == before
    assert [desk.body_name for desk in look_elsewhere(by=cast.aisha, numbers=NUMBERS[1:2], why="x")] == [
        cast.mia.body_name
    ]
    # A wider circulation is what changes them, and closes again.
    with reading(cast.mia):
        marking = Authority.objects.get().marking_id
        Marking.objects.filter(pk=marking).update(released=True, bodies=[cast.aisha.body])
    assert answers(cast.aisha) != before
    assert look_elsewhere(by=cast.aisha, numbers=NUMBERS[1:2], why="x") == ()
    with reading(cast.mia):
        Marking.objects.filter(pk=marking).update(bodies=[])
    assert answers(cast.aisha) == before


def test_what_is_silent_or_in_a_closed_circle_is_not_pointed_to(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "c.csv", phoned([(1, "p1", "p2", 3)]))
    load(cast.mia, path, "MPS-1")
    assert look_elsewhere(by=cast.aisha, numbers=[PHONES["p1"]], why="x")
    with reading(cast.mia):
        marking = Authority.objects.get().marking_id
        Marking.objects.filter(pk=marking).update(silent=True)
    assert look_elsewhere(by=cast.aisha, numbers=[PHONES["p1"]], why="x") == ()
