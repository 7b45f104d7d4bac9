"""What a column probably holds, and what its codes mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.intelligence.report_columns import EVERY_COLUMN, Row
from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_layout import (
    BORN,
    GIVEN,
    GRADE,
    MANY,
    NAME,
    POSTCODE,
    STREET,
    SURNAME,
    USES,
    Layout,
    placed,
)
from throughline.loads.guessing import guess_uses, header_line_of
from throughline.loads.layouts import fingerprint, layout_from, layout_to
from throughline.loads.meanings import BLANK, codes_of, unknown_values


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("URN", "report"), ("Intel Ref", "report"), ("Date of Event", "date_of_intelligence"), ("Subject", "title"),
        ("Narrative", "text"), ("Handling code", "handling"), ("GSC", "marking"), ("Mobile No", "selector:phone"),
        ("VRM", "selector:vehicle"), ("Surname", SURNAME), ("Forename", GIVEN), ("DOB", BORN), ("Post Code", POSTCODE),
        ("Address", STREET), ("Full name", NAME), ("Officer shoe size", ""),
    ],
)  # fmt: skip
def test_it_guesses_by_the_heading(heading: str, use: str) -> None:
    assert guess_uses([heading], [["x"]]).get(heading, "") == use


@pytest.mark.parametrize(
    ("values", "use"),
    [
        (["07700 900123", "07700 900456"], "selector:phone"), (["AB12 CDE", "AB12CDF"], "selector:vehicle"),
        (["a@line.example"], "selector:email"), (["2026-10-01", "01/10/2026"], "date_of_intelligence"),
        (["1AP", "2BC"], GRADE), (["He was seen at the station with two others at noon."], "text"),
        (["07700 900123", "not known", "n/a"], ""), ([], ""),
    ],
)  # fmt: skip
def test_it_guesses_by_what_stands_there(values: list[str], use: str) -> None:
    assert guess_uses(["Column A"], [values]).get("Column A", "") == use


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.lists(st.text(max_size=60), max_size=5)),
        max_size=30,
        unique_by=lambda c: c[0],
    )
)
def test_a_guess_is_a_use_and_each_single_use_is_guessed_once(columns: list[tuple[str, list[str]]]) -> None:
    uses = guess_uses([heading for heading, _ in columns], [values for _, values in columns])
    assert set(uses.values()) <= set(USES)
    single = [use for use in uses.values() if use not in MANY]
    assert len(single) == len(set(single))


def test_it_finds_the_header_under_a_title() -> None:
    rows = [
        (1, ["County lines return, quarter 3"]),
        (3, ["URN", "Date", "Narrative"]),
        (4, ["1", "2026-10-01", "x"]),
    ]
    assert header_line_of(rows) == 3
    assert header_line_of([]) == 0


def test_a_header_is_known_again_however_it_is_written() -> None:
    assert fingerprint(["URN", "Intel Ref"]) == fingerprint(["intel  ref", "urn"])
    assert fingerprint(["URN"]) != fingerprint(["URN", "Date"])


def test_a_layout_is_written_down_and_read_again() -> None:
    layout = Layout({"URN": "report"}, {"marking": "OFFICIAL"}, {"source": {"b2": "2"}}, "Sheet 1", 3)
    assert layout_from(layout_to(layout)) == layout
    assert layout_from(layout_to(Layout({"URN": "no such use"}))).uses == {}


def test_it_asks_about_values_that_are_no_codes() -> None:
    assert unknown_values("source", ["B2", "1", "b2 ", "E4", ""], ()) == ["B2", "E4"]
    assert unknown_values("marking", ["Restricted", "official sensitive", "O"], ()) == ["Restricted", "O"]
    assert unknown_values("circulation", ["NORF;MPS", "Everyone", "all"], ["NORF", "MPS"]) == ["Everyone"]
    assert BLANK in codes_of("circulation", ["NORF"])


def test_a_marking_that_is_too_high_is_never_given_another_meaning() -> None:
    assert unknown_values("marking", ["SECRET", "Top Secret", "Confidential"], ()) == []


def _row(uses: dict[str, str], cells: list[str], **given: object) -> Row:
    layout = Layout(uses, **given)  # type: ignore[arg-type]
    row = placed(layout, list(uses), is_workbook=True).row(Record(2, cells, ",".join(cells)))
    assert isinstance(row, Row), row
    return row


def test_several_columns_become_one_person_and_one_place() -> None:
    uses = {
        "S": SURNAME,
        "G": GIVEN,
        "B": BORN,
        "A": STREET,
        "P": POSTCODE,
        "T": "text",
        "M": "selector:phone",
    }
    row = _row(
        uses,
        [
            "Nkemelu",
            "Aisha",
            "1999-02-01",
            "12 Wherry Road",
            "NR1 1AA",
            "Seen.",
            "07700 900123; 07700 900124",
        ],
    )
    assert row.values["selectors"] == (
        "phone:07700 900123;phone:07700 900124;person:Nkemelu, Aisha, 1999-02-01;address:12 Wherry Road, NR1 1AA"
    )
    assert row.values["text"] == "Seen."


def test_a_name_without_a_date_of_birth_stays_in_the_words() -> None:
    row = _row({"N": NAME, "T": "text"}, ["Aisha Nkemelu", "Seen."])
    assert row.values["selectors"] == ""
    assert row.values["text"] == "Seen.\nPerson named: Aisha Nkemelu."


def test_a_row_without_a_reference_is_known_again_by_its_words() -> None:
    first, again, other = (_row({"T": "text"}, [text]).values["report"] for text in ("one", "one", "two"))
    assert first == again != other
    assert first.startswith("ROW-")


def test_codes_mean_what_the_body_says() -> None:
    values = {
        GRADE: {"b2": "2BP"},
        "marking": {"restricted": "OFFICIAL-SENSITIVE"},
        "circulation": {"none": ""},
    }
    uses = {"G": GRADE, "M": "marking", "C": "circulation", "T": "text"}
    row = _row(uses, ["B2", " Restricted", "None", "x"], values=values)
    assert [row.values[c] for c in ("source", "assessment", "handling", "marking", "circulation")] == [
        "2", "B", "P", "OFFICIAL-SENSITIVE", "",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(USES), st.text(max_size=30)), max_size=20))
def test_any_layout_gives_every_column(cells: list[tuple[str, str]]) -> None:
    uses = {f"C{n}": use for n, (use, _) in enumerate(cells)}
    row = placed(Layout(uses), list(uses), is_workbook=True).row(Record(2, [text for _, text in cells], ""))
    assert set(row.values) == set(EVERY_COLUMN)
