"""Standing watches: kept by wish, by a closure and by silence; they tell once, and end with their authority."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.inside import house, shared_house, someone
from tests.instance import Instance
from tests.lines.keeping import closed, live
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from tests.web.visiting import visitor, words_of
from throughline.access.reader import Reader
from throughline.kernel import clock, outbox
from throughline.lines.queries import check_backs_due
from throughline.notices.queries import notice_list
from throughline.telecoms.ending import end_authority
from throughline.telecoms.profile import profile_of
from throughline.telecoms.watch_queries import watch_list, watch_page
from throughline.telecoms.watching import WatchProblem, end_watch, keep_watch, look_on

__all__ = ["house", "shared_house"]

CHANGE = (clock.now() + timedelta(days=60)).replace(hour=0, minute=0, second=0, microsecond=0)
"""The day on which the phone is changed: ahead, since nobody held a role before today."""
PHONES = {f"p{n}": f"0770090{n:04}" for n in range(60)} | {"p0": "07700900301", "new-p0": "07700900999"}
OLD = "07700 900301"


def weeks(folder: Path, *, until: float = 99, since: float = 0) -> Path:
    """Two weeks of calls around the change, of these days."""
    start = CHANGE.timestamp() - 7 * DAY
    calls = renamed(acquaintances(3), {"p0"}, 7 * DAY)
    rows = [
        (int(str(at)) + start, PHONES[str(a)], PHONES[str(b)], *rest)
        for at, a, b, *rest in calls
        if since <= int(str(at)) / DAY < until
    ]
    return write_calls(folder / f"{since}-{until}.csv", rows)


def told(reader: Reader) -> list[str]:
    return [card.text for card in notice_list(reader)[0] if card.kind == "call watch"]


def test_a_watch_finds_by_itself_and_tells_once(house: Instance, tmp_path: Path) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    with pytest.raises(WatchProblem, match="nothing can be watched"):
        keep_watch(by=norfolk, number=OLD, why="Cut off")
    load(norfolk, weeks(tmp_path, until=7))
    ref = keep_watch(by=norfolk, number=OLD, why="Cut off")
    with pytest.raises(WatchProblem, match="already"):
        keep_watch(by=norfolk, number=OLD, why="Cut off")
    outbox.drain()
    assert told(norfolk) == []
    load(norfolk, weeks(tmp_path, since=7, until=10))
    outbox.drain()
    (text,) = told(norfolk)
    assert ref in text
    assert "07700" not in text
    load(norfolk, weeks(tmp_path, since=10))
    outbox.drain()
    assert len(told(norfolk)) == 1
    assert watch_page(norfolk, ref) and watch_list(kent) == ()
    assert watch_page(kent, ref) is None
    client = visitor("analyst@norf")
    assert "may have been replaced" in words_of(client.get("/desk"))
    assert "Found" in words_of(client.get("/calls/watches"))
    assert visitor("analyst@kent").get(f"/calls/watches/{ref}").status_code == 404
    look_on(by=norfolk, ref=ref, why="A taxi firm")
    outbox.drain()
    assert [row.state for row in watch_list(norfolk)] == ["watching"]
    assert len(told(norfolk)) == 1
    sent = client.post(f"/calls/watches/{ref}/end", {"why": "Done"})
    assert sent.headers["Location"] == f"/calls/watches/{ref}"
    assert watch_list(norfolk) == ()


def test_it_ends_with_its_authority(house: Instance, tmp_path: Path) -> None:
    norfolk = someone("analyst@norf")
    load(norfolk, weeks(tmp_path))
    ref = keep_watch(by=norfolk, number=OLD, why="Cut off")
    outbox.drain()
    end_authority(by=norfolk, ref="CD-1", why="the case is closed")
    assert watch_page(norfolk, ref) is None
    outbox.drain()
    assert "watched no longer" in told(norfolk)[0]
    with house.as_owner() as owner:
        assert owner.execute("select count(*) from telecoms_watch").fetchone() == (0,)


def test_what_is_closed_or_falls_silent_is_watched_and_life_is_noticed(
    house: Instance, tmp_path: Path
) -> None:
    manager = someone("manager@norf")
    with clock.stopped(CHANGE - timedelta(days=1)):
        line = live(manager)
        load(manager, weeks(tmp_path, until=9))
        outbox.drain()
    (row,) = watch_list(manager)
    assert (row.line, row.number, row.has_found) == (line, OLD, True)
    assert "fell silent" in row.why
    end_watch(by=manager, ref=row.ref, why="A new line next")
    with clock.stopped(CHANGE):
        closed(manager, CHANGE.date() - timedelta(days=3), name="N2")
        outbox.drain()
    assert [row.why.endswith("was closed") for row in watch_list(manager)] == [True]
    assert not [one for one in check_backs_due(manager, size=9) if one.is_sign_of_life]
    load(manager, weeks(tmp_path, since=9))
    outbox.drain()
    profile = profile_of(manager, OLD)
    assert profile and profile.last.date() > CHANGE.date() - timedelta(days=3)
    assert [one for one in check_backs_due(manager, size=9) if one.is_sign_of_life]
    assert outbox.failed() == 0
