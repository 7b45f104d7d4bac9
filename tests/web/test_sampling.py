"""The sample of an auditor: the same address draws the same looks, of what that auditor may see."""

from datetime import timedelta

from tests.inside import apart, house, shared_house, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.access import journal
from throughline.access.journal import Entry, Verb, journal_page
from throughline.access.reader import reading
from throughline.kernel import clock

__all__ = ["apart", "house", "shared_house"]


def _address(*, seed: str = "2026", ago: int = 1) -> str:
    until = clock.today() - timedelta(days=ago)
    since = until - timedelta(days=7)
    boxes = {"since": since, "until": until}
    days = "&".join(f"{n}-day={d.day}&{n}-month={d.month}&{n}-year={d.year}" for n, d in boxes.items())
    return f"/journal/sample?{days}&size=50&seed={seed}"


def _look(username: str, word: str) -> None:
    with reading(someone(username)):
        journal.note_all([Entry(Verb.CONSULT, "report", f"{word}-{n}", "reading it") for n in range(30)])


def _three_days_ago(apart: Instance) -> None:
    """Only an owner of the database can: the journal takes its moments from the database's clock."""
    with apart.as_owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute("update access_journal_entry set at = at - interval '3 days'")


def test_the_same_seed_and_days_draw_the_same_looks_of_the_own_body(apart: Instance) -> None:
    _look("analyst@norf", "OURS")
    _look("auditor@norf", "MINE")
    _look("analyst@mps", "THEIRS")
    _three_days_ago(apart)
    auditor = visitor("auditor@norf")
    first = words_of(auditor.get(_address()))
    looks, _ = journal_page(someone("auditor@norf"))
    assert "50 looks of 60, drawn with seed 2026" in first
    assert "OURS-" in first
    assert "Your own look: ask another auditor to judge it" in first
    assert "THEIRS-" not in first
    assert (looks[0].why, looks[0].detail["seed"]) == ("drew a sample", "2026")
    assert words_of(auditor.get(_address())) == first
    assert words_of(auditor.get(_address(seed="7"))) != first


def test_a_period_that_is_not_over_a_seed_that_is_none_and_a_look_by_others_are_refused(
    house: Instance,
) -> None:
    auditor = visitor("auditor@norf")
    assert "The last day must be before today" in words_of(auditor.get(_address(ago=0)))
    assert "The seed must be a whole number" in words_of(auditor.get(_address(seed="x")))
    assert "Draw the sample" in words_of(auditor.get("/journal/sample"))
    assert "There are no looks in this period." in words_of(auditor.get(_address(ago=400)))
    assert visitor("manager@norf").get(_address()).status_code == 403
