"""How right linkage is: published by whoever runs the instance, read by whoever judges, else refused."""

import json
from pathlib import Path

import pytest

from tests.inside import command, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.matching.people.rightness import rightness

PEOPLE = "record_id,given_name,surname,date_of_birth,gender,name_origin\n" + "".join(
    f"{n},{given},{family},{1970 + n // 2}-05-03,{gender},{origin}\n"
    for n, (given, family, gender, origin) in enumerate(
        [("Sam", "Example", "m", "British"), ("Samuel", "Example", "m", "British"), ("Olu", "Sample", "f", "African"),
         ("Olu", "Sample", "f", "African"), ("Kate", "Other", "f", "British")]
    )
)  # fmt: skip
TRUTH = "record_id,person\n0,a\n1,a\n2,b\n3,b\n4,c\n"


def test_what_was_measured_is_read_on_its_page_by_kind(house: Instance, tmp_path: Path) -> None:
    for name, text in (("people.csv", PEOPLE), ("truth.csv", TRUTH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = command("link", "evaluate", "--records", str(tmp_path / "people.csv"), "--truth",
                   str(tmp_path / "truth.csv"), "--json")  # fmt: skip
    figures = tmp_path / "figures.json"
    figures.write_text(said.out, encoding="utf-8")
    assert "Nothing has been measured" in words_of(visitor("analyst@norf").get("/links/rightness"))
    for _ in range(2):
        assert command("link", "publish", str(figures), "--name", "Five people").status == 0
    (found,) = rightness(someone("analyst@norf"))
    assert (found.name, found.records, set(found.by)) == ("Five people", 5, {"gender", "name_origin"})
    words = words_of(visitor("analyst@norf").get("/links/rightness"))
    for each in (
        "Five people",
        "By gender",
        "Female (too few to compare)",
        "By origin of the name",
        "African",
    ):
        assert each in words


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", json.dumps({"people": 1, "bcubed": {"precision": 7, "recall": 0}})]
)
def test_what_is_no_measurement_is_refused_in_a_sentence(house: Instance, tmp_path: Path, text: str) -> None:
    (tmp_path / "figures.json").write_text(text, encoding="utf-8")
    said = command("link", "publish", str(tmp_path / "figures.json"), "--name", "Nothing")
    assert said.status == 1
    assert "not" in said.err
    assert rightness(someone("analyst@norf")) == ()
