"""Looking after a concern: taking it up, assessing it, every step that is done, sharing it, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.organisations.queries import body_coded
from throughline.safeguarding.clocks import end_duties, is_decision, meet_duties, owed, start_duties
from throughline.safeguarding.events import ConcernMoved, ConcernShared
from throughline.safeguarding.law import StepKind, indicators_on, steps
from throughline.safeguarding.models import Assessment, Concern, ConcernStep, Particulars
from throughline.safeguarding.raising import (
    ConcernProblem,
    Who,
    check_kind,
    chosen,
    columns_of,
    said,
    selector_of,
)
from throughline.safeguarding.words import JUDGEMENTS, OUTCOMES
from throughline.safeguarding.workflow import CONCERN, OPEN

SAID_IN_STEPS = "The concern has ended, and its steps say why this is owed no more"
"""Stands in the journal, which is for more people than the words themselves."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is said at a move: of these a move takes what it needs.

    ``not_owed``: why a duty whose clock still runs is not owed any more, for a concern that is closed over one.
    """

    words: str
    age: str = ""
    harms: tuple[str, ...] = ()
    outcome: str = ""
    not_owed: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done. ``at`` is when it was done, ``next_on`` when somebody looks again.

    ``details`` are answers by the keys of what its kind asks.
    """

    kind: str
    words: str
    who: str = ""
    at: datetime | None = None
    next_on: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of one indicator: ``yes``, ``no`` or ``not known``, why, and on which evidence."""

    found: str
    why: str = ""
    evidence: str = ""


def held(by: Reader, ref: str) -> Concern:
    """The concern, locked, if the reader may know and work on it.

    Raises:
        Concern.DoesNotExist: there is no such concern for them.
    """
    by.require(Permission.CONCERN_WORK)
    return Concern.objects.select_for_update(no_key=True, of=("self",)).get(ref=ref)


@writes
def move_concern(*, by: Reader, ref: str, verb: str, move: Move) -> None:
    """Take the next step in the life of a concern. What is said stands in its steps, not in its history.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: for the field that needs mending; or it is closed over what is owed to somebody.
        MoveRefused: it is not at that step, or something must be done before.
    """
    concern = held(by, ref)
    if verb == "assess":
        raise ConcernProblem("", "A concern is assessed by its indicators")
    words = said("words", move.words, "Say why, in a few words")
    change: dict[str, object] = {}
    if verb == "take-up":
        check_kind(move.age, move.harms)
        change = {"age": move.age, "harms": list(move.harms)}
    if verb == "close":
        _check_owed(concern, move.not_owed)
        change = {
            "outcome": chosen("outcome", move.outcome, OUTCOMES, "Choose the outcome"),
            "closed_at": clock.now(),
        }
    _make(concern, verb, by, words, change, not_owed=move.not_owed.strip())


def _check_owed(concern: Concern, not_owed: str) -> None:
    """Nothing that is owed ends unsaid: a decision is waited for, a duty is met or said to be owed no more."""
    running = owed(concern)
    if any(map(is_decision, running)):
        names = "; ".join(one.name for one in running if is_decision(one))
        raise ConcernProblem(
            "", f"A clock of a referral runs ({names}): record the decision before you close it"
        )
    if running and not not_owed.strip():
        names = "; ".join(one.name for one in running)
        raise ConcernProblem(
            "not_owed", f"Clocks still run ({names}): note that it was done, or say why it is not owed"
        )


def _make(
    concern: Concern, verb: str, by: Reader, words: str, change: Mapping[str, object], *, not_owed: str = ""
) -> None:  # fmt: skip
    for name, value in change.items():
        setattr(concern, name, value)
    CONCERN.make(verb, concern, by=by, fact=ConcernMoved(concern=concern.pk, verb=verb))
    if change:
        Concern.objects.filter(pk=concern.pk).update(**change)
    now = clock.now()
    write_step(concern, by, Step(verb, f"{words} Not owed any more: {not_owed}" if not_owed else words), now)
    if verb in ("close", "set-aside"):
        end_duties(by, concern, SAID_IN_STEPS if not_owed else "The concern has ended")
    if verb in ("take-up", "reopen"):
        start_duties(by, concern, "raised", at=now)
    if verb == "safeguard":
        start_duties(by, concern, "safeguarded", at=now)
    meet_duties(by, concern, verb)
    journal.note(Verb.ALTER, "concern", concern.ref, why="moved a concern", owner=concern.owner, verb=verb)


def write_step(concern: Concern, by: Reader, step: Step, at: datetime) -> None:
    """Add a step, under the marking of its concern."""
    ConcernStep.objects.create(
        marking_id=concern.marking_id, owner=concern.owner, concern=concern, kind=step.kind, at=at,
        who=step.who.strip(), words=step.words, details=dict(step.details), next_on=step.next_on, by_body=by.body,
        by_name=by.name, noted_at=clock.now(),
    )  # fmt: skip


@writes
def note_step(*, by: Reader, ref: str, step: Step) -> None:
    """Write down what was done. It ends the clocks that it meets, as of when it was done.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: for the field that needs mending.
    """
    concern = held(by, ref)
    if concern.state not in OPEN:
        raise ConcernProblem("", f"The concern is {concern.state}: take it up or reopen it first")
    kind = steps()[chosen("kind", step.kind, steps(), "Choose what was done")]
    words = said("words", step.words, "Say what was done and what came of it")
    at = step.at or clock.now()
    if at > clock.now():
        raise ConcernProblem("at", "Enter a day and time that is not in the future")
    details = _details(kind, step.details)
    write_step(concern, by, Step(kind.key, words, step.who, at, step.next_on, details), at)
    if kind.key == "authority told" and concern.authority_told_at is None:
        Concern.objects.filter(pk=concern.pk).update(authority_told_at=at)
    meet_duties(by, concern, kind.key)
    if kind.key == "plan reviewed":
        start_duties(by, concern, "safeguarded", at=at)
    journal.note(Verb.ALTER, "concern", ref, why="noted a step", owner=concern.owner, step=kind.key)


def _details(kind: StepKind, told: Mapping[str, str]) -> dict[str, str]:
    """What a step of a kind is asked, as it is kept: each that is needed is answered, and nothing else is kept."""
    for one in kind.asks:
        answer = told.get(one.key, "").strip()
        if one.choices and (answer or one.is_needed):
            chosen(one.key, answer, one.choices, f"Choose: {one.asks}")
        elif one.is_needed:
            said(one.key, answer, f"Answer: {one.asks}")
    return {one.key: told[one.key].strip() for one in kind.asks if told.get(one.key, "").strip()}


@writes
def assess_concern(
    *, by: Reader, ref: str, answers: Mapping[str, Answer], judgement: str, words: str
) -> None:
    """Assess how vulnerable somebody is, by the indicators that stand today: every one is answered.

    What it comes to is judged by the person who assesses, with reasons; nothing is added up. It can be done again.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: for the field that needs mending.
        MoveRefused: the concern is not taken up yet, or is closed.
    """
    concern = held(by, ref)
    listed = indicators_on(clock.today())
    for one in listed.of(concern.age):
        answer = answers.get(one.key, Answer(""))
        chosen(one.key, answer.found, ("yes", "no", "not known"), f"Say whether: {one.asks.lower()}")
        if answer.found == "yes":
            said(f"{one.key}_why", answer.why, f"Say how you know: {one.asks.lower()}")
    chosen("judgement", judgement, JUDGEMENTS, "Choose what it comes to")
    words = said("words", words, "Say why you judge so")
    if concern.state == "raised":
        _make(concern, "assess", by, words, {})
    elif concern.state not in OPEN:
        raise ConcernProblem("", f"The concern is {concern.state}: take it up or reopen it first")
    now = clock.now()
    Assessment.objects.create(
        marking_id=concern.marking_id, owner=concern.owner, concern=concern, version=listed.version,
        answers=[
            {"indicator": one.key, "found": answers[one.key].found, "why": answers[one.key].why.strip(),
             "evidence": answers[one.key].evidence.strip()}
            for one in listed.of(concern.age)
        ],
        judgement=judgement, words=words, made_at=now, made_by=by.name,
    )  # fmt: skip
    if judgement == "immediate protection":
        start_duties(by, concern, judgement, at=now)
    journal.note(
        Verb.ALTER, "concern", ref, why="assessed vulnerability", owner=concern.owner, version=listed.version
    )


@writes
def write_particulars(*, by: Reader, ref: str, who: Who, authority: str) -> None:
    """Write down who a concern is about, in place of what stood there. What is left blank stays as it is.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: for the field that needs mending.
    """
    concern = held(by, ref)
    columns = {name: value for name, value in columns_of(who, selector_of(who)).items() if value}
    columns |= {"written_by": by.person}
    label = {"marking_id": concern.marking_id, "owner": concern.owner}
    Particulars.objects.update_or_create(concern=concern, defaults=columns, create_defaults=columns | label)
    if authority.strip():
        Concern.objects.filter(pk=concern.pk).update(authority=authority.strip())
    journal.note(Verb.ALTER, "concern", ref, why="wrote who it is about", owner=concern.owner)
    announce(ConcernMoved(concern=concern.pk, verb="name"))


@writes
def share_concern(*, by: Reader, ref: str, body: str, words: str) -> None:
    """Open a concern of the reader's body to those who look after concerns in another, with the need for it.

    Raises:
        Concern.DoesNotExist: it is not of the reader's body.
        ConcernProblem: there is no such body, it has it, or no need is given.
    """
    concern = held(by, ref)
    if concern.owner != by.body:
        raise Concern.DoesNotExist
    to = body_coded(body)
    if to is None or to.id == by.body:
        raise ConcernProblem("body", "Choose another body")
    words = said("words", words, "Say why that body needs to know")
    open_to(concern, to.id)
    write_step(concern, by, Step("shared", words, to.name), clock.now())
    journal.note(Verb.DISCLOSE, "concern", ref, why="shared for a need that stands in it", to=to.code)


def open_to(concern: Concern, body: int) -> None:
    """Let those who look after concerns in this body know of it, and tell them."""
    marking = Marking.objects.select_for_update().get(pk=concern.marking_id)
    if body in marking.bodies:
        raise ConcernProblem("body", "That body may know of it already")
    marking.bodies = [*marking.bodies, body]
    marking.released = True
    marking.save()
    announce(ConcernShared(concern=concern.pk, body=body))
