"""The pages of the indicators: who they open to, what they say, and the document."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.inside import dice_of
from tests.instance import Instance
from tests.oversight.conftest import house, shared_house
from tests.oversight.nation import NOW, Nation, Writer, counted, invented
from tests.pdf_ua import Checker
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock
from throughline.organisations.queries import body_cards
from throughline.oversight.indicators import FINDINGS, INDICATORS
from throughline.oversight.queries import period_of

__all__ = ["house", "shared_house"]


def _year() -> Nation:
    """So many records that no total of the nation is small."""
    return invented(dice_of(9), sorted(body_cards()), size=600)


@pytest.fixture(name="a_year")
def _a_year(house: Instance) -> Instance:
    Writer().write(_year())
    return house


def test_the_list_and_each_page_say_what_was_counted(a_year: Instance) -> None:
    expected = counted(_year(), *period_of(NOW.date()))
    with clock.stopped(NOW):
        manager = visitor("manager@norf")
        listed = words_of(manager.get("/indicators/"))
        for one in INDICATORS:
            assert one.name in listed
            shown = words_of(manager.get(f"/indicators/{one.key}"))
            assert all(caveat in shown for caveat in one.caveats)
            cells = [n for place, n in expected.items() if place[0] == one.key]
            assert f"{sum(n for n, _ in cells):,} of {sum(d for _, d in cells):,}" in shown
    assert "Kept back" in shown
    assert "Not verified" in listed
    for finding in FINDINGS:
        assert finding.words in listed
        assert finding.not_measured in listed
    eastern = {n for n, card in body_cards().items() if card.region == "Eastern"}
    of_region = [n for place, n in expected.items() if place[0] == "answered" and place[1] in eastern]
    figures = f"{sum(n for n, _ in of_region)} of {sum(d for _, d in of_region)}"
    assert figures in listed
    with clock.stopped(NOW):
        shown = words_of(manager.get("/indicators/answered"))
    assert figures in shown[shown.index("Regions, and the nation") :]
    assert manager.get("/indicators/none-such").status_code == 404


def test_a_picture_has_its_table_and_a_body_of_few_is_in_neither(a_year: Instance) -> None:
    with clock.stopped(NOW):
        answer = visitor("chair@nclcc").get("/indicators/answered")
    page, shown = answer.content.decode(), words_of(answer)
    assert page.count('<svg class="tl-chart"') >= 2
    assert page.count('role="img"') == page.count("The table below says the same.")
    assert "Forces: number of cases" in shown
    assert "July 2036" in shown


def test_the_document_opens_and_the_pages_are_for_those_who_oversee(
    a_year: Instance, pdf_ua: Checker
) -> None:
    with clock.stopped(NOW):
        made = visitor("auditor@norf").get("/indicators/self-assessment.pdf")
        assert made["Content-Type"] == "application/pdf"
        assert pdf_ua(made.content) == []
        read = " ".join(
            " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made.content)).pages
        )
        assert "What was found, and what measures it" in read
        assert all(one.name in read for one in INDICATORS)
        officer = visitor("officer@mps")
        assert officer.get("/indicators/").status_code == 403
        assert officer.get("/indicators/answered").status_code == 403
        assert officer.get("/indicators/self-assessment.pdf").status_code == 403


def test_with_no_record_it_says_so(house: Instance) -> None:
    shown = words_of(visitor("manager@norf").get("/indicators/quiet"))
    assert "No case in the period." in shown
