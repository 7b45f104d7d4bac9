"""Filing a graded report with three selectors by keyboard: how many actions it takes, and how long a person needs.

What counts as one action: moving to a field and filling it in, or moving to a button or link and pressing it. However
many keys that takes, it is one. The keys are counted apart, every Tab and every character typed, and give the time by
the keystroke-level model (Card, Moran and Newell, 1980): 0.28 seconds a key, an average typist at 40 words a minute;
1.35 seconds to prepare each action; and a second for each new page. The estimate is the same on every machine.
"""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.steps import NAME_OF_FOCUS, SHOWS_FOCUS, follow, sign_in

SECONDS_A_KEY, SECONDS_TO_PREPARE, SECONDS_A_PAGE = 0.28, 1.35, 1.0
MOST_ACTIONS, MOST_SECONDS = 12, 90
WORDS = (
    "On Friday 07700 900961 and 07700 900962 sent offers in Norwich. The driver of KX71 ZZC took the money."
)


@dataclass
class Hands:
    """A person at the keyboard, with what they did so far."""

    page: Page
    actions: int = 0
    keys: int = 0
    pages: int = 0

    @property
    def seconds(self) -> float:
        return self.keys * SECONDS_A_KEY + self.actions * SECONDS_TO_PREPARE + self.pages * SECONDS_A_PAGE

    def fill(self, name: str, words: str) -> None:
        """Move to a box and type into it."""
        self._move_to(name)
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.actions += 1

    def choose(self, first: str, wanted: str) -> None:
        """Move to a group of radios, by its first, and choose one with the arrow keys."""
        self._move_to(first)
        self._key("Space")
        while self._name() != wanted:
            self._key("ArrowDown")
        self.actions += 1

    def press(self, name: str) -> None:
        """Move to a button or a link and press it."""
        self._move_to(name)
        with self.page.expect_navigation():
            self._key("Enter")
        self.actions += 1
        self.pages += 1

    def _move_to(self, name: str) -> None:
        for _ in range(60):
            self._key("Tab")
            if self._name() == name:
                assert self.page.evaluate(SHOWS_FOCUS), f"the focus on {name!r} cannot be seen"
                return
        raise AssertionError(f"no Tab leads to {name!r} on {self.page.url}")

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def _name(self) -> str:
        return str(self.page.evaluate(NAME_OF_FOCUS))


def test_it_takes_at_most_twelve_actions_and_ninety_seconds(browser_page: Page) -> None:
    page, hands = browser_page, Hands(browser_page)
    sign_in(page, "analyst@ersou")
    page.goto("/desk")
    hands.press("Add a report")
    hands.fill("Title", "Offers sent in Norwich")
    hands.fill("What is known", WORDS)
    hands.press("Take every selector in the text")
    for value in ("07700 900961", "07700 900962", "KX71 ZZC"):
        expect(page.get_by_label(value)).to_be_checked()
    hands.choose("1: Reliable", "2: Untested")
    hands.choose("A: Known directly to the source", "B: Known indirectly to the source but corroborated")
    hands.choose("P: Lawful sharing permitted", "P: Lawful sharing permitted")
    hands.press("Record the report")
    expect(page.get_by_text("Its selectors are being matched.")).to_be_visible()
    expect(page.get_by_role("heading", name="Item 1 [2BP]")).to_be_visible()
    for value in ("07700 900961", "07700 900962", "KX71 ZZC"):
        expect(page.get_by_role("listitem").get_by_text(value, exact=True)).to_be_visible()
    assert hands.actions <= MOST_ACTIONS
    assert hands.seconds <= MOST_SECONDS


def test_enter_in_a_box_records_nothing(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@ersou")
    page.goto("/reports/add")
    page.get_by_label("What is known").fill(f"A source told us. {WORDS}")
    page.get_by_label("Title").fill("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("KX71 ZZC")).to_be_visible()
    page.locator("#source-1").check()
    page.locator("#assessment-1").check()
    page.locator("#handling-1").check()
    follow(page.get_by_role("button", name="Record the report"))
    expect(page.get_by_role("heading", name="Before you record it")).to_be_visible()
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_label("Title")).to_have_value("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a report")
