"""A plan as its page shows it: as a table, a board of bodies or a calendar of weeks, and the same lines in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.urls import reverse

from throughline.access.reader import Reader
from throughline.organisations.queries import body_cards
from throughline.tasking.plan_queries import KeptLine, KeptPlan, SaidView, line_names
from throughline.tasking.proposing import MOVED, MUST, PINNED
from throughline.web.fields import Choice
from throughline.web.filtering import Selected, selected
from throughline.web.moves import Button, Entry
from throughline.web.plans.fairness import RegionShown, regions_of
from throughline.web.plans.forms import LinesForm
from throughline.web.plans.words import HISTORY, MOVES, SAYINGS, SKILLS
from throughline.web.turning import Turn, offset_in, turned
from throughline.web.words import day

VIEWS = {"table": "Table", "board": "Board of bodies", "calendar": "Calendar"}
A_PAGE, A_BOARD = 25, 8
PRICED = 10
"""So many prices are shown, the highest first: the rest of the days are worth little more."""
SHADES = 4
WAITING = ("asked", "being worked out")
WANTED = (MUST, PINNED, MOVED)
"""What people say of lines that they want in the plan."""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of a plan in words; ``weeks`` are its officer-days by week, from the first of the plan."""

    ref: str
    name: str
    is_in: bool
    lead: str
    support: str
    when: str
    gain: str
    officer_days: str
    weeks: tuple[float, ...]
    change: str
    child_at_risk: bool
    reasons: tuple[str, ...]
    said: tuple[tuple[str, str, str], ...]
    bid: str


@dataclass(frozen=True, slots=True)
class BodyShown:
    """A body on the board: what it leads, and the officer-days that it gives to all of the plan."""

    name: str
    days: str
    leads: tuple[LineShown, ...]
    supports: int


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What the page of a plan says besides its name."""

    form: LinesForm
    selected: list[Selected]
    view: str
    views: tuple[tuple[str, str, bool], ...]
    is_waiting: bool
    summary: tuple[tuple[str, str], ...]
    total: int
    rows: tuple[LineShown, ...]
    board: tuple[BodyShown, ...]
    mondays: tuple[date, ...]
    turn: Turn
    prices: tuple[tuple[str, str, str, str, str], ...]
    regions: tuple[RegionShown, ...]
    excluded: tuple[tuple[str, str, str], ...]
    unkept: tuple[tuple[str, str, str, str], ...]
    said_since: int
    buttons: tuple[Button, ...]
    timeline: tuple[Entry, ...]
    may_say: bool
    after: str
    trouble: str


def plan_shown(reader: Reader, plan: KeptPlan, asked: QueryDict) -> PlanShown:
    """The page of a plan under what its address asks for."""
    names = {card.code: card.name for card in body_cards().values()}
    form, chosen = _filter(plan, asked, names)
    lines = _chosen(plan, chosen)
    view = asked.get("view", "") if asked.get("view", "") in VIEWS else "table"
    offset = offset_in(asked)

    def address(**values: str) -> str:
        return _address(plan.row.ref, asked, **values)

    board = _bodies(lines) if view == "board" else []
    size, every = (A_BOARD, len(board)) if view == "board" else (A_PAGE, len(lines))
    on_page = (
        [line for _, leads, _ in board[offset : offset + size] for line in leads]
        if board
        else lines[offset:][:size]
    )
    unkept = [line for line in plan.lines_out if line.said and line.said[-1].what in WANTED]
    called = line_names(reader, [line.line for line in (*on_page, *unkept)])
    rows = {line.ref: _line(line, plan, called, names) for line in on_page}
    return PlanShown(
        form=form, selected=selected(form, chosen, lambda name: address(**{name: "", "offset": ""})), view=view,
        views=tuple((text, address(view=key, offset=""), key == view) for key, text in VIEWS.items()),
        is_waiting=plan.row.state in WAITING, summary=_summary(plan), total=len(lines),
        rows=tuple(rows.values()),
        board=tuple(
            BodyShown(
                names.get(code, code), f"{days:,.0f}", tuple(rows[line.ref] for line in leads),
                sum(code in line.support for line in lines),
            )
            for code, leads, days in board[offset : offset + size]
        ),
        mondays=tuple(plan.row.starts_on + timedelta(weeks=n) for n in range(plan.row.weeks)),
        turn=turned(offset, lambda at: address(offset=str(at) if at else ""), size=size, is_more=every > offset + size),
        prices=_prices(plan, names), regions=regions_of(plan),
        excluded=tuple((ref, said.why, said.by) for ref, said in plan.excluded),
        unkept=tuple(
            (line.ref, called.get(line.line, line.ref), _saying(line.said[-1], names), " ".join(line.reasons))
            for line in unkept
        ),
        said_since=plan.said_since,
        buttons=tuple(Button(v.replace(" ", "-"), MOVES[v.replace(" ", "-")].name) for v in plan.moves
                      if v.replace(" ", "-") in MOVES),
        timeline=(
            *(Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(plan.history)),
            Entry("Asked for", plan.row.asked_by, plan.row.asked_at, ""),
        ),
        may_say=plan.row.state == "proposed" and reader.may("plan:propose"), after=plan.after, trouble=plan.trouble,
    )  # fmt: skip


def _address(ref: str, asked: QueryDict, **values: str) -> str:
    query = asked.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{reverse('plan', args=[ref])}?{query.urlencode()}" if query else reverse("plan", args=[ref])


def _filter(plan: KeptPlan, asked: QueryDict, names: Mapping[str, str]) -> tuple[LinesForm, dict[str, str]]:
    bodies = sorted({code for line in plan.lines for code in (line.lead, *line.support) if code})
    regions = sorted({line.region for line in plan.lines if line.region})
    form = LinesForm(
        asked, choices={
            "body": [Choice(code, names.get(code, code)) for code in bodies],
            "region": [Choice(region, region) for region in regions],
        },
    )  # fmt: skip
    form.is_valid()
    return form, {name: str(form.answers.get(name, "")) for name in form.fields}


def _chosen(plan: KeptPlan, chosen: Mapping[str, str]) -> list[KeptLine]:
    changed = {change.ref for change in plan.changes}
    lines = [
        line
        for line in plan.lines
        if (chosen["show"] != "in" or line.is_in)
        and (chosen["show"] != "out" or not line.is_in)
        and (chosen["show"] != "changed" or line.ref in changed)
        and (not chosen["body"] or chosen["body"] in (line.lead, *line.support))
        and (not chosen["region"] or chosen["region"] == line.region)
    ]
    if chosen["sort"] == "week":
        lines.sort(key=lambda line: (line.first_week or 99, line.place))
    if chosen["sort"] == "days":
        lines.sort(key=lambda line: (-line.officer_days, line.place))
    return lines


def _bodies(lines: Sequence[KeptLine]) -> list[tuple[str, list[KeptLine], float]]:
    """Each body with what it leads and the days that it gives, the most days first."""
    days: dict[str, float] = {}
    for line in lines:
        for laid in line.days:
            days[laid.body] = days.get(laid.body, 0.0) + laid.days
    return [
        (code, [line for line in lines if line.lead == code], total)
        for code, total in sorted(days.items(), key=lambda at: (-at[1], at[0]))
    ]


def _line(line: KeptLine, plan: KeptPlan, called: Mapping[int, str], names: Mapping[str, str]) -> LineShown:
    weeks = [0.0] * plan.row.weeks
    for laid in line.days:
        weeks[laid.week - 1] += laid.days
    begins = plan.row.starts_on + timedelta(weeks=line.first_week - 1)
    ends = plan.row.starts_on + timedelta(weeks=line.last_week, days=-1)
    return LineShown(
        line.ref, called.get(line.line, line.ref), line.is_in, names.get(line.lead, ""),
        ", ".join(names.get(code, code) for code in line.support),
        f"{day(begins)} to {day(ends)}" if line.is_in else "", f"{line.gain:.1f}", f"{line.officer_days:,.0f}",
        tuple(weeks), _change(line, names), line.child_at_risk, line.reasons,
        tuple((_saying(one, names), one.why, one.by) for one in line.said), line.bid,
    )  # fmt: skip


def _saying(one: SaidView, names: Mapping[str, str]) -> str:
    named = (names.get(one.body, one.body), f"from {day(one.week)}" if one.week else "")
    return ": ".join(filter(None, (SAYINGS[one.what], ", ".join(filter(None, named)))))


def _change(line: KeptLine, names: Mapping[str, str]) -> str:
    if not line.before or line.before == line.lead:
        return ""
    was = names.get(line.before, line.before)
    return f"{was} led it in the plan before" if line.is_in else f"In the plan before, led by {was}"


def _summary(plan: KeptPlan) -> tuple[tuple[str, str], ...]:
    if plan.worked_out_at is None:
        return ()
    out = [
        ("Lines to work", f"{len(plan.lines_in):,} of {len(plan.lines):,}"),
        ("Expected to go", f"{plan.gain:,.0f} points of harm, give or take {plan.spread:,.0f}"),
        ("Officer-days", f"{sum(line.officer_days for line in plan.lines_in):,.0f}"),
        ("Changed since the plan before", f"{len(plan.changes):,}"),
    ]
    if plan.gap is not None:
        share = f"Within {100 * plan.gap:.1f} in 100 of the best plan there could be"
        out.append(
            ("How near to the best", f"{share}: {plan.objective:,.0f} of at most {plan.bound:,.0f} points")
        )
    children = [line for line in plan.lines if line.child_at_risk]
    worked = sum(line.is_in for line in children)
    out.append(
        ("A child at risk", f"{worked:,} of {len(children):,} such lines are worked; they go before all else")
    )
    return tuple(out)


def _prices(plan: KeptPlan, names: Mapping[str, str]) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(
        (names.get(one.body, one.body), SKILLS[one.skill], f"{one.days:,.0f}", f"{one.used:,.0f}", f"{one.price:.2f}")
        for one in plan.prices[:PRICED] if one.price > 0
    )  # fmt: skip
