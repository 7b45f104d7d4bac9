"""A person's yes to a replacement number: evidence on the line, sightings and hits, and what stays when calls go."""

from pathlib import Path

import pytest

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.lines.keeping import keep
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from tests.telecoms.test_authorities import on_disk
from tests.telecoms.test_erasure import rows_with
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.intelligence.models import Item
from throughline.kernel import outbox
from throughline.lines.models import CountyLine
from throughline.lines.queries import line_page
from throughline.matching.queries import hit_list
from throughline.matching.services import judge_hit
from throughline.telecoms.ending import end_authority

__all__ = ["house", "shared_house"]

PHONES = {f"p{n}": f"0770090{n:04}" for n in range(60)} | {"new-p0": "07700900999"}


def phoned(tmp_path: Path) -> Path:
    calls = renamed(acquaintances(3), {"p0"}, 7 * DAY)
    rows = [(at, PHONES[str(a)], PHONES[str(b)], *rest) for at, a, b, *rest in calls]
    return write_calls(tmp_path / "c.csv", rows)


OLD, NEW = "+447700900000", "+447700900999"
ANYTHING = ""


def sighted(house: Instance) -> set[tuple[int, str]]:
    """Who has sighted either number, whoever may see it: by the sightings themselves and by the index."""
    with house.as_owner() as owner:
        return {
            row for table, body in (("selectors_sighting", "owner"), ("matching_holding", "body"))
            for row in owner.execute(
                f"select {body}, key from {table} where key = any(%s)".encode(), [[OLD, NEW]]
            ).fetchall()
        }  # fmt: skip


def test_a_yes_puts_the_number_on_the_line_and_brings_hits(house: Instance, tmp_path: Path) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    line = keep(norfolk)
    file_report(kent, "K1", selectors=["phone:07700900999"])
    before = on_disk(ANYTHING)
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
    judge_hit(by=kent, ref=hit.ref, verb="confirm", note="The same line")
    contact = PHONES["p3"].removeprefix("0")
    assert len(on_disk(ANYTHING)) == len(before) + 3
    assert rows_with(house, contact) == [], "a report names no contact, since it outlives the calls"
    assert sighted(house) == {(norfolk.body, OLD), (norfolk.body, NEW), (kent.body, NEW)}
    # The authority ends: calls and sightings are gone, and what people decided stays with their reasons.
    end_authority(by=norfolk, ref="CD-1", why="the case is closed")
    outbox.drain()
    assert outbox.failed() == 0
    assert sighted(house) == {(kent.body, NEW)}
    assert on_disk(ANYTHING) == before
    with house.as_owner() as owner:
        assert owner.execute("select count(*) from telecoms_finding").fetchone() == (0,)
    (kept,) = hit_list(kent, state="").rows
    assert (kept.ref, kept.state) == (hit.ref, "confirmed")
    with house.as_owner() as owner:
        assert ("The same line",) in owner.execute("select reason from matching_hit_side").fetchall()
    page = line_page(norfolk, line)
    assert page is not None
    assert {OLD, NEW} <= {piece.value for piece in page.pieces}
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
