"""The pages of link charts: opened from a record, changed without a script, shared, and taken as files."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast, assemble
from tests.inside import file_report, shared_house
from tests.instance import Instance
from tests.lines.keeping import NUMBER, live, says
from tests.web.visiting import visitor, words_of
from throughline.kernel import outbox
from throughline.lines.services import Said

__all__ = ["shared_house"]
CHILD, KIM, CAR = "person:Example, Sam, 2011-05-03", "person:Sample, Kim, 1990-01-01", "vehicle:AB12 CDE"
TOLD = "Ring first: a source is at risk"


@pytest.fixture(scope="module")
def cast(shared_house: Instance) -> Iterator[Cast]:
    """Norfolk has a line with a child on it, and what Kim drives."""
    cast = assemble()
    areas = [Said("exports from", "body", "MPS"), Said("imports to", "body", "NORF")]
    live(cast.aisha, said=[says(CHILD, detail="runner"), *areas])
    file_report(cast.aisha, "A", selectors=[NUMBER, CHILD, KIM])
    file_report(cast.aisha, "B", selectors=[KIM, CAR], grade="1AC", instructions=TOLD)
    outbox.drain()
    yield cast


def opened(client: Client, kind: str = "phone", value: str = "07700 900301") -> str:
    """The address of a fresh chart around a value."""
    answer = client.post("/charts/open", {"kind": kind, "value": value})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def number_of(page: Any, label: str) -> str:
    """The thrown number of the thing of this name."""
    found = re.search(rf'things/(\d+)">[^<]*{re.escape(label)}', page.content.decode())
    assert found, label
    return found[1]


def test_it_opens_from_a_line_a_check_and_a_hit_without_a_value_in_an_address(cast: Cast) -> None:
    client = visitor("analyst@norf")
    line = re.search(r"/lines/(CL-[\w-]+)", client.get("/lines/").content.decode())
    assert line
    assert "Open the chart" in words_of(client.get(f"/lines/{line[1]}"))
    answer = client.post("/check/", {"selector": "07700 900301", "why": "Stopped"})
    assert "Open the chart" in words_of(answer)
    assert re.fullmatch(r"/charts/CH-\w{4}-\w{4}", opened(client, "line", line[1]))
    assert client.post("/charts/open", {"kind": "phone", "value": "07700 900999"}).status_code == 404
    assert visitor("analyst@kent").post("/charts/open", {"kind": "line", "value": line[1]}).status_code == 404


def test_picture_and_table_hold_the_same_and_all_is_done_without_a_script(cast: Cast) -> None:
    client = visitor("analyst@norf")
    there = opened(client)
    page = client.get(there)
    drawn = set(re.findall(r'<g class="tl-spot" data-number="(\d+)"', page.content.decode()))
    assert drawn == set(re.findall(r'<tr [^>]*data-number="(\d+)"', page.content.decode()))
    assert len(drawn) == 4
    assert 'data-sign="protected"' in page.content.decode()
    kim = number_of(page, "SAMPLE, Kim")
    client.post(f"{there}/expand", {"number": kim})
    page = client.get(there)
    assert "1 thing added." in words_of(page)
    assert f"Handling code C: A1 S2: {TOLD}" in words_of(page)
    car, line = number_of(page, "AB12 CDE"), number_of(page, "Line on")
    client.post(f"{there}/way", {"one": car, "other": line})
    way = client.post(f"{there}/way", {"one": car, "other": line}).headers["Location"]
    assert client.get(way).content.decode().count('stroke="#d4351c" stroke-width="4') == 3
    client.post(f"{there}/hide", {"number": car})
    assert "AB12 CDE" not in words_of(client.get(there)).partition("Tied to")[2]
    client.post(f"{there}/show")
    assert "AB12 CDE" in words_of(client.get(there))
    client.post(f"{there}/things/{kim}", {"note": "Seen at the station"})
    assert "Note: Seen at the station" in words_of(client.get(there))
    assert "Said of the line: runner" in words_of(client.get(f"{there}/things/{line}"))
    key = words_of(client.get(f"{there}/key-people"))
    protect, _, pursue = key.partition("To pursue")
    assert "EXAMPLE, Sam" in protect
    assert "EXAMPLE, Sam" not in pursue


def test_what_is_wrong_is_said_beside_the_field(cast: Cast) -> None:
    client = visitor("analyst@norf")
    there = opened(client)
    assert "There is nothing on this that you may know" in words_of(
        client.post(f"{there}/add", {"value": "07700 900999"})
    )
    assert "Give the chart a name before you share it." in words_of(
        client.post(f"{there}/share", {"shared": "shared"})
    )
    assert client.post(f"{there}/places", {"places": "[]"}).status_code == 400
    assert client.post(f"{there}/expand", {"number": "7"}).status_code == 404


def test_the_part_that_an_expansion_adds_is_drawn_by_the_same_hand(cast: Cast) -> None:
    client = visitor("analyst@norf")
    there = opened(client)
    kim = number_of(client.get(there), "SAMPLE, Kim")
    pieces = [piece.decode() for piece in client.post(f"{there}/expand", {"number": kim, "part": "1"})]
    assert [piece.count("<svg") for piece in pieces] == [1, 0]  # the picture comes before the rows
    part = "".join(pieces)
    whole = client.get(there).content.decode()
    for shape in re.findall(r'<g class="tl-spot".*?</g>', part):
        assert shape in whole
    assert len(re.findall(r"<tr ", part)) == 2


def test_others_see_what_they_may_know_and_change_nothing(cast: Cast) -> None:
    client, london = visitor("analyst@norf"), visitor("analyst@mps")
    there = opened(client)
    number = number_of(client.get(there), "07700 900301")
    assert london.get(there).status_code == 404
    client.post(f"{there}/save", {"name": "Heron", "note": "Ours"})
    client.post(f"{there}/share", {"shared": "shared", "bodies": ["MPS"]})
    assert "Heron" in words_of(london.get("/charts/"))
    assert "There is nothing on this chart that you may know." in words_of(london.get(there))
    assert london.post(f"{there}/expand", {"number": number}).status_code == 404
    assert london.get(f"{there}/things/{number}").status_code == 404
    colleague = words_of(visitor("officer@norf").get(there))
    assert "Shared with you" in colleague
    assert "Expand" not in colleague
    assert visitor("auditor@norf").get(there).status_code == 403


def test_each_file_says_its_marking_and_holds_what_its_reader_may_know(cast: Cast) -> None:
    client = visitor("analyst@norf")
    there = opened(client, "person", "Sample, Kim, 1990-01-01")
    table = client.get(f"{there}/file/csv").content.decode("utf-8-sig")
    assert table.startswith("OFFICIAL-SENSITIVE\r\n")
    assert TOLD in table
    graph = fromstring(client.get(f"{there}/file/graphml").content.decode())  # noqa: S314 our own
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert len(graph.findall(".//g:node", names)) == table.count(",yes,") + 3
    assert TOLD in str(graph.findtext(".//g:graph/g:data", "", names))
    held = json.loads(client.get(f"{there}/file/geojson").content)
    assert held["marking"].startswith("OFFICIAL-SENSITIVE")
    image = Image.open(BytesIO(client.get(f"{there}/file/png").content))
    assert image.format == "PNG"
    assert len(image.getcolors(10**6) or []) > 10
    assert client.get(f"{there}/file/exe").status_code == 404
    journal = words_of(visitor("auditor@norf").get("/journal/?verb=disclose"))
    assert journal.count("took it as a file") == 4
