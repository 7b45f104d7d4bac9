"""Nothing of a disposed record is left: every file of the database's folder is read for its words.

The journal alone is never altered, so what is planted here is planted where no look writes it down: who looked at what
is kept by reference.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import file_report, inside, someone
from tests.instance import HOME, Instance, fresh_instance
from tests.lines.keeping import says
from throughline.intelligence.attachments import attach_file
from throughline.interop.stix.feed import objects_added
from throughline.kernel import outbox
from throughline.lines.services import add_line
from throughline.matching.queries import hit_list
from throughline.network.chart.queries import chart_page
from throughline.network.chart.services import open_chart, widen_chart
from throughline.network.chart.spots import Spot
from throughline.retention.services import dispose_of, propose_disposal
from throughline.search.narrowed import Narrowed
from throughline.search.queries import search_everything
from throughline.selectors.registry import parse

WORDS = ("qzheronxv", "qzwigeonxv", "qzternlyxv", "qzdunlinxv", "qzgarganeyxv", "qzploverixv", "qzbitternxv")
TITLE, TEXT, ADDRESS, SURNAME, FILE, ORIGIN, INSTRUCTIONS = WORDS
SHARED = "phone:07700900123"


@pytest.fixture
def lived_in(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[tuple[Instance, str]]:
    """An instance in which one report was recorded, matched, linked, put on a line, charted and searched."""
    with fresh_instance(tmp_path) as made, inside(made, django_db_blocker):
        aisha, manager = someone("analyst@norf"), someone("manager@norf")
        person = f"person:{SURNAME}, Sam, 2001-05-03"
        ref = file_report(
            aisha, ORIGIN, title=f"A {TITLE}", text=f"A {TEXT} sells from a van.", grade="1BC",
            instructions=f"Ask {INSTRUCTIONS} first", bodies=["MPS"],
            selectors=[SHARED, f"email:{ADDRESS}@line.example", person],
        )  # fmt: skip
        attach_file(by=aisha, report=ref, item=1, name=f"{FILE}.txt", content=f"A {FILE}".encode())
        file_report(someone("analyst@mps"), "M1", selectors=[SHARED, "person:Example, Sam, 2001-05-03"])
        file_report(aisha, "N2", selectors=[f"person:{SURNAME[:-1]}, Samuel, 2001-05-03"], text="A van")
        outbox.drain()
        assert hit_list(aisha).rows
        add_line(
            by=manager, items=[f"{ref}/1"], said=[says(person, detail="runner"), says(SHARED)], why="A line"
        )
        email = parse(f"email:{ADDRESS}@line.example")
        chart = open_chart(by=aisha, start=Spot(email.kind, email.key))
        widen_chart(by=aisha, ref=chart)
        assert chart_page(aisha, chart)
        assert search_everything(aisha, "van", Narrowed()).reports
        assert objects_added(aisha, size=1_000).objects
        outbox.drain()
        assert outbox.failed() == 0
        yield made, ref


def _left(folder: Path) -> dict[str, list[str]]:
    """In which files each word stands, in whatever case, of those in which it does."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes().lower()
            for word in WORDS:
                if word.encode() in held:
                    found.setdefault(word, []).append(str(path.relative_to(folder)))
    return found


def test_no_byte_of_it_is_left_in_any_file(lived_in: tuple[Instance, str]) -> None:
    instance, ref = lived_in
    assert _left(HOME).keys() == set(WORDS)
    propose_disposal(by=someone("analyst@norf"), ref=ref, reason="not needed")
    with instance.as_owner() as owner:
        named = "select report from interop_stix_name n where n.report = any(%s) limit 1"
        rows = owner.execute("select id from intelligence_report where ref = %s", [ref]).fetchall()
        numbers = [number for (number,) in rows]
        assert owner.execute(named, [numbers]).fetchone()
        dispose_of(by=someone("manager@norf"), ref=ref)
        assert owner.execute(named, [numbers]).fetchone() is None
    outbox.drain()
    assert outbox.failed() == 0
    instance.run("retention", "scrub")
    assert _left(HOME) == {}
