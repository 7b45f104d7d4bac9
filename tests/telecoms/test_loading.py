"""Loading calls: every row is accounted for, twice changes nothing, and nobody else's authority opens."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.cast import Cast
from tests.inside import dice_of
from tests.telecoms.calling import HEADER, load, write_calls
from throughline.access.reader import NotAllowed
from throughline.telecoms.columns import CallsProblem
from throughline.telecoms.loading import load_calls
from throughline.telecoms.profile import profile_of
from throughline.telecoms.queries import NoCalls

A, B, C = "07700 900123", "+447700900456", "00447700900789"


def refused(path: Path) -> list[tuple[str, str]]:
    """The line and column of each refusal beside a file."""
    with path.with_suffix(".errors.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["line"], row["column"]) for row in csv.DictReader(stream)]


def test_it_keeps_good_rows_and_says_why_of_the_others(cast: Cast, tmp_path: Path) -> None:
    rows = [
        ("184", A, B, "12"), ("2026-03-27T14:30:00+01:00", "withheld", B, "", "C2", "text"), ("bad", A, "150", "-1"),
        ("190", A, "150", "-1"), ("190", A, "12x", "-5", "", "fax"), ("191", "", "", "1"), ("99999999999", A, B, "1"),
    ]  # fmt: skip
    path = write_calls(tmp_path / "calls.csv", rows)
    done = load(cast.aisha, path)
    assert (done.read, done.kept, done.rejected, done.unchanged) == (7, 3, 4, 0)
    assert refused(path) == [
        ("4", "time"), ("6", "callee"), ("6", "duration"), ("6", "kind"), ("7", "caller"), ("8", "time"),
    ]  # fmt: skip
    found = profile_of(cast.aisha, "07700900456")
    assert found is not None
    assert (found.number, found.calls, found.texts, found.received) == ("+447700900456", 1, 1, 2)
    assert found.last == datetime(2026, 3, 27, 13, 30, tzinfo=UTC)


def test_the_same_calls_twice_change_nothing(cast: Cast, tmp_path: Path) -> None:
    first = write_calls(tmp_path / "first.csv", [(1, A, B, 3), (2, B, C, 4)])
    second = write_calls(tmp_path / "second.csv", [(2, B, C, 4), (2, B, C, 4), (3, C, A, 5)])
    assert load(cast.aisha, first).kept == 2
    assert (again := load(cast.aisha, first)).unchanged == 2
    assert again.kept == 0
    done = load(cast.aisha, second)
    assert (done.read, done.kept, done.unchanged) == (3, 1, 2)
    found = profile_of(cast.aisha, A)
    assert found is not None
    assert (found.calls, found.contacts) == (2, 2)


def test_parquet_gives_the_same_as_csv(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    duckdb.execute(
        "copy (select timestamp '2026-03-27 13:30:00' as time, '07700900123' as caller, '07700900456' as callee, "
        "12 as duration, 'call' as kind union all select null, 'x', 'y', 3, 'call') to $to (format parquet)",
        {"to": str(path)},
    )
    done = load(cast.aisha, path)
    assert (done.read, done.kept, done.rejected) == (2, 1, 1)
    found = profile_of(cast.aisha, A)
    assert found is not None
    assert found.first == datetime(2026, 3, 27, 13, 30, tzinfo=UTC)


def test_pseudonyms_stay_as_they_stand(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(
        tmp_path / "c.csv",
        [(1, "300", "p-1"), (2, "p-1", "07700900123")],
        ("timestamp", "sender", "recipient"),
    )
    assert load(cast.aisha, path, opaque=True).kept == 2
    found = profile_of(cast.aisha, "p-1")
    assert found is not None
    assert {used.what for used in found.top_contacts} == {"300", "07700900123"}


def test_rows_that_are_no_rows_are_counted_and_written_down(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_bytes(
        b'time,caller,callee,duration\n1,a,b,3\n\nx,1\n2,a,b,3,4,5\n3,\xff,b,1\n4,"a\nb",c,1\n5,b,c,9\n6,"open,c,1\n'
    )
    done = load(cast.aisha, path, opaque=True)
    assert (done.read, done.kept, done.rejected) == (7, 2, 5)
    assert [line for line, _ in refused(path)] == ["4", "5", "6", "7", "10"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "no column time"), ("a.csv", b"time,caller\n1,2\n", "no column callee"),
        ("a.csv", b"time,time,caller,callee\n", "more than once"), ("a.csv", b"\xff\xfet\0i\0", "UTF-8"),
        ("a.parquet", b"PAR1 not at all", "not a Parquet file"), ("a.docx", b"", "of no kind that holds calls"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(
    cast: Cast, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CallsProblem, match=said):
        load(cast.aisha, path)
    with pytest.raises(CallsProblem, match="There is no file"):
        load(cast.aisha, tmp_path / "nowhere.csv")


def test_those_outside_the_circulation_know_no_calls(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "calls.csv", [(1, A, B, 3)]))
    for outsider in (cast.mia, cast.harry, cast.carys):
        with pytest.raises(NoCalls):
            profile_of(outsider, A)
    for other in (cast.ben, cast.grace, cast.ivan):
        with pytest.raises(NotAllowed):
            profile_of(other, A)
        with pytest.raises(NotAllowed):
            load_calls(by=other, paths=[tmp_path / "calls.csv"], authority="X")


def test_what_another_body_loads_changes_nothing_for_a_reader(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "ours.csv", [(1, A, B, 3), (2, A, C, 3)]))
    before = profile_of(cast.aisha, A)
    load(cast.mia, write_calls(tmp_path / "theirs.csv", [(n, A, B, 3) for n in range(5, 50)]))
    assert profile_of(cast.aisha, A) == before


@pytest.mark.parametrize("seed", range(12))
def test_no_file_is_lost_in_silence(cast: Cast, tmp_path: Path, seed: int) -> None:
    dice = dice_of(seed)
    cells = ["1", "184.5", "2026-01-01T00:00:00Z", "", "-1", "07700900123", "p", '"', "a,b", "\xff", "é", "0" * 300,
             "\t", "inf", "1e400", "NaN", "9" * 40, "=1+1", "text", "\r", "\x00"]  # fmt: skip
    lines = [",".join(dice.choice(cells) for _ in range(dice.choice((8, 8, 8, 8, 3, 9)))) for _ in range(60)]
    path = tmp_path / "noise.csv"
    path.write_bytes((",".join(HEADER) + "\n" + "\n".join(lines) + "\n").encode("latin-1"))
    done = load(cast.aisha, path, opaque=dice.random() < 0.5)
    assert done.read == done.kept + done.rejected + done.unchanged
    assert done.read > 0
    assert bool(done.error_files) == bool(done.rejected)
