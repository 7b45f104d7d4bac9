"""Calls that were sent on: kept beside the calls, once, said in a profile, and only to whoever may know them."""

from pathlib import Path

from tests.cast import Cast
from tests.telecoms.calling import load, write_calls
from throughline.telecoms.profile import Forward, profile_of
from throughline.telecoms.store import FORWARDS, store

A, B, C = "+447700900123", "+447700900456", "+447700900789"
HEADER = ("time", "caller", "callee", "duration", "c_number")
ROWS = [(100, A, B, 9, C), (200, A, B, 9, C), (300, A, B, 9, "")]


def said(forwards: tuple[Forward, ...]) -> list[tuple[str, bool, int]]:
    return [(one.number, one.is_sent_on, one.times) for one in forwards]


def test_both_numbers_say_it_and_a_second_load_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "c.csv", ROWS, HEADER)
    assert load(cast.aisha, path).kept == 3
    assert load(cast.aisha, path).unchanged == 3
    load(cast.aisha, path, "CD-2")
    load(cast.aisha, write_calls(tmp_path / "d.csv", [(400, C, A, 9, "")], HEADER))
    of_b, of_c = profile_of(cast.aisha, B), profile_of(cast.aisha, C)
    assert of_b
    assert of_c
    assert said(of_b.forwards) == [(C, True, 2)]
    assert said(of_c.forwards) == [(B, False, 2)]
    assert of_b.contacts == of_c.contacts == 1, "a number that a call went on to is no contact"


def test_a_call_that_is_held_takes_a_third_number_later(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", [row[:4] for row in ROWS], HEADER[:4]))
    assert load(cast.aisha, write_calls(tmp_path / "d.csv", ROWS, HEADER)).unchanged == 3
    found = profile_of(cast.aisha, B)
    assert found
    assert said(found.forwards) == [(C, True, 2)]


def test_another_body_reads_none_of_it(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", ROWS, HEADER))
    load(cast.mia, write_calls(tmp_path / "d.csv", [row[:4] for row in ROWS], HEADER[:4]))
    found = profile_of(cast.mia, B)
    assert found
    assert found.forwards == ()
    assert list(store().glob(f"*/*/{FORWARDS}"))
