"""The wall of clocks page by page: what stands on it, who sees it, and the same as a calendar."""

from datetime import timedelta

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import keep
from tests.orders.making import HEAD, OFFICER, authorised, drafted, granted
from tests.safeguarding.caring import LEAD, assessed, moved, raised
from tests.web.visiting import visitor, words_of
from throughline.clocks.queries import clocks_of
from throughline.kernel import clock, outbox


def test_the_wall_shows_what_runs_past_ends_first_and_to_its_body_alone(cast: Cast) -> None:
    line = keep(someone(HEAD))
    ref = drafted(line=line, title="The lakes line")
    other = drafted(line=line, title="The fens line", number="phone:07700900389")
    for one, days in ((ref, 0), (other, 30)):
        authorised(one)
        granted(one, on=clock.today() - timedelta(days=days))
    for body in ("norf", "mps"):
        file_report(someone(f"analyst@{body}"), "R", selectors=["phone:07700900123"])
    outbox.drain()
    page = words_of(visitor(OFFICER).get("/clocks/"))
    assert page.index("The fens line") < page.index("The lakes line")
    assert "1 past their end" in page
    assert "End of working day 5 after the order" in page
    past = words_of(visitor(OFFICER).get("/clocks/?when=past&kind=order+compliance"))
    assert "The fens line" in past
    assert "The lakes line" not in past
    assert "Time to answer a hit" in words_of(visitor("analyst@norf").get("/clocks/"))
    for outside in ("officer@norf", "orders@kent"):
        assert "line" not in words_of(visitor(outside).get("/clocks/")).partition("Every kind")[2]
    feed = visitor(OFFICER).get("/clocks/clocks.ics")
    lines = feed.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert sum(line.startswith("DTSTART:") for line in lines) == 2
    assert ref in feed.content.decode()
    assert "lakes" not in feed.content.decode()


def test_a_clock_stands_still_from_its_page_where_its_row_lets_it_and_there_alone(cast: Cast) -> None:
    lead, ref = visitor(LEAD), assessed(raised(age="adult"), "early help", age="adult")
    moved(ref, "safeguard")
    page = words_of(lead.get(f"/concerns/{ref}"))
    assert page.count("Let it stand still") == 1
    (review,) = clocks_of(someone(LEAD), "concern", [ref])[:1]
    at = f"/clocks/{review.ref}"
    assert "Our default: while the person is missing" in words_of(lead.get(f"{at}/pause"))
    assert "Say why, in a few words" in words_of(lead.post(f"{at}/pause", {"why": ""}))
    assert lead.post(f"{at}/pause", {"why": "In hospital"}).headers["Location"] == f"/concerns/{ref}"
    assert lead.get(f"{at}/pause").status_code == 404
    shown = words_of(lead.get("/clocks/"))
    assert "Stands still" in shown
    assert "In hospital" in shown
    assert visitor("safeguarding@kent").get(f"{at}/resume").status_code == 404
    lead.post(f"{at}/resume", {"why": "Home again"})
    (after,) = clocks_of(someone(LEAD), "concern", [ref])[:1]
    assert (after.due_at, after.is_paused) == (review.due_at, False)
    child = raised()
    for one in clocks_of(someone(LEAD), "concern", [child]):
        assert lead.get(f"/clocks/{one.ref}/pause").status_code == 404, one.name
