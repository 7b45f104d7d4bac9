"""Lines as the tests put them on the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.inside import file_report
from throughline.access.reader import Reader
from throughline.lines.queries import LinePage, line_page
from throughline.lines.services import Said, add_line, close_line, move_line
from throughline.lines.statements import OF_SELECTORS
from throughline.selectors.registry import parse

NUMBER, NEXT_NUMBER = "phone:07700 900301", "phone:07700 900302"


def says(value: str, **more: Any) -> Said:
    """What a selector says of a line."""
    selector = parse(value)
    return Said(OF_SELECTORS[selector.kind], selector.kind, selector.key, **more)


def an_item(by: Reader, name: str, *, selectors: Sequence[str] = (NUMBER,), **circulated: Any) -> str:
    """A graded item of a report; its reference."""
    return f"{file_report(by, name, selectors=list(selectors), **circulated)}/1"


def keep(by: Reader, name: str = "N1", *, said: Sequence[Said] = (), **circulated: Any) -> str:
    """A line on one number, with what else is said; its reference."""
    item = an_item(by, name, **circulated)
    return add_line(by=by, items=[item], said=[says(NUMBER), *said], why="A line of ours")


def live(by: Reader, name: str = "N1", **more: Any) -> str:
    """The same, accepted."""
    ref = keep(by, name, **more)
    move_line(by=by, line=ref, verb="accept", why="Two sources")
    return ref


def closed(by: Reader, on: date, **more: Any) -> str:
    """A live line that was closed as Type 2 on a day."""
    ref = live(by, **more)
    item = an_item(by, "out of use", selectors=())
    close_line(by=by, line=ref, closure="type 2", closed_on=on, items=[item], why="The SIM was stopped")
    return ref


def page(reader: Reader, ref: str, *, known_on: date | None = None) -> LinePage:
    """The page of a line that the reader may know."""
    found = line_page(reader, ref, known_on=known_on)
    assert found is not None
    return found
