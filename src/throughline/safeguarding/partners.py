"""Partner agencies: who they are, what is disclosed to them and under what, and what they send.

A partner's log-in reads no intelligence at all: its clearance is below every marking. What it may read is its own
agency's disclosures and messages, by the policies of those tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Person
from throughline.access.permissions import Permission
from throughline.access.queries import reader_named
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards
from throughline.safeguarding.events import PartnerWrote
from throughline.safeguarding.law.sharing import agency_kinds, regimes
from throughline.safeguarding.looking_after import held
from throughline.safeguarding.models import Agency, AgencyPerson, Concern, Disclosure, PartnerMessage
from throughline.safeguarding.raising import ConcernProblem, chosen, said


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency with the names of those who have a log-in for it."""

    ref: str
    name: str
    kind: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """What was disclosed, to whom, by whom, under what. ``concern`` is '' for whoever may not know it."""

    ref: str
    to_name: str
    body_name: str
    words: str
    regime: str
    is_unverified: bool
    basis: str
    at: datetime
    by_name: str
    concern: str = ""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What an agency sent, and its answer ('' while it waits)."""

    ref: str
    from_name: str
    by_name: str
    words: str
    sent_at: datetime
    concern: str
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """All that somebody with a partner's log-in may see: newest first. ``agency`` is '' where they have none yet."""

    agency: str
    body_name: str
    desk: str
    disclosures: tuple[DisclosureRow, ...]
    messages: tuple[MessageRow, ...]


@writes
def keep_agency(*, by: Reader, name: str, kind: str) -> str:
    """Keep a partner agency of the reader's body; returns its reference.

    Raises:
        ConcernProblem: for the field that needs mending.
    """
    by.require(Permission.CONCERN_WORK)
    name = said("name", name, "Name the agency")
    chosen("kind", kind, agency_kinds(), "Choose what kind of agency it is")
    if Agency.objects.filter(body=by.body, name=name).exists():
        raise ConcernProblem("name", "Your body keeps this agency already")
    one = Agency.objects.create(
        ref=new_ref("AG"), body=by.body, name=name, kind=kind, made_at=clock.now(), made_by=by.name
    )
    journal.note(Verb.COLLECT, "agency", one.ref, why="a partner agency")
    return one.ref


@writes
def add_agency_person(*, by: Reader, agency: str, username: str) -> None:
    """Say for which agency somebody with a partner's log-in works: from then on they see what is its own.

    Raises:
        Agency.DoesNotExist: it is not of the reader's body.
        ConcernProblem: for the field that needs mending.
    """
    by.require(Permission.CONCERN_WORK)
    to = Agency.objects.get(ref=agency)
    partner = Person.objects.filter(username=username.strip().lower(), body_id=by.body, active=True).first()
    if partner is None or not reader_named(partner.username).may(Permission.PARTNER_USE):
        raise ConcernProblem(
            "username", "Nobody with a partner's log-in has this username. An administrator adds them"
        )
    if AgencyPerson.objects.filter(person=partner.pk).exists():
        raise ConcernProblem("username", "This person works for an agency already")
    AgencyPerson.objects.create(
        agency=to, body=by.body, person=partner.pk, name=partner.name, added_at=clock.now(), added_by=by.name
    )
    journal.note(Verb.ALTER, "agency", agency, why="a log-in for it", person=partner.username)


@writes
def disclose_concern(*, by: Reader, ref: str, agency: str, words: str, regime: str, basis: str) -> str:
    """Disclose something of a concern to a partner agency of the reader's body: these words and nothing else.

    Raises:
        Concern.DoesNotExist: the reader may not know such a concern.
        ConcernProblem: for the field that needs mending.
    """
    concern, to = held(by, ref), Agency.objects.filter(ref=agency, body=by.body).first()
    if to is None:
        raise ConcernProblem("agency", "Choose an agency from the list")
    words = said("words", words, "Write what is disclosed")
    chosen("regime", regime, regimes(), "Choose under which regime the agency stands")
    basis = said("basis", basis, "Say on which basis, and why it is necessary")
    one = Disclosure.objects.create(
        ref=new_ref("DC"), body=by.body, agency=to, concern=concern, to_name=to.name, words=words, regime=regime,
        basis=basis, at=clock.now(), by_person=by.person, by_name=by.name,
    )  # fmt: skip
    # The journal says to whom and under what; the basis may name somebody, and stands in the disclosure.
    journal.note(
        Verb.DISCLOSE,
        "concern",
        ref,
        why="disclosed to a partner",
        owner=concern.owner,
        to=agency,
        regime=regime,
    )
    return one.ref


@writes
def send_message(*, by: Reader, words: str) -> str:
    """Send something to the safeguarding desk of the body that gave the log-in; returns its reference.

    Raises:
        ConcernProblem: nothing was written, or nobody said yet for which agency the reader works.
    """
    by.require(Permission.PARTNER_USE)
    agency = Agency.objects.first()  # the database shows a partner its own alone
    if agency is None:
        raise ConcernProblem("", "Your log-in is not joined to your agency yet: ring the desk")
    one = PartnerMessage.objects.create(
        ref=new_ref("PM"), body=by.body, agency=agency, from_name=agency.name, person=by.person, by_name=by.name,
        words=said("words", words, "Write what you want to tell"), sent_at=clock.now(),
    )  # fmt: skip
    journal.note(Verb.COLLECT, "partner message", one.ref, why="a partner agency wrote")
    announce(PartnerWrote(message=one.ref, body=by.body))
    return one.ref


@writes
def answer_message(*, by: Reader, ref: str, answer: str, concern: str = "") -> None:
    """Answer an agency, once; ``concern`` is the reference of one that was raised from it, and is not shown to it.

    Raises:
        PartnerMessage.DoesNotExist: it is not for the reader's body.
        ConcernProblem: for the field that needs mending, or it is answered already.
    """
    by.require(Permission.CONCERN_WORK)
    one = PartnerMessage.objects.select_for_update(of=("self",)).get(ref=ref)
    if one.answered_at:
        raise ConcernProblem("", "It is answered already")
    answer = said("answer", answer, "Write your answer: the agency reads it")
    of = concern.strip().upper()
    if of and not Concern.objects.filter(ref=of).exists():
        raise ConcernProblem("concern", "You may know no concern of this reference")
    PartnerMessage.objects.filter(pk=one.pk).update(
        answer=answer, concern_ref=of, answered_at=clock.now(), answered_by=by.name
    )
    journal.note(Verb.DISCLOSE, "partner message", ref, why="answered a partner agency")


def tell_of_messages(facts: Sequence[Payload]) -> None:
    """Tell those who look after concerns that a partner agency wrote, without its words."""
    tell([
        Message(fact["body"], "partner message", f"A partner agency wrote to you ({fact['message']})",
                "partner-message", fact["message"], 0, needs=Permission.CONCERN_READ)
        for fact in facts
    ])  # fmt: skip


def agency_list(reader: Reader) -> list[AgencyRow]:
    """The partner agencies of the reader's body, by name."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        people = list(AgencyPerson.objects.order_by("name").values_list("agency_id", "name"))
        rows = list(Agency.objects.order_by("name"))
    return [
        AgencyRow(one.ref, one.name, one.kind, tuple(n for of, n in people if of == one.pk)) for one in rows
    ]


def partner_page(reader: Reader) -> PartnerPage:
    """What was disclosed to the reader's agency and what it sent, journalled."""
    reader.require(Permission.PARTNER_USE)
    with reading(reader):
        agency = Agency.objects.first()
        disclosed = list(Disclosure.objects.order_by("-at", "-pk"))
        sent = list(PartnerMessage.objects.order_by("-sent_at", "-pk"))
        journal.note(Verb.CONSULT, "disclosures", why="looked at a list", refs=[one.ref for one in disclosed])
    card = body_cards()[reader.body]
    return PartnerPage(
        agency.name if agency else "", card.name, card.desk, tuple(map(_disclosure, disclosed)),
        tuple(_message(one, concern="") for one in sent),
    )  # fmt: skip


def disclosure_page(reader: Reader, ref: str) -> DisclosureRow | None:
    """One disclosure as its agency reads it, journalled; None when it is not theirs."""
    reader.require(Permission.PARTNER_USE)
    with reading(reader):
        one = Disclosure.objects.filter(ref=ref).first()
        if one is None:
            return None
        journal.note(Verb.CONSULT, "disclosure", ref, why="opened what was disclosed", owner=one.body)
    return _disclosure(one)


def disclosures_of(reader: Reader, concern: str) -> list[DisclosureRow]:
    """What was disclosed of a concern that the reader may know, newest first."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        of = Concern.objects.filter(ref=concern).first()
        rows = list(Disclosure.objects.filter(concern=of).order_by("-at", "-pk")) if of else []
    return [_disclosure(one, concern=concern) for one in rows]


def messages_from_partners(reader: Reader, *, size: int) -> list[MessageRow]:
    """What agencies sent to the reader's body, those that wait for an answer first, then the newest."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        rows = list(PartnerMessage.objects.order_by("-sent_at", "-pk")[:size])
        journal.note(Verb.CONSULT, "partner messages", why="looked at a list", refs=[one.ref for one in rows])
    return [
        _message(one, concern=one.concern_ref) for one in sorted(rows, key=lambda one: bool(one.answered_at))
    ]


def message_page(reader: Reader, ref: str) -> MessageRow | None:
    """One message to the reader's body, journalled; None when there is no such for them."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        one = PartnerMessage.objects.filter(ref=ref).first()
        if one is None:
            return None
        journal.note(Verb.CONSULT, "partner message", ref, why="opened what a partner sent")
    return _message(one, concern=one.concern_ref)


def _disclosure(one: Disclosure, *, concern: str = "") -> DisclosureRow:
    regime = regimes()[one.regime]
    return DisclosureRow(
        one.ref, one.to_name, body_cards()[one.body].name, one.words, f"{regime.name}: {regime.says}",
        regime.is_unverified, one.basis, one.at, one.by_name, concern,
    )  # fmt: skip


def _message(one: PartnerMessage, *, concern: str) -> MessageRow:
    return MessageRow(
        one.ref, one.from_name, one.by_name, one.words, one.sent_at, concern, one.answer, one.answered_at,
        one.answered_by,
    )  # fmt: skip
