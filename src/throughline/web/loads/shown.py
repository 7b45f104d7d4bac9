"""What the pages of loads show of a load and of its refused rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from throughline.loads.call_maps import CALLS
from throughline.loads.outcome import Resembles
from throughline.loads.queries import Advice, LoadCard, RefusedRow
from throughline.web.words import plural

STATES: Final = {
    "kept": "Not loaded yet", "trying": "Being tried", "tried": "Tried, and not loaded yet",
    "loading": "Being loaded", "loaded": "Loaded",
}  # fmt: skip
MOST_TOGETHER: Final = 20
"""Rows of one report that are mended on one page; more are mended in the file."""


@dataclass(frozen=True, slots=True)
class LoadShown:
    """A load as its page and the list show it; `share` is how much is done, in hundredths."""

    ref: str
    kind: str
    filename: str
    state: str
    state_text: str
    begun_at: datetime
    map_name: str
    sheet: str
    problem: str
    is_laid_out: bool
    is_table: bool
    is_file_kept: bool
    is_running: bool
    is_loaded: bool
    is_tried: bool
    rows: int
    read: int
    kept: int
    rejected: int
    unchanged: int
    share: int
    warnings: tuple[str, ...]
    advice: tuple[Advice, ...]
    lines: int
    resembling: tuple[Resembles, ...]


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """A refused row as a list shows it; `mend_line` leads to the page that mends it, 0 if none does."""

    line: int
    columns: str
    reason: str
    mend_line: int


def shown_rows(card: LoadCard) -> LoadShown:
    """A load with what its page needs besides."""
    return LoadShown(
        card.ref, card.kind, card.filename, card.state, STATES[card.state], card.begun_at, card.map_name, card.sheet,
        card.problem, card.is_laid_out, card.is_table, card.is_file_kept, card.is_running, card.state == "loaded",
        card.state == "tried", card.rows, card.read, card.kept, card.rejected, card.unchanged,
        100 * card.read // card.rows if card.rows else 0, card.warnings, card.advice,
        card.lines, card.resembling,
    )  # fmt: skip


def load_waits_for(card: LoadCard) -> str:
    """What its person has yet to do about a load."""
    if card.state == "loaded":
        return f"{plural(card.rejected, 'row')} to mend"
    return "to be loaded" if card.is_laid_out else "to say what its columns hold"


def reports_shown(groups: Sequence[Sequence[RefusedRow]], *, kind: str = "reports") -> list[RefusalShown]:
    """Refused rows one by one, each leading to the page that mends its report; calls are mended in their file."""
    return [
        RefusalShown(row.line, row.columns, row.reason, _mend_line(group, kind))
        for group in groups
        for row in group
    ]


def _mend_line(group: Sequence[RefusedRow], kind: str) -> int:
    return group[0].line if kind != CALLS and len(group) <= MOST_TOGETHER else 0
