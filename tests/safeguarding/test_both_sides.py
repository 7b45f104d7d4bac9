"""Both sides of a person: every role and status beside each other, and real people who are victim and suspect."""

from collections import Counter
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import keep, says
from tests.lines.keeping import page as line_page
from tests.real_data.tables import ST_LOUIS, needs, table
from tests.safeguarding.caring import ALEX, LEAD, raised
from tests.web.visiting import visitor, words_of
from throughline.network.services import load_network
from throughline.safeguarding.both_sides import (
    HARMED,
    IN_LINE,
    SUSPECTED,
    people_of_both_sides,
    record_status,
    sides_in_line,
    sides_in_network,
)
from throughline.safeguarding.raising import ConcernProblem


def test_a_child_who_was_arrested_stands_on_both_sides_and_each_reader_sees_what_they_may(cast: Cast) -> None:
    manager = someone("manager@norf")
    line = keep(manager, said=[says(ALEX, detail="runner")])
    piece = next(one.ref for one in line_page(manager, line).pieces if one.statement == "role")
    item = f"{file_report(manager, 'A1')}/1"
    said: dict[str, Any] = {
        "by": manager,
        "line": line,
        "piece": piece,
        "from_on": None,
        "to_on": None,
        "words": "",
    }
    record_status(**said, status="arrested", item=item)
    with pytest.raises(ConcernProblem, match="graded item"):
        record_status(**said, status="arrested", item="IR-0000")
    ref = raised()
    seen = sides_in_line(manager, line, piece)
    assert seen
    assert {one.side for one in seen.held} == {IN_LINE, SUSPECTED}
    assert not seen.is_both, "what safeguarding knows is not for the desk that keeps the line"
    whole = sides_in_line(someone(LEAD), line, piece)
    assert whole
    assert whole.is_both
    assert [one.source_ref for one in whole.on(HARMED)] == [ref]
    assert all(one.grade for one in whole.held if one.source == "item")
    assert sides_in_line(cast.harry, line, piece) is None
    lead = visitor(LEAD)
    shown = words_of(lead.get(f"/concerns/{ref}/sides"))
    assert "Arrested" in shown
    assert "Alex" not in shown, "from a concern the person is not named"
    assert "Neither takes the other away" in words_of(lead.get(f"/concerns/sides/{line}/{piece}"))
    at = f"/concerns/sides/{line}/{piece}/status"
    assert "Choose a status" in words_of(visitor("manager@norf").post(at, {"item": item}))


@needs(ST_LOUIS)
def test_everyone_in_st_louis_who_is_victim_and_suspect_is_shown_as_the_raw_file_counts_them(
    cast: Cast,
) -> None:
    ref = load_network(by=cast.aisha, folder=ST_LOUIS, name="St Louis").ref
    raw: dict[str, Counter[str]] = {}
    for row in table(ST_LOUIS, "involvement"):
        raw.setdefault(row["person"], Counter()).update(row["role"].split("_and_"))
    both = {person for person, counted in raw.items() if counted["victim"] and counted["suspect"]}
    people = people_of_both_sides(cast.aisha, ref)
    assert people is not None
    assert {name for _, name in people} == both
    for number, name in people:
        found = sides_in_network(cast.aisha, ref, number)
        assert found
        assert found.is_both
        assert (len(found.on(HARMED)), len(found.on(SUSPECTED))) == (
            raw[name]["victim"],
            raw[name]["suspect"],
        ), name
    shown = words_of(visitor("analyst@norf").get(f"/concerns/both/{ref}/{people[0][0]}"))
    assert f"Harmed: {raw[people[0][1]]['victim']}" in shown
    assert sides_in_network(cast.harry, ref, people[0][0]) is None
