"""A bid as its page shows it."""

from dataclasses import dataclass

from throughline.tasking.one_bid import BidPage
from throughline.tasking.words import CLOSURES, OUTCOMES, REASONS, ROUTES, TACTICS, TRACTABILITY
from throughline.web.moves import Button, Entry
from throughline.web.tasking.words import HISTORY, MOVES

PS = ("Pursue", "Prevent", "Protect", "Prepare")
FIRST = (
    "deconflict",
    "assess",
    "adopt",
    "allocate",
    "offer",
    "accept",
    "begin",
    "record",
    "review",
    "close",
    "escalate",
)
"""Moves that take the work on: their buttons stand out."""


@dataclass(frozen=True, slots=True)
class BidShown:
    """What a page of a bid says in words, besides the bid itself."""

    buttons: tuple[Button, ...]
    four_ps: tuple[tuple[str, str], ...]
    tactics: str
    numbers: str
    tractability: str
    declines: tuple[tuple[str, str, str, str, str], ...]
    outcomes: tuple[str, ...]
    closure: str
    timeline: tuple[Entry, ...]


def bid_shown(found: BidPage) -> BidShown:
    """The bid in words: its moves, its four Ps, its declines and its history, newest first."""
    return BidShown(
        buttons=tuple(Button(slug_of(verb), MOVES[slug_of(verb)].name) for verb in found.moves),
        four_ps=tuple(p for p in zip(PS, found.four_ps, strict=True) if p[1]),
        tactics=", ".join(TACTICS[name] for name in found.tactics),
        numbers=", ".join(selector.shown for selector in found.numbers),
        tractability=TRACTABILITY.get(found.tractability, ""),
        declines=tuple(
            (one.body_name, one.by, REASONS[one.reason], one.words, ROUTES[one.route])
            for one in found.declines
        ),
        outcomes=tuple(OUTCOMES[one.outcome] for one in found.deconflictions),
        closure=CLOSURES[found.result.closure] if found.result else "",
        timeline=(
            *(Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(found.history)),
            Entry("Bid made", found.made_by, found.row.made_at, found.why),
        ),
    )


def slug_of(verb: str) -> str:
    """A verb as an address names it."""
    return verb.replace(" ", "-")
