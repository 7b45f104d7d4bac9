"""Adding a line and evidence for it, withdrawing evidence, leading, moving and closing a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.lines.check_back_days import days_after
from throughline.lines.events import CheckBacksDue, LineClosed
from throughline.lines.models import CheckBack, CountyLine, Evidence, LineStanding
from throughline.lines.sources import Source, sources_named
from throughline.lines.statements import STATEMENTS, WORD
from throughline.lines.workflow import CLOSED, CLOSURES, LINE
from throughline.selectors.registry import KINDS, Selector

LONGEST_WHY = 500
WITHDRAWN = "withdrawn"
"""The statement of a row that withdraws another."""


class LineProblem(FieldProblem):
    """What is wrong with a line or its evidence, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as a person makes it of an item: a value of a kind, since when and until when, and words."""

    statement: str
    kind: str
    value: str
    detail: str = ""
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""


@writes
def add_line(*, by: Reader, items: Sequence[str], said: Sequence[Said], why: str) -> str:
    """Put a new line on the register as a proposal, led by the reader's body; returns its reference.

    Raises:
        LineProblem: nothing is said, or no item that the reader may know says it.
    """
    by.require(Permission.LINE_KEEP)
    _check_why(why)
    sources = _sources(items)
    now = clock.now()
    # One row on which the whole of the line opens or shuts: a circle's line stays in the circle.
    line = CountyLine.objects.create(
        ref=new_ref("CL"), lead=by.body, added_at=now, compartment=max(s.compartment for s in sources)
    )
    _stand(line, at=now)
    _record(line, sources, said, by=by, at=now)
    journal.note(Verb.COLLECT, "county line", line.ref, why=why.strip()[:LONGEST_WHY], items=list(items))
    return line.ref


@writes
def add_evidence(*, by: Reader, line: str, items: Sequence[str], said: Sequence[Said], why: str) -> int:
    """Add what these items say of a line; returns how many rows were new.

    Raises:
        LineProblem: nothing is said, or no item that the reader may know says it.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    by.require(Permission.LINE_KEEP)
    _check_why(why)
    held, sources = CountyLine.objects.get(ref=line), _sources(items)
    added = _record(held, sources, said, by=by, at=clock.now())
    journal.note(
        Verb.COLLECT, "county line", line, why=why.strip()[:LONGEST_WHY], items=list(items), evidence=added
    )
    return added


@writes
def withdraw_evidence(*, by: Reader, line: str, evidence: str, why: str) -> None:
    """Withdraw a piece of evidence by a row of its own; what was known before stays to be shown.

    Raises:
        LineProblem: no reason, it is withdrawn already, or it is for another body to withdraw.
        Evidence.DoesNotExist: the reader may not know such evidence.
    """
    by.require(Permission.LINE_KEEP)
    _check_why(why)
    row = Evidence.objects.select_related("line").get(ref=evidence, line__ref=line, withdraws__isnull=True)
    if by.body not in (row.by_body, row.owner):
        raise LineProblem("", "Another body recorded this. Ask its desk to withdraw it.")
    if Evidence.objects.filter(withdraws=row).exists():
        raise LineProblem("", "This evidence is withdrawn already.")
    Evidence.objects.create(
        marking_id=row.marking_id, owner=row.owner, line=row.line, ref=new_ref("LE"), statement=WITHDRAWN,
        kind=row.kind, value=row.value, words=why.strip()[:LONGEST_WHY], source_ref=row.source_ref, grade=row.grade,
        seen_on=row.seen_on, recorded_at=clock.now(), recorded_by=by.name, by_body=by.body, by_person=by.person,
        withdraws=row,
    )  # fmt: skip
    journal.note(Verb.ALTER, "county line", line, why=why.strip()[:LONGEST_WHY], withdrawn=evidence)


@writes
def take_lead(*, by: Reader, line: str, officer: str, why: str) -> None:
    """Let the reader's body lead on a line that nobody leads on, or name another officer for one that it leads on.

    Raises:
        LineProblem: another body leads.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    by.require(Permission.LINE_KEEP)
    _check_why(why)
    held = _led(by, line)
    CountyLine.objects.filter(pk=held.pk).update(lead=by.body, officer=officer.strip())
    held.lead, held.officer = by.body, officer.strip()
    _stand(held, at=clock.now())
    journal.note(Verb.ALTER, "county line", line, why=why.strip()[:LONGEST_WHY], lead=by.body_code)


@writes
def give_up_lead(*, by: Reader, line: str, why: str) -> None:
    """Lead no longer: the line waits for a body that takes it.

    Raises:
        LineProblem: no reason, the reader's body does not lead, or the line is closed.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    by.require(Permission.LINE_DECIDE)
    _check_why(why)
    held = _led(by, line)
    if not held.lead:
        raise LineProblem("", "Nobody leads on this line.")
    if held.state in CLOSED:
        raise LineProblem(
            "", "A closed line needs somebody who looks back. Keep the lead until it is settled."
        )
    CountyLine.objects.filter(pk=held.pk).update(lead=None, officer="")
    held.lead, held.officer = None, ""
    _stand(held, at=clock.now())
    journal.note(Verb.ALTER, "county line", line, why=why.strip()[:LONGEST_WHY], lead="")


@writes
def move_line(*, by: Reader, line: str, verb: str, why: str) -> None:
    """Accept, reopen, dismiss or reconsider a line; closing has a service of its own.

    Raises:
        LineProblem: no reason, or another body leads.
        MoveRefused: the line cannot be moved so.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    _check_why(why)
    if verb.startswith("close"):
        raise LineProblem("", "Close a line on its own page, with the evidence for it.")
    _move(_taken(by, line), verb, by=by, why=why, closed_on=None)


@writes
def close_line(
    *, by: Reader, line: str, closure: str, closed_on: date, items: Sequence[str], why: str
) -> None:
    """Close a line as Type 1 or Type 2, with an item for each thing that the type rests on, and set its check-backs.

    ``items`` are in the order of ``CLOSURES[closure]``.

    Raises:
        LineProblem: for the field that needs mending (``item_1``, ``item_2``).
        MoveRefused: the line cannot be closed so.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    by.require(Permission.LINE_DECIDE)
    _check_why(why)
    if closure not in CLOSURES:
        raise LineProblem("closure", "Choose how the line was closed")
    if closed_on > clock.today():
        raise LineProblem("closed_on", "The day it was closed must be today or in the past")
    held, now = _taken(by, line), clock.now()
    for n, (value, ref) in enumerate(zip(CLOSURES[closure], items, strict=True), start=1):
        sources = sources_named([ref.strip()])
        if not sources:
            raise LineProblem(f"item_{n}", "Enter the reference of a graded item that you may read")
        _record(held, sources, [Said("closure", WORD, value, from_on=closed_on)], by=by, at=now)
    _move(held, f"close as {closure}", by=by, why=why, closed_on=closed_on)
    _set_check_backs(held, closure=closure, closed_on=closed_on, now=now)
    announce(LineClosed(line=held.pk, person=by.person))


@writes
def look_back(*, by: Reader, check_back: str, is_alive: bool, found: str) -> None:
    """Say what a check-back found; one that finds the line alive reopens it.

    Raises:
        LineProblem: nothing said, it was looked at already, or another body leads.
        CheckBack.DoesNotExist: the reader may not know such a check-back.
    """
    by.require(Permission.LINE_DECIDE)
    if not found.strip():
        raise LineProblem("found", "Say what you looked at and what you found")
    row = CheckBack.objects.select_for_update(of=("self",)).select_related("line").get(ref=check_back)
    if row.done_at:
        raise LineProblem("", "Somebody has looked at this already.")
    held = _taken(by, row.line.ref)
    if is_alive and held.state in CLOSED:
        _move(held, "reopen", by=by, why=found, closed_on=None)
    CheckBack.objects.filter(pk=row.pk).update(
        done_at=clock.now(), done_by=by.name, found=found.strip()[:LONGEST_WHY]
    )
    journal.note(Verb.ALTER, "county line", held.ref, why=found.strip()[:LONGEST_WHY], check_back=check_back)


def _check_why(why: str) -> None:
    if not why.strip():
        raise LineProblem("why", "Say why: it is kept in the journal")


def _sources(items: Sequence[str]) -> list[Source]:
    sources = sources_named(list(dict.fromkeys(items)))
    if not sources:
        raise LineProblem("", "Everything on a line rests on a graded item that you may read. Choose one.")
    return sources


def _led(by: Reader, ref: str) -> CountyLine:
    """A line on which the reader's body leads, or nobody does."""
    if CountyLine.objects.get(ref=ref).lead not in (None, by.body):
        raise LineProblem("", "Another body leads on this line. Ring its desk.")
    return CountyLine.objects.select_for_update(no_key=True).get(ref=ref)


def _taken(by: Reader, ref: str) -> CountyLine:
    """The same, and from now on the reader's body leads: whoever decides about a line answers for it."""
    line = _led(by, ref)
    if line.lead is None:
        CountyLine.objects.filter(pk=line.pk).update(lead=by.body)
        line.lead = by.body
    return line


def _move(line: CountyLine, verb: str, *, by: Reader, why: str, closed_on: date | None) -> None:
    LINE.make(verb, line, by=by, why=why.strip()[:LONGEST_WHY])
    CountyLine.objects.filter(pk=line.pk).update(closed_on=closed_on)
    _stand(line, at=clock.now())
    journal.note(Verb.ALTER, "county line", line.ref, why=why.strip()[:LONGEST_WHY], verb=verb)


def _stand(line: CountyLine, *, at: datetime) -> None:
    LineStanding.objects.create(line=line, at=at, standing=line.state, lead=line.lead, officer=line.officer)


def _record(
    line: CountyLine, sources: Sequence[Source], said: Sequence[Said], *, by: Reader, at: datetime
) -> int:
    """Add rows for what is said, each resting on the items that say it; what stands already is not added again."""
    if not said:
        raise LineProblem("", "Choose or write at least one thing that the item says of the line.")
    wanted = [(one, source) for one in map(_checked, said) for source in _resting(one, sources)]
    held = set(
        Evidence.objects.filter(line=line, withdraws__isnull=True, withdrawal__isnull=True).values_list(
            "source_ref", "statement", "kind", "value", "detail"
        )
    )
    fresh = [
        (one, source)
        for one, source in wanted
        if (source.ref, one.statement, one.kind, one.value, one.detail) not in held
    ]
    Evidence.objects.bulk_create(
        [
            Evidence(
                marking=source.marking, owner=source.owner, line=line, ref=new_ref("LE"), statement=one.statement,
                kind=one.kind, value=one.value, detail=one.detail, from_on=one.from_on, to_on=one.to_on,
                words=one.words, source_ref=source.ref, grade=source.grade, seen_on=source.seen_on, recorded_at=at,
                recorded_by=by.name, by_body=by.body, by_person=by.person,
            )
            for one, source in fresh
        ]
    )  # fmt: skip
    return len(fresh)


def _resting(said: Said, sources: Sequence[Source]) -> list[Source]:
    """The items that name the value; a statement that none of them names rests on the first."""
    naming = [s for s in sources if Selector(said.kind, said.value) in s.selectors]
    return naming or [sources[0]]


def _checked(said: Said) -> Said:
    statement = STATEMENTS.get(said.statement)
    if statement is None or said.kind not in statement.kinds or not said.value.strip():
        raise LineProblem("", "That cannot be said of a line.")
    if said.kind == WORD and said.value not in statement.words:
        raise LineProblem("", f"{statement.label}: choose from the list.")
    if said.from_on and said.to_on and said.from_on > said.to_on:
        raise LineProblem("to_on", "The last day must not be before the first")
    value = said.value if said.kind in KINDS else " ".join(said.value.split())
    return replace(said, value=value, words=said.words.strip())


def _set_check_backs(line: CountyLine, *, closure: str, closed_on: date, now: datetime) -> None:
    """A check-back on each day that the closure asks for, each with its clock; earlier ones fall away."""
    CheckBack.objects.filter(line=line, done_at__isnull=True).update(
        done_at=now, found="Overtaken by another closure"
    )
    rows = CheckBack.objects.bulk_create(
        [
            CheckBack(line=line, ref=new_ref("CB"), due_on=closed_on + timedelta(days=days), made_at=now)
            for days in days_after(closure, on=closed_on)
        ]
    )
    for row in rows:
        due = datetime.combine(row.due_on, time(8), tzinfo=clock.LONDON)
        announce(CheckBacksDue(check_backs=[row.pk]), due=max(due, now))
