"""Who goes with a number: each kind of tie from calls in which it was planted, and nothing where it was not."""

from pathlib import Path

from tests.cast import Cast
from tests.telecoms.calling import DAY, load, write_calls
from throughline.telecoms.together import group_of

HOUR = 3600
START = 1_780_000_000 - 1_780_000_000 % DAY
"""Midnight in UTC."""
Row = tuple[object, ...]


def call(at: float, caller: str, callee: str, cell: str = "", *, kind: str = "call", imei: str = "") -> Row:
    """A call of a minute, or a text, in a cell of the caller's."""
    return (int(START + at), caller, callee, 0 if kind == "text" else 60, cell, kind, imei, "")


def world() -> list[Row]:
    """A line L on which five kinds of tie stand, and a passer-by who was in one of its cells once."""
    rows = [call(0, "taxi", "somebody")]
    for day in range(10, 14):
        for stop in range(3):
            at = day * DAY + (10 + stop) * HOUR
            # The runner travels along; neither rings the other.
            rows += [
                call(at, "L", f"c{stop}", f"town{stop}"),
                call(at + 300, "runner", "mother", f"town{stop}"),
            ]
        # Upstream: spoken with in the evening before each day of offers, and sent none.
        rows += [call(day * DAY + 1 * HOUR, "L", "upstream", "depot")]
        rows += [call(day * DAY + 8 * HOUR + n, "L", f"c{n}", "town0", kind="text") for n in range(12)]
        # By night the line is in use in the home of a customer, who is there by night too.
        rows += [
            call(day * DAY + 0.5 * HOUR, "L", "c3", "flat"),
            call(day * DAY + 1.5 * HOUR, "c3", "friend", "flat"),
        ]
    rows += [call(11 * DAY + 10 * HOUR, "passer", "mother", "town0")]
    # A newcomer: first of all with the line, then with its customers.
    rows += [call(12 * DAY + 12 * HOUR, "L", "new", "town0")]
    rows += [call(12 * DAY + (13 + n) * HOUR, "new", f"c{n}", "town1") for n in range(3)]
    # One handset, two numbers.
    rows += [call(13 * DAY + 20 * HOUR, "L", "c1", "town0", imei="35000000000001")]
    rows += [call(13 * DAY + 21 * HOUR, "second", "c9", "town2", imei="35000000000001")]
    # Spoken with, and then in the same place.
    rows += [call(13 * DAY + 15 * HOUR, "L", "friend-of-line", "town0")]
    rows += [
        call(13 * DAY + 16 * HOUR, "L", "c1", "cafe"),
        call(13 * DAY + 16 * HOUR + 60, "friend-of-line", "x", "cafe"),
    ]
    return rows


def test_each_tie_is_found_where_it_is_and_nowhere_else(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", world()), opaque=True)
    found = group_of(cast.aisha, ["L", "runner", "nobody"])
    line, runner = found.each
    ties = {
        name: {tie.number for tie in getattr(line, name)}
        for name in ("shares", "travels", "brought_in", "suppliers", "at_risk")
    }
    assert ties == {
        "shares": {"second"}, "travels": {"runner"}, "brought_in": {"new"}, "suppliers": {"upstream"},
        "at_risk": {"c3"},
    }  # fmt: skip
    assert "friend-of-line" in {tie.number for tie in line.meets}
    assert "passer" not in {tie.number for tie in line.meets}
    assert "3 cells, on 4 days" in line.travels[0].reason
    assert [tie.number for tie in runner.travels] == ["L"]
    (pair,) = found.among
    assert (pair.one, pair.other, pair.calls, pair.days_near) == ("L", "runner", 0, 4)
    assert pair.reason == (
        "They called or texted each other 0 times, and they were in the same cell within 15 minutes on 4 days."
    )
    assert {place.cell for place in found.places if place.number == "runner"} == {"town0", "town1", "town2"}


def test_a_pair_without_cells_is_not_said_to_have_been_apart(cast: Cast, tmp_path: Path) -> None:
    load(
        cast.aisha,
        write_calls(tmp_path / "c.csv", [call(0, "L", "c1", "town0"), call(60, "L", "c1")]),
        opaque=True,
    )
    (pair,) = group_of(cast.aisha, ["L", "c1"]).among
    assert (pair.calls, pair.has_cells) == (2, False)
    assert pair.reason == (
        "They called or texted each other 2 times. "
        "The data names no cell of one of them, so it cannot say whether they were in one place."
    )
