"""Telling bodies of links: both sides of a strong one, and the others of a judgement. No notice names a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel.outbox import Payload, announce
from throughline.matching.events import LinksProposed
from throughline.matching.people.model import people_model
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK, UNSURE, Ends
from throughline.matching.telling import apiece
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_names

SAID = {
    SAME: "judged it to be one person", DIFFERENT: "judged them to be different people",
    UNSURE: "judged that it cannot be said", TAKEN_BACK: "took its judgement back",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    """A body that is to be told: of which link, with which others, and for whose eyes."""

    ref: str
    body: int
    others: tuple[int, ...]
    compartment: int


def announce_strong(pairs: Collection[Ends]) -> None:
    """Have both sides told of those of these links of which one was not told yet."""
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute("select matching_links_untold(%s, %s)", [[a for a, _ in pairs], [b for _, b in pairs]])
        (links,) = cursor.fetchone()
    if links:
        announce(LinksProposed(links=links))


def announce_opened(sightings: Sequence[int]) -> None:
    """The same, of the links of people who stand in these sightings: a silence over one of them may end."""
    with connection.cursor() as cursor:
        cursor.execute("select matching_links_of_sightings(%s)", [list(sightings)])
        (links,) = cursor.fetchone()
    if links:
        announce(LinksProposed(links=links))


def tell_of_links(facts: Sequence[Payload]) -> None:
    """Tell each side of a strong link once which bodies hold the other, unless those keep it silent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from matching_links_to_tell(%s, %s)",
            [[link for fact in facts for link in fact["links"]], people_model().strong],
        )
        sides = [_Side(ref, body, tuple(others), circle) for ref, body, others, circle in cursor.fetchall()]
    if sides:
        journal.note(Verb.DISCLOSE, "link", why="told both sides of a strong link", sides=len(sides))
        tell(_messages(sides))


def _messages(sides: Sequence[_Side]) -> list[Message]:
    names = body_names({other for side in sides for other in side.others})

    def one(side: _Side) -> Message:
        holders = " and ".join(names[other] for other in side.others)
        text = (
            f"{holders} may know a person whom you know, under another name or date of birth: a strong link"
        )
        return Message(side.body, "link", text, "link", side.ref, side.compartment)

    def many(side: _Side, count: int) -> Message:
        text = f"{count:,} new strong links between people whom you and other bodies know"
        return Message(side.body, "links", text, "links", "", side.compartment)

    return apiece(sides, lambda side: (side.body, side.compartment), one, many)


def tell_of_judgement(facts: Sequence[Payload]) -> None:
    """Tell the bodies to which a judgement is told, each where it may know of the link."""
    tell_judged(facts, "matching_judgement_to_tell", SAID, kind="link judged", thing="link", before="link ")


def tell_judged(
    facts: Sequence[Payload], door: str, said: Mapping[str, str], *, kind: str, thing: str, before: str = ""
) -> None:
    """Tell whom the door names of each judgement, by whom it was made, in these words, and by which reference."""
    rows = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute(f"select * from {door}(%s)", [fact["judgement"]])  # noqa: S608 our doors
            rows += cursor.fetchall()
    names = body_names(body for _, _, _, body, *_ in rows)
    tell(
        [
            Message(
                other,
                kind,
                f"{person} at {names[body]} {said[verdict]}: {before}{ref}",
                thing,
                ref,
                compartment,
            )
            for ref, verdict, person, body, other, compartment in rows
        ]
    )
