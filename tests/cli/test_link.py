"""The door for labelled data: figures for any, a sentence for what cannot be used."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from throughline.cli import main

PEOPLE = """record_id,forename,surname,date_of_birth,colour
1,Sam,Example,1999-05-03,red
2,Samuel,Example,1999-05-03,red
3,Ann,Sample,1970-01-02,red
4,Ann,Sampel,1970-01-02,blue
5,Mary,Other,1980-03-04,blue
"""
TRUTH = "record_id,person\n1,a\n2,a\n3,b\n4,b\n5,c\n"


def evaluate(capsys: pytest.CaptureFixture[str], folder: Path, records: str, truth: str, *more: str) -> Said:
    (folder / "people.csv").write_text(records, encoding="utf-8")
    (folder / "truth.csv").write_text(truth, encoding="utf-8")
    files = ("--records", str(folder / "people.csv"), "--truth", str(folder / "truth.csv"))
    status = main(["link", "evaluate", *files, *more])
    said = capsys.readouterr()
    return Said(status, said.out, said.err)


@pytest.mark.parametrize("columns", ["given_name=forename", "forename=given_name", "columns.json"])
def test_it_gives_the_figures_as_one_object(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, columns: str
) -> None:
    (tmp_path / "columns.json").write_text('{"given_name": "forename"}', encoding="utf-8")
    chosen = str(tmp_path / columns) if columns.endswith("json") else columns
    said = evaluate(capsys, tmp_path, PEOPLE, TRUTH, "--columns", chosen, "--json")
    found = json.loads(said.out)
    assert (said.status, said.sentence) == (0, "Not used: colour.")
    assert found["pairs"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["bcubed"]["f1"] == 1.0
    assert (found["threshold"], found["people_found"], found["columns_ignored"]) == (0.5, 3, ["colour"])
    assert found["seconds"] > 0
    assert found["peak_mb"] > 0


def test_it_prints_them_for_a_person(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = evaluate(capsys, tmp_path, PEOPLE, TRUTH, "--columns", "given_name=forename")
    assert said.status == 0
    assert "5 records of 3 people, taken for 3" in said.out
    assert "pairs                 1.0000    1.0000    1.0000" in said.out


def test_a_record_without_truth_is_left_out_of_the_figures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = evaluate(
        capsys, tmp_path, PEOPLE, "record_id,person\n1,a\n2,a\n3,b\n", "--columns", "given_name=forename"
    )
    assert said.status == 0
    assert "2 records have no truth" in said.err


@pytest.mark.parametrize(
    ("files", "columns", "sentence"),
    [
        (("", TRUTH), "", "people.csv is empty."),
        (("record_id,surname\n", TRUTH), "", "no records, only a heading"),
        (("record_id,colour\n1,red\n", "record_id,p\n1,1\n"), "", "nothing to link on: none of given_name"),
        (("record_id,surname\n1,\n2,\n", "record_id,p\n1,1\n"), "", "nothing to link on: too few"),
        (("surname\nExample\n", TRUTH), "", "no column record_id"),
        (("record_id,surname\n1,Example\n1,Sample\n", TRUTH), "", "record_id '1' more than once"),
        (("record_id,surname\n1,Example,x\n", TRUTH), "", "Line 2 of people.csv has 3 values where its"),
        (("record_id,surname,surname\n1,a,b\n", TRUTH), "", "more than one column called 'surname'"),
        (("record_id,surname\n,Example\n", TRUTH), "", "Line 2 of people.csv has no record_id."),
        ((PEOPLE, ""), "", "truth.csv is empty."),
        ((PEOPLE, "record_id,person\n"), "", "no truth in it"),
        ((PEOPLE, "record_id\n1\n"), "", "needs two columns"),
        ((PEOPLE, "record_id,person\n1,a\n99,a\n"), "", "such as '99'"),
        ((PEOPLE, "record_id,person\n1,a\n1,b\n"), "", "record_id '1' more than once"),
        ((PEOPLE, "record_id,person\n1,\n"), "", "Line 2 of truth.csv has no cluster."),
        ((PEOPLE, TRUTH), "given_name", "'given_name' is not a map of columns"),
        ((PEOPLE, TRUTH), "poem=colour", "'poem' in 'poem=colour' is not a field"),
        ((PEOPLE, TRUTH), "surname=family", "no column 'family'"),
        ((PEOPLE, TRUTH), "nowhere.json", "nowhere.json cannot be read"),
    ],
)
def test_it_says_in_a_sentence_what_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, files: tuple[str, str], columns: str, sentence: str
) -> None:
    said = evaluate(capsys, tmp_path, *files, "--columns", columns)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_bytes_that_are_no_text_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(bytes(range(256)))
    path = str(tmp_path / "people.csv")
    assert main(["link", "evaluate", "--records", path, "--truth", path]) == 1
    assert "not a CSV file in UTF-8" in capsys.readouterr().err


def test_a_file_of_little_but_twins_gets_a_word(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = [a + b + c for a in "bdfg" for b in "aeio" for c in "lmnr"]
    twins = [
        f"{given},{name}er,19{n:02}-03-05,1 Hostel Road"
        for n, name in enumerate(names)
        for given in ("Adam", "Bernard")
    ]
    records = "record_id,given_name,surname,date_of_birth,address\n"
    records += "".join(f"{n},{row}\n" for n, row in enumerate(twins))
    said = evaluate(
        capsys, tmp_path, records, "record_id,who\n" + "".join(f"{n},{n}\n" for n in range(len(twins)))
    )
    assert said.status == 0
    assert "Look before you use this: of 64 pairs taken for one person 64 have different" in said.err
