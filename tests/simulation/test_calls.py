"""Each provider's layout tells the same calls as the common form, in its own clock and its own way of writing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from throughline.simulation.calls import CallFiles, authority
from throughline.simulation.facts import CALL, TEXT, CallBlock, Day
from throughline.simulation.files import Folder

LONDON = ZoneInfo("Europe/London")
Row = tuple[datetime, str, str, int]


def _rows(query: str) -> list[tuple[Any, ...]]:
    return duckdb.connect().execute(query).fetchall()


def _home(number: str) -> str:
    return f"+44{number[1:]}" if number.startswith("0") else "withheld"


def _alder(row: dict[str, str]) -> Row:
    when = datetime.strptime(row["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return when, row["caller"], row["callee"], int(row["duration"])


def _birch(row: dict[str, str]) -> Row:
    text = f"{row['Call Date']} {row['Call Time']}"
    when = datetime.strptime(text, "%d/%m/%Y %I:%M:%S %p").replace(tzinfo=LONDON)
    hours, minutes, seconds = map(int, (row["Duration"] or "0:0:0").split(":"))
    return (
        when.astimezone(UTC),
        _home(row["A Number"]),
        _home(row["B Number"]),
        hours * 3600 + minutes * 60 + seconds,
    )


def _cedar(row: dict[str, str]) -> Row:
    when = datetime.fromisoformat(row["START_TS"]).astimezone(UTC)
    return when, f"+{row['ORIG']}" if row["ORIG"] else "withheld", f"+{row['DEST']}", int(row["DUR_S"])


def _dogwood(row: dict[str, str]) -> Row:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(row["Epoch ms"]))
    own, other = f"+{row['MSISDN'][2:]}", row["Other party"]
    other = "withheld" if other == "UNAVAILABLE" else f"+{other[2:]}"
    caller, callee = (own, other) if row["Direction"] == "OUT" else (other, own)
    return when, caller, callee, int(row["Seconds"])


READERS = {"alder": _alder, "birch": _birch, "cedar": _cedar, "dogwood": _dogwood}


def _own_form(path: Path) -> list[Row]:
    """A provider's file read with the plain CSV module, line by line, as a person would."""
    import csv  # noqa: PLC0415

    reader = READERS[path.stem.rpartition("-")[2]]
    with path.open(encoding="utf-8", newline="") as file:
        return [reader(row) for row in csv.DictReader(file, delimiter=";" if "cedar" in path.stem else ",")]


def test_four_layouts_together_are_the_common_form(nation: Path) -> None:
    bodies = sorted({path.parent.parent.name for path in nation.glob("*/calls/*.parquet")})
    assert len(bodies) > 2
    layouts = set()
    for body in bodies[:3]:
        for common in nation.glob(f"{body}/calls/*.parquet"):
            whole = _rows(f"select time, caller, callee, duration from '{common}'")
            parts = []
            for path in common.parent.glob(f"{common.stem}-*.csv"):
                layouts.add(path.stem.rpartition("-")[2])
                parts += _own_form(path)
            assert sorted(parts) == sorted((row[0].replace(tzinfo=UTC), *row[1:]) for row in whole)
    assert layouts == READERS.keys()


def test_the_common_form_has_the_columns_of_the_door_and_stands_in_order(nation: Path) -> None:
    path = next(iter(sorted(nation.glob("MPS/calls/*.parquet"))))
    columns = [row[0] for row in _rows(f"describe select * from '{path}'")]
    assert columns == ["time", "caller", "callee", "duration", "cell", "kind", "imei", "imsi"]
    times = [row[0] for row in _rows(f"select time from '{path}'")]
    assert times == sorted(times)
    (kinds, lengths, withheld), = _rows(
        "select list(distinct kind order by kind), list(distinct length(imei)), "
        f"count(*) filter (caller = 'withheld') from '{path}'"
    )  # fmt: skip
    assert (kinds, lengths) == (["call", "text"], [15])
    assert withheld > 0


def test_a_body_has_one_authority_a_month_and_the_clock_on_the_wall_changes(tmp_path: Path) -> None:
    """The last hour of summer time and the first after it, on 26 October 2025, and another month."""
    before = int(datetime(2025, 10, 26, 0, 30, tzinfo=UTC).timestamp())
    with Folder(tmp_path) as folder:
        calls = CallFiles(folder, own_forms_until=datetime(2026, 1, 1, tzinfo=UTC).date())
        for starts in ([before, before + 3600], [before + 30 * 86_400, before + 30 * 86_400 + 60]):
            day = datetime.fromtimestamp(starts[0], UTC).date()
            calls.day(Day(day, (), (), (_block(starts),)))
        calls.write()
    names = sorted(path.name for path in tmp_path.glob("NORF/calls/*"))
    october, november = (authority("NORF", datetime(2025, m, 1, tzinfo=UTC).date()) for m in (10, 11))
    assert names == [f"{one}{end}" for one in (october, november) for end in ("-birch.csv", ".parquet")]
    text = (tmp_path / "NORF" / "calls" / f"{october}-birch.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[1] for row in text[1:]] == ["01:30:00 AM", "01:30:00 AM"]
    assert text[1].split(",")[2:6] == ["07200000777", "07200001000", "Voice", "00:01:05"]
    assert text[2].split(",")[4:6] == ["SMS", ""]


def _block(starts: list[int]) -> CallBlock:
    def of(*values: int) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return np.array(values, np.int64)

    subject = 447_200_001_000
    return CallBlock(
        body="NORF", start=of(*starts), caller=of(447_200_000_777, 447_200_000_777), called=of(subject, subject),
        seconds=of(65, 0).astype(np.int32), kind=of(CALL, TEXT).astype(np.int8), cell=of(12, 13).astype(np.int32),
        imei=of(101_000_000_017, 101_000_000_017), imsi=of(1, 1), subject=of(subject, subject),
        line=of(3, 3).astype(np.int32),
    )  # fmt: skip
