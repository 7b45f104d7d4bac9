"""A year of a nation's records as plain values, invented with dice; written to a database, and counted in Python.

What is counted here is counted from the plain values and never from the database: the other way to the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections, transaction

from throughline.access.models import Person
from throughline.custody.models import Arrest
from throughline.intelligence.models import Item, Report
from throughline.kernel.models import History
from throughline.lines.models import CountyLine, Evidence, LineApart, LineMerge, LineStanding
from throughline.matching.models import Hit, HitSide
from throughline.operations.models import Operation
from throughline.orders.models import CourtOrder, LossQuestion
from throughline.safeguarding.models import Concern, ConcernStep, Referral
from throughline.selectors.models import Sighting
from throughline.tasking.models import Bid, Decline

# Far ahead of any day on which the cast is given its roles.
NOW = datetime(2036, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
REASONS = ("priority", "capacity", "capability", "intelligence", "in hand", "elsewhere", "safety")
"""Every reason for which work may be declined, whether anybody has used it or not."""
PRIORITIES = ("High", "red", "Band  1", "amber", "MEDIUM", "Tier 3", "low", "watching")
LADDER = {"high": 3, "very high": 3, "red": 3, "1": 3, "medium": 2, "amber": 2, "2": 2, "low": 1, "green": 1, "3": 1,
          "4": 1}  # fmt: skip


@dataclass
class Said:
    """A statement about a line; ``place`` is where it comes among all of them."""

    body: int
    value: str
    seen_on: date
    is_open: bool = True
    is_withdrawn: bool = False
    place: int = 0


@dataclass
class Line:
    lead: int | None
    added_at: datetime
    stood: list[tuple[datetime, str, int | None]]
    numbers: list[Said] = field(default_factory=list)
    priorities: list[Said] = field(default_factory=list)
    head: int | None = None
    apart: list[int] = field(default_factory=list)
    compartment: int = 0
    others: list[Said] = field(default_factory=list)
    ends: list[Said] = field(default_factory=list)
    """That it exports from somewhere, or imports to somewhere: the value is the statement."""

    @property
    def state(self) -> str:
        return self.stood[-1][1]


@dataclass
class Told:
    """A hit: who reported the thing when, and each body's side with its due moment and its judgements."""

    key: str
    raised_at: datetime
    reports: dict[int, list[tuple[datetime, bool]]]
    told: dict[int, bool]
    closed: dict[int, int]
    due: dict[int, datetime | None]
    judged: dict[int, list[datetime]]


@dataclass
class Step:
    """A move of a bid by a person of a body; the reason where it was declined."""

    verb: str
    at: datetime
    body: int
    reason: str = ""


@dataclass
class Asked:
    """A bid; ``desk`` and ``offered`` are the last, which need not be those that decided earlier."""

    owner: int
    desk: int
    offered: int
    steps: list[Step]
    made_at: datetime
    level: str = "local"
    is_withdrawn: bool = False
    is_open: bool = True


@dataclass
class Interest:
    """A body asked whether it wants a number kept alive."""

    body: int
    answer_by: datetime
    answered_at: datetime | None


@dataclass
class Order:
    owner: int
    line: int | None
    made_at: datetime
    applied_at: datetime | None
    complied_at: datetime | None
    replaced_at: datetime | None
    asked: list[Interest] = field(default_factory=list)
    is_open: bool = True


@dataclass
class Arrested:
    owner: int
    moves: list[tuple[str, str, datetime]]
    is_open: bool = True


@dataclass
class Cared:
    owner: int
    age: str
    state: str
    raised_at: datetime
    referrals: list[str]
    harms: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    is_open: bool = True


@dataclass
class Nation:
    hits: list[Told] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    bids: list[Asked] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    arrests: list[Arrested] = field(default_factory=list)
    concerns: list[Cared] = field(default_factory=list)
    weeks: list[tuple[date, date, str, str]] = field(default_factory=list)


def invented(dice: Random, bodies: list[int], *, size: int = 300) -> Nation:
    """A nation of so many of each kind of record, over some sixteen months up to NOW."""

    def moment() -> datetime:
        return NOW - timedelta(minutes=dice.randrange(480 * 24 * 60))

    def later(at: datetime, most: int) -> datetime:
        return at + timedelta(minutes=dice.randrange(most * 24 * 60))

    nation = Nation(
        weeks=[
            (date(2035, 12, 1), date(2035, 12, 7), "week", "published"),
            (date(2036, 3, 2), date(2036, 3, 29), "week", "concluded"),
            (date(2036, 5, 4), date(2036, 5, 10), "week", "called off"),
            (date(2036, 6, 1), date(2036, 6, 14), "operation", "concluded"),
        ]
    )
    for n in range(size):
        pair, first = dice.sample(bodies, 2), moment()
        reports = {
            body: [(later(first, 40), dice.random() < 0.9) for _ in range(dice.randint(1, 2))]
            for body in pair
        }
        raised = later(max(at for own in reports.values() for at, _ in own), 2)
        due = {body: later(raised, 9) if dice.random() < 0.9 else None for body in pair}
        judged = {body: [later(raised, 15) for _ in range(dice.randint(0, 2))] for body in pair}
        nation.hits.append(
            Told(f"V{n}", raised, reports, {body: dice.random() < 0.9 for body in pair},
                 {body: int(dice.random() < 0.1) for body in pair}, due, judged)
        )  # fmt: skip
    for _ in range(size):
        nation.lines.append(_line(dice, bodies, moment(), later))
    for n, line in enumerate(nation.lines):
        if n and dice.random() < 0.15 and nation.lines[n - 1].head is None:
            line.head = n - 1
        if n and dice.random() < 0.15:
            line.apart.append(n - 1)
    for _ in range(size):
        nation.bids.append(_bid(dice, bodies, moment(), later))
        made = moment()
        applied = later(made, 20) if dice.random() < 0.5 else None
        complied = later(made, 30) if dice.random() < 0.6 else None
        replaced = later(complied, 3) if complied and dice.random() < 0.6 else None
        about = dice.randrange(size) if dice.random() < 0.8 else None
        asked = [
            Interest(body, made + 2 * DAY, later(made, 4) if dice.random() < 0.8 else None)
            for body in dice.sample(bodies, dice.randint(0, 2))
        ]
        nation.orders.append(Order(dice.choice(bodies), about, made, applied, complied, replaced, asked))
        at = moment()
        moves = [(dice.choice(["bail", "release", "charge"]), "in custody", at)]
        if moves[0][0] == "bail" and dice.random() < 0.5:
            moves.append(("release", "on bail", later(at, 30)))
        nation.arrests.append(Arrested(dice.choice(bodies), moves))
        referrals = dice.sample(
            ["drafted", "submitted", "withdrawn", "reasonable grounds", "notified"], dice.randint(0, 2)
        )
        nation.concerns.append(
            Cared(dice.choice(bodies), dice.choice(["child", "child", "adult", "not sure"]),
                  dice.choice(["raised", "proposed", "set aside", "closed", "referred"]), moment(), referrals,
                  dice.sample(["criminal exploitation", "debt bondage", "cuckooing"], dice.randint(0, 2)),
                  dice.sample(["section 45", "visit", "guardian"], dice.randint(0, 2)), dice.random() < 0.9)
        )  # fmt: skip
    return nation


def _line(dice: Random, bodies: list[int], added: datetime, later: Any) -> Line:
    lead = dice.choice(bodies) if dice.random() < 0.7 else None
    stood, at = [(added, dice.choice(["proposed", "proposed", "live"]), lead)], added
    follows = {"proposed": ["live", "not a line"], "live": ["closed type 2", "closed type 1"], "closed type 2":
               ["closed type 1", "reopened"], "closed type 1": ["reopened"], "reopened": ["closed type 2"]}  # fmt: skip
    while dice.random() < 0.75 and stood[-1][1] in follows:
        at = later(at, 60)
        stood.append((at, dice.choice(follows[stood[-1][1]]), lead))

    def said(value: str) -> Said:
        return Said(
            dice.choice(bodies), value, added.date() + timedelta(days=dice.randrange(200)), dice.random() < 0.9,
            dice.random() < 0.1,
        )  # fmt: skip

    numbers = [said(f"N{dice.randrange(150)}") for _ in range(dice.randint(1, 2))]
    priorities = [said(dice.choice(PRIORITIES)) for _ in range(dice.randint(0, 3))]
    ends = [said(dice.choice(["exports from", "imports to"])) for _ in range(dice.randint(0, 3))]
    return Line(lead, added, stood, numbers, priorities, compartment=int(dice.random() < 0.05), ends=ends)


def _bid(dice: Random, bodies: list[int], at: datetime, later: Any) -> Asked:
    owner, above, offered = dice.sample(bodies, 3)
    bid = Asked(owner, owner, offered, [Step("assess", at, owner)], at, is_open=dice.random() < 0.95)
    bid.level = dice.choice(["local", "local", "regional", "national"])

    def step(verb: str, body: int, days: int, reason: str = "") -> None:
        bid.steps.append(Step(verb, later(bid.steps[-1].at, days), body, reason))

    def put_up(verb: str) -> None:
        step(verb, bid.desk, 5)
        bid.desk, bid.level = (
            above,
            dice.choice(["regional", "national"] if bid.level == "local" else ["national"]),
        )

    if bid.level != "national" and dice.random() < 0.3:
        step("turn down", bid.desk, 9, dice.choice(REASONS))
        put_up("escalate")
    if dice.random() < 0.15:
        step("withdraw", owner, 40)
        bid.is_withdrawn = True
        return bid
    step(dice.choice(["adopt", "share"]), bid.desk, 30)
    for _ in range(dice.randint(0, 2)):
        step("offer", bid.desk, 3)
        # A regional desk may offer work to itself, and decline it.
        step("decline", dice.choice([bid.desk, *bodies]), 9, dice.choice(REASONS))
    if bid.steps[-1].verb == "decline" and bid.level != "national" and dice.random() < 0.3:
        put_up("refer up")
        step("adopt", bid.desk, 30)
    if dice.random() < 0.5:
        step("accept", offered, 9)
    return bid


# --- Counted in Python ------------------------------------------------------------

Counts = dict[tuple[str, int, date], tuple[int, int]]


def counted(nation: Nation, since: date, until: date, *, now: datetime = NOW) -> Counts:
    """What each indicator is, by body and month of the wall calendar, from the plain values alone."""
    found: dict[tuple[str, int, date], list[bool]] = defaultdict(list)
    for key, body, at, is_so in _cases(nation, now):
        day = at if type(at) is date else at.astimezone(ZoneInfo("Europe/London")).date()
        if body is not None and since <= day < until:
            found[key, body, day.replace(day=1)].append(is_so)
    return {place: (sum(cases), len(cases)) for place, cases in found.items()}


Case = tuple[str, int | None, Any, bool]


def _cases(nation: Nation, now: datetime) -> Iterable[Case]:
    for hit in nation.hits:
        yield from _of_hit(hit, now)
    yield from _of_lines(nation, now)
    for bid in nation.bids:
        if bid.is_open:
            yield from _of_bid(bid)
            yield from _before_the_centre(bid, now)
    for order in nation.orders:
        yield from _of_order(order, now)
    for arrest in nation.arrests:
        for verb, before, at in arrest.moves:
            if before == "in custody" and verb in ("bail", "release") and arrest.is_open:
                yield "bailed", arrest.owner, at, verb == "bail"
    for one in nation.concerns:
        if one.state not in ("proposed", "set aside") and one.is_open:
            yield from _of_concern(one)


def _of_concern(one: Cared) -> Iterable[Case]:
    if one.age == "child":
        is_referred = bool({*one.referrals} - {"drafted", "withdrawn", "notified"})
        yield "referred", one.owner, one.raised_at, is_referred
    if "criminal exploitation" in one.harms:
        yield "defence", one.owner, one.raised_at, "section 45" in one.steps


def _of_order(order: Order, now: datetime) -> Iterable[Case]:
    if order.is_open:
        yield "applied", order.owner, order.made_at, order.applied_at is not None
    if order.is_open and order.complied_at and order.complied_at <= now - DAY:
        is_quiet = order.replaced_at is None or order.replaced_at - order.complied_at > DAY
        yield "quiet", order.owner, order.complied_at, is_quiet
    for one in order.asked:
        if one.answer_by <= now:
            yield (
                "interest-answered",
                one.body,
                one.answer_by,
                one.answered_at is not None and one.answered_at <= one.answer_by,
            )


def _of_hit(hit: Told, now: datetime) -> Iterable[Case]:
    firsts = {
        body: min((at for at, is_open in own if is_open), default=None) for body, own in hit.reports.items()
    }
    for body in hit.told:
        if all(hit.told.values()) and not any(hit.closed.values()):
            known = [at for at in firsts.values() if at]
            if len(known) == 2:
                yield "told-in-a-day", body, hit.raised_at, hit.raised_at - max(known) <= DAY
                yield "told-in-a-month", body, hit.raised_at, hit.raised_at - min(known) <= 28 * DAY
        due = hit.due[body]
        if due and due <= now and hit.told[body] and not hit.closed[body]:
            yield "answered", body, due, any(at <= due for at in hit.judged[body])


def _of_bid(bid: Asked) -> Iterable[Case]:
    for step in bid.steps:
        if step.verb in ("adopt", "share", "turn down"):
            yield "adopted", step.body, step.at, step.verb != "turn down"
        if step.verb in ("accept", "decline"):
            yield "accepted", step.body, step.at, step.verb == "accept"
        if step.verb in ("decline", "turn down"):
            for reason in REASONS:
                yield f"declined-{reason.replace(' ', '-')}", step.body, step.at, reason == step.reason


def _before_the_centre(bid: Asked, now: datetime) -> Iterable[Case]:
    if bid.level != "national":
        return
    ups = [n for n, step in enumerate(bid.steps) if step.verb in ("escalate", "refer up")]
    put, rest = (bid.steps[ups[-1]].at, bid.steps[ups[-1] + 1 :]) if ups else (bid.made_at, bid.steps)
    decided = [step.at for step in rest if step.verb in ("adopt", "share", "turn down", "allocate")]
    if put + 19 * DAY <= now and (decided or not bid.is_withdrawn):
        yield "centre", bid.owner, put, bool(decided) and decided[0] - put <= 19 * DAY


def _of_lines(nation: Nation, now: datetime) -> Iterable[Case]:
    lines = {n: line for n, line in enumerate(nation.lines) if not line.compartment}
    bodies = {n: line.lead if line.lead is not None else _first_said(line) for n, line in lines.items()}
    numbers = {
        n: {s.value for s in _stands(line.numbers)} for n, line in lines.items() if line.state != "not a line"
    }
    heads = {n: n if line.head is None else line.head for n, line in lines.items()}
    apart = {frozenset((n, other)) for n, line in enumerate(nation.lines) for other in line.apart}
    settled: dict[int, list[bool]] = defaultdict(list)
    for one, other in combinations(numbers, 2):
        if numbers[one] & numbers[other]:
            is_settled = heads[one] == heads[other] or frozenset((one, other)) in apart
            settled[one].append(is_settled)
            settled[other].append(is_settled)
    for n, all_of in settled.items():
        yield "duplicates", bodies[n], lines[n].added_at, all(all_of)
    applied: dict[int, list[datetime]] = defaultdict(list)
    for order in nation.orders:
        if order.is_open and order.applied_at and order.line in lines:
            applied[heads[order.line]].append(order.applied_at)
    known: dict[int, set[str]] = defaultdict(set)
    for n, line in lines.items():
        known[heads[n]] |= {one.value for one in _stands(line.ends)}
    for n, line in lines.items():
        if line.head is None:
            yield from _of_line(nation, line, bodies[n], now, applied[n])
            for at in [at for at, standing, _ in line.stood if standing == "live"][:1]:
                yield "mapped", bodies[n], at, len(known[n]) == len(("exports from", "imports to"))
    yield from _of_priorities(lines, heads)


def _of_line(
    nation: Nation, line: Line, body: int | None, now: datetime, applied: list[datetime]
) -> Iterable[Case]:
    month = 28 * DAY
    if line.stood[0][1] == "proposed" and line.added_at + month <= now:
        decided = [at for at, standing, _ in line.stood if standing != "proposed"]
        yield "taken-up", body, line.added_at, bool(decided) and decided[0] - line.added_at <= month
    live = [at for at, standing, _ in line.stood if standing == "live"]
    if live:
        yield "ordered", body, live[0], any(at >= live[0] for at in applied)
    for n, (at, standing, lead) in enumerate(line.stood):
        is_closing = standing.startswith("closed") and not (n and line.stood[n - 1][1].startswith("closed"))
        if is_closing and at + 90 * DAY <= now:
            day = at.astimezone(ZoneInfo("Europe/London")).date()
            is_in_week = any(
                first <= day <= last and kind == "week" and state not in ("planned", "called off")
                for first, last, kind, state in nation.weeks
            )
            reopened = [when for when, what, _ in line.stood[n + 1 :] if what == "reopened"]
            is_lasting = not any(when - at <= 90 * DAY for when in reopened)
            yield "week-lasts" if is_in_week else "other-lasts", lead, at, is_lasting


def _of_priorities(lines: dict[int, Line], heads: dict[int, int]) -> Iterable[Case]:
    newest: dict[int, dict[int, Said]] = defaultdict(dict)
    for n, line in lines.items():
        for one in _stands(line.priorities):
            held = newest[heads[n]].get(one.body)
            if held is None or (one.seen_on, one.place) >= (held.seen_on, held.place):
                newest[heads[n]][one.body] = one
    for by_body in newest.values():
        levels = {_level(one.value) for one in by_body.values()}
        if len(by_body) > 1:
            for body, one in by_body.items():
                yield "agreed", body, one.seen_on, len(levels) == 1


def _level(value: str) -> int | str:
    words = [word for word in value.lower().split() if word not in ("priority", "band", "tier")]
    return LADDER.get(" ".join(words), " ".join(words))


def _stands(said: list[Said]) -> list[Said]:
    return [one for one in said if one.is_open and not one.is_withdrawn]


def _first_said(line: Line) -> int | None:
    said = _stands([*line.numbers, *line.priorities, *line.ends, *line.others])
    return min(said, key=lambda one: one.place).body if said else None


# --- Written to the database ------------------------------------------------------------


KINDS: tuple[Any, ...] = (
    History, Decline, Bid, Referral, ConcernStep, Concern, Arrest, LossQuestion, CourtOrder, Operation,
    LineApart, LineMerge, LineStanding,
    Evidence, CountyLine, HitSide, Hit, Sighting, Item, Report,
)  # fmt: skip


class Writer:
    """Writes the plain values as rows, past every trigger and policy: what they say is for the test to know."""

    def __init__(self) -> None:
        self.numbers = iter(range(1, 10_000_000))
        self.rows: dict[Any, list[Any]] = defaultdict(list)
        self.people = dict(Person.objects.values_list("body_id", "pk"))

    def ref(self) -> str:
        return f"T-{next(self.numbers)}"

    def labels(self, owner: int, *, is_open: bool = True, compartment: int = 0) -> dict[str, Any]:
        return {"marking_id": 1, "owner": owner, "silent": not is_open, "compartment": compartment}

    def write(self, nation: Nation) -> None:
        """Replace what is there by this nation."""
        self.put(nation)
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            for model in KINDS:
                cursor.execute(f"delete from {model._meta.db_table}")
                model.objects.using("owner").bulk_create(self.rows[model], batch_size=2000)

    def put(self, nation: Nation) -> None:
        for hit in nation.hits:
            self.hit(hit)
        self.lines(nation.lines)
        for bid in nation.bids:
            self.bid(bid)
        for n, order in enumerate(nation.orders):
            self.order(n + 1, order)
        for n, arrest in enumerate(nation.arrests):
            self.add(
                Arrest(
                    pk=n + 1,
                    ref=self.ref(),
                    arrested_at=NOW,
                    made_at=NOW,
                    law_version=1,
                    **self.labels(arrest.owner),
                )
            )
            self.moves("arrest", n + 1, arrest.moves)
        for n, one in enumerate(nation.concerns):
            self.add(Concern(pk=n + 1, ref=self.ref(), age=one.age, state=one.state, raised_at=one.raised_at,
                             raised_person=0, harms=one.harms,
                             **self.labels(one.owner, is_open=one.is_open)))  # fmt: skip
            for kind in one.steps:
                self.add(ConcernStep(concern_id=n + 1, kind=kind, at=NOW, words="", by_body=one.owner, by_name="",
                                     noted_at=NOW, **self.labels(one.owner)))  # fmt: skip
            for state in one.referrals:
                self.add(Referral(concern_id=n + 1, ref=self.ref(), notice_ref=self.ref(), state=state, version=1,
                                  made_at=NOW, **self.labels(one.owner)))  # fmt: skip
        for first, last, kind, state in nation.weeks:
            self.add(Operation(ref=self.ref(), kind=kind, starts_on=first, ends_on=last, state=state, taking_part=[],
                               made_at=NOW, **self.labels(1)))  # fmt: skip

    def add(self, row: Any) -> int:
        row.pk = row.pk or next(self.numbers)
        self.rows[type(row)].append(row)
        return int(row.pk)

    def moves(self, thing: str, number: int, moves: Iterable[tuple[str, str, datetime]]) -> None:
        for verb, before, at in moves:
            self.add(
                History(thing=thing, thing_id=number, verb=verb, before=before, after="", at=at, bodies=[])
            )

    def hit(self, hit: Told) -> None:
        first, second = sorted(hit.told)
        number = self.add(
            Hit(ref=self.ref(), kind="phone", key=hit.key, body_a=first, body_b=second, told_a=hit.told[first],
                told_b=hit.told[second], raised_at=hit.raised_at)
        )  # fmt: skip
        for body, reports in hit.reports.items():
            for at, is_open in reports:
                ref, labels = self.ref(), self.labels(body, is_open=is_open)
                report = self.add(
                    Report(ref=ref, origin_ref=ref, date_of_intelligence=at.date(), recorded_at=at, **labels)
                )
                self.add(Item(report_id=report, number=1, ref=f"{ref}/1", **labels))
                self.add(Sighting(kind="phone", key=hit.key, source="report", source_ref=f"{ref}/1", seen_on=at.date(),
                                  noted_at=NOW, **labels))  # fmt: skip
        for body, other in ((first, second), (second, first)):
            side = self.add(
                HitSide(hit_id=number, kind="phone", body=body, other=other, told=hit.told[body],
                        other_told=hit.told[other],
                        compartment=hit.closed[body], other_compartment=hit.closed[other], answer_by=hit.due[body])
            )  # fmt: skip
            self.moves("hit", side, [("confirm", "raised", at) for at in hit.judged[body]])

    def lines(self, lines: list[Line]) -> None:
        for n, line in enumerate(lines, 1):
            self.add(CountyLine(pk=n, ref=self.ref(), state=line.state, lead=line.lead, added_at=line.added_at,
                                compartment=line.compartment))  # fmt: skip
            for at, standing, lead in line.stood:
                self.add(LineStanding(line_id=n, at=at, standing=standing, lead=lead))
            for statement, held in (("number", line.numbers), ("own priority", line.priorities)):
                for one in held:
                    self.evidence(n, statement, one)
            for one in line.ends:
                self.evidence(n, one.value, one)
            if line.head is not None:
                self.add(
                    LineMerge(
                        line_id=n, head_id=line.head + 1, batch="B", at=NOW, by_body=1, by_name="", why=""
                    )
                )
            for other in line.apart:
                self.add(LineApart(line_id=other + 1, other_id=n, at=NOW, by_body=1, by_name="", why=""))

    def evidence(self, line: int, statement: str, one: Said) -> None:
        kind = "phone" if statement == "number" else "text"
        common = {"line_id": line, "kind": kind, "value": one.value, "seen_on": one.seen_on, "recorded_at": NOW,
                  "by_body": one.body, "by_person": 0, **self.labels(one.body, is_open=one.is_open)}  # fmt: skip
        number = self.add(Evidence(ref=self.ref(), statement=statement, **common))
        if one.is_withdrawn:
            self.add(Evidence(ref=self.ref(), statement="withdrawn", withdraws_id=number, **common))

    def bid(self, bid: Asked) -> None:
        number = self.add(
            Bid(ref=self.ref(), line_id=1, officer_days=1, level=bid.level, desk=bid.desk, offered=bid.offered,
                made_at=bid.made_at, state="withdrawn" if bid.is_withdrawn else "bid",
                **self.labels(bid.owner, is_open=bid.is_open))
        )  # fmt: skip
        for step in bid.steps:
            self.add(History(thing="bid", thing_id=number, verb=step.verb, before="", after="", at=step.at, bodies=[],
                             by_person=self.people[step.body]))  # fmt: skip
            if step.reason:
                self.add(Decline(bid_id=number, at=step.at, by_body=step.body, by_name="", reason=step.reason,
                                 words="", route="", **self.labels(bid.owner, is_open=bid.is_open)))  # fmt: skip

    def order(self, number: int, order: Order) -> None:
        self.add(
            CourtOrder(pk=number, ref=self.ref(), kind="ddtro", law_version=1, made_at=order.made_at,
                       line_id=None if order.line is None else order.line + 1, complied_at=order.complied_at,
                       replaced_at=order.replaced_at, **self.labels(order.owner))
        )  # fmt: skip
        if order.applied_at:
            self.moves("court order", number, [("apply", "authorised", order.applied_at)])
        for one in order.asked:
            self.add(LossQuestion(order_id=number, ref=self.ref(), kind="phone", key=f"Q{number}", body=one.body,
                                  asked_at=order.made_at, answer_by=one.answer_by, answered_at=one.answered_at,
                                  **self.labels(order.owner)))  # fmt: skip
