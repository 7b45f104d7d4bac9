"""Encodings that match, a rule by identifier and how right links are, in a browser: found, answered and stated."""

from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from tests.journeys.steps import check, faults, follow, sign_in
from throughline.kernel import clock, outbox
from throughline.matching.blind.loading import load_encodings
from throughline.matching.people.rightness import publish_rightness

SHARES = {"precision": 0.981, "recall": 0.943}
FIGURES = {
    "model": "persons 1", "people": 1200, "records": 3000, "bcubed": SHARES,
    "by": {"gender": {"f": SHARES | {"records": 1500}, "m": SHARES | {"records": 1500}},
           "name_origin": {"british": SHARES | {"records": 2950}, "irish": SHARES | {"records": 50}}},
}  # fmt: skip


def test_a_blind_match_is_rung_about_and_answered(
    browser_page: Page, told: Instance, django_db_blocker: DjangoDbBlocker
) -> None:
    with inside(told, django_db_blocker):
        for code in ("lincs", "notts"):
            load_encodings(
                by=someone(f"analyst@{code}"), ids=[f"{code.upper()}-4711"], packed=[bytes(128)], made_by="a key"
            )  # fmt: skip
        outbox.drain()
    page = browser_page
    sign_in(page, "analyst@lincs")
    page.goto("/links/")
    follow(page.get_by_role("link", name="Blind matches"))
    assert faults(page) == []
    follow(page.get_by_role("link", name="LINCS-4711"))
    assert faults(page) == []
    assert "NOTTS-4711" not in page.content()
    follow(page.get_by_role("button", name="Keep the answer"))
    page.get_by_role("link", name="Say what they said").click()
    expect(page.get_by_label("What did they say?")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("Yes, the same person").check()
    page.get_by_label("What did they say?").fill("Their desk has the same date of birth")
    follow(page.get_by_role("button", name="Keep the answer"))
    expect(page.get_by_text("Their desk has the same date of birth")).to_be_visible()


def test_an_administrator_states_the_rule_and_ends_it(browser_page: Page) -> None:
    page, today = browser_page, clock.today()
    sign_in(page, "admin@lincs")
    page.goto("/people/")
    follow(page.get_by_role("link", name="Whether a national identifier joins records"))
    for button, why in (("State the rule", "Agreed by our board"), ("End the rule", "A slip")):
        assert faults(page) == []
        for part, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
            page.get_by_label(part).fill(str(number))
        page.get_by_label("Why").fill(why)
        follow(page.get_by_role("button", name=button))
    expect(page.get_by_text("Your body has stated no such rule")).to_be_visible()
    expect(page.get_by_text("Agreed by our board")).to_be_visible()
    assert faults(page) == []


def test_how_right_links_are_and_a_pointer_beside_a_check(
    browser_page: Page, told: Instance, django_db_blocker: DjangoDbBlocker
) -> None:
    with inside(told, django_db_blocker):
        publish_rightness(name="Invented people", figures=FIGURES)
    page = browser_page
    sign_in(page, "analyst@lincs")
    page.goto("/links/")
    follow(page.get_by_role("link", name="How right links are"))
    expect(page.get_by_text("Irish (too few to compare)")).to_be_visible()
    assert faults(page) == []
    page.goto("/links/")
    person = page.get_by_role("link", name="WINTERBOURNE").first.inner_text()
    name, _, born = person.partition(", born ")
    check(page, f"person:{name}, {born}")
    expect(page.get_by_role("heading", name="May be the same person")).to_be_visible()
    assert faults(page) == []
