"""The answer to a check as a page shows it: what was read, who holds it, and which reports to open."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.matching.asked import asked_about
from throughline.matching.queries import Holding
from throughline.matching.services import run_check
from throughline.selectors.registry import KINDS, Selector
from throughline.web.asked import asked_words
from throughline.web.sightings import SeenRow, seen_rows


@dataclass(frozen=True, slots=True)
class Held:
    """What one body holds that the reader may read."""

    body_name: str
    desk: str
    since: date | None
    times: int
    rows: tuple[SeenRow, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A body that holds something the reader may not read, and how to reach it."""

    body_name: str
    desk: str
    desk_email: str
    ask_href: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that the answer to one check says."""

    typed: str
    shown: str
    kind: str
    kind_label: str
    why: str
    at: datetime
    content: tuple[Held, ...]
    existence: tuple[Desk, ...]
    asked: str
    may_stand: bool
    may_ask_calls: bool
    is_silent: bool


def ask(reader: Reader, selector: Selector, *, typed: str, why: str, silent: bool) -> Answer:
    """Run the check (journalled; holders are told) and put its answer into words and links."""
    holdings = run_check(by=reader, selector=selector, why=why, silent=silent)
    return Answer(
        typed=typed, shown=selector.shown, kind=selector.kind, kind_label=KINDS[selector.kind].label, why=why,
        at=clock.now(),
        content=tuple(_held(reader, h) for h in holdings if h.degree == "content"),
        existence=tuple(_desk(reader, h) for h in holdings if h.degree == "existence"),
        asked=_asked(reader, selector), may_stand=reader.may(Permission.INTEREST_KEEP),
        may_ask_calls=selector.kind in ("phone", "opaque") and reader.may(Permission.CALLS_READ),
        is_silent=silent,
    )  # fmt: skip


def _asked(reader: Reader, selector: Selector) -> str:
    with reading(reader):
        return asked_words(asked_about(reader, [selector]).get(selector, ()))


def _desk(reader: Reader, holding: Holding) -> Desk:
    return Desk(holding.body_name, holding.desk, holding.desk_email, ask_href(reader, holding))


def ask_href(reader: Reader, holding: Holding) -> str:
    """Where the reader asks a body for access to which a check pointed; '' where nobody may ask."""
    may_ask = reader.may(Permission.REQUEST_MAKE) and holding.enquiry
    return reverse("request-of-check", args=[holding.enquiry, holding.body]) if may_ask else ""


def _held(reader: Reader, holding: Holding) -> Held:
    rows = seen_rows(reader, holding.seen)
    return Held(holding.body_name, holding.desk, holding.since, holding.times or 0, rows)
