"""Rows into whole reports: what is kept, what is refused and why, and that nothing is half-written."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.intelligence.report_files import COLUMNS, RejectedRow, Row
from throughline.intelligence.report_rows import (
    MOST_ROWS,
    Circulation,
    Classification,
    ReportDraft,
    classification_from,
    draft_reports,
)

TODAY = date(2026, 3, 1)
BODIES = frozenset({"MPS", "NORF", "NCLCC"})
SHARED = {
    "report": "R1",
    "date_of_intelligence": "2026-01-31",
    "title": "Deal line seen in Norwich",
    "text": "A male was seen.",
    "source": "1",
    "assessment": "B",
    "handling": "P",
    "marking": "OFFICIAL-SENSITIVE",
    "circulation": "MPS",
    "selectors": "phone:07700900123",
}
UNGRADED = {"source": "", "assessment": "", "handling": ""}


def row(line: int = 2, /, **cells: str) -> Row:
    values = dict.fromkeys(COLUMNS, "") | SHARED | cells
    return Row(line, values, ",".join(values.values()))


def drafted(*rows: Row | RejectedRow) -> list[ReportDraft | RejectedRow]:
    return list(draft_reports(rows, bodies=BODIES, today=TODAY))


def one_draft(*rows: Row) -> ReportDraft:
    [draft] = drafted(*rows)
    assert isinstance(draft, ReportDraft), draft
    return draft


def refusals(*rows: Row | RejectedRow) -> list[tuple[int, str, str]]:
    found = drafted(*rows)
    return [(r.line, r.column, r.reason) for r in found if isinstance(r, RejectedRow)]


def refusal(**cells: str) -> tuple[str, str]:
    [(_, column, reason)] = refusals(row(**cells))
    return column, reason


def test_it_drafts_a_report_of_several_items() -> None:
    draft = one_draft(row(2), row(3, text="=cmd|' /C calc'!A0 <b>'; DROP TABLE", title="", marking=""))
    assert (draft.report, draft.date_of_intelligence) == ("R1", date(2026, 1, 31))
    assert draft.classification is Classification.OFFICIAL_SENSITIVE
    assert draft.circulation == Circulation(bodies=("MPS",))
    assert [(item.number, str(item.grade), item.line) for item in draft.items] == [
        (1, "1BP", 2),
        (2, "1BP", 3),
    ]
    assert draft.items[1].text == "=cmd|' /C calc'!A0 <b>'; DROP TABLE"
    assert draft.lines == (2, 3)


def test_it_leaves_an_item_without_a_grade_for_a_person() -> None:
    assert one_draft(row(**UNGRADED)).items[0].grade is None


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"source": ""}, "source", "is blank"),
        (UNGRADED | {"action": "A1"}, "source, assessment, handling", "is blank"),
        ({"source": "B", "assessment": "2"}, "source, assessment", "5x5x5"),
        ({"handling": "C"}, "action, sanitisation, instructions", "written handling instructions"),
        ({"handling": "=P"}, "handling", "formula"),
        (
            {"handling": "C", "action": "A1", "sanitisation": "S1", "instructions": "a\0b"},
            "instructions",
            "U+0000",
        ),
        ({"date_of_intelligence": ""}, "date_of_intelligence", "is blank"),
        ({"date_of_intelligence": "2026-02-30"}, "date_of_intelligence", "no such day"),
        ({"date_of_intelligence": "2026-03-02"}, "date_of_intelligence", "in the future"),
        ({"date_of_intelligence": "31/12/1899"}, "date_of_intelligence", "before 1900"),
        ({"date_of_intelligence": "12/31/2025"}, "date_of_intelligence", "no such day"),
        ({"date_of_intelligence": "45000"}, "date_of_intelligence", "is not a date"),
        ({"date_of_intelligence": "=TODAY()"}, "date_of_intelligence", "formula"),
        ({"title": " "}, "title", "is blank"),
        ({"title": "x" * 201}, "title", "201 characters"),
        ({"text": ""}, "text", "is blank"),
        ({"text": "x" * 20_001}, "text", "20,001 characters"),
        ({"text": "a\x07b"}, "text", "U+0007"),
        ({"text": "a\ud800b"}, "text", "U+D800"),
        ({"item": "0"}, "item", "is not a number from 1"),
        ({"item": "1.5"}, "item", "is not a number from 1"),
        ({"item": "\u0661"}, "item", "is not a number from 1"),
        ({"item": "99999999"}, "item", "is not a number from 1"),
        ({"report": "=A1"}, "report", "formula"),
        ({"report": "@SUM(A1)"}, "report", "formula"),
        ({"report": "R\u202e1"}, "report", "cannot be printed"),
        ({"report": "R\ud8001"}, "report", "cannot be printed"),
        ({"report": "R" * 65}, "report", "65 characters"),
        ({"report": "  "}, "report", "is blank"),
        ({"marking": ""}, "marking", "is blank"),
        ({"marking": "SECRET"}, "marking", "nothing above OFFICIAL-SENSITIVE"),
        ({"marking": "top secret"}, "marking", "nothing above OFFICIAL-SENSITIVE"),
        ({"marking": "UK CONFIDENTIAL"}, "marking", "nothing above OFFICIAL-SENSITIVE"),
        ({"marking": "RESTRICTED"}, "marking", "is not known"),
        ({"circulation": "MPS;ATLANTIS"}, "circulation", "not known: 'ATLANTIS'"),
        ({"circulation": "all;MPS"}, "circulation", "both all and single bodies"),
        ({"selectors": "phone:4.47701E+11"}, "selectors", 'Selector 1, "phone:4.47701E+11": '),
        ({"selectors": "phone:07700900123;nonsense:x"}, "selectors", 'Selector 2, "nonsense:x": '),
        ({"selectors": "phone:0770\x00"}, "selectors", "U+0000"),
    ],
)
def test_it_refuses_a_cell_and_names_its_column(cells: dict[str, str], column: str, words: str) -> None:
    found, reason = refusal(**cells)
    assert found == column
    assert words in reason


def test_it_gives_every_reason_of_a_row_at_once() -> None:
    column, reason = refusal(title="", marking="SECRET", item="x")
    assert column == "title, marking, item"
    assert "The title is blank." in reason


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("OFFICIAL", Classification.OFFICIAL),
        (" official ", Classification.OFFICIAL),
        ("OFFICIAL - SENSITIVE", Classification.OFFICIAL_SENSITIVE),
        ("Official\u2013Sensitive", Classification.OFFICIAL_SENSITIVE),
        ("OFFICIAL SENSITIVE", Classification.OFFICIAL_SENSITIVE),
        ("os", Classification.OFFICIAL_SENSITIVE),
    ],
)
def test_it_reads_a_marking_however_it_is_written(text: str, marking: Classification) -> None:
    assert classification_from(text) is marking


@pytest.mark.parametrize(
    ("text", "circulation"),
    [
        ("", Circulation()),
        ("ALL", Circulation(everyone=True)),
        (" norf ; MPS;norf", Circulation(bodies=("MPS", "NORF"))),
    ],
)
def test_it_reads_a_circulation(text: str, circulation: Circulation) -> None:
    assert one_draft(row(circulation=text)).circulation == circulation


@pytest.mark.parametrize("text", ["2026-01-31", "31/01/2026", " 31/1/2026 "])
def test_it_reads_a_date_in_either_order(text: str) -> None:
    assert one_draft(row(date_of_intelligence=text)).date_of_intelligence == date(2026, 1, 31)


def test_it_holds_a_whole_report_back_for_one_bad_row() -> None:
    assert refusals(row(2), row(3, text=""), row(4), row(5, report="R2")) == [
        (2, "report", "Held back because line 3 of this report was refused."),
        (3, "text", "The text is blank."),
        (4, "report", "Held back because line 3 of this report was refused."),
    ]


def test_it_holds_a_report_back_when_a_row_of_it_could_not_be_read() -> None:
    known = RejectedRow(3, "", "Ragged.", "R1,x", report="R1")
    assert [line for line, _, _ in refusals(row(2), known)] == [2, 3]
    unknown = RejectedRow(3, "", "Broken.", "?")
    assert [line for line, _, _ in refusals(row(2), unknown, row(4))] == [2, 3, 4]
    assert [line for line, _, _ in refusals(row(2), unknown, row(4, report="R2"))] == [3]


def test_it_refuses_a_report_that_comes_back_after_another() -> None:
    [(line, column, reason)] = refusals(row(2), row(3, report="R2"), row(4))
    assert (line, column) == (4, "report")
    assert "began on line 2 and comes back here" in reason


def test_it_refuses_rows_that_disagree_about_their_report() -> None:
    found = refusals(row(2), row(3, title="Another", circulation="all"))
    assert found[1][:2] == (3, "title, circulation")
    assert "is not that of the report's first row" in found[1][2]


def test_it_does_not_let_a_later_row_widen_a_report_that_named_nobody() -> None:
    assert refusals(row(2, circulation=""), row(3, circulation="all"))[1][1] == "circulation"


def test_it_numbers_items_in_order_and_refuses_a_number_used_twice() -> None:
    assert [item.number for item in one_draft(row(2), row(3, item="7"), row(4)).items] == [1, 7, 8]
    assert [item.line for item in one_draft(row(2, item="2"), row(3, item="1")).items] == [3, 2]
    assert refusals(row(2, item="3"), row(3, item="3"))[1] == (
        3,
        "item",
        "The item 3 stands on line 2 already.",
    )


def test_it_refuses_a_report_without_end_and_accounts_for_each_row() -> None:
    found = refusals(*[row(line) for line in range(2, 2 * MOST_ROWS + 10)], row(9_999, report="R2"))
    assert [line for line, _, _ in found] == list(range(2, 2 * MOST_ROWS + 10))


def test_it_keeps_each_selector_once() -> None:
    draft = one_draft(row(selectors="phone:07700900123; ;phone:+447700900123"))
    assert len(draft.items[0].selectors) == 1


def test_it_reads_an_escaped_semicolon_as_part_of_the_value() -> None:
    assert len(one_draft(row(selectors=r"opaque:a\;b;opaque:c")).items[0].selectors) == 2


def test_it_gives_the_same_hash_wherever_the_same_report_stands() -> None:
    plain = one_draft(row(2, item="1", text="a\nb"), row(3, item="2"))
    moved = one_draft(row(8, item="2", date_of_intelligence="31/01/2026"), row(9, item="1", text="a\r\nb "))
    assert plain.content_hash == moved.content_hash
    assert len(plain.content_hash) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"report": "R2"},
        {"date_of_intelligence": "2026-01-30"},
        {"title": "Other"},
        {"item": "2"},
        {"text": "Other"},
        {"source": "2"},
        {"handling": "C", "action": "A1", "sanitisation": "S1", "instructions": "Ring."},
        {"marking": "OFFICIAL"},
        {"circulation": ""},
        {"selectors": ""},
    ],
)
def test_it_gives_another_hash_when_anything_is_changed(change: dict[str, str]) -> None:
    assert one_draft(row()).content_hash != one_draft(row(**change)).content_hash


CELLS = st.fixed_dictionaries(
    {},
    optional={
        column: st.one_of(
            st.text(max_size=5), st.sampled_from(["", "1", "A", "C", "P", "A1", "S1", "=1", "all"])
        )
        for column in COLUMNS
        if column != "report"
    },
)
REPORTS = st.sampled_from(["R1", "R1", "R2", ""])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(REPORTS, CELLS, st.sampled_from(["row", "row", "row", "rejected"])), max_size=8))
def test_it_accounts_for_every_row_once(given_rows: list[tuple[str, dict[str, str], str]]) -> None:
    rows: list[Row | RejectedRow] = []
    for line, (report, cells, kind) in enumerate(given_rows, start=2):
        whole = row(line, report=report, **cells)
        rows.append(whole if kind == "row" else RejectedRow(line, "", "Broken.", whole.raw, report))
    assert sorted(lines_in(drafted(*rows))) == [row.line for row in rows]


def lines_in(found: Iterable[ReportDraft | RejectedRow]) -> list[int]:
    lines: list[int] = []
    for each in found:
        lines += each.lines if isinstance(each, ReportDraft) else [each.line]
    return lines
