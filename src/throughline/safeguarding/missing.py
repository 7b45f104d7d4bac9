"""Missing and found: the force at home, the force that found, and BTP by rail, all told at once, with their clocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.organisations.queries import body_cards, body_coded
from throughline.safeguarding.clocks import meet_duties, start_duties
from throughline.safeguarding.looking_after import Step, held, open_to, write_step
from throughline.safeguarding.models import Concern, MissingEpisode
from throughline.safeguarding.raising import ConcernProblem, said
from throughline.safeguarding.workflow import EPISODE, OPEN

BY_RAIL: Final = "BTP"


@dataclass(frozen=True, slots=True)
class EpisodeDraft:
    """Who is missing or was found where. ``home`` and ``host`` are codes of forces, ``host`` '' while missing."""

    home: str
    host: str = ""
    missing_from: str = ""
    missing_at: datetime | None = None
    found_place: str = ""
    found_at: datetime | None = None
    is_by_train: bool = False
    authority: str = ""
    host_authority: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One episode as the page of its concern shows it."""

    ref: str
    state: str
    home: str
    host: str
    missing_from: str
    missing_at: datetime | None
    found_place: str
    found_at: datetime | None
    is_by_train: bool
    host_authority: str
    made_by: str


@writes
def record_episode(*, by: Reader, ref: str, draft: EpisodeDraft) -> str:
    """Record that the person of a concern is missing or was found, and open it to every force that needs it.

    The force at home, the force that found and, by rail, the British Transport Police may know it from then on and are
    told, without detail. A child's return interview and the acknowledgement of the others have their clocks.

    Raises:
        Concern.DoesNotExist: it is not of the reader's body.
        ConcernProblem: for the field that needs mending.
    """
    concern = held(by, ref)
    if concern.owner != by.body or concern.state not in OPEN:
        raise Concern.DoesNotExist
    home, host = _force("home", draft.home), _force("host", draft.host) if draft.host else None
    _check(draft)
    now, is_found = clock.now(), draft.found_at is not None
    made = MissingEpisode.objects.create(
        marking_id=concern.marking_id, owner=concern.owner, concern=concern, ref=new_ref("ME"),
        state="found" if is_found else "missing", home=home, host=host, missing_from=draft.missing_from.strip(),
        missing_at=draft.missing_at, found_place=draft.found_place.strip(), found_at=draft.found_at,
        is_by_train=draft.is_by_train, host_authority=draft.host_authority.strip(), made_at=now, made_by=by.name,
    )  # fmt: skip
    if draft.authority.strip():
        Concern.objects.filter(pk=concern.pk).update(authority=draft.authority.strip())
    told = _push(concern, [home, host, _force("", BY_RAIL) if draft.is_by_train else None])
    write_step(
        concern, by, Step("found" if is_found else "missing", "The forces that need it were told", told), now
    )
    if told:
        start_duties(by, concern, "pushed", at=now)
    if draft.found_at:
        start_duties(by, concern, "found", at=draft.found_at)
    journal.note(Verb.COLLECT, "missing episode", made.ref, why="recorded an episode", of=ref, to=told)
    return made.ref


def _force(field: str, code: str) -> int:
    card = body_coded(code)
    if card is None:
        raise ConcernProblem(field, "Choose a force from the list")
    return card.id


def _check(draft: EpisodeDraft) -> None:
    now = clock.now()
    if not draft.missing_at and not draft.found_at:
        raise ConcernProblem("missing_on", "Say when the person went missing, or when they were found")
    if any(at and at > now for at in (draft.missing_at, draft.found_at)):
        raise ConcernProblem("found_on", "Enter times that are not in the future")
    if draft.missing_at and draft.found_at and draft.found_at < draft.missing_at:
        raise ConcernProblem("found_on", "Nobody is found before they went missing")
    if draft.found_at:
        said("host", draft.host, "Choose the force where the person was found")
        said("found_place", draft.found_place, "Say where the person was found")


def _push(concern: Concern, bodies: list[int | None]) -> str:
    """Open a concern to these bodies; returns the names of those that did not know of it."""
    fresh = [one for one in dict.fromkeys(bodies) if one and one not in (concern.owner, *concern.bodies)]
    for body in fresh:
        open_to(concern, body)
    return ", ".join(body_cards()[body].name for body in fresh)


@writes
def acknowledge(*, by: Reader, ref: str, words: str) -> None:
    """Say for a body to which a concern was pushed that it has it, and what it does.

    Raises:
        Concern.DoesNotExist: the reader may not know it, or it is of their own body.
        ConcernProblem: nothing is said.
    """
    concern = held(by, ref)
    if concern.owner == by.body:
        raise Concern.DoesNotExist
    words = said("words", words, "Say what your body does now")
    write_step(concern, by, Step("acknowledged", words), clock.now())
    meet_duties(by, concern, "acknowledged")
    journal.note(Verb.ALTER, "concern", ref, why="acknowledged", owner=concern.owner)


@writes
def move_episode(*, by: Reader, ref: str, episode: str, verb: str, words: str) -> None:
    """Record that the missing person was found, or that the return interview was held, with what was said.

    Raises:
        Concern.DoesNotExist, MissingEpisode.DoesNotExist: the reader may not know it.
        ConcernProblem: nothing is said.
        MoveRefused: it is past that.
    """
    concern = held(by, ref)
    one = MissingEpisode.objects.select_for_update(of=("self",)).get(ref=episode, concern=concern)
    words, now = said("words", words, "Say where and how, or what was said"), clock.now()
    EPISODE.make(verb, one, by=by)
    if verb == "find":
        MissingEpisode.objects.filter(pk=one.pk).update(found_at=now, host=by.body, found_place=words[:300])
        start_duties(by, concern, "found", at=now)
    write_step(concern, by, Step("found" if verb == "find" else "return interview", words), now)
    meet_duties(by, concern, "return interview" if verb == "interview" else "")
    journal.note(Verb.ALTER, "missing episode", episode, why="moved an episode", owner=one.owner, verb=verb)


def episodes_of(reader: Reader, concern: str) -> list[EpisodeRow]:
    """The episodes of a concern that the reader may know, the newest first."""
    reader.require(Permission.CONCERN_READ)
    cards = body_cards()
    with reading(reader):
        rows = list(MissingEpisode.objects.filter(concern__ref=concern).order_by("-pk"))
    return [
        EpisodeRow(
            one.ref, one.state, cards[one.home].name, cards[one.host].name if one.host else "", one.missing_from,
            one.missing_at, one.found_place, one.found_at, one.is_by_train, one.host_authority, one.made_by,
        )
        for one in rows
    ]  # fmt: skip
