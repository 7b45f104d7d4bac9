"""The auditor's page of patterns: what stands out, for their own body alone."""

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.access import journal
from throughline.access.journal import Entry, Verb, journal_page
from throughline.access.reader import Reader, reading
from throughline.intelligence.queries import report_page

__all__ = ["house", "shared_house"]


def _open(reader: Reader, count: int) -> None:
    with reading(reader):
        journal.note_all(
            [
                Entry(Verb.CONSULT, "report", f"IR-{reader.body}-{n}", "opened the report")
                for n in range(count)
            ]
        )


def test_what_stands_out_is_shown_to_the_auditor_of_that_body(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    given, family = aisha.name.split()[0], aisha.name.split()[-1]
    own = file_report(aisha, "OWN", selectors=[f"person:{given} {family}, 1990-01-02"])
    report_page(aisha, own, why="reading it")
    _open(aisha, 45)
    _open(mia, 45)
    shown = words_of(visitor("auditor@norf").get("/journal/patterns"))
    assert "Looking at oneself" in shown
    assert "Opened 46 records within an hour" in shown
    assert mia.name not in shown
    theirs = words_of(visitor("auditor@mps").get("/journal/patterns"))
    assert "Opened 45 records within an hour" in theirs
    assert "Looking at oneself" not in theirs
    looks, _ = journal_page(someone("auditor@norf"))
    assert (looks[0].thing, looks[0].why) == ("journal", "looked for patterns")


def test_with_nothing_to_see_it_says_so_and_others_may_not_look(house: Instance) -> None:
    assert "Nothing stands out." in words_of(visitor("auditor@norf").get("/journal/patterns"))
    assert visitor("manager@norf").get("/journal/patterns").status_code == 403
