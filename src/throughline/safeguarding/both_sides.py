"""Both sides of a person: every role and status, dated, with its evidence and grade, side by side; never one label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.intelligence.models import Item
from throughline.kernel import clock
from throughline.lines.queries import standing_evidence
from throughline.lines.statements import ROLES
from throughline.network.gathering import roles_in
from throughline.network.models import Network, Node, Tie
from throughline.organisations.queries import body_cards
from throughline.safeguarding.models import Concern, LegalStatus, Particulars
from throughline.safeguarding.raising import ConcernProblem, chosen
from throughline.safeguarding.words import AGES, HARMS
from throughline.selectors.registry import Selector

HARMED, SUSPECTED, IN_LINE, OTHER = "harmed", "suspected", "in the line", "other"
SIDES: Final = {
    HARMED: "Harmed", SUSPECTED: "Suspected or convicted", IN_LINE: "Role in a line", OTHER: "Anything else",
}  # fmt: skip
STATUSES: Final = {
    "victim": ("Victim", HARMED), "witness": ("Witness", OTHER), "suspect": ("Suspect", SUSPECTED),
    "arrested": ("Arrested", SUSPECTED), "charged": ("Charged", SUSPECTED), "convicted": ("Convicted", SUSPECTED),
    "no further action": ("No further action", OTHER), "acquitted": ("Acquitted", OTHER),
}  # fmt: skip
"""Statuses in law that can be recorded. What is known of somebody's safeguarding comes from concerns alone."""
_NETWORK_SIDES: Final = {"victim": HARMED, "suspect": SUSPECTED, "offender": SUSPECTED, "arrestee": SUSPECTED}


@dataclass(frozen=True, slots=True)
class Held:
    """One role or status: on which side, since when and until when (None: not known), and what it rests on."""

    side: str
    what: str
    from_on: date | None
    to_on: date | None
    source: str
    source_ref: str
    grade: str
    body_name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class BothSides:
    """All that a reader may know of one person, the oldest first; what has no date comes last."""

    shown: str
    held: tuple[Held, ...]

    def on(self, side: str) -> tuple[Held, ...]:
        """What stands on one side."""
        return tuple(one for one in self.held if one.side == side)

    @property
    def is_both(self) -> bool:
        """Whether the person was harmed, and is or was suspected as well."""
        return bool(self.on(HARMED) and self.on(SUSPECTED))


def _in_order(shown: str, held: Iterable[Held]) -> BothSides:
    return BothSides(
        shown,
        tuple(sorted(held, key=lambda one: (one.from_on or date.max, one.side, one.what, one.source_ref))),
    )


def sides_in_line(reader: Reader, line: str, piece: str) -> BothSides | None:
    """Both sides of the person whom a piece of evidence of a line names; None where the reader may not know it."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        found = standing_evidence().filter(ref=piece, line__ref=line, statement="role").first()
    return sides_of(reader, Selector(found.kind, found.value), ref=piece) if found else None


def sides_of_concern(reader: Reader, ref: str) -> BothSides | None:
    """Both sides of the person of a concern, who is not named; None where the reader may not know it."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        concern = Concern.objects.filter(ref=ref).first()
        who = Particulars.objects.filter(concern=concern).first() if concern else None
    if concern is None:
        return None
    if who is None or not who.key:
        return BothSides("", (_of_concern(concern),))
    found = sides_of(reader, Selector(who.kind, who.key), ref=ref)
    return BothSides("", found.held)


def sides_of(reader: Reader, person: Selector, *, ref: str) -> BothSides:
    """Both sides of a person by the selector; journalled under ``ref``, which is no name."""
    reader.require(Permission.LINE_READ)
    asked = {"kind": person.kind, "key": person.key}
    with reading(reader):
        roles = list(standing_evidence().filter(kind=person.kind, value=person.key, statement="role"))
        statuses = list(LegalStatus.objects.filter(**asked))
        concerns = list(Concern.objects.filter(pk__in=Particulars.objects.filter(**asked).values("concern")))
        journal.note(
            Verb.COMBINE, "person", ref, why="looked at both sides", roles=len(roles), statuses=len(statuses)
        )
    cards = body_cards()
    return _in_order(
        person.shown,
        [
            *(
                Held(IN_LINE, ROLES.get(r.detail, "Role not known"), r.from_on or r.seen_on, r.to_on, "item",
                     r.source_ref, r.grade, cards[r.owner].name, r.words) for r in roles
            ),
            *(
                Held(STATUSES[s.status][1], STATUSES[s.status][0], s.from_on, s.to_on, "item", s.source_ref, s.grade,
                     cards[s.owner].name, s.words) for s in statuses
            ),
            *map(_of_concern, concerns),
        ],
    )  # fmt: skip


def _of_concern(one: Concern) -> Held:
    what = ", ".join(HARMS[harm].lower() for harm in one.harms)
    return Held(
        HARMED, f"Concern: {what}", clock.day_of(one.raised_at), clock.day_of(one.closed_at) if one.closed_at else None,
        "concern", one.ref, "", body_cards()[one.owner].name, AGES[one.age],
    )  # fmt: skip


def sides_in_network(reader: Reader, network: str, number: int) -> BothSides | None:
    """Both sides of a person of a network: each role in each event, as the source says it; None where not known."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        of = Network.objects.filter(ref=network).first()
        node = Node.objects.filter(network=of, pk=number, is_person=True).first() if of else None
        if of is None or node is None:
            return None
        ties = list(Tie.objects.filter(network=of, source=node).select_related("target"))
        ties += Tie.objects.filter(network=of, target=node).select_related("source")
        journal.note(Verb.COMBINE, "network", network, why="looked at both sides of a person", owner=of.owner)
    body, label = body_cards()[of.owner].name, node.attributes.get("name") or node.key
    events = [
        Held(_NETWORK_SIDES.get(role.casefold(), OTHER), role.capitalize(), None, None,
             f"{of.name}, {tie.phase}".strip(", "),
             (tie.target if tie.source_id == node.pk else tie.source).key, "", body)
        for tie in ties if tie.role for role in roles_in(tie.role)
    ]  # fmt: skip
    told = {one.what.casefold() for one in events}
    listed = [
        Held(_NETWORK_SIDES.get(role.casefold(), OTHER), role.capitalize(), None, None, of.name, "", "", body)
        for role in node.roles if role.casefold() not in told
    ]  # fmt: skip
    return _in_order(label, events + listed)


def people_of_both_sides(reader: Reader, network: str) -> Sequence[tuple[int, str]] | None:
    """The people of a network who are listed as victim and as suspect, by number and name; None where not known."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        of = Network.objects.filter(ref=network).first()
        if of is None:
            return None
        people = Node.objects.filter(
            network=of, is_person=True, roles__contains=["victim", "suspect"]
        ).order_by("key")
        found = [(one.pk, one.attributes.get("name") or one.key) for one in people]
        journal.note(Verb.CONSULT, "network", network, why="looked who is on both sides", owner=of.owner)
    return found


@writes
def record_status(
    *,
    by: Reader,
    line: str,
    piece: str,
    status: str,
    from_on: date | None,
    to_on: date | None,
    item: str,
    words: str,
) -> None:
    """Record what somebody whom a line names was in law, resting on a graded item that the reader may know.

    Raises:
        ConcernProblem: for the field that needs mending.
    """
    by.require(Permission.LINE_KEEP)
    person = standing_evidence().filter(ref=piece, line__ref=line, statement="role").first()
    if person is None:
        raise ConcernProblem("", "There is no such person on the line")
    chosen("status", status, STATUSES, "Choose a status")
    rests_on = Item.objects.filter(ref=item.strip()).exclude(handling="").first()
    if rests_on is None:
        raise ConcernProblem(
            "item", "Enter the reference of a graded item that you may know, such as IR-2222-2222/1"
        )
    if from_on and to_on and to_on < from_on:
        raise ConcernProblem("to_on", "It cannot end before it began")
    LegalStatus.objects.create(
        marking_id=rests_on.marking_id, owner=rests_on.owner, kind=person.kind, key=person.value, status=status,
        from_on=from_on, to_on=to_on, words=words.strip(), source_ref=rests_on.ref,
        grade=f"{rests_on.source}{rests_on.assessment}{rests_on.handling}", made_at=clock.now(), made_by=by.name,
        by_body=by.body,
    )  # fmt: skip
    journal.note(
        Verb.COLLECT, "status", piece, why="recorded a status", item=rests_on.ref, owner=rests_on.owner
    )
