"""The pages of call data: asked with a reason, answered from what the reader may know, and a pointer to the rest."""

import re
from pathlib import Path

import pytest

from tests.inside import shared_house, someone
from tests.instance import Instance
from tests.telecoms.calling import acquaintances, load, renamed, write_calls
from tests.telecoms.test_together import world
from tests.web.visiting import visitor, words_of
from throughline.access.models import JournalEntry
from throughline.access.reader import reading
from throughline.loads.call_files import load_call_files
from throughline.notices.queries import notice_list
from throughline.telecoms.layout import CallLayout

__all__ = ["shared_house"]

HELD = "07700900777"
WHY = "Number 2 of the line into Thetford"


@pytest.fixture(scope="module")
def known(shared_house: Instance, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Norfolk holds the calls of a circle of people; one changed number halfway."""
    calls = renamed(acquaintances(3), {"p0"}, 7 * 86_400)
    folder = tmp_path_factory.mktemp("calls")
    load(someone("analyst@norf"), write_calls(folder / "c.csv", calls), opaque=True)
    # A pseudonym points to nobody else's data: what others may be told of is a real number.
    load(someone("analyst@norf"), write_calls(folder / "d.csv", [(1, HELD, "07700900778", 3)]), "CD-2")
    return shared_house


def asked(username: str, **typed: str) -> str:
    return words_of(visitor(username).post("/calls/", {"why": WHY, **typed}))


def test_a_number_is_asked_about_with_a_reason_and_never_in_an_address(known: Instance) -> None:
    client = visitor("analyst@norf")
    page = client.post("/calls/", {"numbers": "p3", "about": "use"})
    assert "Say why you ask" in words_of(page)
    page = client.post("/calls/", {"begin": "1", "numbers": "p3", "why": WHY, "about": "use"})
    assert 'value="p3"' in page.content.decode()
    assert 'value="p3"' not in client.get("/calls/?numbers=p3&why=x&about=use").content.decode()
    said = asked("analyst@norf", numbers="p3", about="use")
    for words in (
        "Calls and texts",
        "By the hour, in London",
        "New contacts by the week",
        "Busiest contacts",
        "Gaps",
    ):
        assert words in said
    with reading(someone("auditor@norf")):
        entry = JournalEntry.objects.filter(thing="calls of an authority", verb="consult").latest("id")
    assert (entry.why, entry.person_name) == (WHY, someone("analyst@norf").name)


def test_a_time_map_is_of_all_days_or_of_one_week_and_of_several_numbers(known: Instance) -> None:
    client = visitor("analyst@norf")
    whole = client.post("/calls/", {"why": WHY, "numbers": "p3, p4", "about": "time"}).content.decode()
    assert "Of the whole time:" in whole
    weeks = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', whole)
    assert len(weeks) == 3
    again = dict(re.findall(r'<input type="hidden" name="(numbers|why|about)" value="([^"]*)"', whole))
    assert again == {"numbers": "p3, p4", "why": WHY, "about": "time"}
    week = client.post("/calls/", {**again, "week": weeks[1]})
    assert "Of 5 January 1970 to 11 January 1970:" in words_of(week)
    assert f'<option value="{weeks[1]}" selected' in week.content.decode()
    for wrong in ("soon", "2001-01-01"):
        assert "Of the whole time:" in words_of(client.post("/calls/", {**again, "week": wrong}))
    assert "The data names no cell in these days." in words_of(week)
    assert "When, by day and hour in London" in asked("analyst@norf", numbers="p3", about="use")
    assert "No call of it" in asked("analyst@norf", numbers="nobody-7", about="time")


def test_calls_that_were_sent_on_are_told_of_both_numbers(known: Instance, tmp_path: Path) -> None:
    header = ("time", "caller", "callee", "c_number")
    rows = [(100, "07700900611", "07700900612", "07700900613"), (200, "07700900613", "07700900611", "")]
    load(someone("analyst@norf"), write_calls(tmp_path / "c.csv", rows, header), "CD-ON")
    of_first = asked("analyst@norf", numbers="07700900612", about="use")
    assert "1 call to the number asked about went on to this one" in of_first
    of_second = asked("analyst@norf", numbers="07700900613", about="use")
    assert "1 call to this number went on to the one asked about" in of_second
    assert "The data names no number that its calls" in asked("analyst@norf", numbers=HELD, about="use")


def test_cells_stand_on_the_sketch_where_the_grid_reaches_and_in_words_elsewhere(
    known: Instance, tmp_path: Path
) -> None:
    reader, path = someone("analyst@norf"), tmp_path / "sites.csv"
    calls = [(60 * n, "07700900601", "07700900602", 3, f"mast {n % 4}") for n in range(20)]
    load(reader, write_calls(tmp_path / "c.csv", calls), "CD-MAST")
    path.write_text(
        "cell,latitude,longitude,easting,northing,azimuth,postcode,place\n"
        "mast 0,52.6284,1.2971,,,120,NR1 3JU,Norwich\nmast 1,49.2,-2.1,,,,,Jersey\n"
        "mast 2,,,586000,283000,,,Thetford\n"
    )
    load_call_files(by=reader, paths=[path], authority="CD-MAST", layout=CallLayout())
    said = asked("analyst@norf", numbers="07700 900601", about="time")
    assert "Norwich, NR1 3JU, TG 2323 0850, facing 120°" in said
    assert "Jersey, 49.2, -2.1" in said
    assert "Thetford, TL 8600 8300" in said
    assert "No list of cell sites that you may know has it" in said
    page = visitor("analyst@norf").post("/calls/", {"why": WHY, "numbers": "07700900601", "about": "time"})
    sketch = page.content.decode().split('id="sketch-title"')[1].split("</svg>")[0]
    assert re.findall(r">([\d, ]+)</text>", sketch)[-2:] == ["1", "3"]


def test_the_number_that_took_over_stands_first_with_its_reasons(known: Instance) -> None:
    said = asked("analyst@norf", numbers="p0", about="successor")
    assert re.search(r"It was (very )?likely new-p0\.", said)
    assert "of the old number's" in said
    assert "None found." in asked("analyst@norf", numbers="nobody-7", about="successor")


def test_candidates_are_ranked_with_reasons_and_no_verdict(known: Instance) -> None:
    page = visitor("analyst@norf").post("/calls/candidates", {"why": WHY})
    assert "never that a number is a deal line" in words_of(page)
    assert visitor("officer@norf").get("/calls/candidates").status_code == 403


def test_another_body_is_pointed_to_the_desk_and_the_desk_is_told(known: Instance) -> None:
    said = asked("analyst@kent", numbers=HELD, about="use")
    assert "Ring before you act" in said
    assert "Norfolk" in said
    assert "Busiest contacts" not in said
    told = notice_list(someone("analyst@norf"))[0][0].text
    assert "Kent" in told
    assert WHY in told
    for username in ("manager@kent", "coordinator@nclcc", "orders@mps"):
        for about in ("use", "successor"):
            assert not re.search(r"900778", asked(username, numbers=HELD, about=about))
        ranked = visitor(username).post("/calls/candidates", {"why": WHY})
        assert "There is no call data that you may know" in words_of(ranked)
    nothing = asked("analyst@kent", numbers="p-none", about="use")
    assert "Ring before you act" not in nothing


def test_the_line_and_the_check_lead_to_it(known: Instance) -> None:
    said = visitor("analyst@norf").post("/check/", {"selector": "07700900123", "why": WHY}).content.decode()
    assert 'name="numbers" value="07700 900123"' in said
    officer = (
        visitor("officer@norf").post("/check/", {"selector": "07700900123", "why": WHY}).content.decode()
    )
    assert 'name="numbers"' not in officer


def test_a_home_that_may_be_taken_over_is_passed_to_safeguarding_by_a_person(
    known: Instance, tmp_path: Path
) -> None:
    load(someone("analyst@norf"), write_calls(tmp_path / "c.csv", world()), "CD-3", opaque=True)
    client = visitor("analyst@norf")
    page = client.post("/calls/", {"why": WHY, "numbers": "L", "about": "together"}).content.decode()
    assert "Pass to safeguarding" in page
    assert "A bus or a train takes strangers along the same way." in page
    assert "in the cell in which the other is most by night" in page
    passed = dict(
        re.findall(r'name="(begin|selector|harms|words)" value="([^"]*)"', page.split("Pass to")[0][-900:])
    )
    form = client.post("/concerns/raise", passed)
    said = form.content.decode()
    assert 'value="c3"' in said
    assert "may be used by others at night" in said
    assert re.search(r'value="home taken over"[^>]*checked', said)
    assert "There is a problem" not in said, "nothing is sent yet: a person completes it"
