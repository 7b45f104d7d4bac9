"""Two people who may be one, in a browser: found on the list, explained, judged, taken back."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import check, follow, is_well, sign_in


def test_two_people_are_judged_to_be_one_and_it_is_taken_back(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@lincs")
    page.goto("/links/")
    is_well(page)
    follow(page.get_by_role("link", name="MARCHET").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this one person?")
    expect(page.get_by_text("The same phone number.")).to_be_visible()
    is_well(page)
    follow(page.get_by_role("button", name="Keep the judgement"))
    page.get_by_role("link", name="Give your reason").click()
    expect(page.get_by_label("Why?")).to_be_focused()
    page.get_by_label("Yes, the same person").check()
    page.get_by_label("Why?").fill("The school knows him under both")
    follow(page.get_by_role("button", name="Keep the judgement"))
    expect(page.get_by_text("You said that they are the same person.")).to_be_visible()
    expect(page.get_by_text("Judged to be one person:")).to_be_visible()
    page.get_by_label("Take back what my body said").check()
    page.get_by_label("Why?").fill("A brother")
    follow(page.get_by_role("button", name="Keep the judgement"))
    expect(page.get_by_role("heading", name="The same person, at")).to_be_visible()
    is_well(page)


def test_a_person_whom_another_body_holds_is_a_pointer(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@notts")
    page.goto("/links/")
    follow(page.get_by_role("link", name="WINTERBOURNE").first)
    expect(page.get_by_text("Lincolnshire Police")).to_be_visible()
    assert "Kate" not in page.content()
    is_well(page)


def test_two_addresses_are_judged_from_a_check_without_either_in_an_address(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@lincs")
    check(page, "Flat 3, 12 Wherry Road, LN1 1AA")
    is_well(page)
    follow(page.get_by_role("button", name="Look at the two").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this one place?")
    assert page.url.endswith("/links/places")
    is_well(page)
    follow(page.get_by_role("button", name="Keep the judgement"))
    page.get_by_role("link", name="Say whether they are the same place").click()
    page.get_by_label("Yes, the same place").check()
    page.get_by_label("Why?").fill("One door, two ways of writing it")
    follow(page.get_by_role("button", name="Keep the judgement"))
    expect(page.get_by_text("Judged to be one place:")).to_be_visible()
    assert "Wherr" not in page.url
    is_well(page)
    check(page, "Flat 3, 12 Wherry Road, LN1 1AA")
    expect(page.get_by_text("The same place, your body says.")).to_be_visible()
