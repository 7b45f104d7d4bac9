"""Half a year in the life of a loaded nation: its people judge, decide, bid, apply, arrest and look after others.

Everything is done by the services that the pages call, each at its own moment, by whoever may.
"""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from tests.custody.making import arrested, release
from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import says
from tests.operations.planned import planned
from tests.orders.making import draft as order_draft
from tests.safeguarding.caring import raised
from tests.tasking.bidding import draft as bid_draft
from throughline.access.reader import Reader
from throughline.custody.services import release_on_bail, release_under_investigation
from throughline.demo.nation import SEED, invent_nation, load_nation, report_files
from throughline.kernel import clock, outbox
from throughline.lines.merging import keep_apart, merge_lines
from throughline.lines.services import Said, add_evidence, add_line, close_line, move_line
from throughline.matching.queries import hit_list
from throughline.matching.services import judge_hit
from throughline.operations.planning import move_operation
from throughline.orders.asking import answer_interest, ask_interests
from throughline.orders.drafting import add_item, draft_order
from throughline.orders.moving import Made, move_order, record_replacement
from throughline.organisations.queries import body_cards
from throughline.safeguarding.looking_after import Step, note_step
from throughline.safeguarding.raising import Who
from throughline.safeguarding.referring import Decided, draft_referral, move_referral
from throughline.simulation.scales import SMALL
from throughline.tasking.answering import accept_bid, decline_bid
from throughline.tasking.bidding import escalate_bid, make_bid
from throughline.tasking.deciding import adopt_bid, assess_bid, offer_bid, turn_down_bid
from throughline.tasking.deconflicting import deconflict_bid
from throughline.tasking.models import Bid
from throughline.tasking.words import REASONS

SCALE: Final = replace(SMALL, first=date(2035, 12, 3), days=50, intensive=())
LOADED: Final = datetime(2036, 1, 22, 10, tzinfo=UTC)
"""When the first body sends its reports; the next follow, two days apart."""
DAY: Final = timedelta(days=1)
BEGUN: Final = LOADED + 30 * DAY


@dataclass(frozen=True)
class Known:
    """A line on the register, a number of it, and the bodies that hold evidence of it, each with an item of theirs."""

    ref: str
    number: str
    items: dict[str, str]

    @property
    def body(self) -> str:
        """The body that keeps it: the first of them."""
        return min(self.items)


def live_through(house: Instance, folder: Path, dice: Random) -> None:
    """Invent a nation, load it as every body, and let half a year pass."""
    invent_nation(folder, scale=SCALE, seed=SEED)
    _load(folder, dice)
    _date_hits(house)
    lines = _known(house)
    _say_more(lines, dice)
    _keep_twice(lines)
    _take_up(lines, dice)
    _apply(lines, dice, house)
    _bid(lines, dice)
    _close(lines)
    _arrest_and_care(lines, dice)


def _load(folder: Path, dice: Random) -> None:
    codes, there = [code.lower() for code, _ in report_files(folder)], 0
    with ExitStack() as moment:

        def sent(bodies: int) -> None:
            """The next body sends its reports two days later; meanwhile those before it judge some of their hits."""
            moment.close()
            moment.enter_context(clock.stopped(LOADED + 2 * bodies * DAY))
            for code in codes[:bodies]:
                analyst = someone(f"analyst@{code}")
                for row in hit_list(analyst, kind="", state="raised", size=4).rows:
                    judge_hit(
                        by=analyst, ref=row.ref, verb=dice.choice(["confirm", "doubt"]), note="Looked at"
                    )

        sent(there)
        load_nation(folder, progress=sent)


def _date_hits(house: Instance) -> None:
    """The database stamps a hit by its own clock, which no test can stop: each is dated after the later report of it.

    Of three hits one is raised within hours, one within days, and one after more than a month.
    """
    with house.as_owner() as owner:
        owner.execute(
            "update matching_hit h set raised_at = "
            "r.at + (array['5 hours', '3 days', '40 days'])[1 + h.id % 3]::interval "
            "from (select x.kind, x.key, max(r.recorded_at) as at from selectors_sighting x "
            "join intelligence_item i on i.ref = x.source_ref join intelligence_report r on r.id = i.report_id "
            "group by 1, 2) r where (r.kind, r.key) = (h.kind, h.key)"
        )


def _known(house: Instance) -> list[Known]:
    codes = {n: card.code.lower() for n, card in body_cards().items()}
    with house.as_owner() as owner:
        rows = owner.execute(
            "select l.ref, e.owner, min(e.source_ref), min(e.value) filter (where e.statement = 'number') "
            "from lines_line l join lines_evidence e on e.line_id = l.id group by 1, 2 order by 1, 2"
        ).fetchall()
    items, numbers = defaultdict[str, dict[str, str]](dict), dict[str, str]()
    for ref, body, item, number in rows:
        items[ref][codes[body]] = item
        numbers[ref] = numbers.get(ref) or number
    return sorted((Known(ref, numbers[ref], items[ref]) for ref in items), key=lambda one: one.number)


def _manager(code: str) -> Reader:
    return someone(f"manager@{code}")


def _say_more(lines: list[Known], dice: Random) -> None:
    """Every body gives its own priority, and some say where a line comes from and where it sells."""
    with clock.stopped(BEGUN):
        for line in lines:
            for code, item in line.items.items():
                word = dice.choice(["high", "Red", "Tier 1", "low"])
                ends = [Said("exports from", "body", "MPS"), Said("imports to", "body", code.upper())]
                said = [Said("own priority", "text", word), *ends[: dice.randint(0, 2)]]
                add_evidence(by=_manager(code), line=line.ref, items=[item], said=said, why="Our meeting")
        outbox.drain()


def _keep_twice(lines: list[Known]) -> None:
    """Three lines are kept a second time: one pair stays so, one is merged, and one is said to be apart."""
    with clock.stopped(BEGUN + DAY):
        for n, line in enumerate(lines[:3]):
            keeper = _manager(line.body)
            again = add_line(by=keeper, items=[line.items[line.body]], said=[says(f"phone:+{line.number.lstrip('+')}")],
                             why="A number of ours")  # fmt: skip
            if n == 1:
                merge_lines(by=keeper, kept=line.ref, gone=again, why="One number")
            elif n == 2:
                keep_apart(by=keeper, one=line.ref, other=again, why="The number was sold on")
        outbox.drain()


def _take_up(lines: list[Known], dice: Random) -> None:
    """Most lines are taken up, at once or late; of those after the first ones some are dismissed, or lie there."""
    for n, line in enumerate(lines):
        verb = "accept" if n < 14 else dice.choice(["accept", "accept", "dismiss", ""])
        with clock.stopped(BEGUN + dice.choice([2, 50]) * DAY):
            if verb:
                move_line(by=_manager(line.body), line=line.ref, verb=verb, why="Two sources")
    with clock.stopped(BEGUN + 51 * DAY):
        outbox.drain()


def _apply(lines: list[Known], dice: Random, house: Instance) -> None:
    """Orders on ten lines: some never reach a court, some numbers are replaced within the day."""
    for n, line in enumerate(lines[:10]):
        begun = BEGUN + (52 + n) * DAY
        officer, head = someone(f"orders@{line.body}"), _manager(line.body)
        with clock.stopped(begun):
            ref = draft_order(by=officer, draft=order_draft(), line=line.ref)
            add_item(by=officer, ref=ref, value=f"phone:+{line.number.lstrip('+')}", attribution="Test purchase",
                     first_seen=None, last_seen=None)  # fmt: skip
            ask_interests(by=officer, ref=ref)
        with house.as_owner() as owner:
            asked = owner.execute(
                "select q.ref, q.body from orders_question q join orders_order o on o.id = q.order_id where o.ref = %s",
                [ref],
            ).fetchall()
        for question, body in asked:
            code = body_cards()[body].code.lower()
            with clock.stopped(begun + dice.choice([1, 3]) * DAY):
                answer_interest(
                    by=someone(f"analyst@{code}"), ref=question, answer="no objection", words="Nothing"
                )
        if n % 5 == 4:
            continue
        with clock.stopped(begun + 4 * DAY):
            made = Made("Necessary", rank="superintendent", loss_decision="Nobody objects")
            move_order(by=head, ref=ref, verb="authorise", made=made)
            move_order(by=officer, ref=ref, verb="apply", made=Made("Listed", court="The county court"))
            move_order(by=officer, ref=ref, verb="grant", made=Made("As asked", ordered_on=clock.today()))
        with clock.stopped(begun + 5 * DAY):
            move_order(by=officer, ref=ref, verb="serve", made=Made("By e-mail", at=clock.now()))
            move_order(by=officer, ref=ref, verb="comply", made=Made("They say so", at=clock.now()))
            cut_off = clock.now()
        if n % 3 == 0:
            with clock.stopped(begun + 9 * DAY):
                first = cut_off + (n + 1) * timedelta(hours=5)
                record_replacement(
                    by=officer, ref=ref, number=f"07700 9008{n:02}", at=first, why="A text to all"
                )
        with clock.stopped(begun + 10 * DAY):
            outbox.drain()


def _bid(lines: list[Known], dice: Random) -> None:
    """Bids at every level: adopted, turned down, taken higher, offered, accepted, and declined for every reason."""
    reasons = list(REASONS)
    for n, line in enumerate(lines[:14]):
        begun, level = BEGUN + (60 + n) * DAY, ("local", "regional", "national")[n % 3]
        with clock.stopped(begun):
            ref = make_bid(by=_manager(line.body), line=line.ref, draft=bid_draft(level=level, asked_body=""))
        if n % 4 == 0:
            _judge(ref, begun + DAY)
            with clock.stopped(begun + 2 * DAY):
                turn_down_bid(by=_chair(ref), ref=ref, reason=reasons[n % 7], words="Not now", route="up")
                if level == "national":
                    continue
                escalate_bid(by=_manager(line.body), ref=ref, why="It is the region's")
        later = begun + dice.choice([5, 30]) * DAY
        _judge(ref, later)
        with clock.stopped(later + DAY):
            adopt_bid(by=_chair(ref), ref=ref, why="The harm is high")
            desk = _desk(ref)
            offer_bid(by=someone(f"coordinator@{desk}"), ref=ref, body=desk.upper(), words="Please do it")
        with clock.stopped(later + 2 * DAY):
            if n % 2:
                accept_bid(by=_manager(desk), ref=ref, officer="DI Reed", words="In May")
            else:
                decline_bid(by=_manager(desk), ref=ref, reason=reasons[n % 7], words="Not now", route="again")
            outbox.drain()


def _desk(ref: str) -> str:
    desk = Bid.objects.using("owner").values_list("desk", flat=True).get(ref=ref)
    return body_cards()[desk].code.lower()


def _chair(ref: str) -> Reader:
    return someone(f"chair@{_desk(ref)}")


def _judge(ref: str, at: datetime) -> None:
    with clock.stopped(at):
        desk = someone(f"coordinator@{_desk(ref)}")
        deconflict_bid(by=desk, ref=ref, outcome="clear", words="Nobody is on it")
        assess_bid(by=desk, ref=ref, tractability="ready", words="Number and holder are known")


def _close(lines: list[Known]) -> None:
    """Six lines are closed, three of them in a week of action; of each three one comes back within the month."""
    monday = datetime(2036, 5, 12, 9, tzinfo=UTC)
    with clock.stopped(monday - 14 * DAY):
        week = planned(starts="12 May 2036", ends="18 May 2036", bodies=("NORF", "MPS"))
    with clock.stopped(monday):
        move_operation(by=someone("coordinator@nclcc"), ref=week, verb="begin", why="It is Monday")
    for n, line in enumerate(lines[3:9]):
        keeper, at = _manager(line.body), monday + (DAY if n < 3 else 21 * DAY)
        with clock.stopped(at):
            close_line(by=keeper, line=line.ref, closure="type 2", closed_on=clock.today(),
                       items=[line.items[line.body]], why="The SIM was stopped")  # fmt: skip
        if n % 3 == 0:
            with clock.stopped(at + 25 * DAY):
                move_line(by=keeper, line=line.ref, verb="reopen", why="It sells again")
        with clock.stopped(at + 26 * DAY):
            outbox.drain()


def _arrest_and_care(lines: list[Known], dice: Random) -> None:
    codes = sorted({line.body for line in lines})
    for n, code in enumerate(codes * 3):
        officer, lead = someone(f"officer@{code}"), someone(f"safeguarding@{code}")
        with clock.stopped(BEGUN + (40 + 3 * n) * DAY):
            ref = arrested(officer)
            leave = release_on_bail if dice.random() < 0.5 else release_under_investigation
            leave(by=officer, ref=ref, release=release())
            concern = raised(officer, who=Who(name=f"Sam Example {n}", born_on=date(2021, 5, 3)))
            if n % 2:
                note_step(by=lead, ref=concern, step=Step("section 45", "Both limbs are met"))
                referral = draft_referral(by=lead, ref=concern)
                decided = Decided("As they wrote", decider="single", on=clock.today())
                move_referral(by=lead, concern=concern, ref=referral, verb="submit", decided=decided)
            outbox.drain()
