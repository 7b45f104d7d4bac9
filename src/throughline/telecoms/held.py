"""Reading authorities: the list, one of them with all that is held under it, and those that soon end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import F

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.organisations.queries import body_cards, body_names
from throughline.telecoms.ending import Ending, what_ends
from throughline.telecoms.models import Authority, CallLoad
from throughline.telecoms.workflow import AUTHORITY

NEAR: Final = timedelta(days=14)
"""So long before its last day an authority stands on the desks of its body."""
EVERY: Final = 100_000
_LOADS_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority in a list."""

    code: str
    ref: str
    body: str
    state: str
    grounds: str
    starts_on: date | None
    ends_on: date | None
    keep_until: date
    calls: int
    recorded_at: datetime
    ended_at: datetime | None

    @property
    def since(self) -> datetime:
        """Since when it waits for somebody to look after it: recorded without particulars, or near its last day."""
        near = datetime.combine(self.keep_until - NEAR, time(), tzinfo=clock.LONDON)
        return self.recorded_at if self.state == "awaited" else near


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What was loaded at one time, and what became of its rows."""

    kind: str
    files: str
    read: int
    kept: int
    rejected: int
    unchanged: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """One authority: what it says, who may use it, what is held under it, and what was done to it.

    ``moves`` are the verbs open to the reader; ``others`` the names of the other bodies that may use it.
    """

    row: AuthorityRow
    body_name: str
    necessity: str
    proportionality: str
    others: tuple[str, ...]
    recorded_by: str
    ended_why: str
    holds: Ending
    loads: tuple[LoadRow, ...]
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    is_own: bool


def authority_list(reader: Reader, *, offset: int = 0, size: int = EVERY) -> tuple[AuthorityRow, ...]:
    """The authorities that the reader may know: those that stand, soonest to end first, then those that have ended."""
    reader.require(Permission.CALLS_READ)
    with reading(reader):
        rows = list(
            Authority.objects.order_by(F("ended_at").desc(nulls_first=True), "keep_until", "-pk")[
                offset : offset + size
            ]
        )
        journal.note(Verb.CONSULT, "authority list", why="looked at a list", refs=[row.ref for row in rows])
    codes = {card.id: card.code for card in body_cards().values()}
    return tuple(_row(row, codes[row.owner]) for row in rows)


def authority_page(reader: Reader, code: str) -> AuthorityPage | None:
    """One authority, journalled; none if there is no such one, or the reader may not know it."""
    reader.require(Permission.CALLS_READ)
    with reading(reader):
        held = Authority.objects.select_related("marking").filter(code=code).first()
        if held is None:
            return None
        journal.note(Verb.CONSULT, "authority", held.ref, why="opened its page", owner=held.owner)
        loads = CallLoad.objects.filter(authority=held).order_by("-pk")[:_LOADS_SHOWN]
        cards = body_cards()
        is_own = held.owner == reader.body
        return AuthorityPage(
            _row(held, cards[held.owner].code), cards[held.owner].name, held.necessity, held.proportionality,
            tuple(sorted(body_names(held.bodies).values())), held.recorded_by, held.ended_why,
            what_ends(held), tuple(_load(row) for row in loads), moves_of(AUTHORITY.name, [held.pk]),
            tuple(AUTHORITY.moves_open(by=reader, state=held.state)) if is_own else (), is_own,
        )  # fmt: skip


def authorities_near_their_end(reader: Reader, *, size: int) -> tuple[AuthorityRow, ...]:
    """Those of the reader's own body whose last day is near, or whose particulars are awaited, soonest first."""
    with reading(reader):
        standing = Authority.objects.filter(owner=reader.body, ended_at__isnull=True)
        near = standing.filter(keep_until__lte=clock.today() + NEAR) | standing.filter(state="awaited")
        return tuple(_row(row, reader.body_code) for row in near.order_by("keep_until", "pk")[:size])


def _row(row: Authority, body: str) -> AuthorityRow:
    return AuthorityRow(
        row.code, row.ref, body, row.state, row.grounds, row.starts_on, row.ends_on, row.keep_until, row.calls,
        row.recorded_at, row.ended_at,
    )  # fmt: skip


def _load(row: CallLoad) -> LoadRow:
    return LoadRow(
        row.kind, row.files, row.read, row.kept, row.rejected, row.unchanged, row.loaded_at, row.loaded_by
    )
