"""When and where numbers are used: hours in London, weeks, cells, and where they stand by lists that one may know."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.cast import Cast
from tests.telecoms.calling import write_calls
from throughline.access.reader import Reader
from throughline.loads.call_files import load_call_files
from throughline.telecoms.layout import CallLayout
from throughline.telecoms.profile import profile_of
from throughline.telecoms.time_map import LISTED, time_map_of

A, B, C = "+447700900123", "+447700900456", "+447700900789"
SITES = "cell,latitude,longitude,azimuth,place\nc1,52.6284,1.2971,120,Norwich\nc2,52.4143,0.7469,,Thetford\n"


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


ROWS = [
    # Sunday 28 March 2027: the clocks go forward at 01:00 UTC.
    (at("2027-03-28T00:30"), A, B, 9, "c1"),
    (at("2027-03-28T01:30"), A, B, 9, "c1"),
    # Late on Sunday in UTC is Monday in London, in summer.
    (at("2027-04-04T23:30"), A, B, 9, "c2"),
    (at("2027-04-19T10:00"), C, B, 9, "c3"),
]


def take(by: Reader, folder: Path, text: str, authority: str = "CD-1") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "sites.csv").write_text(text)
    load_call_files(by=by, paths=[folder / "sites.csv"], authority=authority, layout=CallLayout())


def calls(by: Reader, path: Path, rows: object = ROWS, *, opaque: bool = False) -> None:
    write_calls(path, rows)  # type: ignore[arg-type]
    load_call_files(by=by, paths=[path], authority="CD-1", layout=CallLayout(opaque=opaque))


def test_hours_are_those_of_london_and_weeks_begin_on_monday(cast: Cast, tmp_path: Path) -> None:
    calls(cast.aisha, tmp_path / "c.csv")
    found = time_map_of(cast.aisha, [A, "07700 900789"])
    assert found
    where = {(row, hour): n for row, hours in enumerate(found.days) for hour, n in enumerate(hours) if n}
    assert where == {(6, 0): 1, (6, 2): 1, (0, 0): 1, (0, 11): 1}
    assert [(week.begins, week.times) for week in found.weeks] == [
        (date(2027, 3, 22), 2), (date(2027, 3, 29), 0), (date(2027, 4, 5), 1), (date(2027, 4, 12), 0),
        (date(2027, 4, 19), 1),
    ]  # fmt: skip
    assert found.numbers == (A, C)
    one = time_map_of(cast.aisha, [A], week=date(2027, 4, 7))
    assert one
    assert (one.week, sum(map(sum, one.days)), [use.cell for use in one.cells]) == (
        date(2027, 4, 5),
        1,
        ["c2"],
    )
    assert len(one.weeks) == 3, "every week of the number can be chosen from any of them"
    other = time_map_of(cast.aisha, [A], week=date(2001, 1, 1))
    assert other
    assert (other.week, sum(map(sum, other.days))) == (None, 3)
    assert time_map_of(cast.aisha, ["07700900999"]) is None


def test_cells_stand_where_lists_say_that_the_reader_may_know(cast: Cast, tmp_path: Path) -> None:
    calls(cast.aisha, tmp_path / "c.csv")
    take(cast.mia, tmp_path / "theirs", SITES)
    found = profile_of(cast.aisha, A)
    assert found
    assert {use.site for use in found.time_map.cells} == {None}, "another body's list is no list"
    take(cast.aisha, tmp_path / "ours", SITES)
    take(cast.aisha, tmp_path / "again", SITES, "CD-2")
    take(cast.aisha, tmp_path / "other", "cell,latitude,longitude\nc2,51.5,0.1\n", "CD-3")
    found = profile_of(cast.aisha, A)
    assert found
    norwich, thetford = found.time_map.cells
    assert norwich.site
    assert (norwich.cell, norwich.times, norwich.site.place, norwich.site.azimuth) == (
        "c1",
        2,
        "Norwich",
        120,
    )
    assert (norwich.hours[0], norwich.hours[2], norwich.is_disputed) == (1, 1, False)
    assert (thetford.site, thetford.is_disputed) == (None, True)


def test_cells_of_pseudonyms_stand_by_the_lists_of_their_own_authority(cast: Cast, tmp_path: Path) -> None:
    calls(cast.aisha, tmp_path / "c.csv", [(1, "p1", "p2", 3, "c1")], opaque=True)
    take(cast.aisha, tmp_path / "beside", SITES, "CD-2")
    found = time_map_of(cast.aisha, ["p1"])
    assert found
    assert found.cells[0].site is None
    take(cast.aisha, tmp_path / "with", SITES)
    found = time_map_of(cast.aisha, ["p1"])
    assert found
    assert found.cells[0].site


def test_cells_beyond_the_busiest_are_counted(cast: Cast, tmp_path: Path) -> None:
    rows = [(1_800_000_000 + n * 60, A, B, 3, f"c{n % (LISTED + 2):02}") for n in range(3 * LISTED + 6)]
    calls(cast.aisha, tmp_path / "c.csv", rows)
    found = time_map_of(cast.aisha, [A])
    assert found
    assert (len(found.cells), found.other_cells, found.other_times) == (LISTED, 2, 6)
    assert [use.cell for use in found.cells] == sorted(use.cell for use in found.cells)
