"""Files of calls of every kind, twisted and torn at random: what `benchmarks.fuzz_calls` loads."""

# ruff: noqa: S608, PLR2004 our own words; chances stand where they are thrown

import csv
import io
import random
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import xlsxwriter

CELLS = (
    "1", "184.5", "2026-01-01T00:00:00Z", "27/07/2026 02:30:15 PM", "25/10/2026 01:30:00", "1790000000000", "", "-1",
    "07700900123", "447700900456", "00447700900789", "withheld", "150", "4.477E+11", "p", '"', "a,b", "\xff", "é",
    "0" * 300, "\t", "inf", "1e400", "NaN", "9" * 40, "=1+1", "text", "SMS", "data", "\r", "\x00", "0:01:03", "PT1M",
    "351234567890123", "in", "OUT", "\ud7ff", "\u202e", "2026-07-27T14:30:00+99:99", "99/99/9999 99:99", "PT",
    "-", "1:2:3:4",
    "01/01/0001 00:00:00", "31/12/9999 23:59:59", "1e5", "0x10", "٣", "٠٧٧٠٠٩٠٠١٢٣",
)  # fmt: skip
HEADS = (
    "time,caller,callee,duration,cell,kind,imei,imsi", "Call Date,Call Time,A Number,B Number,Type,Duration,Cell,IMEI",
    "START_TS,ORIG,DEST,DUR_S,EVENT,CGI,IMSI,IMEI", "Direction,MSISDN,Other party,Epoch ms,Seconds,Service,Cell id,x",
    "cell,lat,lon,azimuth,postcode,place,a,b", "time,time,caller,callee,duration,cell,kind,imei",
)  # fmt: skip


GOOD = (
    "2026-01-01T00:00:00Z,07700900123,07700900456,12,C1,call,351234567890123,234101234567890",
    "27/07/2026,02:30:15 PM,07700900123,447700900456,Voice,0:01:03,C1,35123456789012",
    "27/07/2026 14:30:15,447700900123,150,60,MOC,001-01-7,234101234567890,351234567890123",
    "OUT,07700900123,07700900456,1785159000000,63,SMS,C1,x", "C1,52.6,1.3,120,NR1 1AA,Norwich,a,b",
    "1,1,07700900123,07700900456,12,C1,call,351234567890123",
)  # fmt: skip
"""A row of each of these heads that nothing is wrong with."""


def a_file(dice: random.Random, folder: Path) -> Path:
    """A file of some kind with rows of some width."""
    return dice.choice((_csv, _csv, _csv, _workbook, _parquet, _xml, _zip, _noise))(dice, folder)


def _rows(dice: random.Random) -> list[list[str]]:
    which = dice.randrange(len(HEADS))
    head, good = HEADS[which].split(","), GOOD[which].split(",")
    wide = len(head)
    ways = (wide,) * 6 + (wide - 1, wide + 1, 0)
    above = [["a title"]] * dice.choice((0, 0, 0, 2))
    rows = [[dice.choice(CELLS) for _ in range(dice.choice(ways))] for _ in range(dice.randrange(40))]
    for row in rows:
        if len(row) == wide and dice.random() < 0.7:
            # Good but for a cell or two, or altogether.
            row[:] = good
            for _ in range(dice.randrange(3)):
                row[dice.randrange(wide)] = dice.choice(CELLS)
    return [*above, head, *rows]


def _csv(dice: random.Random, folder: Path) -> Path:
    comma, quoted = dice.choice(",,;\t|"), dice.random() < 0.5
    out = io.StringIO()
    if quoted:
        csv.writer(out, delimiter=comma, lineterminator=dice.choice(("\n", "\r\n"))).writerows(_rows(dice))
    else:
        out.write("\n".join(comma.join(row) for row in _rows(dice)))
    content = out.getvalue().encode(
        dice.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1")), errors="replace"
    )
    return _put(folder / "calls.csv", _torn(dice, content))


def _torn(dice: random.Random, content: bytes) -> bytes:
    """The bytes as they are, or cut, or with some of them changed."""
    if dice.random() < 0.6 or not content:
        return content
    if dice.random() < 0.5:
        return content[: dice.randrange(len(content))]
    spoilt = bytearray(content)
    for _ in range(dice.randrange(1, 5)):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def _workbook(dice: random.Random, folder: Path) -> Path:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Calls")
        for place, row in enumerate(_rows(dice)):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell[:1000]) if dice.random() < 0.7 else sheet.write(
                    place, column, cell
                )
    return _put(folder / "calls.xlsx", _torn(dice, out.getvalue()))


def _parquet(dice: random.Random, folder: Path) -> Path:
    path, rows = folder / "calls.parquet", [row for row in _rows(dice) if len(row) == 8]
    names = [f'"{name}{n if rows[0].count(name) > 1 else ""}"' for n, name in enumerate(rows[0])]
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.execute(f"create table t ({', '.join(f'{name} varchar' for name in names)})")
        for row in rows[1:]:
            engine.execute(f"insert into t values ({', '.join('?' * 8)})", row)
        engine.execute("copy t to $to (format parquet)", {"to": str(path)})
    return _put(path, _torn(dice, path.read_bytes()))


def _android(dice: random.Random) -> bytes:
    def said(names: Iterable[str]) -> str:
        cells = (dice.choice(CELLS).replace("&", "").replace('"', "").replace("<", "") for _ in names)
        return " ".join(
            f'{name}="{cell}"' for name, cell in zip(names, cells, strict=True) if dice.random() < 0.9
        )

    calls = "".join(
        f"<call {said(('number', 'duration', 'date', 'type', 'contact_name'))}/>" for _ in range(8)
    )
    texts = "".join(f"<sms {said(('address', 'date', 'type', 'body'))}/>" for _ in range(8))
    return f"<all>{calls}{texts}</all>".encode(errors="replace")


def _report(dice: random.Random) -> bytes:
    def field(name: str) -> str:
        cell = dice.choice(CELLS).replace("&", "").replace("<", "")
        return f'<field name="{name}"><value>{cell}</value></field>' if dice.random() < 0.9 else ""

    def party() -> str:
        owner = '<field name="IsPhoneOwner"><value>True</value></field>' if dice.random() < 0.4 else ""
        return f'<model type="Party">{field("Identifier")}{field("Role")}{owner}</model>'

    def model() -> str:
        kind = dice.choice(("Call", "SMS", "InstantMessage", "Contact", "Location"))
        parties = f'<multiModelField name="Parties">{party()}{party()}</multiModelField>'
        entry = f'<model type="PhoneNumber">{field("Value")}</model>'
        entries = f'<multiModelField name="Entries">{entry}</multiModelField>'
        return (
            f'<model type="{kind}">{field("Direction")}{field("TimeStamp")}{field("Duration")}{field("Name")}'
            f"{parties}{entries}</model>"
        )

    return f"<project><decodedData>{''.join(model() for _ in range(8))}</decodedData></project>".encode(
        errors="replace"
    )


def _xml(dice: random.Random, folder: Path) -> Path:
    return _put(folder / "calls.xml", _torn(dice, dice.choice((_android, _report))(dice)))


def _zip(dice: random.Random, folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(dice.choice(("report.xml", "report.xml", "other.xml")), _report(dice))
    return _put(folder / "phone.ufdr", _torn(dice, out.getvalue()))


def _noise(dice: random.Random, folder: Path) -> Path:
    name = dice.choice(("a.csv", "a.xlsx", "a.parquet", "a.xml", "a.ufdr", "a.doc"))
    return _put(folder / name, dice.randbytes(dice.randrange(400)))


def _put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
