"""A person's yes to a replacement number: evidence on the line, sightings and hits, and what stays when calls go."""

from pathlib import Path

import pytest

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.lines.keeping import keep
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.intelligence.models import Item
from throughline.kernel import outbox
from throughline.lines.models import CountyLine
from throughline.lines.queries import line_page
from throughline.matching.queries import hit_list
from throughline.telecoms.ending import end_authority

__all__ = ["house", "shared_house"]

PHONES = {f"p{n}": f"0770090{n:04}" for n in range(60)} | {"new-p0": "07700900999"}


def phoned(tmp_path: Path) -> Path:
    calls = renamed(acquaintances(3), {"p0"}, 7 * DAY)
    rows = [(at, PHONES[str(a)], PHONES[str(b)], *rest) for at, a, b, *rest in calls]
    return write_calls(tmp_path / "c.csv", rows)


def test_a_yes_puts_the_number_on_the_line_and_brings_hits(house: Instance, tmp_path: Path) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    line = keep(norfolk)
    file_report(kent, "K1", selectors=["phone:07700900999"])
    load(norfolk, phoned(tmp_path))
    outbox.drain()
    assert hit_list(kent, state="").rows == ()
    client = visitor("analyst@norf")
    typed = {"old": "07700 900000", "new": "07700 900999", "line": line, "why": "The same customers rang",
             "source": "1", "assessment": "B", "handling": "P"}  # fmt: skip
    assert "Choose an intelligence assessment" in words_of(
        client.post("/calls/took-over", typed | {"assessment": ""})
    )
    assert "no sign" in words_of(client.post("/calls/took-over", typed | {"new": "07700 900001"}))
    assert "no line of this reference" in words_of(
        client.post("/calls/took-over", typed | {"line": "CL-2222-2222"})
    )
    assert client.post("/calls/took-over", typed).headers["Location"] == f"/lines/{line}"
    outbox.drain()
    said = words_of(client.get(f"/lines/{line}"))
    assert "Replaced by 07700 900999" in said
    assert "Took over from 07700 900000, by call data" in said
    (hit,) = hit_list(kent, state="").rows
    assert hit.shown == "07700 900999"
    # The authority ends: calls are gone, and what a person decided stays with its reason.
    end_authority(by=norfolk, ref="CD-1", why="the case is closed")
    outbox.drain()
    page = line_page(norfolk, line)
    assert page is not None
    assert {"+447700900000", "+447700900999"} <= {piece.value for piece in page.pieces}
    with reading(norfolk):
        assert "The same customers rang" in Item.objects.get(text__startswith="Call data shows").text
    assert visitor("officer@norf").post("/calls/took-over", typed).status_code == 403


def test_it_goes_on_no_line_that_the_reader_may_not_know(house: Instance, tmp_path: Path) -> None:
    line = keep(someone("analyst@kent"))
    load(someone("analyst@norf"), phoned(tmp_path))
    with reading(someone("analyst@norf")), pytest.raises(CountyLine.DoesNotExist):
        CountyLine.objects.get(ref=line)
    typed = {"old": "07700 900000", "new": "07700 900999", "line": line, "why": "x", "source": "1", "assessment": "B",
             "handling": "P"}  # fmt: skip
    said = words_of(visitor("analyst@norf").post("/calls/took-over", typed))
    assert "There is no line of this reference that you may know" in said
