"""The profile of a line as a PDF: accessible, with its marking and its conditions, of what its reader may know."""

import re
import zlib
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import apart, house, shared_house
from tests.lines.keeping import NUMBER, an_item, says
from tests.pdf_ua import Checker
from tests.web.visiting import visitor
from throughline.lines.handling import handling_of
from throughline.lines.services import add_evidence, add_line
from throughline.web.lines.profile import as_pdf

__all__ = ["apart", "house", "shared_house"]


def test_it_is_a_tagged_pdf_of_the_line(house: Any, cast: Cast, pdf_ua: Checker) -> None:
    ref = add_line(
        by=cast.aisha,
        items=[an_item(cast.aisha, "N1", grade="2BC", instructions="Ring us before you act.", bodies=["MPS"])],
        said=[says(NUMBER)], why="Ours",
    )  # fmt: skip
    add_evidence(by=cast.aisha, line=ref, items=[an_item(cast.aisha, "N2", selectors=["vehicle:AB12 CDE"])],
                 said=[says("vehicle:AB12 CDE")], why="Ours")  # fmt: skip
    answer = visitor("analyst@norf").get(f"/lines/{ref}/profile.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content = b"".join(_streams(answer.content))
    assert b"pdfuaid" in content
    assert pdf_ua(answer.content) == []
    assert b"/Lang(en-GB)" in re.sub(rb"\s", b"", content)
    [condition] = handling_of(cast.aisha, ref).conditions
    assert (condition.codes, condition.instructions) == ("A1 S2", "Ring us before you act.")
    assert visitor("analyst@kent").get(f"/lines/{ref}/profile.pdf").status_code == 404


def test_a_condition_is_told_to_those_alone_who_may_know_its_item(house: Any, cast: Cast) -> None:
    home = an_item(cast.aisha, "N1", grade="2BC", instructions="Ring us before you act.")
    ref = add_line(by=cast.aisha, items=[home], said=[says(NUMBER)], why="Ours")
    shared = an_item(cast.aisha, "N2", bodies=["MPS"])
    add_evidence(by=cast.aisha, line=ref, items=[shared], said=[says(NUMBER)], why="Ours")
    assert handling_of(cast.aisha, ref).conditions
    assert handling_of(cast.mia, ref).conditions == ()


@pytest.mark.parametrize("words", ["#panic(1)", "*bold* _x_ <script>", "= heading", "\\ $x$ @ref"])
def test_words_are_words_and_obey_nobody(words: str) -> None:
    rows: dict[str, Any] = dict.fromkeys(
        ("title", "ref", "name", "marking", "reader", "taken", "handling", "score"), words
    )
    rows |= {"conditions": [[words] * 3], "summary": [[words] * 2], "parts": [[words] * 3], "history": [[words] * 3],
             "groups": [{"heading": words, "rows": [[words] * 4]}], "evidence": [[words] * 4]}  # fmt: skip
    assert as_pdf(rows).startswith(b"%PDF")
    assert as_pdf(rows) == as_pdf(rows), "the same line gives the same bytes"


def _streams(pdf: bytes) -> list[bytes]:
    found = [pdf]
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            found.append(part)
    return found
