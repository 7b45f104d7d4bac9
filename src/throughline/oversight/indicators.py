"""The indicators as data: what each measures, of what, from where, with which caveats, and which finding it answers.

How each is counted stands in ``sql/indicators.sql`` under its key. The findings are those of the inspectorate's press
notice of 10 January 2020 on *Both sides of the coin*; one marked unverified is known to us from coverage or memory.
"""

from dataclasses import dataclass
from typing import Final

from throughline.tasking.words import REASONS


@dataclass(frozen=True, slots=True)
class Finding:
    """What the inspectorate found, in our words, and whether that is unverified.

    ``not_measured`` says plainly what of it no indicator here can show, and why; '' where there is nothing to add.
    """

    words: str
    is_unverified: bool = False
    not_measured: str = ""


INTEGRATED: Final = Finding("Concern: bodies that work side by side, each knowing a part.")
FALLS_SHORT: Final = Finding(
    "Concern: investigations achieve less than they could, for want of one response.",
    not_measured="What one response would have achieved is not recorded anywhere, so no figure compares with it.",
)
MAPPING: Final = Finding(
    "Concern: how networks are mapped.",
    not_measured="Scores that bodies bring with them are each on a scale of their own, so they are not compared.",
)
PRIORITIES: Final = Finding("Concern: priorities that pull apart.")
ORDERS: Final = Finding("Concern: orders on phone lines, seldom asked for.")
UNDERSTOOD: Final = Finding(
    "Strength: county lines are better understood than before.",
    not_measured="What a person understands is not recorded: measured is what becomes of what is reported.",
)
CENTRE: Final = Finding(
    "Strength: a national centre that co-ordinates.",
    not_measured="Its advice and its training leave no record here: measured is what is put before it.",
)
SLAVERY: Final = Finding(
    "Strength: the law on modern slavery, put to use.",
    not_measured="Charges and convictions under that law are in case files and courts, and not here.",
)
WEEKS: Final = Finding("Strength: intensification weeks.")
BAIL: Final = Finding(
    "Strength: how bail is used.",
    not_measured="Whether bail was necessary and proportionate in each case is for its file, not for a share.",
)
CENTRAL_ORDERS: Final = Finding(
    "Recommendation: one central team co-ordinates the use of orders on phone lines.", is_unverified=True,
    not_measured="Whether a body has such a team is not recorded: measured is what co-ordinating would better.",
)  # fmt: skip
MOBILES: Final = Finding(
    "Recommendation: a review of how mobile services are abused, and of buying one without a name.",
    is_unverified=True,
    not_measured="A review by government, which nothing here can count. How long numbers stay silent is given to it.",
)
ASSESSED: Final = Finding(
    "Recommendation: one way to assess vulnerability and to share what is found.", is_unverified=True,
    not_measured="Whether two people would judge one child alike is not recorded: all answer the same list.",
)  # fmt: skip
TASKING: Final = Finding(
    "Recommendation: work on county lines is directed and co-ordinated nationally.", is_unverified=True
)
DEFENCE: Final = Finding(
    "Recommendation: a review of the defence of victims who are made to offend.", is_unverified=True,
    not_measured="The review is for government. Whether the defence was raised in court, and held, is not here.",
)  # fmt: skip
CONSISTENT: Final = Finding("Recommendation: networks are mapped in one way everywhere.", is_unverified=True)
FINDINGS: Final = (
    INTEGRATED, FALLS_SHORT, MAPPING, PRIORITIES, ORDERS, UNDERSTOOD, CENTRE, SLAVERY, WEEKS, BAIL, CENTRAL_ORDERS,
    MOBILES, ASSESSED, TASKING, DEFENCE, CONSISTENT,
)  # fmt: skip
"""All of them: concerns, strengths, recommendations. No recommendation was made to forces one by one."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share: ``numerator`` of ``denominator``. ``is_good`` is None where neither more nor less of it is better."""

    key: str
    name: str
    measures: str
    numerator: str
    denominator: str
    source: str
    caveats: tuple[str, ...]
    answers: tuple[Finding, ...]
    is_good: bool | None = True


_SIDES = "Each body's side of a hit counts once, so a hit between two bodies counts twice in a region or the nation."
_LEAD = "A line counts for its lead, or for the body that first said so."
_CLOSED = "What is silent or in a closed compartment is left out."

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "told-in-a-day", "Both told within a day",
        "How fast two bodies learn that they hold the same thing, once both have reported it.",
        "raised within 24 hours of the later of the two bodies' first reports of it",
        "sides of hits raised in the month whose two bodies are both told",
        "hits, and the reports behind them",
        (_SIDES, _CLOSED, "From when a report was recorded, not from when somebody knew."), (INTEGRATED,),
    ),
    Indicator(
        "told-in-a-month", "Told within four weeks of the first report",
        "How long it is from the first report of a thing by either body until the other is told.",
        "raised within 28 days of the first report of it by either body",
        "sides of hits raised in the month whose two bodies are both told",
        "hits, and the reports behind them",
        (_SIDES, _CLOSED, "Long where the second body first meets the thing long after: that is nobody's delay."),
        (INTEGRATED,),
    ),
    Indicator(
        "answered", "Hits answered in time",
        "Whether a body that is told of a hit judges it by the moment that it was given.",
        "judged for the first time by then", "sides of hits that fell due in the month", "hits and their history",
        (_CLOSED, "A judgement changed later does not undo that it was in time."), (INTEGRATED,),
    ),
    Indicator(
        "duplicates", "Duplicate lines settled",
        "Whether lines on the register that share a number are put together, or said to be apart by a person.",
        "merged with, or said to be apart from, every other line that shares a number with it",
        "lines added in the month that share a number with another line",
        "the register of lines", (_CLOSED, _LEAD), (MAPPING, CONSISTENT),
    ),
    Indicator(
        "taken-up", "Emerging lines decided on in four weeks",
        "Whether a line that was proposed is mapped or dismissed, and does not lie there.",
        "taken up or dismissed within 28 days",
        "lines first proposed in the month, 28 days ago or more, and not merged",
        "the register of lines", (_CLOSED, _LEAD), (MAPPING, UNDERSTOOD),
    ),
    Indicator(
        "mapped", "Lines mapped at both ends",
        "Whether it is known of a line where it comes from and where it sells.",
        "with standing evidence of both, by whichever body",
        "lines first taken up in the month, and not merged", "the register, and evidence on lines",
        (_CLOSED, _LEAD, "That both are known does not say that they are right."),
        (MAPPING, UNDERSTOOD, CONSISTENT),
    ),
    Indicator(
        "agreed", "Bodies give a line the same priority",
        "Whether two bodies that each give a line a priority of their own mean the same.",
        "that equal those of every other body that gives one for the line",
        "newest priorities of bodies, given in the month, for lines of which two bodies or more give one",
        "evidence on lines",
        (_CLOSED, "Words for a priority are put on one ladder of ours: red, high and tier 1 are the same."),
        (MAPPING, CONSISTENT),
    ),
    Indicator(
        "adopted", "Bids adopted by tasking meetings", "What becomes of bids where a tasking meeting decides on them.",
        "adopted or shared", "decisions of the meeting in the month: adopted, shared or turned down",
        "bids and their history",
        (_CLOSED, "A bid that is decided on twice counts twice, each time for the body whose meeting decided."),
        (TASKING,), None,
    ),
    Indicator(
        "accepted", "Offers of work accepted", "Whether a body to which work on a line is offered takes it.",
        "accepted", "offers answered in the month", "bids and their history",
        (_CLOSED, "An answer counts for the body that gave it."), (TASKING, PRIORITIES, FALLS_SHORT),
    ),
    Indicator(
        "centre", "Bids put before the national centre that it decided in time",
        "Whether what a body asks of the nation gets its answer.",
        "adopted, shared, turned down or allocated within 19 days",
        "bids put before the centre in the month, 19 days ago or more", "bids and their history",
        (
            _CLOSED, "Counted for the body that bids. One withdrawn before a decision is left out.",
            "The 19 days are this product's: those of its hand-offs to deconflict, to assess and to decide.",
        ),
        (CENTRE, TASKING),
    ),
    *(
        Indicator(
            f"declined-{reason.replace(' ', '-')}", f"Declined: {words[0].lower()}{words[1:]}",
            "Why work on a line is turned down or declined.", "for this reason",
            "bids turned down, and offers declined, in the month, by the body that did so", "declines of bids",
            (_CLOSED, "The list of reasons is this product's."), (PRIORITIES,), None,
        )
        for reason, words in REASONS.items()
    ),
    Indicator(
        "ordered", "Lines for which an order was applied for",
        "How often courts are asked to cut off the number of a line.",
        "for which an order was applied for since", "lines first taken up in the month",
        "the register, and court orders",
        (
            _CLOSED, _LEAD, "An order drafted without a line does not count; one of a line merged with it does.",
            "Recent months have had less time.",
        ),
        (ORDERS, CENTRAL_ORDERS),
    ),
    Indicator(
        "applied", "Orders drafted that were applied for", "Whether orders that are begun reach a court.",
        "applied for since", "orders drafted in the month", "court orders and their history",
        (_CLOSED, "Recent months have had less time."), (ORDERS,),
    ),
    Indicator(
        "quiet", "Numbers not replaced within a day",
        "Whether cutting off a number stops a line, or another number takes over within hours.",
        "for which no replacement within 24 hours of compliance is known",
        "orders complied with in the month, 24 hours ago or more", "court orders",
        (_CLOSED, "A replacement that nobody saw does not count, so this flatters."), (ORDERS, MOBILES),
    ),
    Indicator(
        "interest-answered", "Answers in time before a number is cut off",
        "Whether a body with an interest in a number says in time if intelligence would be lost with it.",
        "answered by then", "questions that fell due in the month", "questions to bodies about court orders",
        (_CLOSED, "Counted for the body asked. The two days it has are this product's."), (CENTRAL_ORDERS, INTEGRATED),
    ),
    Indicator(
        "bailed", "Bail rather than release under investigation",
        "Whether people who leave custody uncharged are under conditions.", "on bail",
        "people released from custody in the month on bail or under investigation", "arrests and their history",
        (_CLOSED, "Whether bail was necessary and proportionate in each is for its file, not for a share."),
        (BAIL,), None,
    ),
    Indicator(
        "referred", "Children referred to the national referral mechanism",
        "Whether a referral is made for every child about whom there is a concern.",
        "for whom a referral was submitted since",
        "concerns about children raised or taken up, by the month of raising", "safeguarding concerns and referrals",
        (_CLOSED, "One child of two concerns counts twice.", "Not every concern is found to be of exploitation."),
        (SLAVERY, ASSESSED),
    ),
    Indicator(
        "defence", "Exploited people for whom the statutory defence was considered",
        "Whether section 45 of the Modern Slavery Act 2015 is thought of where somebody is made to carry or sell.",
        "in which it was recorded as considered, since",
        "concerns about somebody made to carry, hold or sell drugs, by the month of raising",
        "safeguarding concerns and their steps",
        (_CLOSED, "Not everybody exploited is suspected of an offence, so all of them is not the aim."),
        (DEFENCE, SLAVERY), None,
    ),
    Indicator(
        "week-lasts", "Closures in a week of action that last",
        "Whether lines closed in an intensification week stay closed.",
        "not reopened within 90 days",
        "lines closed in the month in an intensification week, 90 days ago or more, and not merged",
        "the register, and operations", (_CLOSED, "To be read beside closures at other times."), (WEEKS,),
    ),
    Indicator(
        "other-lasts", "Closures at other times that last",
        "Whether lines closed outside intensification weeks stay closed.",
        "not reopened within 90 days",
        "lines closed in the month outside such a week, 90 days ago or more, and not merged",
        "the register, and operations",
        (_CLOSED, "Lines closed in and outside a week differ, so a difference does not show what a week brings."),
        (WEEKS, FALLS_SHORT),
    ),
)  # fmt: skip
BY_KEY: Final = {one.key: one for one in INDICATORS}
