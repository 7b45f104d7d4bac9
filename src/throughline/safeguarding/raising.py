"""Raising a concern, from a line, a report, a hit or a person's page, or from nothing that is recorded yet."""

from dataclasses import dataclass, replace
from datetime import date

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, reading, writes
from throughline.access.services import Circulation, marking_for
from throughline.intelligence.models import Report
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.kernel.working_days import NATION_NAMES, Nation
from throughline.lines.models import CountyLine
from throughline.matching.models import Hit
from throughline.safeguarding.clocks import start_duties
from throughline.safeguarding.events import ConcernMoved
from throughline.safeguarding.models import Concern, Particulars
from throughline.safeguarding.words import AGES, HARMS
from throughline.selectors.registry import NotASelector, Selector, parse


class ConcernProblem(FieldProblem):
    """What is wrong with a concern or a step of it, in a sentence, for the field named ('' for the whole)."""


said, chosen = ConcernProblem.unless_said, ConcernProblem.unless_chosen


@dataclass(frozen=True, slots=True)
class Who:
    """Who a concern is about, as far as that is known; ``selector`` as it is typed."""

    name: str = ""
    born_on: date | None = None
    selector: str = ""
    address: str = ""
    contact: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class ConcernDraft:
    """What somebody is worried about. ``source`` is '' or what it is raised from, with its reference."""

    age: str
    harms: tuple[str, ...]
    words: str
    nation: str
    authority: str = ""
    who: Who = Who()
    source: str = ""
    source_ref: str = ""


@writes
def raise_concern(*, by: Reader, draft: ConcernDraft) -> str:
    """Raise a concern for the reader's body; returns its reference. Its first clocks start now.

    Raises:
        ObjectDoesNotExist: the reader may not know what it is raised from.
        ConcernProblem: for the field that needs mending.
    """
    by.require(Permission.CONCERN_RAISE)
    check_kind(draft.age, draft.harms)
    said("words", draft.words, "Say what worries you, in your own words")
    chosen(
        "nation", draft.nation, set(NATION_NAMES) | {n.value for n in Nation}, "Choose where the person is"
    )
    line, compartment = _raised_from(draft.source, draft.source_ref)
    with reading(_as_caring(by)):
        ref = _write(by, draft, line, compartment)
    journal.note(Verb.COLLECT, "concern", ref, why="raised a concern")
    return ref


def _as_caring(by: Reader) -> Reader:
    """Whoever raises a concern writes it for those who look after concerns: nothing of it is shown back."""
    return replace(by, permissions=by.permissions | {Permission.CONCERN_READ})


def _write(by: Reader, draft: ConcernDraft, line: CountyLine | None, compartment: int) -> str:
    selector = selector_of(draft.who)
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(), compartment=compartment
    )
    marking.released = True
    marking.save()
    label = {"marking": marking, "owner": by.body, "compartment": compartment}
    concern = Concern.objects.create(
        **label, ref=new_ref("SG"), age=draft.age, harms=list(draft.harms), nation=draft.nation,
        authority=draft.authority.strip(), words=draft.words.strip(),
        source=draft.source or "a person", source_ref=draft.source_ref,
        line=line, raised_at=clock.now(), raised_by=by.name, raised_person=by.person,
    )  # fmt: skip
    Particulars.objects.create(
        **label, concern=concern, written_by=by.person, **columns_of(draft.who, selector)
    )
    start_duties(_as_caring(by), concern, "raised", at=concern.raised_at)
    announce(ConcernMoved(concern=concern.pk, verb="raise"))
    return concern.ref


def check_kind(age: str, harms: tuple[str, ...]) -> None:
    """Whether somebody of this age and these harms can be put down.

    Raises:
        ConcernProblem: for the field that needs mending.
    """
    chosen("age", age, AGES, "Choose whether the person is under 18")
    if not harms or not set(harms) <= HARMS.keys():
        raise ConcernProblem("harms", "Choose at least one from the list")


def _raised_from(source: str, ref: str) -> tuple[CountyLine | None, int]:
    """The line and the compartment that go with it."""
    if source == "line":
        line = CountyLine.objects.get(ref=ref)
        return line, line.compartment
    if source == "report":
        return None, Report.objects.get(ref=ref).compartment
    if source == "hit":
        Hit.objects.get(ref=ref)
    return None, 0


def selector_of(who: Who) -> Selector | None:
    """What was typed to find the person again by.

    Raises:
        ConcernProblem: it is none.
    """
    if not who.selector.strip():
        return None
    try:
        return parse(who.selector)
    except NotASelector as problem:
        raise ConcernProblem("selector", str(problem)) from None


def columns_of(who: Who, selector: Selector | None) -> dict[str, object]:
    """The same as the columns of `Particulars`."""
    return {
        "name": who.name.strip(), "born_on": who.born_on, "kind": selector.kind if selector else "",
        "key": selector.key if selector else "", "address": who.address.strip(), "contact": who.contact.strip(),
        "family": who.family.strip(),
    }  # fmt: skip
