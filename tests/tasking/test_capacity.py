"""Tables of capacity: what is free each week, and a clear sentence for each slip."""

from pathlib import Path

import pytest

from throughline.tasking.planning.capacity import CapacityProblem, Known, read_capacity

KNOWN = Known(("MPS", "KENT"), ("surveillance", "investigation"))


def read(tmp_path: Path, text: str) -> dict[tuple[str, str], tuple[float, ...]]:
    path = tmp_path / "capacity.csv"
    path.write_text(text, encoding="utf-8")
    return read_capacity(path, known=KNOWN, weeks=2)


def test_what_is_reserved_for_other_priorities_is_not_free(tmp_path: Path) -> None:
    found = read(tmp_path, "body,skill,days_a_week,reserved\nmps,Surveillance,10,4\nKENT,investigation,3,5\n")
    assert found == {("MPS", "surveillance"): (6.0, 6.0), ("KENT", "investigation"): (0.0, 0.0)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("body,skill\nMPS,surveillance\n", "no column 'days_a_week'"),
        ("", "no column 'body'"),
        ("body,skill,days_a_week\nXYZ,surveillance,1\n", "Line 2: XYZ is the code of no body."),
        ("body,skill,days_a_week\n,surveillance,1\n", "Line 2: blank is the code of no body."),
        ("body,skill,days_a_week\nMPS,tea,1\n", "Line 2: tea is no skill."),
        (
            "body,skill,days_a_week\nMPS,surveillance,many\n",
            "Line 2, days_a_week: 'many' is no number of days",
        ),
        ("body,skill,days_a_week\nMPS,surveillance,-1\n", "Line 2, days_a_week: '-1'"),
        ("body,skill,days_a_week\nMPS,surveillance,nan\n", "Line 2, days_a_week: 'nan'"),
        (
            "body,skill,days_a_week\nMPS,surveillance,1\nMPS,surveillance,2\n",
            "Line 3: MPS surveillance is given twice.",
        ),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CapacityProblem, match=said.replace(".", r"\.")):
        read(tmp_path, text)


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "capacity.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(CapacityProblem, match="save it so"):
        read_capacity(path, known=KNOWN, weeks=2)
    with pytest.raises(CapacityProblem, match="cannot be read"):
        read_capacity(tmp_path / "none.csv", known=KNOWN, weeks=2)
