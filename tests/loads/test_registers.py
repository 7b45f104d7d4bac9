"""An existing register of lines: rows become graded items and lines, once, and those that resemble others are named."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import apart, house, shared_house
from throughline.access.reader import NotAllowed
from throughline.intelligence.file_load import LoadResult
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.kernel import outbox
from throughline.lines.known import of
from throughline.lines.pairs import pairs_of
from throughline.lines.queries import LinePage, line_known_as, line_list, line_page
from throughline.loads.guessing import guess_uses
from throughline.loads.line_guesses import OF_LINES
from throughline.loads.line_rows import LINE_ROWS, NO_BIRTH, NOT_LISTED, Entry, entry_of
from throughline.loads.loading_lines import load_lines
from throughline.loads.outcome import Outcome
from throughline.loads.queries import load_card
from throughline.loads.services import begin_load, keep_upload
from throughline.organisations.naming import code_named, codes_by_name
from throughline.organisations.queries import body_cards

__all__ = ["apart", "house", "shared_house"]

ROW = {
    "reference": "NC/L/1", "name": "Ricky", "numbers": "07700 900123 / 07700 900124", "exports_from": "MPS",
    "imports_to": "Norfolk; Thetford", "drugs": "crack and heroin", "people": "Hobbs, Declan, 02/04/2001 (runner)",
    "premises": "3 Mill Lane, Thetford NR99 9ZZ", "vehicles": "AB12 CDE", "status": "Active", "officer": "DS Pike",
    "priority": "High", "score": "64", "first_seen": "2026-03-01", "last_seen": "2026-10-01", "notes": "Sells daily.",
    "source": "2", "assessment": "B", "handling": "P", "marking": "OFFICIAL-SENSITIVE", "circulation": "MPS",
}  # fmt: skip
AREAS = {"mps": "MPS", "norfolk": "NORF"}


def row(**other: str) -> Row:
    values = dict.fromkeys(LINE_ROWS.every, "") | ROW | other
    return Row(2, values, ",".join(values.values()))


def entry(**other: str) -> Entry:
    found = entry_of(row(**other), AREAS)
    assert isinstance(found, Entry), found
    return found


def register(path: Path, *rows: dict[str, str]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, LINE_ROWS.every)
    writer.writeheader()
    writer.writerows(ROW | one for one in rows)
    file = path / "lines.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def loaded(by: Any, file: Path, **how: Any) -> tuple[LoadResult, list[Outcome]]:
    outcomes: list[Outcome] = []
    result = load_lines(by=by, path=file, seen=outcomes.append, **how)
    outbox.drain()
    return result, outcomes


def opened(by: Any, ref: str) -> LinePage:
    found = line_page(by, ref)
    assert found is not None
    return found


def test_a_row_says_all_that_its_columns_say() -> None:
    said = {(one.statement, one.kind, one.value, one.detail) for one in entry().said}
    assert said == {
        ("own reference", "text", "NC/L/1", ""), ("brand", "brand", "RICKY", ""),
        ("number", "phone", "+447700900123", ""), ("number", "phone", "+447700900124", ""),
        ("exports from", "body", "MPS", ""), ("imports to", "body", "NORF", ""), ("imports to", "town", "Thetford", ""),
        ("drug", "word", "crack", ""), ("drug", "word", "heroin", ""),
        ("role", "person", "HOBBS|DECLAN|2001-04-02", "runner"), ("vehicle", "vehicle", "AB12CDE", ""),
        ("own priority", "text", "High", ""), ("own score", "text", "64", ""),
        *((s.statement, s.kind, s.value, "") for s in entry().said if s.statement == "premises"),
    }  # fmt: skip
    assert sum(one.statement == "premises" for one in entry().said) == 1
    assert {one.from_on for one in entry().said if one.statement == "number"} == {date(2026, 3, 1)}


@pytest.mark.parametrize(
    ("column", "value", "advice"),
    [
        ("drugs", "crack; spice tea", NOT_LISTED),
        ("people", "Somebody called Ghost", NO_BIRTH),
        ("vehicles", "a white van", "could not be read"),
    ],
)
def test_what_cannot_be_read_stays_in_the_words(column: str, value: str, advice: str) -> None:
    found = entry(**{column: value})
    assert any(advice in one for one in found.advice)
    assert value in found.report.values["text"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("numbers", "4.477E+11"), ("source", ""), ("last_seen", "31/02/2026"), ("first_seen", "2026-10-02")],
)
def test_it_refuses_a_row_that_would_mislead(column: str, value: str) -> None:
    found = entry_of(row(**{column: value}), AREAS)
    assert isinstance(found, RejectedRow)
    assert column in found.column


def test_the_headings_of_registers_kept_today_are_known() -> None:
    headings = [
        "Line Name",
        "Deal Line Number",
        "Exporting Force",
        "Importing Area",
        "LRO",
        "OCG",
        "Date Updated",
        "RAG",
    ]
    uses = guess_uses(headings, [[] for _ in headings], OF_LINES)
    assert list(uses.values()) == [
        "name", "numbers", "exports_from", "imports_to", "officer", "group", "last_seen", "priority",
    ]  # fmt: skip


def test_a_register_is_loaded_once(house: Any, cast: Cast, tmp_path: Path) -> None:
    file = register(tmp_path, {}, {"reference": "NC/L/2", "name": "", "numbers": "07700 900200", "people": "",
                                   "premises": "", "vehicles": "", "status": ""}, {"source": "9"})  # fmt: skip
    tried, _ = loaded(cast.aisha, file, dry_run=True)
    assert (tried.read, tried.kept, tried.rejected, line_list(cast.aisha).total) == (3, 2, 1, 0)
    result, _ = loaded(cast.aisha, file)
    assert (result.read, result.kept, result.rejected, line_list(cast.aisha).total) == (3, 2, 1, 2)
    again, _ = loaded(cast.aisha, file)
    assert (again.kept, again.unchanged, line_list(cast.aisha).total) == (0, 2, 2)
    line = opened(cast.aisha, line_known_as(cast.aisha, "NC/L/1"))
    assert (line.state, line.officer, line.lead, line.known.name) == ("live", "DS Pike", "NORF", "Ricky line")
    assert {piece.grade for piece in line.pieces} == {"2BP"}


def test_each_row_is_known_under_its_own_marking(house: Any, cast: Cast, tmp_path: Path) -> None:
    loaded(cast.aisha, register(tmp_path, {}, {"reference": "NC/L/2", "circulation": "", "numbers": "07700 900200",
                                               "people": "", "premises": "", "vehicles": ""}))  # fmt: skip
    assert [line_list(reader).total for reader in (cast.aisha, cast.mia, cast.harry)] == [2, 1, 0]


def test_other_words_are_more_evidence_of_the_same_line(house: Any, cast: Cast, tmp_path: Path) -> None:
    loaded(cast.aisha, register(tmp_path, {}))
    result, _ = loaded(cast.aisha, register(tmp_path, {"numbers": "07700 900125", "last_seen": "2026-11-01"}))
    assert (result.kept, line_list(cast.aisha).total) == (1, 1)
    line = opened(cast.aisha, line_known_as(cast.aisha, "NC/L/1"))
    assert len(of(line.known.facts, "number")) == 3


def test_a_line_that_may_be_held_is_named_and_not_merged(house: Any, cast: Cast, tmp_path: Path) -> None:
    twin = {"reference": "NC/L/2", "name": "Ricky the second"}
    _, outcomes = loaded(cast.aisha, register(tmp_path, {}, twin))
    found = outcomes[0].resembling
    assert [(one.row, one.other) for one in found] == [(3, line_known_as(cast.aisha, "NC/L/1"))]
    assert line_list(cast.aisha).total == 2
    assert len(pairs_of(cast.aisha, size=5)) == 1


def test_it_goes_through_the_wizard(house: Any, cast: Cast, tmp_path: Path) -> None:
    content = register(tmp_path, {}, {"reference": "NC/L/2"}).read_bytes()
    ref = keep_upload(by=cast.aisha, filename="lines.csv", size=len(content), chunks=[content], kind="lines")
    for verb, lines in (("try", 0), ("load", 2)):
        begin_load(by=cast.aisha, ref=ref, verb=verb)
        outbox.drain()
        card = load_card(cast.aisha, ref)
        assert card is not None
        assert (card.kept, card.rejected, len(card.resembling), line_list(cast.aisha).total) == (
            2,
            0,
            1,
            lines,
        )
        assert bool(card.resembling[0].line) == bool(lines)


def test_it_is_for_those_who_keep_lines(house: Any, cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        load_lines(by=cast.dev, path=register(tmp_path, {}))


def test_every_body_is_found_by_its_names(house: Any) -> None:
    codes = codes_by_name()
    for card in body_cards().values():
        assert code_named(card.code, codes) == code_named(card.name, codes) == card.code
    for name, code in (("Norfolk", "NORF"), ("Devon & Cornwall", "DC"), ("Police Scotland", "PSOS"),
                       ("Hampshire", "HANTS"),
                       ("Metropolitan Police", "MPS"), ("City of London", "COLP"), ("the Moon", "")):  # fmt: skip
        assert code_named(name, codes) == code
