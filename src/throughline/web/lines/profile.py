"""The profile of a line as an accessible PDF, with its classification and handling on every page that needs them."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.report_cells import Classification
from throughline.kernel import clock
from throughline.lines.handling import Handling, handling_of
from throughline.lines.queries import line_page
from throughline.web.lines.scores import ScoreShown, score_shown
from throughline.web.lines.shown import EvidenceShown, FactShown, LineShown, line_shown
from throughline.web.lines.words import STATES
from throughline.web.moves import Entry
from throughline.web.pdf import pdf_answer, set_as_pdf
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import day, moment, plural

MOST_EVENTS = 60
"""So much of what happened is printed, the newest first."""
MOST_EVIDENCE = 500
WHY = "printed the profile"


@require_safe
@needs(Permission.LINE_READ)
def line_profile(request: Request, ref: str) -> HttpResponse:
    """The line as it stands on its page, as a document."""
    found = line_page(request.reader, ref, why=WHY)
    if found is None:
        raise Http404
    values = profile_of(
        line_shown(request.reader, found), score_shown(found), handling_of(request.reader, ref),
        reader=f"{request.reader.name}, {request.reader.body_name}",
    )  # fmt: skip
    return pdf_answer(as_pdf(values), name=ref)


def as_pdf(values: dict[str, Any]) -> bytes:
    """The profile as a document."""
    return set_as_pdf("lines/profile.typ", values)


def profile_of(line: LineShown, score: ScoreShown, handling: Handling, *, reader: str) -> dict[str, Any]:
    """Everything that the document says, as text."""
    marking = str(Classification(handling.classification))
    summary = (
        ("State", STATES.get(line.state, line.state)), ("Led by", line.lead_name or "Nobody yet"),
        ("Officer", line.officer), ("Comes from", line.comes_from), ("Sells in", line.sells_in), ("Reach", line.reach),
        ("Drugs", line.drugs), ("First seen", _day(line.first_seen)), ("Last seen", _day(line.last_seen)),
    )  # fmt: skip
    return {
        "title": f"Profile of county line {line.ref}", "ref": line.ref, "name": line.name, "marking": marking,
        "reader": reader, "taken": moment(clock.now()), "handling": _handling(handling, marking),
        "conditions": [[c.codes, c.instructions, ", ".join(c.items)] for c in handling.conditions],
        "summary": [[what, known or "Not known"] for what, known in summary],
        "score": f"{score.total} of {score.highest}, with {score.confidence} confidence, by scheme {score.version}. "
        "It is made from the evidence below, and is not MoRiLE.",
        "parts": [[part.label, f"{part.points} of {part.most}", part.why] for part in score.parts],
        "groups": [{"heading": "Numbers", "rows": _facts(line.numbers)}] * bool(line.numbers)
        + [{"heading": group.heading, "rows": _facts(group.facts)} for group in line.groups],
        "evidence": [_piece(row) for row in line.evidence[:MOST_EVIDENCE] if not row.withdrawn_at],
        "history": [_event(one) for one in line.timeline[:MOST_EVENTS]],
    }  # fmt: skip


def _handling(handling: Handling, marking: str) -> str:
    rule = f"{marking}: the highest classification of the evidence in it."
    if not handling.conditions:
        return f"{rule} No item asks for more than lawful sharing (handling code P)."
    return f"{rule} {plural(len(handling.conditions), 'condition')} must be respected (handling code C):"


def _facts(facts: Iterable[FactShown]) -> list[list[str]]:
    return [
        [f"{fact.text}. {fact.note}" if fact.note else fact.text, day(fact.first), day(fact.ended or fact.last),
         ", ".join(fact.grades)]
        for fact in facts
    ]  # fmt: skip


def _piece(row: EvidenceShown) -> list[str]:
    return [f"{row.what}: {row.text}", f"{row.item}, {row.body_name}", day(row.seen_on), row.grade]


def _event(one: Entry) -> list[str]:
    return [moment(one.at), f"{one.what}. {one.why}" if one.why else one.what, one.who]


def _day(of: Any) -> str:
    return day(of) if of else ""
