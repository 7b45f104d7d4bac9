"""Who may come across a planting where: which marking each surface goes by, in the oracle's words.

What a marking opens is said by the oracle alone (``may_know``).
"""

from collections.abc import Callable
from dataclasses import replace

from tests.access.surface_world import LISTER, Planting, SurfaceWorld, inside_of
from tests.access.test_policy_oracle import may_know
from throughline.access.permissions import Permission, clearance_of, conditions_of
from throughline.access.reader import Reader

P = Permission
May = Callable[[SurfaceWorld, Reader, Planting], bool]


def known(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The marking itself."""
    return may_know(reader, p.terms)


def known_under_c(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The marking of what stands under handling code C in the same report."""
    return may_know(reader, p.item_terms)


def known_by_a_piece(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """A line opens by any of what is said of it: here by what is plain, or by what is under C."""
    return known(world, reader, p) or known_under_c(world, reader, p)


def known_with_report(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return known(world, reader, p) and known_under_c(world, reader, p)


def own_known(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """What a body keeps under a marking, for its own people alone."""
    return reader.body == p.owner and known(world, reader, p)


def of_owner(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """What stands in the compartment of the marking, for the owner's people."""
    return inside_of(reader, p.owner, p.terms.compartment)


def on_list(reader: Reader, p: Planting) -> bool:
    return p.terms.compartment in (0, *reader.compartments)


def told_as_owner(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The owner's side of the hit."""
    return p.is_owner_told and of_owner(world, reader, p)


def told_as_other(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The partner's side of the hit."""
    return p.is_other_told and inside_of(reader, p.other, p.partner_terms.compartment)


def told_of_hit(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return told_as_owner(world, reader, p) or told_as_other(world, reader, p)


def reads_judgement(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """What the owner's side decided: for whoever is told, and on the list of that side."""
    return p.is_judged and told_of_hit(world, reader, p) and on_list(reader, p)


def reads_history(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """How it was decided: the other body reads it where the whole of it is told."""
    whole = reader.body == p.owner or p.partner_terms.compartment == 0
    return reads_judgement(world, reader, p) and whole


def reads_thread(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The note that the owner's side wrote."""
    return p.is_owner_told and told_of_hit(world, reader, p) and on_list(reader, p)


def hears_of_note(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Whom a notice tells of that note: the other body, where one list of people may read the whole of it."""
    circles = {p.terms.compartment, p.partner_terms.compartment}
    is_for_one_list = len(circles - {0}) < 2
    is_told = p.is_owner_told and p.is_other_told and is_for_one_list
    return is_told and inside_of(reader, p.other, max(circles))


def judged_by_both(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Read as the other side: that it is dismissed."""
    return reader.body == p.other and reads_judgement(world, reader, p)


def looks_again(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return not p.is_judged and told_as_owner(world, reader, p)


def late_sides(world: SurfaceWorld, p: Planting) -> list[int]:
    """The regions that are told of a side that has not answered: only where both are told, and neither in a circle."""
    if not (p.is_owner_told and p.is_other_told) or p.terms.compartment or p.partner_terms.compartment:
        return []
    sides = [*([] if p.is_judged else [p.owner]), p.other]
    return [world.regions[body] for body in sides if body in world.regions]


def in_region(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return inside_of(reader, reader.body) and reader.body in late_sides(world, p)


def asked_too(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Who else asked: told to the holder, and to whoever asked as well."""
    asker, lister = world.readers[p.asker].body, world.readers[LISTER].body
    is_open_to_lister = not p.is_asked_silently and inside_of(reader, lister)
    return of_owner(world, reader, p) or inside_of(reader, asker) or is_open_to_lister


def pointed_to(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """That a body holds more than the reader may know; nothing, where it keeps silent."""
    if may_know(reader, p.terms) or reader.clearance < 0:
        return False
    return not p.terms.silent or reader.body == p.owner


def linked(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Both people of a link, for the bodies that hold one of them."""
    return reader.body in (p.owner, p.other) and known(world, reader, p) and may_know(reader, p.partner_terms)


def linked_elsewhere(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """One of them, and that a body holds the other; nothing, where it keeps silent."""
    sides = ((p.owner, p.terms), (p.other, p.partner_terms))
    hidden = [(body, terms) for body, terms in sides if not may_know(reader, terms)]
    is_told = len(hidden) == 1 and (not hidden[0][1].silent or hidden[0][0] == reader.body)
    return reader.body in (p.owner, p.other) and is_told


def told_of_link(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """A notice of a strong link: to the people of one side, in its circle, unless the other keeps silent."""
    sides = ((p.owner, p.terms, p.partner_terms), (p.other, p.partner_terms, p.terms))
    return any(inside_of(reader, body, own.compartment) and not other.silent for body, own, other in sides)


def only(username: str, rule: May) -> May:
    """What one person alone asked for."""
    return lambda world, reader, p: reader.person == world.readers[username].person and rule(world, reader, p)


def enquirer(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    askers = {world.readers[name].person for name in (p.asker, LISTER)}
    return reader.person in askers and inside_of(reader, reader.body)


def writer(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return reader.person == world.readers[f"officer@{p.code}"].person and inside_of(reader, p.owner)


def loader(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    is_theirs = reader.person == world.readers[f"analyst@{p.code}"].person
    return is_theirs and reader.may(P.REPORT_LOAD) and inside_of(reader, p.owner)


def keeps_maps(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return reader.may(P.REPORT_LOAD) and inside_of(reader, p.owner)


def party(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Either side of a request; the holder's once it was sent."""
    return inside_of(reader, p.other, p.partner_terms.compartment) or holder(world, reader, p)


def holder(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return p.is_sent and of_owner(world, reader, p)


def notified(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The notice that is planted: for all of the body, for one chair, or for those who judge."""
    if p.n % 3 == 1 and reader.person != world.readers[f"chair@{p.code}"].person:
        return False
    return of_owner(world, reader, p) and (p.n % 3 != 2 or reader.may(P.HIT_JUDGE))


def both_versions(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """A tie between versions: for whoever may know both ends."""
    later = world[(p.n + 1) % len(world.plantings)]
    return known(world, reader, p) and known(world, reader, later)


def alerted(name: str) -> May:
    """What a saved search noted for its person, as long as they may know it."""
    return lambda world, reader, p: (
        p.n in world.alerted.get((reader.person, name), ()) and may_know(reader, p.terms)
    )


def may_ask_who(rule: May) -> May:
    """People of the body who know it, and its auditors."""
    return lambda world, reader, p: (
        reader.body == p.owner and (rule(world, reader, p) or reader.may(P.JOURNAL_READ))
    )


def may_ask_who_hit(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    sides = [*([p.owner] if p.is_owner_told else []), *([p.other] if p.is_other_told else [])]
    return told_of_hit(world, reader, p) or (reader.may(P.JOURNAL_READ) and reader.body in sides)


def as_their_role(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Somebody with these roles and on no list."""
    nobody = replace(
        reader, person=0, compartments=(), teams=(), clearance=clearance_of(reader.roles),
        conditions=conditions_of(reader.roles),
    )  # fmt: skip
    return may_know(nobody, p.terms)


def warned_beside(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Whoever plans beside an open event hears of its body."""
    return not p.is_late and not p.terms.silent and inside_of(reader, p.other, classification=1)


def warned(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Who plans an event, silent or not, hears of whoever comes near."""
    return not p.is_late and own_known(world, reader, p)


def both(one: May, other: May) -> May:
    return lambda world, reader, p: one(world, reader, p) and other(world, reader, p)


def when(condition: Callable[[Planting], bool], rule: May) -> May:
    return lambda world, reader, p: condition(p) and rule(world, reader, p)
