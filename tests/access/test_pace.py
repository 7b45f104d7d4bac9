"""A count that all processes keep together of how often somebody did a thing that has a limit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from tests.inside import someone
from tests.instance import Instance
from throughline.access.journal import Verb
from throughline.access.models import JournalEntry
from throughline.access.pace import Limit, is_spent, spend
from throughline.access.reader import reading
from throughline.access.sessions import clear_sessions
from throughline.kernel import clock

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
THREE = Limit("trial", 3, timedelta(minutes=15))


def test_a_limit_is_reached_and_over_when_its_window_is(house: Instance) -> None:
    with clock.stopped(NOON):
        assert [bool(spend(THREE, who="a", by=None)) for _ in range(5)] == [False, False, False, True, True]
        assert spend(THREE, who="b", by=None) is None
        held_up = is_spent(THREE, who="a")
        assert held_up
        assert held_up.until == NOON + THREE.window
    with clock.stopped(NOON + THREE.window):
        assert is_spent(THREE, who="a") is None
        assert spend(THREE, who="a", by=None) is None


def test_the_auditor_sees_it_once_for_each_window(house: Instance) -> None:
    aisha = someone("analyst@norf")
    for _ in range(9):
        spend(THREE, who=aisha.username, by=aisha)
    with reading(someone("auditor@norf")):
        noted = JournalEntry.objects.filter(verb=Verb.REFUSE, thing="trial", person=aisha.person)
        assert [entry.why for entry in noted] == ["more than 3 in 15 minutes"]


def test_processes_count_together(house: Instance) -> None:
    """Twenty at once from twenty connections: three are let through, whichever they are."""

    def one(_: int) -> bool:
        with house.as_app() as app:
            row = app.execute("select uses from access_pace_spend('trial', 'c', now(), 900)").fetchone()
            return bool(row and row[0] <= THREE.uses)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(20))) == THREE.uses


def test_counts_are_cleared_away(house: Instance) -> None:
    with clock.stopped(clock.now() - timedelta(days=2)):
        spend(THREE, who="d", by=None)
    clear_sessions()
    with house.as_owner() as owner:
        assert owner.execute("select count(*) from access_pace").fetchone() == (0,)
