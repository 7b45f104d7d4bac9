"""The pages of data quality: who they open to, what they say, the list, its rules and the file."""

import csv
from io import StringIO

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.intelligence.pole import ALONE, NO_CONTACT, NOTHING, RULES, SHORT

__all__ = ["house", "shared_house"]

ALEX = "person:Example, Alex, 1990-01-02"


def test_the_figures_stand_with_every_rule_and_its_mark(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    file_report(norfolk, "N1", selectors=["phone:07700 900123"])
    file_report(norfolk, "N2", selectors=[ALEX])
    file_report(someone("analyst@mps"), "M1", everyone=True)
    answer = visitor("manager@norf").get("/oversight/quality")
    shown, markup = words_of(answer), answer.content.decode()
    assert "1 of 2" in shown
    assert "50%" in shown
    assert "Kept back" in shown
    assert all(rule.words in shown and rule.remedy in shown for rule in RULES)
    assert shown.count("Not verified.") == sum(rule.is_unverified for rule in RULES)
    assert markup.count('<svg class="tl-chart"') == markup.count("The table below says the same.") == 1


def test_the_list_links_to_the_reports_and_is_reached_from_the_desk(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    bad = file_report(norfolk, "N1", title="Two phones", selectors=[ALEX])
    short = file_report(norfolk, "N2", title="=A short one", text="Seen.", selectors=["phone:07700 900123"])
    other = file_report(someone("analyst@mps"), "M1", title="Not ours", everyone=True)
    analyst = visitor("analyst@norf")
    assert "/oversight/quality/mend" in analyst.get("/desk").content.decode()
    answer = analyst.get("/oversight/quality/mend")
    assert f"/reports/{bad}" in answer.content.decode()
    assert NO_CONTACT.words in words_of(answer)
    assert other not in words_of(answer)
    of_one = words_of(analyst.get(f"/oversight/quality/mend?rule={SHORT.code}"))
    assert short in of_one
    assert bad not in of_one
    assert "Nothing to mend." in words_of(analyst.get(f"/oversight/quality/mend?rule={NOTHING.code}"))
    for odd in ("?rule=none-such", "?before=none-such", f"?before={other}"):
        assert analyst.get(f"/oversight/quality/mend{odd}").status_code == 200
    taken = analyst.get("/oversight/quality/mend.csv")
    marking, head, *rows = csv.reader(StringIO(taken.content.decode("utf-8-sig")))
    assert marking[0].startswith("OFFICIAL-SENSITIVE. What Norfolk")
    assert [row[head.index("rule")] for row in rows] == [SHORT.code, NO_CONTACT.code, ALONE.code]
    assert rows[0][1].startswith("'=")


def test_the_list_is_paged(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    refs = [file_report(norfolk, f"N{n}") for n in range(27)]
    analyst = visitor("analyst@norf")
    first = analyst.get("/oversight/quality/mend")
    assert refs[26] in words_of(first)
    assert refs[1] not in words_of(first)
    second = words_of(analyst.get(f"/oversight/quality/mend?before={refs[2]}"))
    assert f"before={refs[2]}" in first.content.decode()
    assert refs[1] in second
    assert refs[0] in second


def test_each_page_is_for_those_who_may(house: Instance) -> None:
    officer, auditor = visitor("officer@mps"), visitor("auditor@norf")
    for address in ("/oversight/quality", "/oversight/quality/mend", "/oversight/quality/mend.csv"):
        assert officer.get(address).status_code == 403
    assert "Your role reads no reports" in words_of(auditor.get("/oversight/quality"))
    assert auditor.get("/oversight/quality/mend").status_code == 403
    assert visitor("manager@norf").get("/oversight/quality").status_code == 200
