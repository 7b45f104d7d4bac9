"""Days and plans as the tests state and propose them."""

from tests.inside import someone
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.lines.services import Said as Stated
from throughline.lines.statements import BODY
from throughline.tasking.days import Days, next_monday, state_days, weeks_from
from throughline.tasking.plan_queries import KeptPlan, plan_opened
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.proposing import Asked, Saying, ask_for_plan

FIREARM, CHILD = Stated("violence", "word", "firearm"), Stated("exploitation", "word", "child")
FROM_LONDON, TO_NORFOLK = Stated("exports from", BODY, "MPS"), Stated("imports to", BODY, "NORF")


def give_days(*bodies: str, days: float = 15.0) -> None:
    """So many free days a week of every skill, of each of these bodies."""
    for body in bodies:
        state_days(
            by=someone(f"manager@{body.lower()}"),
            stated=[
                Days(skill, week, days) for skill in tactics().skills for week in weeks_from(next_monday())
            ],
        )


def proposed(by: Reader, *said: Saying, after: str = "", seconds: float = 1.0) -> str:
    """A plan that the flow has worked out; its reference."""
    ref = ask_for_plan(by=by, asked=Asked(seconds=seconds, said=said), after=after)
    outbox.drain()
    return ref


def plan_of(reader: Reader, ref: str) -> KeptPlan:
    """The plan as this reader may know it."""
    found = plan_opened(reader, ref)
    assert found is not None
    return found
