"""Asking for a plan, working it out as the flow does, and keeping it with the reasons for each line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.tasking.days import HORIZON, free_days, next_monday, weeks_from
from throughline.tasking.events import PlanAsked, PlanBegun, PlanMoved
from throughline.tasking.models import Plan, PlanLine, PlanSaid
from throughline.tasking.planning.model import PlanProblem
from throughline.tasking.planning.plan import SECONDS, Assignment, LeftOut, propose
from throughline.tasking.planning.plan import Plan as Worked
from throughline.tasking.planning.problem import Problem, Work
from throughline.tasking.planning.working import Said, works_of
from throughline.tasking.workflow import PLAN

MOST_WEEKS = 26
MOST_SECONDS = 120.0
LONGEST_WHY = 500
SAYINGS = MUST, PINNED, MOVED, CANNOT, EXCLUDED = ("must", "pinned", "moved", "cannot", "excluded")


class AskProblem(FieldProblem):
    """What is wrong with what was asked of a plan, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person says of a line, by its reference: one of SAYINGS, with the body and the week that it names.

    ``body`` is a code, ``week`` the Monday of the week in which work on the line should begin.
    """

    line: str
    what: str
    why: str
    body: str = ""
    week: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan for so many weeks from a Monday (the next, where none is named), searched for about so many seconds."""

    weeks: int = HORIZON
    starts_on: date | None = None
    seconds: float = SECONDS
    said: tuple[Saying, ...] = field(default=())


@writes
def ask_for_plan(*, by: Reader, asked: Asked, after: str = "") -> str:
    """Ask for a plan of the reader's own body; returns its reference. The flow works it out.

    With ``after``, what people said of lines in that plan stands in this one as well.

    Raises:
        AskProblem: for the field that needs mending.
        Plan.DoesNotExist: the reader may know of no plan ``after``.
    """
    by.require(Permission.PLAN_PROPOSE)
    starts_on = asked.starts_on or next_monday()
    _check(by, asked, starts_on)
    before = Plan.objects.get(ref=after) if after else None
    plan = Plan.objects.create(
        ref=new_ref("PL"), body=by.body, asked_at=clock.now(), asked_by=by.name, starts_on=starts_on,
        weeks=asked.weeks, seconds=asked.seconds, after=before,
    )  # fmt: skip
    if before:
        PlanSaid.objects.bulk_create(
            PlanSaid(
                plan=plan,
                line_id=s.line_id,
                what=s.what,
                body=s.body,
                week=s.week,
                why=s.why,
                at=s.at,
                by_name=s.by_name,
            )
            for s in PlanSaid.objects.filter(plan=before).order_by("pk")
        )
    keep_sayings(by, plan, asked.said)
    journal.note(Verb.COMBINE, "plan", plan.ref, why="asked for a plan", weeks=asked.weeks)
    announce(PlanAsked(plan=plan.pk, person=by.person))
    return plan.ref


def _check(by: Reader, asked: Asked, starts_on: date) -> None:
    if not 1 <= asked.weeks <= MOST_WEEKS:
        raise AskProblem("weeks", f"Plan for 1 to {MOST_WEEKS} weeks")
    if not 0 < asked.seconds <= MOST_SECONDS:
        raise AskProblem("seconds", f"Search for up to {MOST_SECONDS:.0f} seconds")
    if starts_on.weekday():
        raise AskProblem("starts_on", "A plan starts on a Monday")
    if not any(map(sum, free_days(by, starts_on=starts_on, weeks=asked.weeks).values())):
        raise AskProblem(
            "", "No officer-days are stated for these weeks. State them first: a plan works within them"
        )


def keep_sayings(by: Reader, plan: Plan, said: Iterable[Saying]) -> None:
    """Keep what is said of lines; the last word on a line stands."""
    lines = dict(CountyLine.objects.filter(ref__in=[one.line for one in said]).values_list("ref", "pk"))
    for one in said:
        if one.line not in lines:
            raise AskProblem("line", f"You know of no line {one.line}. Look at its reference again")
        if one.week and one.week not in weeks_from(plan.starts_on, plan.weeks):
            raise AskProblem("week", "Choose a week of the plan")
        PlanSaid.objects.create(
            plan=plan, line_id=lines[one.line], what=one.what, body=one.body, week=one.week,
            why=one.why[:LONGEST_WHY], at=clock.now(), by_name=by.name,
        )  # fmt: skip


def begin_plans(facts: Sequence[Payload]) -> None:
    """Say of each plan asked for that it is being worked out."""
    for by, plan in _plans(facts, "asked"):
        with reading(by):
            PLAN.make("begin", plan, by=by, why="The flow took it up")
            announce(PlanBegun(plan=plan.pk, person=by.person))


def work_out_plans(facts: Sequence[Payload]) -> None:
    """Work out each plan from what everyone may know who reads plans in its body, and propose it."""
    for by, plan in _plans(facts, "being worked out"):
        with reading(by):
            _work_out(by, plan)


def _plans(facts: Sequence[Payload], state: str) -> Iterable[tuple[Reader, Plan]]:
    for fact in facts:
        by = reader_numbered(fact["person"])
        if by and by.may(Permission.PLAN_PROPOSE):
            with reading(by):
                plan = (
                    Plan.objects.select_for_update(no_key=True).filter(pk=fact["plan"], state=state).first()
                )
            if plan:
                yield by, plan


def _work_out(by: Reader, plan: Plan) -> None:
    in_force = plan_in_force(by.body)
    problem = Problem(
        works_of(by, said_in(plan, in_force)), free_days(by, starts_on=plan.starts_on, weeks=plan.weeks)
    )
    try:
        worked = propose(problem, seconds=plan.seconds)
    except PlanProblem as trouble:
        Plan.objects.filter(pk=plan.pk).update(trouble=str(trouble))
        PLAN.make("give up", plan, by=by, why=str(trouble))
        return
    keep_worked(plan, worked, {work.ref: work for work in problem.works})
    PLAN.make("propose", plan, by=by, why="Worked out", fact=PlanMoved(plan=plan.pk, verb="propose"))
    if plan.after_id:
        for old in Plan.objects.filter(pk=plan.after_id, state="proposed"):
            PLAN.make("supersede", old, by=by, why=f"Worked out anew as {plan.ref}")


def plan_in_force(body: int) -> Plan | None:
    """The plan that the chair of a body adopted last, of those that the present reader may know."""
    return Plan.objects.filter(body=body, state="adopted").order_by("-pk").first()


def said_in(plan: Plan, in_force: Plan | None) -> Said:
    """What people said of lines in a plan, the last word on each, and who leads in the plan in force."""
    last: dict[str, PlanSaid] = {}
    cannot: dict[str, set[str]] = {}
    for one in PlanSaid.objects.filter(plan=plan).select_related("line").order_by("pk"):
        if one.what == CANNOT:
            cannot.setdefault(one.line.ref, set()).add(one.body)
        else:
            last[one.line.ref] = one
    leads = PlanLine.objects.filter(plan=in_force, is_in=True) if in_force else PlanLine.objects.none()
    return Said(
        must=frozenset(ref for ref, one in last.items() if one.what == MUST),
        excluded=frozenset(ref for ref, one in last.items() if one.what == EXCLUDED),
        pinned={ref: one.body for ref, one in last.items() if one.body},
        cannot={ref: frozenset(bodies) for ref, bodies in cannot.items()},
        begins={ref: _week_of(plan, one.week) for ref, one in last.items() if one.week},
        kept=dict(leads.values_list("line__ref", "lead")),
    )


def _week_of(plan: Plan, monday: date) -> int:
    """The place of a week in a plan, from 1; 0, which leaves it open, for one that the plan does not have."""
    weeks = weeks_from(plan.starts_on, plan.weeks)
    return weeks.index(monday) + 1 if monday in weeks else 0


def keep_worked(plan: Plan, worked: Worked, works: Mapping[str, Work]) -> None:
    """Keep what was worked out: the figures of the whole, and each line in or out with its reasons."""
    ids = dict(CountyLine.objects.filter(ref__in=list(works)).values_list("ref", "pk"))
    kept = [
        *(_line_in(plan, one, works[one.ref], ids) for one in worked.assignments),
        *(_line_out(plan, one, works[one.ref], ids) for one in worked.left_out),
    ]
    for place, line in enumerate(kept, start=1):
        line.place = place
    PlanLine.objects.bulk_create(kept, batch_size=500)
    Plan.objects.filter(pk=plan.pk).update(
        worked_out_at=clock.now(), objective=worked.objective, bound=worked.bound, gap=worked.gap,
        took=worked.seconds, lines=len(kept), prices=[asdict(price) for price in worked.prices],
        floors=[asdict(floor) for floor in worked.floors],
    )  # fmt: skip


def _line_in(plan: Plan, one: Assignment, work: Work, ids: Mapping[str, int]) -> PlanLine:
    return PlanLine(
        plan=plan, line_id=ids[one.ref], place=0, is_in=True, lead=one.lead, before=work.kept,
        support=list(one.support), region=work.region, gain=one.gain, spread=one.spread,
        child_at_risk=work.child_at_risk, first_week=one.first_week, last_week=one.last_week,
        days=[(laid.week, laid.body, laid.skill, laid.days, laid.stage) for laid in one.weeks],
        could_lead=_leads(work), reasons=list(one.reasons),
    )  # fmt: skip


def _leads(work: Work) -> list[str]:
    return list(dict.fromkeys(option.lead for option in work.options))


def _line_out(plan: Plan, one: LeftOut, work: Work, ids: Mapping[str, int]) -> PlanLine:
    return PlanLine(
        plan=plan, line_id=ids[one.ref], place=0, is_in=False, before=work.kept, region=work.region, gain=one.gain,
        child_at_risk=work.child_at_risk, could_lead=_leads(work),
        reasons=list(one.reasons),
    )  # fmt: skip
