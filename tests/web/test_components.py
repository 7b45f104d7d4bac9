"""The GOV.UK macros give upstream's own markup, and the built styles hold nothing we may not use."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from throughline.web.jinja import environment

ROOT = Path(__file__).parents[2]
COMPONENTS = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
STYLES = ROOT / "src/throughline/web/static/build/styles.css"
FIXTURES = 657
"""What govuk-frontend 6.3.0 ships; another number means that a pin has moved."""

Token = tuple[object, ...]


class Tokens(HTMLParser):
    """Markup as the things that matter in it: spaces between words and the order of attributes do not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("start", tag, tuple(sorted((name, _words(value or "")) for name, value in attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if _words(data):
            self.found.append(("text", _words(data)))


def _words(text: str) -> str:
    return " ".join(text.split())


def tokens(markup: str) -> list[Token]:
    """The token stream of a piece of markup, text run together where tags do not part it."""
    parser = Tokens()
    parser.feed(markup)
    parser.close()
    return parser.found


def fixtures() -> Iterator[tuple[str, str, dict[str, object], str]]:
    """Component, case, options and expected markup, of every case that upstream ships."""
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["fixtures"]:
            yield path.parent.name, case["name"], case["options"], case["html"]


def macro_of(component: str) -> str:
    """`date-input` is drawn by `govukDateInput`."""
    return "govuk" + "".join(part.capitalize() for part in component.split("-"))


@pytest.fixture(scope="module")
def drawn() -> dict[str, list[str]]:
    """Every case drawn, as the names of those that differ, by component."""
    env = environment()
    differing: dict[str, list[str]] = {}
    for component, case, options, expected in fixtures():
        name = macro_of(component)
        module = env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
        markup = str(getattr(module, name)(options))
        same = tokens(markup) == tokens(expected)
        differing.setdefault(component, []).extend([] if same else [case])
    return differing


def test_it_ships_the_cases_that_the_pins_promise() -> None:
    assert len(list(fixtures())) == FIXTURES


def test_it_draws_every_case_as_upstream_does(drawn: dict[str, list[str]]) -> None:
    assert {component: cases for component, cases in drawn.items() if cases} == {}


@pytest.mark.parametrize("forbidden", ["GDS Transport", "@font-face", "govuk-crest"])
def test_it_uses_no_font_or_crest_of_gov_uk(forbidden: str) -> None:
    assert forbidden not in STYLES.read_text(encoding="utf-8")


def test_it_takes_nothing_from_another_host() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", STYLES.read_text(encoding="utf-8"))
    assert [address for address in addresses if not address.strip("\"'").startswith("/static/build/")] == []
