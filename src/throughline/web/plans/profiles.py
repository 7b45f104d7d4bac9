"""The target profile of a bid and the problem profile of an area: the products that a tasking meeting asks for.

What the two hold follows the National Intelligence Model: a target profile the subject, its links, the gaps and the
proposed action; a problem profile the series, where it is, and what would prevent it.
"""

from collections import Counter

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.lines.handling import Handling, handling_of
from throughline.lines.known import of
from throughline.lines.queries import LineRow, line_list, line_page
from throughline.lines.workflow import OPEN
from throughline.organisations.queries import body_coded
from throughline.tasking.one_bid import BidPage, bid_page
from throughline.tasking.queries import bids_on, tasked_lines
from throughline.tasking.words import LEVELS, OUTCOMES, REASONS, TACTICS, TRACTABILITY
from throughline.web.documents import Part, document_answer
from throughline.web.lines.scores import ScoreShown, score_shown
from throughline.web.lines.shown import Group, LineShown, line_shown, state_of
from throughline.web.request import Request
from throughline.web.tasking.words import STATES
from throughline.web.view import needs
from throughline.web.words import day, plural

MOST = 200
SERIES = {"drug": "Drugs", "transport": "Transport", "violence": "Violence", "exploitation": "Exploitation"}


@require_safe
@needs(Permission.TASK_READ)
def target_profile(request: Request, ref: str) -> HttpResponse:
    """What a meeting needs of the line of a bid: what is known, what is not, who else works on it, what is proposed."""
    reader, why = request.reader, "printed the target profile"
    bid = bid_page(reader, ref, why=why)
    if bid is None:
        raise Http404
    line = line_page(reader, bid.line.ref, why=why) if bid.line else None
    parts = [_proposed(bid)]
    if line:
        shown = line_shown(reader, line)
        others = [row for row in bids_on(reader, line.ref) if row.ref != ref]
        parts += [
            _handling(handling_of(reader, line.ref)), _subject(shown), _score(score_shown(line)),
            *map(_group, shown.groups),
            _gaps(shown),
            Part("Other bids on the line", () if others else ("None that you may know.",), ("Bid", "By", "State#"),
                 tuple((f"{row.title} ({row.ref})", row.owner_name, STATES[row.state]) for row in others)),
        ]  # fmt: skip
    else:
        parts.append(
            Part(
                "The line",
                ("You may know nothing of it but what stands in the bid. Ask the body that bids.",),
            )
        )
    parts.append(_found(bid))
    return document_answer(reader, f"Target profile: {bid.row.title}", parts, name=f"target-{ref}")


def _proposed(bid: BidPage) -> Part:
    ps = zip(("Pursue", "Prevent", "Protect", "Prepare"), bid.four_ps, strict=True)
    rows = (
        ("Asked for", bid.asked), ("Why", bid.why), ("Bid by", bid.row.owner_name), ("Level", LEVELS[bid.row.level]),
        ("Officer-days", str(bid.officer_days)), ("Tactics", ", ".join(TACTICS[one] for one in bid.tactics)), *ps,
        ("How far work would get", TRACTABILITY.get(bid.tractability, "")), ("Assessment", bid.assessment),
    )  # fmt: skip
    return Part("Proposed action", (), ("What#", "In words"), tuple(row for row in rows if row[1]))


def _handling(handling: Handling) -> Part:
    """What whoever reads it must respect: the conditions of the items that it rests on."""
    words = () if handling.conditions else ("No item asks for more than lawful sharing (handling code P).",)
    rows = tuple((one.codes, one.instructions, ", ".join(one.items)) for one in handling.conditions)
    return Part("Handling", words, ("Codes#", "Instructions", "Items"), rows)


def _subject(line: LineShown) -> Part:
    rows = (
        ("Line", f"{line.name} ({line.ref})"), ("State", state_of(line.state)), ("Led by", line.lead_name),
        ("Comes from", line.comes_from), ("Sells in", line.sells_in), ("Drugs", line.drugs),
        ("Numbers", ", ".join(fact.text for fact in line.numbers)), ("Last seen", day(line.last_seen)),
    )  # fmt: skip
    return Part(
        "The line", (), ("What#", "Known"), tuple((what, known or "Not known") for what, known in rows)
    )


def _group(group: Group) -> Part:
    rows = tuple((fact.text, day(fact.ended or fact.last)) for fact in group.facts)
    return Part(group.heading, (), ("What", "Last seen#"), rows)


def _score(score: ScoreShown) -> Part:
    words = f"{score.total} of {score.highest}, with {score.confidence} confidence. It is not MoRiLE."
    rows = tuple((part.label, f"{part.points} of {part.most}", part.why) for part in score.parts)
    return Part("Score", (words,), ("Part", "Points#", "Why"), rows)


def _gaps(line: LineShown) -> Part:
    """What nobody has said, as far as the reader may know."""
    asked = {
        "Where it comes from": line.comes_from, "Where it sells": line.sells_in, "What it sells": line.drugs,
        "A number that it trades on": "yes" if line.numbers else "",
        "Anybody with a role in it": "yes" if any(g.heading.startswith("People") for g in line.groups) else "",
    }  # fmt: skip
    gaps = tuple((what,) for what, known in asked.items() if not known)
    return Part("Gaps", () if gaps else ("Each of the first questions has an answer.",), ("Not known",), gaps)


def _found(bid: BidPage) -> Part:
    looked = tuple(
        f"{OUTCOMES[one.outcome]}. {one.words} ({one.by}, {day(one.at)})" for one in bid.deconflictions
    )
    declined = tuple((one.body_name, REASONS[one.reason], one.words) for one in bid.declines)
    words = looked or ("Nobody of your body has deconflicted it.",)
    return Part("Deconfliction, and who declined", words, ("Body", "Reason", "Words"), declined)


@require_safe
@needs(Permission.PLAN_READ)
def problem_profile(request: Request, code: str) -> HttpResponse:
    """Open lines that come from or sell in the area of a body, what is common to them, and which are in hand."""
    card = body_coded(code)
    if card is None:
        raise Http404
    rows = line_list(request.reader, state=OPEN, area=card.code, size=MOST).rows
    tasked = tasked_lines(request.reader)
    parts = [
        Part(
            "The series",
            (f"{plural(len(rows), 'open line')} that you may know, of which {sum(r.ref in tasked for r in rows)} have "
             "work asked for. A line of which its owner shares nothing with you is not among them.",),
            ("Line", "Led by", "Last seen#", "In hand#"),
            tuple(
                (f"{row.known.name} ({row.ref})", row.lead_name or "Nobody", day(row.known.last_seen),
                 "yes" if row.ref in tasked else "no")
                for row in rows
            ),
        ),
        *(_common(heading, statement, rows) for statement, heading in SERIES.items()),
        Part(
            "What would prevent it",
            ("For the meeting to weigh, from the tactical menu: target offenders, manage hotspots, investigate linked "
             "series, preventative measures.",),
            ("Tactic", "Where it bears on this series"), _options(rows),
        ),
    ]  # fmt: skip
    title = f"Problem profile: county lines in the area of {card.name}"
    return document_answer(request.reader, title, parts, name=f"problem-{card.code.lower()}-{clock.today()}")


def _common(heading: str, statement: str, rows: tuple[LineRow, ...]) -> Part:
    found = Counter(fact.shown for row in rows for fact in of(row.known.facts, statement))
    words = () if found else ("Nothing is said of it.",)
    return Part(
        heading, words, ("What", "Lines#"), tuple((what, str(count)) for what, count in found.most_common())
    )


def _options(rows: tuple[LineRow, ...]) -> tuple[tuple[str, str], ...]:
    def lines(statement: str) -> str:
        return plural(sum(bool(of(row.known.facts, statement)) for row in rows), "line")

    return (
        (TACTICS["transport"], f"{lines('transport')} with a way of transport known"),
        (TACTICS["visits"], f"{lines('premises')} with premises known"),
        (TACTICS["order"], f"{lines('number')} with a number known"),
        (TACTICS["safeguarding"], f"{lines('exploitation')} with somebody exploited"),
    )
