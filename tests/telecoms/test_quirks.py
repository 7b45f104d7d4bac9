"""Real-format quirks of call records, one a row: what each way of writing a call is read as, or why it is refused."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from throughline.telecoms.columns import source_of
from throughline.telecoms.judging import CLEAN_TABLE, judge
from throughline.telecoms.layout import LONDON, CallLayout
from throughline.telecoms.refusals import refusals_of
from throughline.telecoms.shapes import FORWARDS_OF, FRESH
from throughline.telecoms.staging import stage

HEAD = "time,caller,callee,duration,cell,kind,imei,imsi"
A, B = "+447700900123", "+447700900456"
TABLE = "moment::varchar, caller, callee, seconds, kind, cell, imei, imsi"


def read(
    folder: Path, text: str, layout: CallLayout | None = None
) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The calls of a CSV as they are kept, and the reasons of those that are not."""
    path = folder / "calls.csv"
    path.write_text(text, encoding="utf-8")
    source = source_of(path, layout)
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.execute("set timezone = 'UTC'")
        engine.execute(CLEAN_TABLE)
        torn, by_line = stage(engine, source)
        bad = judge(engine, source, opaque=False)
        engine.execute(FRESH)
        rows = engine.execute(f"select {TABLE} from fresh order by all").fetchall()
        return rows, [f"{one.line} {one.column}" for one in refusals_of(source, torn, bad, by_line=by_line)]


ONE_CELL = {
    # Times: zones, summer time, clocks of 12 hours, days first, stamps.
    "2026-07-27T14:30:00Z": "2026-07-27 14:30:00", "2026-07-27 14:30:00": "2026-07-27 14:30:00",
    "2026-07-27T14:30:00+01:00": "2026-07-27 13:30:00", "2026-07-27T14:30:00+0530": "2026-07-27 09:00:00",
    "27/07/2026 14:30:00": "2026-07-27 13:30:00", "27/01/2026 14:30": "2026-01-27 14:30:00",
    "27/07/2026 02:30:15 PM": "2026-07-27 13:30:15", "27/07/2026 12:05 am": "2026-07-26 23:05:00",
    "27/07/2026 14:30:00 BST": "2026-07-27 13:30:00", "27/07/2026 14:30:00 GMT": "2026-07-27 14:30:00",
    "27-Jul-2026 14:30:00": "2026-07-27 13:30:00", "27/07/26 14:30": "2026-07-27 13:30:00",
    "25/10/2026 01:30:00": "2026-10-25 00:30:00", "25/10/2026 01:30:00 GMT": "2026-10-25 01:30:00",
    "29/03/2026 01:30:00": None, "31/02/2026 10:00:00": None, "12/31/2026 10:00:00": None, "yesterday": None,
    "20260727143000": "2026-07-27 13:30:00", "1790000000": "2026-09-21 14:13:20",
    "1790000000000": "2026-09-21 14:13:20", "99999999999": None, "": None,
}  # fmt: skip


def test_times(tmp_path: Path) -> None:
    lines = [f"{said},07700900{n:03},{B},{n}" for n, said in enumerate(ONE_CELL)]
    rows, refused = read(tmp_path, "\n".join(["time,caller,callee,duration", *lines]))
    assert {row[3]: row[0] for row in rows} == {
        n: at for n, at in enumerate(ONE_CELL.values()) if at is not None
    }
    assert refused == [f"{n + 2} time" for n, at in enumerate(ONE_CELL.values()) if at is None]


@pytest.mark.parametrize(
    ("use", "said", "kept"),
    [
        ("caller", "07700 900123", A), ("caller", "447700900123", A), ("caller", "00447700900123", A),
        ("caller", "7700900123", A), ("caller", "+44 (0)7700 900123", A), ("caller", "Withheld", ""),
        ("caller", "", ""), ("caller", "150", "150"), ("caller", "4.4770090012E+11", None),
        ("caller", "07700", "07700"),
        ("duration", "0:01:03", 63), ("duration", "01:03", 63), ("duration", "PT1M3S", 63), ("duration", "1m 3s", 63),
        ("duration", "-1", 0), ("duration", "", 0), ("duration", "12x", None), ("duration", "9999999", None),
        ("kind", "Voice", "call"), ("kind", "SMS-MO", "text"), ("kind", "GPRS", "data"), ("kind", "CFU", "forward"),
        ("kind", "", "call"), ("kind", "fax", None),
        ("imei", "351234567890123", "35123456789012"), ("imei", "35-123456-789012-3", "35123456789012"),
        ("imei", "35123456789012", "35123456789012"), ("imei", "000000000000000", None), ("imei", "3.5E+14", "refused"),
        ("imsi", "234101234567890.0", "234101234567890"), ("cell", " 001-01-7-1234 ", "001-01-7-1234"),
    ],
)  # fmt: skip
def test_cells(tmp_path: Path, use: str, said: str, kept: object) -> None:
    call = {"time": "100", "caller": A, "callee": B} | {use: said}
    rows, refused = read(tmp_path, f"{HEAD}\n" + ",".join(call.get(name, "") for name in HEAD.split(",")))
    place = {"caller": 1, "duration": 3, "kind": 4, "cell": 5, "imei": 6, "imsi": 7}[use]
    if kept == "refused" or (kept is None and use != "imei"):
        assert (rows, refused) == ([], [f"2 {use}"])
    else:
        assert [row[place] for row in rows] == [kept]


def test_four_providers_hand_over_the_same_call(tmp_path: Path) -> None:
    same = [
        f"{HEAD}\n2026-07-27T13:30:00Z,{A},{B},63,C000007,call,351234567890123,",
        "Call Date,Call Time,A Number,B Number,Type,Duration,Cell\n"
        "27/07/2026,02:30:00 PM,07700900123,07700900456,Voice,00:01:03,C000007",
        "START_TS;ORIG;DEST;DUR_S;EVENT;CGI\n2026-07-27 14:30:00+01:00;447700900123;447700900456;63;MOC;C000007",
        "Direction,MSISDN,Other party,Epoch ms,Seconds,Service,Cell id\n"
        "IN,00447700900456,00447700900123,1785159000000,63,VOICE,C000007",
    ]
    for text in same:
        rows, refused = read(tmp_path, text)
        assert refused == []
        assert [row[:6] for row in rows] == [("2026-07-27 13:30:00", A, B, 63, "call", "C000007")]


def test_one_call_from_both_ends_and_two_clocks_is_kept_once(tmp_path: Path) -> None:
    lines = ["100,a,b,60,C1", "102,a,b,58,", "161,a,b,5,", "100,b,a,60,", "200,a,b,0,", "203,a,b,0,"]
    text = "\n".join(
        ["time,caller,callee,duration,cell", *(line.replace("a", A).replace("b", B) for line in lines)]
    )
    rows, _ = read(tmp_path, text)
    assert [(row[0][-5:], row[1] == A, row[3], row[5]) for row in rows] == [
        ("01:40", True, 60, "C1"), ("01:40", False, 60, None),
        ("02:41", True, 5, None), ("03:20", True, 0, None), ("03:23", True, 0, None),
    ]  # fmt: skip


def test_a_map_says_what_the_headings_do_not(tmp_path: Path) -> None:
    layout = CallLayout(
        {"Wann": "time", "Wer": "other", "Wohin": "direction"}, LONDON, month_first=True, own="07700900123"
    )
    rows, refused = read(
        tmp_path,
        "Wann,Wer,Wohin\n07/27/2026 14:30,07700900456,out\n07/27/2026 15:30,150,in\n1,2,sideways",
        layout,
    )
    assert [row[:3] for row in rows] == [("2026-07-27 13:30:00", A, B), ("2026-07-27 14:30:00", "150", A)]
    assert refused == ["4 Wer", "4 Wohin"]


@pytest.mark.parametrize(
    ("heading", "said", "kept"),
    [
        ("C number", "07700 900789", (B, "+447700900789")), ("Diverted to", "447700900789", (B, "+447700900789")),
        ("Redirecting number", "07700900789", ("+447700900789", B)), ("Third party", "Voicemail", None),
        ("C number", "", None), ("C number", "07700900456", None), ("C number", "nobody at all", "refused"),
    ],
)  # fmt: skip
def test_a_third_number_says_who_sent_the_call_on_and_where(
    tmp_path: Path, heading: str, said: str, kept: object
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"time,caller,callee,{heading}\n100,{A},{B},{said}\n", encoding="utf-8")
    source = source_of(path)
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.execute(CLEAN_TABLE)
        torn, by_line = stage(engine, source)
        bad = judge(engine, source, opaque=False)
        engine.execute(FORWARDS_OF)
        found = engine.execute("select number, onto from fresh_forwards").fetchall()
        refused = [one.column for one in refusals_of(source, torn, bad, by_line=by_line)]
    assert found == ([kept] if isinstance(kept, tuple) else [])
    assert refused == ([heading] if kept == "refused" else [])
