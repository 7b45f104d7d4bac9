"""Preparing a referral, recording that it was submitted or that a notice was sent, and the decisions that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.clocks.queries import ClockRow, clocks_of
from throughline.clocks.services import MET, STOPPED, OnWhat, end_clocks, start_clock
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.kernel.refs import new_ref
from throughline.kernel.working_days import Nation, at_in_london
from throughline.safeguarding.clocks import THING
from throughline.safeguarding.law.referral import (
    deciders,
    is_automatic,
    may_go_to_panel,
    nrm,
    questions,
    term,
)
from throughline.safeguarding.looking_after import Step, held, write_step
from throughline.safeguarding.models import Concern, Particulars, Referral
from throughline.safeguarding.raising import ConcernProblem, chosen, said
from throughline.safeguarding.workflow import REFERRAL

RECOVERY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Decided:
    """What is said at a move of a referral: of these a move takes what it needs."""

    words: str
    decider: str = ""
    submitted_ref: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral among those of a concern. It names nobody."""

    ref: str
    notice_ref: str
    state: str
    is_automatic: bool
    consent: str
    decider: str
    submitted_ref: str
    submitted_on: date | None
    reasonable_on: date | None
    conclusive_on: date | None
    made_at: datetime
    made_by: str
    answered: int
    asked: int
    moves: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    history: tuple[Moved, ...]
    may_go_to_panel: bool


@writes
def draft_referral(*, by: Reader, ref: str) -> str:
    """Begin a referral with what the concern says already; returns its reference.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: one is being prepared already.
    """
    concern = held(by, ref)
    if Referral.objects.filter(concern=concern, state="drafted").exists():
        raise ConcernProblem("", "A referral is being prepared already")
    who = Particulars.objects.filter(concern=concern).first() or Particulars()
    nations = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
    answers = {
        "own_ref": concern.ref, "organisation": by.body_name, "nation": nations[concern.nation],
        "under_18": {"child": "yes", "adult": "no"}.get(concern.age, "not sure"), "authority": concern.authority,
        "background": concern.words, "force": by.body_name, "name": who.name, "safe_contact": who.contact,
        "born": f"{who.born_on:%d/%m/%Y}" if who.born_on else "", "responder": by.name,
    }  # fmt: skip
    made = Referral.objects.create(
        marking_id=concern.marking_id, owner=concern.owner, concern=concern, ref=new_ref("NR"),
        notice_ref=new_ref("DN"), version=nrm()["version"], answers={k: v for k, v in answers.items() if v},
        made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.ALTER, "referral", made.ref, why="began a referral", owner=concern.owner)
    return made.ref


def _held(by: Reader, concern: str, ref: str) -> Referral:
    of = held(by, concern)
    return Referral.objects.select_for_update(no_key=True, of=("self",)).get(ref=ref, concern=of)


@writes
def answer_referral(*, by: Reader, concern: str, ref: str, answers: Mapping[str, object]) -> None:
    """Keep the answers to the questions of the form, while it is being prepared.

    Raises:
        Referral.DoesNotExist, Concern.DoesNotExist: the reader may not know such a referral.
        ConcernProblem: it is past that.
    """
    one = _held(by, concern, ref)
    if one.state != "drafted":
        raise ConcernProblem("", f"The referral is {one.state}: its answers stand")
    kept = {key: answers[key] for key in questions() if answers.get(key)}
    Referral.objects.filter(pk=one.pk).update(answers=kept)
    journal.note(
        Verb.ALTER, "referral", ref, why="answered its questions", owner=one.owner, answered=len(kept)
    )


@writes
def move_referral(*, by: Reader, concern: str, ref: str, verb: str, decided: Decided) -> None:
    """Record what became of a referral, and start or end the clocks of the decisions.

    Raises:
        Referral.DoesNotExist, Concern.DoesNotExist: the reader may not know such a referral.
        ConcernProblem: for the field that needs mending.
        MoveRefused: it is not at that step, or the law asks for something else.
    """
    one = _held(by, concern, ref)
    words = said("words", decided.words, "Say in a few words what happened")
    on = _day(decided.on)
    change = _change(one, verb, decided, on)
    REFERRAL.make(verb, one, by=by)
    Referral.objects.filter(pk=one.pk).update(**change)
    for name, value in change.items():
        setattr(one, name, value)
    _keep_clocks(by, one, verb, on)
    write_step(one.concern, by, Step(f"nrm-{verb}", words), clock.now())
    journal.note(Verb.ALTER, "referral", ref, why="moved a referral", owner=one.owner, verb=verb)


def _day(on: date | None) -> date:
    if on is None or on > clock.today():
        raise ConcernProblem("on", "Enter a day that is not in the future")
    return on


def _change(one: Referral, verb: str, decided: Decided, on: date) -> dict[str, object]:
    if verb in ("submit", "reconsider"):
        decider = chosen("decider", decided.decider, deciders(), "Choose who decides")
        _check_panel(one, decider, on)
        return {"decider": decider, "submitted_on": on, "submitted_ref": decided.submitted_ref.strip()}
    if one.submitted_on and on < one.submitted_on:
        raise ConcernProblem("on", "It cannot be decided before it was submitted")
    if verb == "find-reasonable":
        return {"reasonable_on": on}
    if verb == "find-conclusive":
        _check_recovery(one, on)
        return {"conclusive_on": on}
    return {"submitted_on": on} if verb == "notify" else {}


def _check_panel(one: Referral, decider: str, on: date) -> None:
    who = Particulars.objects.filter(concern=one.concern).first()
    if decider == "panel" and not may_go_to_panel(who.born_on if who else None, on=on):
        raise ConcernProblem(
            "decider", f"A panel decides on a child {nrm()['panel']['says'].split('.')[0].lower()}"
        )


def _check_recovery(one: Referral, on: date) -> None:
    if one.decider != "panel" and one.reasonable_on and on < one.reasonable_on + RECOVERY:
        raise ConcernProblem(
            "on", "No conclusive grounds decision is taken within 30 days of reasonable grounds"
        )


def _keep_clocks(by: Reader, one: Referral, verb: str, on: date) -> None:
    ended = {"find-reasonable": MET, "find-conclusive": MET, "decide-against": STOPPED}.get(verb)
    if ended:
        for kind in ("reasonable", "recovery"):
            if found := term(kind, one.decider):
                end_clocks(
                    by=by, thing=THING, ref=one.concern.ref, how=ended, why="It was decided", term=found.key
                )
    begins = {"submit": "reasonable", "reconsider": "reasonable", "find-reasonable": "recovery"}.get(verb, "")
    starts = term(begins, one.decider) if begins else None
    if starts:
        on_what = OnWhat(
            THING, one.concern.ref, f"Concern {one.concern.ref}", one.concern, Permission.CONCERN_READ
        )
        start_clock(
            by=by, term=starts, on=on_what, nation=Nation(one.concern.nation),
            start_event="Reasonable grounds were found" if verb == "find-reasonable" else "The referral was submitted",
            started_at=at_in_london(on, datetime.min.time()),
        )  # fmt: skip


def referrals_of(reader: Reader, concern: str) -> list[ReferralRow]:
    """The referrals of a concern that the reader may know, the newest first. Nobody is named in them."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        of = Concern.objects.filter(ref=concern).first()
        rows = list(Referral.objects.filter(concern=of).order_by("-pk")) if of else []
        who = Particulars.objects.filter(concern=of).first() if of else None
        histories = {one.pk: moves_of(REFERRAL.name, [one.pk]) for one in rows}
    clocks = tuple(one for one in clocks_of(reader, THING, [concern]) if one.kind.startswith("nrm "))
    is_young = may_go_to_panel(who.born_on if who else None, on=clock.today())
    return [
        ReferralRow(
            one.ref, one.notice_ref, one.state, is_automatic(str(one.answers.get("under_18", ""))),
            str(one.answers.get("consent", "")), one.decider, one.submitted_ref, one.submitted_on, one.reasonable_on,
            one.conclusive_on, one.made_at, one.made_by, len(one.answers), len(questions()),
            tuple(REFERRAL.moves_open(by=reader, state=one.state)), clocks, histories[one.pk], is_young,
        )
        for one in rows
    ]  # fmt: skip


def referral_answers(reader: Reader, concern: str, ref: str, *, why: str) -> dict[str, object] | None:
    """Every answer, with names, for a reason that the journal keeps; None where the reader may not know it."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        one = Referral.objects.filter(ref=ref, concern__ref=concern).first()
        if one is None:
            return None
        journal.note(Verb.CONSULT, "referral", ref, why=why, owner=one.owner, opened="its answers")
    return dict(one.answers)


def notice_of(reader: Reader, concern: str, ref: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """What a Duty to Notify says: its own reference and the answers chosen from lists. Nothing typed goes into it.

    Source: Modern Slavery Act 2015 s.52; the live form's code. None where the reader may not know it, or it is for a
    child, who is always referred.
    """
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        one = Referral.objects.filter(ref=ref, concern__ref=concern).first()
        if one is None or one.answers.get("under_18") != "no" or one.answers.get("consent") != "no":
            return None
        journal.note(Verb.DISCLOSE, "referral", ref, why="opened the notice without a name", owner=one.owner)
    return one.notice_ref, without_names(one.answers)


def without_names(answers: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The questions whose answers are words of our own lists, with those answers; whatever else was said stays out."""
    found = []
    for one in questions().values():
        said_of_it = answers.get(one.key)
        chosen_words = said_of_it if isinstance(said_of_it, list | tuple) else [said_of_it]
        if one.is_coded and (words := [w for w in one.choices if w in chosen_words]):
            found.append((one.asks, ", ".join(words).capitalize()))
    return tuple(found)
