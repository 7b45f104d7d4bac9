"""Recording an arrest, deciding on release, extending bail, its conditions and their breaches, and the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.clocks.services import MET, STOPPED, OnWhat, end_clocks, set_clock_anew, start_clock
from throughline.custody.law import Stage, bail_ranks, cases, regime_in, regime_on
from throughline.custody.models import Arrest, BailCondition, BailStage, Breach
from throughline.custody.timing import BAIL, REVIEW, bail_start, stage_end, term_of
from throughline.custody.workflow import ARREST
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.kernel.working_days import Nation, at_in_london, end_of_day
from throughline.lines.models import CountyLine

THING = "arrest"
VICTIMS = {
    "sought": "Their views were sought",
    "not practicable": "It was not practicable to seek them",
    "none": "There is no victim to ask",
}


class CustodyProblem(FieldProblem):
    """What is wrong with what was said of an arrest, in a sentence, for the field named ('' for the whole)."""


said, chosen = CustodyProblem.unless_said, CustodyProblem.unless_chosen


@dataclass(frozen=True, slots=True)
class ArrestDraft:
    """Who was arrested, for what, when and where (a moment in UTC), and whether the lead of the line may know."""

    suspect: str
    offence: str
    arrested_at: datetime
    case: str
    nation: str = Nation.ENGLAND
    place: str = ""
    is_open_to_lead: bool = False


@writes
def record_arrest(*, by: Reader, draft: ArrestDraft, line: str = "") -> str:
    """Record an arrest of the reader's body, on a line that they may know or on none; returns its reference.

    Raises:
        CountyLine.DoesNotExist: the reader may not know such a line.
        CustodyProblem: for the field that needs mending.
    """
    by.require(Permission.CUSTODY_KEEP)
    on = CountyLine.objects.get(ref=line) if line else None
    suspect = said("suspect", draft.suspect, "Enter who was arrested")
    offence = said("offence", draft.offence, "Enter the offence")
    chosen("case", draft.case, cases(), "Choose the kind of case")
    chosen(
        "nation",
        draft.nation,
        (Nation.ENGLAND, Nation.WALES),
        "This law of bail is that of England and Wales",
    )
    if draft.arrested_at > clock.now():
        raise CustodyProblem("at", "The arrest must be in the past")
    lead = on.lead if on and draft.is_open_to_lead else None
    bodies = (lead,) if lead and lead != by.body else ()
    compartment = on.compartment if on else 0
    marking = marking_for(
        owner=by.body,
        classification=OFFICIAL_SENSITIVE,
        circulation=Circulation(bodies=bodies),
        compartment=compartment,
    )
    marking.released = True
    marking.save()
    arrest = Arrest.objects.create(
        marking=marking, owner=by.body, compartment=compartment, ref=new_ref("AR"), line=on, suspect=suspect,
        offence=offence, arrested_at=draft.arrested_at, place=draft.place.strip(), nation=draft.nation, case=draft.case,
        law_version=regime_on(clock.today()).version, made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "arrest", arrest.ref, why="recorded an arrest", line=line)
    return arrest.ref


def held(by: Reader, ref: str, *states: str) -> Arrest:
    """The arrest, locked, if it is the reader's body's and in one of these states (none given: any).

    Raises:
        Arrest.DoesNotExist: the reader may not know such an arrest.
        CustodyProblem: it is past that.
    """
    arrest = Arrest.objects.select_for_update(no_key=True, of=("self",)).get(ref=ref, owner=by.body)
    if states and arrest.state not in states:
        raise CustodyProblem("", f"The suspect is {arrest.state}: this cannot be done")
    return arrest


@dataclass(frozen=True, slots=True)
class Release:
    """What was decided on release: why bail is, or is not, necessary and proportionate; and about victims' views."""

    necessity: str
    victims: str
    victims_said: str = ""
    rank: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None


@writes
def release_on_bail(*, by: Reader, ref: str, release: Release) -> None:
    """Release on bail: its first stage begins, counted from the day after the arrest, and its clock runs.

    Raises:
        Arrest.DoesNotExist: the reader may not know such an arrest.
        CustodyProblem: for the field that needs mending.
    """
    arrest = held(by, ref, "in custody")
    regime = regime_in(arrest.law_version)
    stage = regime.first(arrest.case)
    rank = chosen("rank", release.rank, stage.ranks, "Choose who decided: it is for them alone")
    told = _decided(by, arrest, release)
    starts_on = bail_start(arrest.arrested_at)
    ends_at = stage_end(stage, starts_on=starts_on)
    ARREST.make("bail", arrest, by=by, why=release.necessity)
    Arrest.objects.filter(pk=arrest.pk).update(**told, starts_on=starts_on, stage=stage.key, ends_at=ends_at)
    arrest.starts_on = starts_on
    _keep_stage(by, arrest, stage, ends_at, why=release.necessity, rank=rank)
    _run(by, arrest, stage, ends_at, event="Released on bail", why=release.necessity)
    for words, because in release.conditions:
        _set(by, arrest, words, because)
    journal.note(Verb.ALTER, "arrest", ref, why="released on bail", until=ends_at.isoformat())


@writes
def release_under_investigation(*, by: Reader, ref: str, release: Release) -> None:
    """Release without bail: why bail with conditions is not necessary is kept, and a review falls due by policy.

    Raises as `release_on_bail`.
    """
    arrest = held(by, ref, "in custody", "on bail")
    told = _decided(by, arrest, release)
    ARREST.make("release", arrest, by=by, why=release.necessity)
    Arrest.objects.filter(pk=arrest.pk).update(**told, ends_at=None)
    end_clocks(by=by, thing=THING, ref=ref, how=STOPPED, why="Released under investigation", term=BAIL)
    start_clock(
        by=by, term=REVIEW, on=_on(arrest), start_event="Released under investigation", started_at=clock.now(),
        nation=Nation(arrest.nation),
    )  # fmt: skip
    journal.note(Verb.ALTER, "arrest", ref, why="released under investigation")


def _decided(by: Reader, arrest: Arrest, release: Release) -> dict[str, object]:
    necessity = said(
        "necessity", release.necessity, "Say why bail is, or is not, necessary and proportionate"
    )
    chosen("victims", release.victims, VICTIMS, "Choose whether victims' views were sought")
    if release.victims != "none":
        said("victims_said", release.victims_said, "Say what they said, or why it was not practicable")
    at = release.at or clock.now()
    if at < arrest.arrested_at or at > clock.now():
        raise CustodyProblem("at", "The decision lies after the arrest and not in the future")
    return {
        "necessity": necessity, "victims": release.victims, "victims_said": release.victims_said.strip(),
        "decided_by": by.name, "decided_at": at,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """What is said when bail is extended: ``satisfied`` by the letter of a condition; ``until`` where a court says."""

    stage: str
    why: str
    satisfied: Mapping[str, str] = field(default_factory=dict)
    representations: str = ""
    rank: str = ""
    dpp: str = ""
    court: str = ""
    applied_on: date | None = None
    is_longer: bool = False
    until: date | None = None


@writes
def extend_bail(*, by: Reader, ref: str, extension: Extension) -> datetime:
    """Extend bail by one stage, by the rank that the law asks for or as a court decided; returns its new end.

    Only a decision does this, before the period ends; for a court, the application must have been made before.

    Raises:
        Arrest.DoesNotExist: the reader may not know such an arrest.
        CustodyProblem: for the field that needs mending.
    """
    by.require(Permission.CUSTODY_AUTHORISE)
    arrest = held(by, ref, "on bail")
    assert arrest.starts_on is not None  # noqa: S101 set as bail began
    assert arrest.ends_at is not None  # noqa: S101 set as bail began
    regime = regime_in(arrest.law_version)
    stage = next(
        (one for one in regime.following(arrest.stage, arrest.case) if one.key == extension.stage), None
    )
    if stage is None:
        raise CustodyProblem("", "That is not the next stage of this bail")
    why = said("why", extension.why, "Say why bail is extended")
    _check_in_time(stage, extension, arrest.ends_at)
    for condition in regime.conditions_for(stage):
        letter = condition.key
        said(f"condition_{letter}", extension.satisfied.get(letter, ""), f"Say how condition {letter} is met")
    said(
        "representations",
        extension.representations,
        "Say what the person or representative said, and was told",
    )
    ends_at = _end_of(stage, extension, arrest.starts_on, arrest.ends_at)
    Arrest.objects.filter(pk=arrest.pk).update(stage=stage.key, ends_at=ends_at)
    _keep_stage(
        by, arrest, stage, ends_at, why=why, rank=extension.rank, court=extension.court.strip(),
        dpp=extension.dpp.strip(), applied_on=extension.applied_on, is_longer=extension.is_longer,
        representations=extension.representations.strip(),
        satisfied={key: words.strip() for key, words in extension.satisfied.items() if words.strip()},
    )  # fmt: skip
    _run(by, arrest, stage, ends_at, event=stage.name, why=why)
    journal.note(Verb.ALTER, "arrest", ref, why=why, stage=stage.key, until=ends_at.isoformat())
    return ends_at


def _check_in_time(stage: Stage, extension: Extension, ends_at: datetime) -> None:
    if stage.by == "court":
        said("court", extension.court, "Name the court")
        if extension.applied_on is None or extension.applied_on > clock.today():
            raise CustodyProblem("applied_on", "Enter the day on which the court was applied to")
        if extension.applied_on > clock.day_of(ends_at):
            raise CustodyProblem("applied_on", "The court must be applied to before the period ends")
        return
    if extension.rank not in stage.ranks:
        least = bail_ranks()[stage.ranks[0]]
        raise CustodyProblem(
            "rank", f"This stage is for: {least}, or above where there is one ({stage.source})"
        )
    if clock.now() > ends_at:
        raise CustodyProblem("", "The period has ended: it can be extended by rank no longer")
    if stage.needs_dpp:
        said(
            "dpp",
            extension.dpp,
            "Say who designated it exceptionally complex, and that the DPP was consulted",
        )


def _end_of(stage: Stage, extension: Extension, starts_on: date, before: datetime) -> datetime:
    if stage.months is not None:
        return stage_end(stage, starts_on=starts_on, is_longer=extension.is_longer)
    if extension.until is None or end_of_day(extension.until) <= before:
        raise CustodyProblem("until", "Enter the day until which the court extended it: later than before")
    return end_of_day(extension.until)


def _keep_stage(by: Reader, arrest: Arrest, stage: Stage, ends_at: datetime, **told: object) -> None:
    BailStage.objects.create(
        marking_id=arrest.marking_id, owner=arrest.owner, arrest=arrest, stage=stage.key, ends_at=ends_at,
        decided_at=clock.now(), decided_by=by.name, **told,
    )  # fmt: skip


def _on(arrest: Arrest) -> OnWhat:
    return OnWhat(
        THING, arrest.ref, f"{arrest.suspect}: {arrest.offence}", arrest, Permission.CUSTODY_READ,
        Permission.CUSTODY_AUTHORISE,
    )  # fmt: skip


def _run(by: Reader, arrest: Arrest, stage: Stage, ends_at: datetime, *, event: str, why: str) -> None:
    assert arrest.starts_on is not None  # noqa: S101 set as bail began
    set_clock_anew(
        by=by, term=term_of(stage), on=_on(arrest), start_event=event, why=why, due_at=ends_at,
        started_at=at_in_london(arrest.starts_on, datetime.min.time()), nation=Nation(arrest.nation),
    )  # fmt: skip


@writes
def set_condition(*, by: Reader, ref: str, words: str, because: str) -> None:
    """Set a condition of bail, with the reason why it is necessary. Raises as `held`, and CustodyProblem."""
    by.require(Permission.CUSTODY_KEEP)
    _set(by, held(by, ref, "on bail"), words, because)
    journal.note(Verb.ALTER, "arrest", ref, why="a condition was set")


def _set(by: Reader, arrest: Arrest, words: str, because: str) -> None:
    BailCondition.objects.create(
        marking_id=arrest.marking_id, owner=arrest.owner, arrest=arrest,
        words=said("words", words, "Say what the person must do, or must not"),
        because=said("because", because, "Say what it is to prevent"), set_at=clock.now(), set_by=by.name,
    )  # fmt: skip


@writes
def lift_condition(*, by: Reader, ref: str, number: int, why: str) -> None:
    """Lift a condition; it stays on record. Raises as `held`, BailCondition.DoesNotExist, and CustodyProblem."""
    by.require(Permission.CUSTODY_KEEP)
    arrest, why = held(by, ref, "on bail"), said("why", why, "Say why it is lifted")
    one = BailCondition.objects.get(arrest=arrest, pk=number, lifted_at=None)
    BailCondition.objects.filter(pk=one.pk).update(lifted_at=clock.now(), lifted_why=why)
    journal.note(Verb.ALTER, "arrest", ref, why="a condition was lifted")


@writes
def note_breach(*, by: Reader, ref: str, what: str, done: str, at: datetime | None) -> None:
    """Note that bail or a condition of it was broken, and what was done. Raises as `held`, and CustodyProblem."""
    by.require(Permission.CUSTODY_KEEP)
    arrest = held(by, ref, "on bail")
    if at is None or at > clock.now():
        raise CustodyProblem("at", "Enter a day and time that is not in the future")
    Breach.objects.create(
        marking_id=arrest.marking_id, owner=arrest.owner, arrest=arrest, what=said("what", what, "Say what was broken"),
        done=said("done", done, "Say what was done about it"), at=at, noted_by=by.name,
    )  # fmt: skip
    journal.note(Verb.ALTER, "arrest", ref, why="a breach was noted")


@writes
def end_arrest(*, by: Reader, ref: str, verb: str, why: str) -> None:
    """Charge the suspect, or take no further action: what runs for them ends.

    Raises:
        Arrest.DoesNotExist: the reader may not know such an arrest.
        CustodyProblem: no reason is given.
        MoveRefused: it is past that.
    """
    arrest, why = held(by, ref), said("why", why, "Say what was decided, and by whom")
    ARREST.make(verb, arrest, by=by, why=why)
    Arrest.objects.filter(pk=arrest.pk).update(ends_at=None)
    end_clocks(by=by, thing=THING, ref=ref, how=MET if verb == "charge" else STOPPED, why=why)
    journal.note(Verb.ALTER, "arrest", ref, why=why, verb=verb)
