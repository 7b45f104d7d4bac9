"""The score of a line as its pages show it, and the page that says how lines are scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel.explain import Reason
from throughline.lines.known import of
from throughline.lines.queries import LinePage
from throughline.lines.ranking import Scored, score_of, steady_lines
from throughline.lines.scoring.scheme import Part, scheme
from throughline.lines.scoring.score import PartScore
from throughline.lines.scoring.sensitivity import DRAWS, FIRST, LEAST, MOST
from throughline.web.lines.shown import RowShown, rows_shown
from throughline.web.lines.words import STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import plural

MOST_FALLS = 5


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of a score: ``filled`` is how much of its bar is full, 0 to 100."""

    label: str
    group: str
    points: int
    most: int
    filled: int
    why: str
    rests_on: str
    next: str


@dataclass(frozen=True, slots=True)
class FallShown:
    """An item that, withdrawn, would lower the score, and to what."""

    report: str
    item: str
    total: int


@dataclass(frozen=True, slots=True)
class LaterShown:
    """What the score is on a later day if nothing new comes."""

    on: date
    total: int


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """Everything about the score of a line."""

    total: int
    highest: int
    confidence: str
    confidence_reasons: tuple[Reason, ...]
    parts: tuple[PartShown, ...]
    falls: tuple[FallShown, ...]
    later: tuple[LaterShown, ...]
    position: tuple[Reason, ...]
    version: str
    on: date


def score_shown(line: LinePage) -> ScoreShown:
    """The score of a line, from what stands on its page."""
    scored = score_of(line)
    found = scored.score
    return ScoreShown(
        found.total, found.highest, found.confidence.level, found.confidence.reasons,
        tuple(map(_part, found.parts)), _falls(scored),
        tuple(LaterShown(one.on, one.total) for one in scored.moving.later), tuple(_position(line)), found.version,
        found.on,
    )  # fmt: skip


def _part(part: PartScore) -> PartShown:
    upper = part.says[:1].upper() + part.says[1:]
    return PartShown(
        part.label, part.group, part.points, part.most, round(100 * part.points / part.most),
        upper or "Nothing known of it", plural(len(part.items), "item") if part.items else "",
        f"{part.next_points} more with {part.next_says}" if part.next_says else "",
    )  # fmt: skip


def _falls(scored: Scored) -> tuple[FallShown, ...]:
    return tuple(
        FallShown(one.item.partition("/")[0], one.item, scored.score.total - one.points)
        for one in scored.moving.falls[:MOST_FALLS]
    )


def _position(line: LinePage) -> Iterable[Reason]:
    """How far the organisations are placed to act: kept apart, and part of no score."""
    yield Reason("Lead", "Yes" if line.lead else "No",
                 f"{line.lead_name} leads." if line.lead else "Nobody leads on this line.")  # fmt: skip
    yield Reason("Officer", "Yes" if line.officer else "No",
                 "An officer is responsible." if line.officer else "No officer is named.")  # fmt: skip
    bodies = {piece.body for piece in line.pieces if piece.stands}
    yield Reason(
        "Bodies", str(len(bodies)), f"{plural(len(bodies), 'body', 'bodies')} hold what you may read of it."
    )
    for side, words in (("exports from", "comes from"), ("imports to", "sells in")):
        known = bool(of(line.known.facts, side))
        yield Reason(f"Where it {words}", "Known" if known else "Not known",
                     f"It is {'' if known else 'not '}known where it {words}.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RungShown:
    """What one level of a part asks for, and what it gives."""

    points: int
    says: str


@dataclass(frozen=True, slots=True)
class PartOfScheme:
    """One part of the scheme in words."""

    label: str
    group: str
    weight: int
    rungs: tuple[RungShown, ...]


@dataclass(frozen=True, slots=True)
class SteadyShown:
    """A line, and how often it stands among the first, in per cent."""

    row: RowShown
    percent: int


@require_safe
@needs(Permission.LINE_READ)
def line_scores(request: Request) -> HttpResponse:
    """How lines are scored, and how far the ranking hangs on the weights."""
    by = scheme()
    steady = steady_lines(request.reader)
    shown = rows_shown(one.row for one in steady)
    return page(
        request, "lines/scores.html", title="How lines are scored", active="lines", version=by.version,
        in_force_from=by.in_force_from, highest=by.highest, parts=[_in_words(part) for part in by.parts],
        steady=[
            SteadyShown(row, round(100 * one.share))
            for row, one in zip(shown, steady, strict=True)
            if round(100 * one.share)
        ],
        draws=DRAWS, first=FIRST, least=LEAST, most=MOST, states=STATES,
    )  # fmt: skip


def _in_words(part: Part) -> PartOfScheme:
    levels = {rung.level: rung.says for rung in part.rungs}
    rungs = tuple(RungShown(level * part.weight, says) for level, says in levels.items())
    return PartOfScheme(part.label, part.group, part.weight, rungs)
