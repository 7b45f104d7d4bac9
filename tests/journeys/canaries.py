"""Canaries: words planted one by one in what is protected, each with the people who may come across it.

Who may is said here by hand, in plain words about people and circulations, and owes nothing to the SQL of the rule.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.inside import file_report, someone
from throughline.access.models import Marking
from throughline.access.permissions import Permission, Role
from throughline.access.reader import Reader, reading
from throughline.access.services import close_compartment
from throughline.intelligence.models import Item, Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports, reject_report
from throughline.kernel import clock, outbox
from throughline.matching.queries import hit_list, recent_enquiries
from throughline.matching.services import judge_hit, run_check
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search, saved_searches
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

COMMON = "heron"
"""In every planted text, so that a search for it finds all that the searcher may know."""
SHARED = "phone:07700 900416"
"""Norfolk and Merseyside hold it, so there is a hit."""
SEARCHERS = ("analyst@norf", "officer@mps", "analyst@kent")
"""They have saved a search for the common word."""
COVERT = frozenset({Role.ANALYST, Role.MANAGER, Role.COORDINATOR, Role.CHAIR})
"""Who is trained to open what another body shares under A1."""

MayKnow = Callable[[Reader], bool]


@dataclass(frozen=True)
class Canary:
    """A word that stands nowhere but in the place where it was planted, and who may come across it there."""

    word: str
    place: str
    may_know: MayKnow


@dataclass
class Planted:
    """All canaries, and the reference of everything that was planted, by kind."""

    canaries: list[Canary] = field(default_factory=list)
    refs: dict[str, list[str]] = field(default_factory=dict)

    def word(self, place: str, may_know: MayKnow) -> str:
        """A fresh canary. Its letters say nothing, so that nothing on a page but the canary itself can match."""
        word = f"qz{len(self.canaries):02}xv"
        self.canaries.append(Canary(word, place, may_know))
        return word


def clears(reader: Reader) -> bool:
    """Whether any role of theirs reads intelligence at all."""
    return bool(reader.roles - {Role.AUDITOR, Role.ADMIN})


def insiders(body: str) -> MayKnow:
    """Whoever reads intelligence in a body."""
    return lambda reader: reader.body_code == body and clears(reader)


def insiders_and_auditors(body: str) -> MayKnow:
    """The same, and the auditor: what was said for the journal stands in the journal."""
    return lambda reader: reader.body_code == body and (clears(reader) or Role.AUDITOR in reader.roles)


def either(*rules: MayKnow) -> MayKnow:
    """Whoever one of the rules lets know."""
    return lambda reader: any(rule(reader) for rule in rules)


def trained(rule: MayKnow) -> MayKnow:
    """Of those, whoever may open what is shared under A1."""
    return lambda reader: rule(reader) and bool(reader.roles & COVERT)


def named(*usernames: str) -> MayKnow:
    """These people."""
    return lambda reader: reader.username in usernames


def plant() -> Planted:
    """Plant every canary inside the instance that this process points at."""
    planted = Planted()
    for planting in PLANTINGS:
        planting(planted)
        outbox.drain()
    planted.refs = dict(_refs())
    return planted


def _report(
    planted: Planted, name: str, may_know: MayKnow, *, by: str = "analyst@norf", selectors: Sequence[str] = (),
    item: MayKnow | None = None, grade: str = "1AP", bodies: Sequence[str] = (), everyone: bool = False,
) -> str:  # fmt: skip
    """A report with a canary in each of its places; `item` is who may know its item, where fewer may."""
    inner = item or may_know
    instructions = f"{COMMON} {planted.word(f'{name}: instructions', inner)}" if grade.endswith("C") else ""
    return file_report(
        someone(by), name, title=f"{COMMON} {planted.word(f'{name}: title', may_know)}",
        text=f"{COMMON} {planted.word(f'{name}: text', inner)}", grade=grade, instructions=instructions,
        selectors=[f"email:{planted.word(f'{name}: selector', inner)}@line.example", *selectors],
        bodies=bodies, everyone=everyone,
    )  # fmt: skip


def _private(planted: Planted) -> None:
    _report(planted, "private", insiders("NORF"), selectors=[SHARED])


def _of_another(planted: Planted) -> None:
    _report(planted, "another", insiders("MERS"), by="analyst@mers", selectors=[SHARED])


def _circulated(planted: Planted) -> None:
    _report(planted, "circulated", either(insiders("NORF"), insiders("MPS")), bodies=["MPS"])


def _under_conditions(planted: Planted) -> None:
    known = either(insiders("NORF"), insiders("MPS"))
    item = either(insiders("NORF"), trained(insiders("MPS")))
    _report(planted, "conditioned", known, item=item, grade="2BC", bodies=["MPS"])


def _to_all(planted: Planted) -> None:
    _report(planted, "to all", clears, everyone=True)


def _closed(planted: Planted) -> None:
    people = [someone(name) for name in ("manager@norf", "manager@mps")]
    ref = _report(planted, "closed", named("manager@norf", "manager@mps"), bodies=["MPS"])
    circle = close_compartment(name="Herons", people=[person.person for person in people])
    _relabel(ref, compartment=circle)


def _to_a_person(planted: Planted) -> None:
    known = either(insiders("NORF"), named("officer@kent"))
    ref = _report(planted, "to a person", known, bodies=["NORF"])
    _relabel(ref, people=[someone("officer@kent").person])


def _relabel(ref: str, **labels: object) -> None:
    """Change the marking of a report, which carries all that is drawn from it along."""
    with reading(someone("manager@norf")):
        marking = Report.objects.get(ref=ref).marking_id
        Marking.objects.filter(pk=marking).update(**labels)


def _ungraded(planted: Planted) -> None:
    title, text = (planted.word(f"ungraded: {place}", insiders("NORF")) for place in ("title", "text"))
    _file_ungraded(f"{COMMON} {title}", f"{COMMON} {text}")


def _rejected(planted: Planted) -> None:
    ref = _file_ungraded("Rejected", planted.word("rejected: text", insiders("NORF")))
    why = planted.word("rejected: why", insiders_and_auditors("NORF"))
    reject_report(by=someone("analyst@norf"), ref=ref, why=why)


def _file_ungraded(title: str, text: str) -> str:
    draft = ReportDraft(
        title, clock.today(), title, Classification.OFFICIAL, Circulation(everyone=False, bodies=()),
        (ItemDraft(1, text, None, (), 2),), (2,),
    )  # fmt: skip
    return record_reports(by=someone("officer@norf"), drafts=[draft])[0].ref


def _interests(planted: Planted) -> None:
    for silent in (True, False):
        name = "silent interest" if silent else "open interest"
        key = planted.word(f"{name}: selector", insiders("NORF"))
        why = planted.word(f"{name}: why", insiders_and_auditors("NORF"))
        selector = parse(f"email:{key}@line.example")
        keep_interest(by=someone("analyst@norf"), selector=selector, why=why, silent=silent)


def _enquiry(planted: Planted) -> None:
    holders = either(insiders("NORF"), insiders("MERS"))
    why = planted.word("enquiry: why", either(insiders_and_auditors("KENT"), holders))
    run_check(by=someone("officer@kent"), selector=parse(SHARED), why=why)


def _unanswered(planted: Planted) -> None:
    key = planted.word("enquiry: selector", insiders_and_auditors("KENT"))
    run_check(by=someone("officer@kent"), selector=parse(f"email:{key}@line.example"), why="Stopped")


def _judged(planted: Planted) -> None:
    note = planted.word("hit: note", either(insiders_and_auditors("NORF"), insiders("MERS")))
    norf = someone("analyst@norf")
    judge_hit(by=norf, ref=hit_list(norf).rows[0].ref, verb="dismiss", reason="other", note=note)


def _saved_searches(planted: Planted) -> None:
    """Each finds what its person may know of a report that comes after it; nobody else sees any of them."""
    for username in SEARCHERS:
        name = planted.word(f"saved search of {username}: name", named(username))
        text = planted.word(f"saved search of {username}: text", named(username))
        save_search(by=someone(username), name=name, text=f"{COMMON} or {text}", narrowed=Narrowed())
    outbox.drain()
    _report(planted, "found later", either(insiders("NORF"), insiders("MPS")), bodies=["MPS"])


PLANTINGS: tuple[Callable[[Planted], None], ...] = (
    _private, _of_another, _circulated, _under_conditions, _to_all, _closed, _to_a_person, _ungraded, _rejected,
    _interests, _enquiry, _unanswered, _judged, _saved_searches,
)  # fmt: skip


def _refs() -> Iterator[tuple[str, list[str]]]:
    """References of everything planted, each found by someone who may know it."""
    everything: dict[str, set[str]] = {
        "report": set(),
        "item": set(),
        "hit": set(),
        "interest": set(),
        "enquiry": set(),
        "saved search": set(),
    }
    for username in SEARCHERS:
        everything["saved search"] |= {card.ref for card in saved_searches(someone(username))}
    for username in ("analyst@norf", "manager@norf", "analyst@mers", "officer@kent"):
        reader = someone(username)
        with reading(reader):
            everything["report"] |= set(Report.objects.values_list("ref", flat=True))
            everything["item"] |= set(Item.objects.values_list("ref", flat=True))
        everything["hit"] |= {row.ref for row in hit_list(reader, state="").rows}
        everything["enquiry"] |= {row.ref for row in recent_enquiries(reader)}
        if reader.may(Permission.INTEREST_KEEP):
            everything["interest"] |= {card.ref for card in kept_interests(reader)}
    for kind, refs in everything.items():
        assert refs, kind
        yield kind, sorted(refs)
