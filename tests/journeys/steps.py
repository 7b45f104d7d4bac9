"""What a person does in a browser, and what every page of theirs must hold to."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from throughline.access.services import CAST_PASSWORD

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
DESKTOP, NARROW = (1280, 900), (320, 640)


def follow(what: Locator) -> None:
    """Click what leads to another page, and wait for that page: one asked for too soon would stop this one."""
    with what.page.expect_navigation():
        what.click()


def sign_in(page: Page, username: str, *, password: str = CAST_PASSWORD) -> None:
    """Sign in on the sign-in page, which is opened unless it stands there already."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("Username").fill(username)
    page.locator("#password").fill(password)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def check(page: Page, selector: str, *, why: str = "Stopped on the A2") -> None:
    """Check a selector on the check page."""
    page.goto("/check/")
    page.get_by_label("What do you want to check?").fill(selector)
    page.get_by_label("Why do you ask?").fill(why)
    follow(page.get_by_role("button", name="Check", exact=True))


def open_hit(page: Page, value: str, *, state: str = "") -> None:
    """Open the hit on a value from the list."""
    page.goto(f"/hits/?state={state}")
    follow(page.get_by_role("link", name=value).first)


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and whether it would have to be scrolled sideways on a phone."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}}).response
    out = [
        f"{page.url}: {fault['id']}: {fault['help']}: {[node['html'] for node in fault['nodes']]}"
        for fault in found["violations"]
    ]
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    if width > NARROW[0]:
        out.append(f"{page.url}: {width} pixels wide on a screen of {NARROW[0]}")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return out


def is_well(page: Page) -> None:
    """Nothing runs out of a narrow page, and axe finds no fault at either width."""
    for width, height in (NARROW, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert faults(page) == []


def reach(page: Page, name: str, *, steps: int = 120) -> None:
    """Press Tab until what has the focus carries this name, and show that the focus can be seen."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUS) == name:
            assert page.evaluate(SHOWS_FOCUS), f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"no Tab leads to {name!r} on {page.url}")


NAME_OF_FOCUS = """() => {
  const there = document.activeElement;
  const label = there.labels && there.labels.length ? there.labels[0] : there;
  return label.innerText.trim();
}"""
SHOWS_FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""
