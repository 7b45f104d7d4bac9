"""The pages of scores, of the map, of the co-ordination desk, and the files of lines."""

import csv
import json
from datetime import timedelta
from io import StringIO

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import NEXT_NUMBER, an_item, closed, keep, says
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock
from throughline.lines.flows import Flow
from throughline.lines.services import Said, add_evidence
from throughline.lines.statements import BODY, TOWN
from throughline.organisations.towns import middle_of_body
from throughline.web.lines.flow_picture import MOST_CURVES, MOST_DOTS, picture_of

FIREARM, CHILD = Said("violence", "word", "firearm"), Said("exploitation", "word", "child")
FROM_LONDON, TO_NORFOLK = Said("exports from", BODY, "MPS"), Said("imports to", BODY, "NORF")
IN_YARMOUTH = Said("imports to", TOWN, "Great Yarmouth")
ROUTE = [FROM_LONDON, TO_NORFOLK, IN_YARMOUTH]


def test_a_line_shows_its_score_with_reasons_and_what_would_move_it(cast: Cast) -> None:
    ref = keep(cast.aisha, said=[FIREARM, CHILD])
    words = words_of(visitor("analyst@norf").get(f"/lines/{ref}"))
    for said in ("Score", "of 100", "Physical harm 20 of 20", "A firearm, kidnap, or three kinds of violence",
                 "It is not MoRiLE", "Without IR-", "it would be 0", "Grades 2 of 2",
                 "Nothing known of it", "more with", "kept apart from the score"):  # fmt: skip
        assert said in words, said


def test_the_list_is_by_score_or_by_age(cast: Cast) -> None:
    client = visitor("analyst@norf")
    low, high = keep(cast.aisha, "N1"), keep(cast.aisha, "N2", said=[FIREARM])
    text = client.get("/lines/").content.decode()
    assert text.index(high) < text.index(low)
    third = keep(cast.aisha, "N3")
    text = client.get("/lines/?order=newest").content.decode()
    assert text.index(third) < text.index(high) < text.index(low)
    assert "the newest on the register first" in text
    assert "3 lines" in words_of(client.get("/lines/?state=open"))


def test_it_says_how_lines_are_scored_and_how_steady_the_ranking_is(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert "There is no open line" in words_of(client.get("/lines/scores"))
    ref = keep(cast.aisha, said=[FIREARM])
    words = words_of(client.get("/lines/scores"))
    assert "Physical harm Threats 5" in words
    assert f"{ref}" in words
    assert "100%" in words


def test_the_map_shows_flows_and_narrows(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert "No line that you may know has a known start and end." in words_of(client.get("/lines/map"))
    ref = keep(cast.aisha, said=[*ROUTE, FIREARM])
    keep(cast.aisha, "N2", said=[FROM_LONDON])
    sent = client.get("/lines/map")
    words, text = words_of(sent), sent.content.decode()
    assert "2 open lines that you may know" in words
    assert "Of 1 it is not known" in words
    assert "Metropolitan Police Service to Norfolk Constabulary: 1 line" in words
    assert 'viewBox="0 0 680 1060"' in text
    near = client.get("/lines/map?sells_in=NORF")
    assert "Great Yarmouth" in words_of(near)
    assert ref in words_of(near)
    assert 'viewBox="0 0 680 1060"' not in near.content.decode()
    assert "fits these filters" in words_of(client.get("/lines/map?drug=heroin"))
    assert client.get("/lines/map?sells_in=zebra&score=x&offset=9").status_code == 200


def test_no_more_is_drawn_than_can_be_looked_at(cast: Cast) -> None:
    codes = list(middle_of_body())
    areas = [*((BODY, code) for code in codes), (TOWN, "Nowhere")]
    flows = [Flow(a, b, 1, 50) for a in areas for b in areas]
    drawn = picture_of(flows, {area: area[1] for area in areas}, is_near=False)
    assert len(drawn.curves) == MOST_CURVES
    assert 0 < len(drawn.dots) <= MOST_DOTS
    assert drawn.nowhere == len(flows) - len(codes) ** 2
    assert drawn.left_out == len(codes) ** 2 - MOST_CURVES


def test_the_coordination_desk_has_a_region_and_the_nation(cast: Cast) -> None:
    client = visitor("coordinator@ersou")
    assert "Co-ordination desk" in words_of(client.get("/desk"))
    ref = keep(cast.aisha, said=[FIREARM], everyone=True)
    far = keep(cast.mia, "M1", everyone=True)
    words = words_of(client.get("/lines/co-ordination"))
    assert "Eastern" in words
    assert ref in words
    assert far not in words
    assert "1 New this week" in words
    assert "1 Unmapped" in words
    assert "0 Led by nobody" in words
    nation = words_of(client.get("/lines/co-ordination?scope=nation"))
    assert far in nation
    one = words_of(client.get("/lines/co-ordination?pile=unmapped"))
    assert ref in one
    assert "New this week" not in one
    theirs = an_item(cast.mia, "M2", selectors=[NEXT_NUMBER], everyone=True)
    add_evidence(by=cast.mia, line=ref, items=[theirs], said=[says(NEXT_NUMBER)], why="Seen here")
    assert ref in words_of(client.get("/lines/co-ordination?pile=several"))
    assert visitor("analyst@norf").get("/lines/co-ordination").status_code == 403


def test_a_check_back_that_is_due_stands_on_the_coordination_desk(cast: Cast) -> None:
    manager = someone("manager@norf")
    ref = closed(manager, clock.today() - timedelta(days=20), everyone=True)
    assert ref in words_of(visitor("coordinator@ersou").get("/lines/co-ordination?pile=check-backs"))


def test_the_list_is_taken_as_files(cast: Cast) -> None:
    ref = keep(cast.aisha, said=[*ROUTE, says("brand:Ricky")])
    client = visitor("analyst@norf")
    assert "/lines/file/csv" in client.get("/lines/").content.decode()
    sent = client.get("/lines/file/csv?brand=ricky")
    marking, names, row = csv.reader(StringIO(sent.content.decode("utf-8-sig")))
    assert marking[0].startswith("OFFICIAL-SENSITIVE. County lines as far as")
    assert dict(zip(names, row, strict=True))["reference"] == ref
    held = json.loads(client.get("/lines/file/geojson").content)
    assert held["marking"].startswith("OFFICIAL-SENSITIVE")
    (feature,) = held["features"]
    assert feature["geometry"]["type"] == "MultiLineString"
    assert feature["properties"]["name"] == "Ricky line"
    assert json.loads(visitor("analyst@kent").get("/lines/file/geojson").content)["features"] == []
    assert visitor("auditor@norf").get("/lines/file/csv").status_code == 403


def test_search_finds_a_line_by_its_name_its_reference_and_its_number(cast: Cast) -> None:
    ref, client = keep(cast.aisha, said=[says("brand:Ricky")]), visitor("analyst@norf")
    for text in ("Ricky", "the ricky line", ref.lower(), "07700 900301"):
        sent = client.post("/search/", {"text": text}, follow=True)
        assert f'href="/lines/{ref}"' in sent.content.decode(), text
    for text in ("Ricky", ref):
        sent = visitor("analyst@kent").post("/search/", {"text": text}, follow=True)
        assert f'href="/lines/{ref}"' not in sent.content.decode(), text


def test_who_can_see_each_piece_is_for_its_own_body_to_ask(cast: Cast) -> None:
    ref = keep(cast.aisha, everyone=True)
    sent = visitor("analyst@norf").get(f"/lines/{ref}")
    assert "Norfolk Constabulary, which leads on it, and whoever may know an item below" in words_of(sent)
    assert "/who/item/IR-" in sent.content.decode()
    assert "/who/item/" not in visitor("analyst@mps").get(f"/lines/{ref}").content.decode()
