"""The wall of clocks page by page: what stands on it, who sees it, and the same as a calendar."""

from datetime import timedelta

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import keep
from tests.orders.making import HEAD, OFFICER, authorised, drafted, granted
from tests.web.visiting import visitor, words_of
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
