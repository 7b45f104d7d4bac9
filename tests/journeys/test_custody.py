"""A suspect in a browser: arrested on a line, on bail with a condition, extended by rank and by a court."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.test_lines import _fill_day
from throughline.kernel import clock

FORCE = "sussex"


def _fill(page: Page, **words: str) -> None:
    for label, text in words.items():
        page.get_by_label(label.replace("_", " ")).first.fill(text)


def _extend(page: Page, name: str, *, court: bool = False) -> None:
    follow(page.get_by_role("button", name=name))
    assert faults(page) == []
    for letter in "BCD" if court else "ABCD":
        page.get_by_label(f"Condition {letter}").fill("As the file shows")
    _fill(
        page,
        Representations="None were made; he was told",
        Why_is_it_extended="Phones are with the laboratory",
    )
    if court:
        page.get_by_label("Court").fill("Lewes")
        _fill_day(page, "Day of the application", clock.today())
        page.get_by_label("12 months").check()
    else:
        page.get_by_role("radio").first.check()
    follow(page.get_by_role("button", name=name))


def test_from_arrest_to_bail_to_extension_to_court(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, f"manager@{FORCE}")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Heron"))
    follow(page.get_by_role("button", name="Record an arrest"))
    assert faults(page) == []
    _fill_day(page, "Day", clock.today())
    _fill(page, Time="00:00", Who_was_arrested="Alex Example", Offence="Being concerned in supply")
    page.get_by_label("England", exact=True).check()
    page.get_by_label("No", exact=True).check()
    follow(page.get_by_role("button", name="Record an arrest"))
    follow(page.get_by_role("button", name="Release on bail"))
    assert faults(page) == []
    expect(page.get_by_text("Consider bail with conditions")).to_be_visible()
    page.get_by_label("Their views were sought").check()
    page.get_by_label("Custody officer").check()
    _fill(page, Why_is_bail_necessary="Users live nearby", What_did_they_say="She fears him",
          First_condition="Keep away from the address given", What_is_it_to_prevent="Interference")  # fmt: skip
    follow(page.get_by_role("button", name="Release on bail"))
    _extend(page, "Extension to 6 months")
    _extend(page, "Extension to 9 months")
    _extend(page, "First extension by the court", court=True)
    expect(page.get_by_text("Not verified").first).to_be_attached()
    assert faults(page) == []
    at = page.url
    for address in (at, f"{at}/card", "/custody/", "/custody/law", "/clocks/"):
        page.goto(address)
        assert faults(page) == []
    page.goto(at)
    follow(page.get_by_role("link", name="All suspects of the line"))
    expect(page.get_by_role("img", name="From arrest to the end of bail")).to_be_visible()
    assert faults(page) == []
