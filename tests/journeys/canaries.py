"""Canaries: words planted one by one in what is protected, each with the people who may come across it.

Who may is said here by hand, in plain words about people and circulations, and owes nothing to the SQL of the rule.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.clashes.planning import FAR, NEARBY, NORWICH, plan
from tests.inside import file_report, someone
from tests.telecoms.calling import watched
from throughline.access.models import Marking
from throughline.access.permissions import Permission, Role
from throughline.access.reader import Reader, reading
from throughline.access.services import close_compartment
from throughline.access.sessions import open_session
from throughline.clashes.queries import event_list
from throughline.clashes.services import move_event
from throughline.clocks.queries import clocks_of
from throughline.custody.services import (
    ArrestDraft,
    Extension,
    Release,
    extend_bail,
    note_breach,
    record_arrest,
    release_on_bail,
)
from throughline.intelligence.about import About, Provenance
from throughline.intelligence.attachments import attach_file, attachments_of
from throughline.intelligence.drafts import my_drafts, save_draft
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Item, Report
from throughline.intelligence.queries import reports_holding
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_columns import Row
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports, reject_report
from throughline.intelligence.versions import correct_report, sanitise_report, withdraw_report
from throughline.kernel import clock, outbox
from throughline.lines.merging import keep_apart, merge_lines
from throughline.lines.queries import check_backs_due, line_known_as, line_page
from throughline.lines.services import (
    Said,
    add_evidence,
    add_line,
    close_line,
    move_line,
    take_lead,
    withdraw_evidence,
)
from throughline.loads.line_rows import LINE_ROWS
from throughline.loads.loading_lines import record_entries
from throughline.loads.services import begin_load, keep_upload, lay_out_load
from throughline.matching.blind.asking import answer_blind, blind_pairs
from throughline.matching.blind.encoding import encode
from throughline.matching.blind.files import packed_of
from throughline.matching.blind.loading import load_encodings
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.bulk_queries import recent_bulk_checks
from throughline.matching.models import HitEscalation
from throughline.matching.people.judging import judge_link
from throughline.matching.people.links import link_list
from throughline.matching.places.judging import judge_places
from throughline.matching.queries import hit_list, recent_enquiries
from throughline.matching.services import judge_hit, run_check
from throughline.matching.thread import write_note
from throughline.matching.together import judge_hits, second_looks
from throughline.network.chart.queries import chart_page
from throughline.network.chart.services import name_chart, note_on_spot, open_chart, share_chart
from throughline.network.chart.spots import Spot
from throughline.network.models import Network
from throughline.network.services import load_network
from throughline.operations.disruptions import ClaimDraft, claim_disruption, moderate_disruption
from throughline.operations.packs import add_pack, give_duty
from throughline.operations.planning import OperationDraft, move_operation, plan_operation
from throughline.operations.returning import ReturnSaid, save_return_draft, send_return
from throughline.orders.asking import answer_interest, ask_interests
from throughline.orders.drafting import OrderDraft, add_item, add_provider, draft_order, put_evidence
from throughline.orders.queries import order_page, questions_waiting
from throughline.retention.queries import standing as standing_holds
from throughline.retention.services import dispose_of, place_hold, propose_disposal
from throughline.rights import services as rights
from throughline.rights.queries import rights_page
from throughline.safeguarding.both_sides import record_status
from throughline.safeguarding.law import indicators_on
from throughline.safeguarding.law.referral import questions
from throughline.safeguarding.looking_after import Answer, Move, Step, assess_concern, move_concern, note_step
from throughline.safeguarding.missing import EpisodeDraft, record_episode
from throughline.safeguarding.partners import (
    add_agency_person,
    answer_message,
    disclose_concern,
    keep_agency,
    send_message,
)
from throughline.safeguarding.raising import ConcernDraft, Who, raise_concern
from throughline.safeguarding.referring import answer_referral, draft_referral
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search, saved_searches
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.queries import request_list
from throughline.sharing.services import ask_for_access, grant_sanitised, refuse_access
from throughline.tasking.answering import Outcome, accept_bid, begin_bid, decline_bid, record_result
from throughline.tasking.bidding import BidDraft, make_bid
from throughline.tasking.days import Days, next_monday, state_days, weeks_from
from throughline.tasking.deciding import adopt_bid, assess_bid, offer_bid
from throughline.tasking.deconflicting import deconflict_bid
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.proposing import Asked, Saying, ask_for_plan
from throughline.telecoms.authorities import Particulars, record_authority
from throughline.telecoms.ending import end_authority
from throughline.telecoms.loading import load_calls
from throughline.telecoms.watch_queries import watch_list

TODAY = clock.today()
COMMON = "heron"
"""In every planted text, so that a search for it finds all that the searcher may know."""
SHARED = "phone:07700 900416"
"""Norfolk and Merseyside hold it, so there is a hit."""
HUSHED = "phone:07700 900417"
"""Norfolk keeps a silent interest in it and Merseyside holds it: the hit is told to Norfolk alone."""
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

    def name(self, word: str, place: str, may_know: MayKnow) -> str:
        """A canary that is a surname, without digits, as pages write it."""
        self.canaries.append(Canary(word, place, may_know))
        return word


def clears(reader: Reader) -> bool:
    """Whether any role of theirs reads intelligence at all."""
    return bool(reader.roles - {Role.AUDITOR, Role.ADMIN, Role.PARTNER})


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
    planted.refs |= dict(_refs())
    return planted


def _report(
    planted: Planted, name: str, may_know: MayKnow, *, by: str = "analyst@norf", selectors: Sequence[str] = (),
    item: MayKnow | None = None, grade: str = "1AP", bodies: Sequence[str] = (), everyone: bool = False,
    compartment: int = 0,
) -> str:  # fmt: skip
    """A report with a canary in each of its places; `item` is who may know its item, where fewer may."""
    inner = item or may_know
    instructions = f"{COMMON} {planted.word(f'{name}: instructions', inner)}" if grade.endswith("C") else ""
    return file_report(
        someone(by), name, title=f"{COMMON} {planted.word(f'{name}: title', may_know)}",
        text=f"{COMMON} {planted.word(f'{name}: text', inner)}", grade=grade, instructions=instructions,
        selectors=[f"email:{planted.word(f'{name}: selector', inner)}@line.example", *selectors],
        bodies=bodies, everyone=everyone, compartment=compartment,
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
    circle = close_compartment(name="Herons", people=[person.person for person in people])
    known = named("manager@norf", "manager@mps")
    _report(planted, "closed", known, by="manager@norf", bodies=["MPS"], compartment=circle)


def _to_a_person(planted: Planted) -> None:
    known = either(insiders("NORF"), named("officer@kent"))
    ref = _report(planted, "to a person", known, bodies=["NORF"])
    _relabel(ref, people=[someone("officer@kent").person])


def _versions(planted: Planted) -> None:
    """A full report for London, a version of it for Kent that is then corrected, and one that is withdrawn."""
    full = _report(planted, "full", either(insiders("NORF"), insiders("MPS")), bodies=["MPS"])
    known = either(insiders("NORF"), insiders("KENT"))
    norf = someone("analyst@norf")
    first = sanitise_report(
        by=norf, ref=full, items=[1], draft=_version(planted, "version", known, bodies=("KENT",))
    )
    outbox.drain()
    why = planted.word("version: why", either(known, insiders_and_auditors("NORF")))
    correct_report(by=norf, ref=first, draft=_version(planted, "correction", known), why=why)
    gone = _report(planted, "withdrawn", known, bodies=["KENT"])
    why = planted.word("withdrawn: why", either(known, insiders_and_auditors("NORF")))
    withdraw_report(by=norf, ref=gone, why=why)


def _more_about(planted: Planted) -> None:
    """What a report says of itself: its provenance under A1, and a source that only its own body may hear of."""
    known = either(insiders("NORF"), insiders("MPS"))
    statement = planted.word("more: provenance", either(insiders("NORF"), trained(insiders("MPS"))))
    about = About(
        threats=("firearms",), priority="low", caveat=f"{COMMON} {planted.word('more: caveat', known)}",
        contact=planted.word("more: contact", known), pii="yes",
        sensitive_source=planted.word("more: source", insiders("NORF")),
        provenance=Provenance(f"{COMMON} {statement}", _CONDITIONED),
    )  # fmt: skip
    item = ItemDraft(1, f"{COMMON} {planted.word('more: text', known)}", _PERMITTED, (), 1)
    draft = ReportDraft("more", clock.today(), "More", Classification.OFFICIAL, Circulation(bodies=("MPS",)), (item,),
                        (1,), about=about)  # fmt: skip
    record_reports(by=someone("analyst@norf"), drafts=[draft])


def _version(planted: Planted, name: str, known: MayKnow, *, bodies: tuple[str, ...] = ()) -> ReportDraft:
    selector = parse(f"email:{planted.word(f'{name}: selector', known)}@line.example")
    item = ItemDraft(1, f"{COMMON} {planted.word(f'{name}: text', known)}", _PERMITTED, (selector,), 1)
    title = f"{COMMON} {planted.word(f'{name}: title', known)}"
    return ReportDraft(
        name, clock.today(), title, Classification.OFFICIAL, Circulation(bodies=bodies), (item,), (1,)
    )


_CONDITIONED = grade_from(
    source="1", assessment="A", handling="C", action="A1", sanitisation="S1", instructions="Ask us."
)
_PERMITTED = grade_from(source="1", assessment="A", handling="P")


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


def _listed(planted: Planted) -> None:
    """A list of an officer's: one value is Norfolk's and Merseyside's, the others are nobody's, one cannot be read."""
    own = either(named("officer@kent"), insiders_and_auditors("KENT"))
    why = planted.word("list: why", either(own, insiders("NORF"), insiders("MERS")))
    key = planted.word("list: selector", own)
    refused = planted.word("list: refused", named("officer@kent"))
    lines = typed_lines("\n".join([SHARED, f"email:{key}@line.example", f"email:{refused}"]))
    ask_in_bulk(by=someone("officer@kent"), values=sort_list(lines), why=why)


def _asked_silently(planted: Planted) -> None:
    why = planted.word("silent enquiry: why", insiders_and_auditors("KENT"))
    run_check(by=someone("analyst@kent"), selector=parse(SHARED), why=why, silent=True)


def _listed_silently(planted: Planted) -> None:
    held = [f"email:held{number}@line.example" for number in range(7)]
    file_report(someone("analyst@norf"), "held", selectors=held)
    outbox.drain()
    why = planted.word("silent list: why", insiders_and_auditors("KENT"))
    lines = typed_lines("\n".join(held))
    ask_in_bulk(by=someone("analyst@kent"), values=sort_list(lines), why=why, silent=True)


def _judged(planted: Planted) -> None:
    note = planted.word("hit: note", either(insiders_and_auditors("NORF"), insiders("MERS")))
    norf = someone("analyst@norf")
    judge_hit(by=norf, ref=hit_list(norf).rows[0].ref, verb="dismiss", reason="other", note=note)


def _draft(planted: Planted) -> None:
    writer = named("officer@norf")
    typed = {
        "title": [f"{COMMON} {planted.word('draft: title', writer)}"],
        "text_1": [f"{COMMON} {planted.word('draft: text', writer)}"],
        "selectors_1": [f"email:{planted.word('draft: a selector typed', writer)}@line.example"],
    }
    save_draft(by=someone("officer@norf"), ref="WEB-2222-2222", typed=typed)


def _attached(planted: Planted) -> None:
    """One file with the report, and one with an item that opens to fewer."""
    known = either(insiders("NORF"), insiders("MPS"))
    item = either(insiders("NORF"), trained(insiders("MPS")))
    ref = _report(planted, "with files", known, item=item, grade="2BC", bodies=["MPS"])
    for number, rule in ((0, known), (1, item)):
        name, content = (planted.word(f"file of {number}: {place}", rule) for place in ("name", "content"))
        attach_file(
            by=someone("analyst@norf"), report=ref, item=number, name=f"{name}.txt", content=content.encode()
        )


def _written(planted: Planted) -> None:
    both = planted.word("hit: thread", either(insiders("NORF"), insiders("MERS")))
    own = planted.word("hit: thread of a silent side", insiders("NORF"))
    norf = someone("analyst@norf")
    shared = next(row.ref for row in hit_list(norf, state="").rows if row.other == "MERS")
    write_note(by=norf, hit=shared, text=f"{COMMON} {both}")
    keep_interest(by=norf, selector=parse(HUSHED), why="Quietly", silent=True)
    file_report(someone("analyst@mers"), "hushed", selectors=[HUSHED])
    outbox.drain()
    hushed = next(row.ref for row in hit_list(norf, state="").rows if row.ref != shared)
    write_note(by=norf, hit=hushed, text=f"{COMMON} {own}")


def _escalated(planted: Planted) -> None:
    """Kent and London answer nothing: their regions' co-ordinators alone are told, of the hit and not of its number."""
    number = planted.word("overdue: selector", either(insiders("KENT"), insiders("MPS")))
    for body in ("kent", "mps"):
        file_report(someone(f"analyst@{body}"), "late", selectors=[f"email:{number}@line.example"])
    outbox.drain()
    with clock.stopped(clock.now() + timedelta(days=30)):
        outbox.drain()
    told = planted.word("overdue: hit", named("coordinator@ersou"))
    region = someone("coordinator@ersou").body
    HitEscalation.objects.using("owner").filter(region=region).update(hit=told)


def _looked_at(planted: Planted) -> None:
    """Norfolk asks a second person to look before it dismisses what Merseyside also holds."""
    norf = someone("analyst@norf")
    value = f"email:{planted.word('second look: selector', either(insiders('NORF'), insiders('MERS')))}@line.example"
    for body in ("norf", "mers"):
        file_report(someone(f"analyst@{body}"), "looked at", selectors=[value])
    outbox.drain()
    why = planted.word("second look: why", insiders_and_auditors("NORF"))
    hit = next(row.ref for row in hit_list(norf).rows if row.kind == "email")
    judge_hits(by=norf, refs=[hit], verb="dismiss", reason="other", note=why, second_look=True)


def _links(planted: Planted) -> None:
    """Norfolk knows one person under two given names; Merseyside holds another, born that day."""
    norf = someone("analyst@norf")
    own, theirs = (
        planted.name(word, f"person: surname at {body}", insiders(body))
        for body, word in (("NORF", "QZHERONXV"), ("MERS", "WJMERSEYKP"))
    )
    for body, surname, given in (("norf", own, "Sam"), ("norf", own, "Samuel"), ("mers", theirs, "Sam")):
        selectors = [f"person:{surname}, {given}, 2001-05-03"]
        file_report(someone(f"analyst@{body}"), f"known as {given}", selectors=selectors)
    outbox.drain()
    link = next(row.ref for row in link_list(norf).rows if row.other)
    judge_link(
        by=norf, ref=link, verdict="same", why=planted.word("link: why", insiders_and_auditors("NORF"))
    )


def _retention(planted: Planted) -> None:
    """A report of Norfolk's that is held and proposed for disposal, and one that is gone with every word of it."""
    norf, known = someone("analyst@norf"), insiders("NORF")
    ref, gone = (
        file_report(norf, name, title=planted.word(f"review: {name}", known)) for name in ("kept", "gone")
    )
    planted.canaries.pop()  # of what is gone nobody reads a word: the crawl would miss it
    word = planted.word("hold: why", insiders_and_auditors("NORF"))  # a reason stands in the journal
    propose_disposal(by=norf, ref=ref, reason="not needed")
    place_hold(by=norf, ref=ref, asked_by="A court", why=word)
    propose_disposal(by=norf, ref=gone, reason="not needed")
    planted.refs["review"] = [ref]
    planted.refs["certificate"] = [dispose_of(by=someone("manager@norf"), ref=gone)]
    planted.refs["hold"] = [hold.ref for hold in standing_holds(norf)]


def _works_on_rights(reader: Reader) -> bool:
    return reader.body_code == "NORF" and bool(reader.roles & {Role.ANALYST, Role.MANAGER, Role.COORDINATOR})


def _rights(planted: Planted) -> None:
    """A request on a person to Norfolk's own, with a report on it and what was decided."""
    norf, known = someone("analyst@norf"), insiders("NORF")
    surname = planted.name("QZRIGHTSXV", "rights: surname", known)
    title = planted.word("rights: title of a report", known)
    file_report(norf, "on a request", title=title, selectors=[f"person:{surname}, Kim, 1999-01-02"])
    outbox.drain()
    asked = rights.Asked(
        "access",
        "DP 1",
        f"Kim {surname}",
        clock.today(),
        asked=planted.word("rights: what is asked", _works_on_rights),
    )
    ref = rights.receive_request(by=norf, asked=asked)
    rights.gather(by=norf, ref=ref)
    page = rights_page(norf, ref)
    assert page
    [record] = page.records
    words = planted.word("rights: words given", _works_on_rights)
    rights.decide(by=norf, ref=ref, record=record.id, decision="part", ground="others", words=words)
    planted.refs["rights"] = [ref]
    planted.refs["rights record"] = [str(record.id)]


def _places(planted: Planted) -> None:
    """Norfolk knows one place by two addresses, and says so."""
    norf = someone("analyst@norf")
    known = insiders("NORF")
    for name, word in (("one", "Qztealxv"), ("other", "Qzsmewxv")):
        said = f"address:12 {planted.name(word, f'place: {name} street', known)} Road, NR1 1AA"
        planted.refs.setdefault("place", []).append(parse(said).key)
        file_report(norf, f"place {name}", selectors=[said])
    outbox.drain()
    one, other = planted.refs.pop("place")
    why = planted.word("place: why", insiders_and_auditors("NORF"))
    planted.refs["places"] = [judge_places(by=norf, one=one, other=other, verdict="same", why=why)]


def _blind(planted: Planted) -> None:
    """Norfolk and Merseyside encoded one person: each reads its own reference alone, and both what was answered."""
    sam = {
        "given_name": "Sam",
        "surname": "Example",
        "date_of_birth": "2001-05-03",
        "identifier": "QQ123456C",
    }
    for body in ("NORF", "MERS"):
        record = planted.word(f"blind match: reference at {body}", insiders(body))
        load_encodings(
            by=someone(f"analyst@{body.lower()}"), ids=[record], packed=packed_of(encode([sam], bytes(32))),
            made_by="blind 1 canary",
        )  # fmt: skip
        outbox.drain()
    norf = someone("analyst@norf")
    ref = blind_pairs(norf)[0][0].ref
    known = either(insiders_and_auditors("NORF"), insiders("MERS"))
    answer_blind(by=norf, ref=ref, verdict="unsure", why=planted.word("blind match: why", known))
    planted.refs["blind match"] = [ref]


def _events(planted: Planted) -> None:
    """Norfolk's open event and London's meet, as do Norfolk's silent one and Merseyside's."""
    for body, planner, spot, silent in (
        ("NORF", "officer@norf", NORWICH, False), ("MPS", "officer@mps", NEARBY, False),
        ("NORF", "manager@norf", FAR, True), ("MERS", "analyst@mers", FAR, False),
    ):  # fmt: skip
        name = f"{'silent ' if silent else ''}event of {body}"
        known, kept = insiders(body), insiders_and_auditors(body)
        # A reason stands in the journal alone, and no auditor of Merseyside's is sent to crawl.
        why = "A visit" if body == "MERS" else planted.word(f"{name}: why", kept)
        plan(
            someone(planner), spot, silent=silent, why=why, what=planted.word(f"{name}: what", known),
            contact=planted.word(f"{name}: contact", known),
        )  # fmt: skip


def _closed_event(planted: Planted) -> None:
    manager = someone("manager@norf")
    ref = plan(
        manager, compartment=manager.compartments[0],
        what=planted.word("closed event: what", named("manager@norf")),
        contact=planted.word("closed event: contact", named("manager@norf")),
    )  # fmt: skip
    why = planted.word("closed event: why cancelled", either(named("manager@norf"), named("auditor@norf")))
    move_event(by=manager, ref=ref, verb="cancel", why=why)


LOADERS = frozenset({Role.ANALYST, Role.MANAGER, Role.COORDINATOR})


def loaders(body: str) -> MayKnow:
    """Whoever loads files for a body."""
    return lambda reader: reader.body_code == body and bool(reader.roles & LOADERS)


def _kept_upload(planted: Planted) -> None:
    """A file tried but not loaded, with a map of its columns: the file is its loader's alone, the map the body's."""
    aisha, alone = someone("analyst@norf"), named("analyst@norf")
    heading, name = (planted.word(f"map: {place}", loaders("NORF")) for place in ("heading", "name"))
    cells = [planted.word(f"upload: {place}", alone) for place in ("reference", "text", "marking")]
    head = f"URN,Date,Subject,{heading},GSC"
    row = f"{cells[0]},2026-10-01,T,{cells[1]},{cells[2]}"
    filename = f"{planted.word('upload: file name', alone)}.csv"
    content = f"{head}\n{row}\n".encode()
    ref = keep_upload(by=aisha, filename=filename, size=len(content), chunks=[content])
    uses = {
        "URN": "report",
        "Date": "date_of_intelligence",
        "Subject": "title",
        heading: "text",
        "GSC": "marking",
    }
    lay_out_load(by=aisha, ref=ref, layout=Layout(uses), save_as=name)
    begin_load(by=aisha, ref=ref, verb="try")
    outbox.drain()
    planted.refs["load"] = [ref]


def _requests(planted: Planted) -> None:
    kent, norf, mers = (someone(name) for name in ("officer@kent", "analyst@norf", "analyst@mers"))
    enquiry = run_check(by=kent, selector=parse(SHARED), why="Stopped")[0].enquiry
    why = planted.word("request: why", either(insiders_and_auditors("KENT"), insiders("NORF")))
    words = planted.word("request: refusal", either(insiders_and_auditors("NORF"), insiders("KENT")))
    asked = ask_for_access(by=kent, source_ref=enquiry, body="NORF", why=why)
    assert asked
    refuse_access(by=norf, ref=asked, reason="other", words=words)
    why = planted.word("second request: why", either(insiders_and_auditors("KENT"), insiders("MERS")))
    asked = ask_for_access(by=kent, source_ref=enquiry, body="MERS", why=why)
    assert asked
    both = either(insiders("MERS"), insiders("KENT"))
    title, text = (planted.word(f"sanitised: {place}", both) for place in ("title", "text"))
    held = reports_holding(mers, parse(SHARED))[0].ref
    grant_sanitised(by=mers, ref=asked, report=held, title=f"{COMMON} {title}", text=f"{COMMON} {text}")
    _unsent_request(planted, enquiry)


def _unsent_request(planted: Planted, enquiry: str) -> None:
    """Norfolk has gone silent since it was pointed to: what Kent asks stays with Kent."""
    keep_interest(by=someone("manager@norf"), selector=parse(SHARED), why="Quiet", silent=True)
    outbox.drain()
    why = planted.word("unsent request: why", insiders_and_auditors("KENT"))
    assert ask_for_access(by=someone("officer@kent"), source_ref=enquiry, body="NORF", why=why)


def _saved_searches(planted: Planted) -> None:
    """Each finds what its person may know of a report that comes after it; nobody else sees any of them."""
    for username in SEARCHERS:
        name = planted.word(f"saved search of {username}: name", named(username))
        text = planted.word(f"saved search of {username}: text", named(username))
        save_search(by=someone(username), name=name, text=f"{COMMON} or {text}", narrowed=Narrowed())
    outbox.drain()
    _report(planted, "found later", either(insiders("NORF"), insiders("MPS")), bodies=["MPS"])


def _session(planted: Planted) -> None:
    """Where a person is signed in is for that person and for those who administer the body."""
    word = planted.word("a session", either(named("analyst@norf"), _administrators("NORF")))
    open_session(by=someone("analyst@norf"), key=word, address="192.0.2.7", browser=f"{COMMON} {word}")


def _administrators(body: str) -> MayKnow:
    return lambda reader: reader.body_code == body and Role.ADMIN in reader.roles


def _lines(planted: Planted) -> None:
    """Norfolk's closed line: one thing said of it is shared with London, one under A1, the rest with nobody."""
    own, shared = insiders("NORF"), either(insiders("NORF"), insiders("MPS"))
    under_a1 = either(insiders("NORF"), trained(insiders("MPS")))
    manager = someone("manager@norf")
    home, abroad, careful = (
        f"{_report(planted, f'line {name}', known, item=item, bodies=bodies, grade=grade)}/1"
        for name, known, item, bodies, grade in (
            ("at home", own, own, (), "1AP"), ("shared", shared, shared, ("MPS",), "1AP"),
            ("under A1", shared, under_a1, ("MPS",), "2BC"),
        )
    )  # fmt: skip
    ref = add_line(by=manager, items=[home], said=[_said(planted, "name", own)],
                   why=planted.word("line: why", insiders_and_auditors("NORF")))  # fmt: skip
    for item, name, known in ((abroad, "town", shared), (careful, "other town", under_a1)):
        add_evidence(by=manager, line=ref, items=[item], said=[_said(planted, name, known)], why="Shared")
    gone = _said(planted, "withdrawn town", own)
    add_evidence(by=manager, line=ref, items=[home], said=[gone], why="A slip")
    page = line_page(manager, ref)
    assert page
    piece = next(piece.ref for piece in page.pieces if piece.value == gone.value)
    why = planted.word("line: why withdrawn", insiders_and_auditors("NORF"))
    withdraw_evidence(by=manager, line=ref, evidence=piece, why=why)
    officer = planted.word("line: officer", either(shared, under_a1))
    take_lead(by=manager, line=ref, officer=officer, why="Ours")
    why = planted.word("line: why live", insiders_and_auditors("NORF"))
    move_line(by=manager, line=ref, verb="accept", why=why)
    why = planted.word("line: why closed", insiders_and_auditors("NORF"))
    close_line(
        by=manager,
        line=ref,
        closure="type 2",
        closed_on=clock.today() - timedelta(days=20),
        items=[home],
        why=why,
    )
    why = planted.word("line: why merged", either(shared, insiders_and_auditors("NORF")))
    gone_line = add_line(
        by=manager, items=[abroad], said=[_said(planted, "merged town", shared)], why="Another"
    )
    planted.refs["merge"] = [merge_lines(by=manager, kept=ref, gone=gone_line, why=why)]
    route = [_said(planted, "town apart", own), Said("exports from", "body", "MPS")]
    apart = add_line(by=manager, items=[home], said=route, why="A third")
    why = planted.word("line: why apart", insiders_and_auditors("NORF"))
    keep_apart(by=manager, one=ref, other=apart, why=why)
    planted.refs["line"] = [ref, gone_line, apart]
    planted.refs["evidence"] = [f"{ref}/{piece.ref}" for piece in page.pieces]
    planted.refs["check-back"] = [one.check_back for one in check_backs_due(manager, size=9)]


def _said(planted: Planted, name: str, known: MayKnow) -> Said:
    words = planted.word(f"line: words of the {name}", known)
    return Said("imports to", "town", planted.word(f"line: {name}", known), words=words)


def _bids(planted: Planted) -> None:
    """Norfolk's bid to the national centre: its region reads it, and London once it is offered the work."""
    norf, centre, london = someone("analyst@norf"), someone("coordinator@nclcc"), someone("manager@mps")
    before = either(insiders_and_auditors("NORF"), insiders("ERSOU"), insiders("NCLCC"))
    every = either(before, insiders("MPS"))
    by_london = either(every, insiders_and_auditors("MPS"))
    unjournalled = either(*map(insiders, ("NORF", "ERSOU", "NCLCC", "MPS")))
    title, asked, pursue, prevent = (
        planted.word(f"bid: {name}", unjournalled) for name in ("title", "asked", "pursue", "prevent")
    )
    why = planted.word("bid: why", every)
    draft = BidDraft(title, asked, why, officer_days=9, level="national", pursue=pursue, prevent=prevent)
    ref = make_bid(by=norf, line=planted.refs["line"][2], draft=draft)
    deconflict_bid(by=centre, ref=ref, outcome="clear", words=planted.word("bid: deconfliction", before))
    assess_bid(by=centre, ref=ref, tractability="near", words=planted.word("bid: assessment", every))
    adopt_bid(by=someone("chair@nclcc"), ref=ref, why=planted.word("bid: decision", before))
    offer_bid(by=centre, ref=ref, body="MPS", words=planted.word("bid: offer", every))
    said = planted.word("bid: declined", by_london)
    decline_bid(by=london, ref=ref, reason="capacity", words=said, route="again")
    offer_bid(by=centre, ref=ref, body="MPS", words="Please")
    accept_bid(by=london, ref=ref, officer=planted.word("bid: officer", by_london), words="")
    begin_bid(by=london, ref=ref, words=planted.word("bid: begun", by_london))
    record_result(by=london, ref=ref, outcome=Outcome(1, "", 0, 0, 1, planted.word("bid: result", by_london)))
    kept = planted.word("local bid: title", insiders("NORF"))
    local = BidDraft(title=kept, asked="x", why="x", pursue="x", officer_days=1, level="local")
    planted.refs["bid"] = [ref, make_bid(by=norf, line=planted.refs["line"][2], draft=local)]


def _weeks(planted: Planted) -> None:
    """A week of the national centre with Norfolk and London in it: its packs open each by their own marking."""
    centre, norf, london = someone("coordinator@nclcc"), someone("manager@norf"), someone("manager@mps")
    unjournalled = either(*map(insiders, ("NCLCC", "NORF", "MPS")))
    every = either(unjournalled, insiders_and_auditors("NCLCC"))
    monday = TODAY - timedelta(days=TODAY.weekday())
    ref = plan_operation(
        by=centre, draft=OperationDraft(
            planted.word("week: name", every), "week", monday.isoformat(), (monday + timedelta(days=6)).isoformat(),
            "day", planted.word("week: briefing", unjournalled), ("NORF", "MPS"),
            planted.word("week: days", unjournalled),
        ),
    )  # fmt: skip
    move_operation(by=centre, ref=ref, verb="begin", why=planted.word("week: begun", every))
    own, shared = insiders("NORF"), either(insiders("NORF"), insiders("MPS"))
    for place, known, bodies in (("pack at home", own, ()), ("pack shared", shared, ("MPS",))):
        title = planted.word(f"{place}: title", either(known, insiders_and_auditors("NORF")))
        said = {what: planted.word(f"{place}: {what}", known) for what in ("words", "who", "what")}
        pack = add_pack(
            by=norf, ref=ref, title=title, words=said["words"], line=planted.refs["line"][2], bodies=bodies
        )
        planted.refs.setdefault("pack", []).append(pack)
        give_duty(
            by=norf,
            ref=ref,
            day=monday.isoformat(),
            body="NORF",
            who=said["who"],
            what=said["what"],
            pack=pack,
        )
    save_return_draft(
        by=norf, ref=ref, day=monday, typed={"source": planted.word("return draft: source", own)}
    )
    source, explained = (planted.word(f"return: {what}", unjournalled) for what in ("source", "explained"))
    reason = planted.word("return: reason", either(unjournalled, insiders_and_auditors("MPS")))
    for after in (0, 1):
        told = ReturnSaid(
            {"arrests": "41"}, clock.now(), source, "week", after=after, reason=reason, explained=explained
        )
        send_return(by=london, ref=ref, day=monday, told=told)
    sides = either(*map(insiders, ("NORF", "MPS", "NCLCC", "ERSOU")))
    heard = either(sides, insiders_and_auditors("NORF"), insiders_and_auditors("NCLCC"))
    what, why, moderated = (
        planted.word(f"disruption: {part}", known)
        for part, known in (("what", sides), ("why", sides), ("words", heard))
    )
    claim = ClaimDraft(
        monday.isoformat(),
        planted.word("disruption: title", heard),
        what,
        "minor",
        ("pursue",),
        why,
        bodies=("MPS",),
    )
    disrupted = claim_disruption(by=norf, draft=claim)
    moderate_disruption(by=centre, ref=disrupted, verb="count", level="minor", words=moderated)
    planted.refs["disruption"] = [disrupted]
    planted.refs["operation"], planted.refs["return day"] = [ref], [monday.isoformat()]


def _plans(planted: Planted) -> None:
    """Days of Norfolk, which its region and the centre read, and a plan of Norfolk's, which nobody else does."""
    manager, chair = someone("manager@norf"), someone("chair@norf")
    above = either(insiders("NORF"), insiders("ERSOU"), insiders("NCLCC"))
    for_what = planted.word("days: reserved for", above)
    state_days(
        by=manager,
        stated=[
            Days(skill, week, 20, 5, for_what)
            for skill in tactics().skills
            for week in weeks_from(next_monday())
        ],
    )
    why = planted.word("plan: said of a line", insiders("NORF"))
    lines = [Saying(line, "must", why) for line in planted.refs["line"][2:3]]
    plan = ask_for_plan(by=chair, asked=Asked(seconds=1, said=tuple(lines)))
    outbox.drain()
    planted.refs["plan"] = [plan]


def _orders(planted: Planted) -> None:
    """Norfolk's order on a number that London holds: London may know the question, and nothing of the order."""
    by, london = someone("orders@norf"), someone("analyst@mps")
    number = "phone:07700 900 388"
    file_report(london, "order's number", selectors=[number])
    readers = only_readers_of_orders("NORF")
    said = {
        what: planted.word(f"order: {what}", readers)
        for what in (
            "provider", "used", "prevents", "affected", "innocent", "proportionate", "provider_contact", "plan",
            "without_notice", "duration",
        )
    }  # fmt: skip
    title = planted.word("order: title", either(readers, insiders_and_auditors("NORF")))
    draft = OrderDraft(kind="ddtro", title=title, nation="ENG", offences=("mda",), **said)
    ref = draft_order(by=by, draft=draft, line=planted.refs["line"][2])
    add_item(
        by=by, ref=ref, value=number, attribution=planted.word("order: attribution", readers), first_seen=None,
        last_seen=None,
    )  # fmt: skip
    put_evidence(
        by=by, ref=ref, source_ref=planted.word("order: source", either(readers, insiders_and_auditors("NORF"))),
        grade="", says=planted.word("order: evidence", readers), disclosure="sensitive",
    )  # fmt: skip
    ask_interests(by=by, ref=ref)
    outbox.drain()
    question = questions_waiting(london, size=1)[0].ref
    answered = either(insiders_and_auditors("NORF"), insiders_and_auditors("MPS"))
    answer_interest(by=london, ref=question, answer="keep", words=planted.word("order: answer", answered))
    second = planted.word("order: second provider", readers)
    add_provider(by=by, ref=ref, name=second, contact=planted.word("order: second contact", readers))
    found = order_page(by, ref)
    assert found is not None
    planted.refs["order"], planted.refs["order question"] = [ref], [question]
    planted.refs["order provider"] = [one.ref for one in found.providers]


def looks_after(*bodies: str) -> MayKnow:
    """Those who look after concerns in these bodies, and nobody else, whatever their role."""
    return lambda reader: reader.body_code in bodies and reader.may(Permission.CONCERN_READ)


def _concerns(planted: Planted) -> None:
    """A concern of Norfolk's, raised by an officer who may not see what becomes of it, and taken to its end."""
    lead, ours = someone("safeguarding@norf"), looks_after("NORF")
    said = {
        what: planted.word(f"concern: {what}", ours)
        for what in ("words", "authority", "name", "address", "contact", "family", "found", "evidence", "judged",
                     "step", "with", "closed")
    }  # fmt: skip
    who = Who(
        name=said["name"], selector="person:Heron, Alex, 2011-05-03", address=said["address"], contact=said["contact"],
        family=said["family"],
    )  # fmt: skip
    draft = ConcernDraft(
        "child", ("criminal exploitation",), said["words"], "ENG", said["authority"], who, "line",
        planted.refs["line"][2],
    )  # fmt: skip
    ref = raise_concern(by=someone("officer@norf"), draft=draft)
    answers = {
        one.key: Answer("yes", said["found"], said["evidence"])
        for one in indicators_on(clock.today()).of("child")
    }
    assess_concern(by=lead, ref=ref, answers=answers, judgement="immediate protection", words=said["judged"])
    note_step(by=lead, ref=ref, step=Step("authority told", said["step"], said["with"]))
    visit = {key: planted.word(f"visit: {key}", ours) for key in ("address", "occupier", "found", "told")}
    note_step(by=lead, ref=ref, step=Step("visit", said["step"], details=visit | {"consent": "yes"}))
    referral = draft_referral(by=lead, ref=ref)
    told = {
        one.key: planted.word(f"referral: {one.key}", ours)
        for one in questions().values()
        if not one.is_coded
    }
    answer_referral(by=lead, concern=ref, ref=referral, answers=told | {"under_18": "no", "consent": "no"})
    found = EpisodeDraft(
        home="NORF", host="NORF", missing_from=planted.word("episode: from", ours), missing_at=clock.now(),
        found_place=planted.word("episode: place", ours), found_at=clock.now(),
        host_authority=planted.word("episode: authority", ours),
    )  # fmt: skip
    planted.refs["episode"] = [f"{ref}/{record_episode(by=lead, ref=ref, draft=found)}"]
    planted.refs["referral"] = [f"{ref}/{referral}"]
    other = raise_concern(by=lead, draft=draft)
    move_concern(
        by=lead, ref=other, verb="close", move=Move(said["closed"], outcome="safe", not_owed=said["closed"])
    )
    planted.refs["concern"] = [ref, other]
    planted.refs["clock"] = [one.ref for one in clocks_of(lead, "concern", [ref])]
    _partners(planted, ref)
    _status(planted)


def _partners(planted: Planted, concern: str) -> None:
    """What Norfolk disclosed to an agency and what that agency sent; another agency of Norfolk's sees neither."""
    lead, ours = someone("safeguarding@norf"), looks_after("NORF")
    both = either(ours, named("partner@norf"))
    agency = keep_agency(by=lead, name=planted.word("partner: agency", both), kind="local authority")
    other = keep_agency(by=lead, name=planted.word("partner: other agency", ours), kind="charity")
    add_agency_person(by=lead, agency=agency, username="partner@norf")
    for to, known, what in ((agency, both, "disclosed"), (other, ours, "disclosed to another")):
        words, basis = planted.word(f"partner: {what}", known), planted.word(f"partner: {what}, basis", known)
        told = disclose_concern(by=lead, ref=concern, agency=to, words=words, regime="part 2", basis=basis)
        planted.refs.setdefault("disclosure", []).append(told)
    sent = send_message(by=someone("partner@norf"), words=planted.word("partner: sent", both))
    answer_message(by=lead, ref=sent, answer=planted.word("partner: answer", both), concern=concern)
    planted.refs["agency"], planted.refs["partner message"] = [agency, other], [sent]


def _status(planted: Planted) -> None:
    """What somebody in Norfolk's own line was in law: under the marking of the item that says so."""
    line, own, by = planted.refs["line"][2], insiders("NORF"), someone("manager@norf")
    item = f"{_report(planted, 'of a runner', own)}/1"
    role = Said("role", "person", parse("person:Bittern, Sam, 2010-05-03").key, detail="runner",
                words=planted.word("role: words", own))  # fmt: skip
    add_evidence(by=by, line=line, items=[item], said=[role], why="A runner")
    page = line_page(by, line)
    assert page
    piece = next(one.ref for one in page.pieces if one.statement == "role")
    words = planted.word("status: words", own)
    record_status(
        by=by, line=line, piece=piece, status="arrested", from_on=None, to_on=None, item=item, words=words
    )
    planted.refs["sides"] = [f"{line}/{piece}"]


def _arrests(planted: Planted) -> None:
    """Somebody of Norfolk's on bail, extended, with conditions and a breach: for those who read arrests there."""
    officer, head = someone("officer@norf"), someone("manager@norf")

    def readers(reader: Reader) -> bool:
        return reader.body_code == "NORF" and reader.may(Permission.CUSTODY_READ)

    said = {
        what: planted.word(f"arrest: {what}", readers)
        for what in ("suspect", "offence", "place", "victims", "condition", "because", "broken", "done", "met", "heard")
    }  # fmt: skip
    why = {
        what: planted.word(f"arrest: {what}", either(readers, insiders_and_auditors("NORF")))
        for what in ("necessity", "extension")
    }
    ref = record_arrest(
        by=officer, line=planted.refs["line"][2],
        draft=ArrestDraft(said["suspect"], said["offence"], clock.now(), "standard", place=said["place"]),
    )  # fmt: skip
    conditions = ((said["condition"], said["because"]),)
    release = Release(why["necessity"], "sought", said["victims"], "custody officer", conditions)
    release_on_bail(by=officer, ref=ref, release=release)
    note_breach(by=officer, ref=ref, what=said["broken"], done=said["done"], at=clock.now())
    met = dict.fromkeys("ABCD", said["met"])
    extend_bail(
        by=head, ref=ref, extension=Extension("47ZD", why["extension"], met, said["heard"], rank="inspector")
    )
    planted.refs["arrest"] = [ref]


def only_readers_of_orders(body: str) -> MayKnow:
    """Whoever reads a body's orders."""
    return lambda reader: reader.body_code == body and reader.may(Permission.ORDER_READ)


def _networks(planted: Planted) -> None:
    """Norfolk's own network, and one that London may read."""
    norf = someone("analyst@norf")
    planted.refs["network"] = []
    for place, known, bodies in (
        ("network at home", insiders("NORF"), ()),
        ("network shared", either(insiders("NORF"), insiders("MPS")), ("analyst@mps",)),
    ):
        name, node, role, tied, what = (
            planted.word(f"{place}: {part}", known)
            for part in ("name", "node", "role", "role in a tie", "happening")
        )
        with TemporaryDirectory() as folder:
            path = Path(folder)
            (path / "persons.csv").write_text(f"id,role\n{node},{role}\nother,\n", encoding="utf-8")
            ties = f"phase,person,event,role\n1,{node},E1,{tied}\n1,other,E1,witness\n2,other,E2,witness\n"
            (path / "edges.csv").write_text(ties, encoding="utf-8")
            (path / "seizures.csv").write_text(f"phase,what\n2,{what}\n", encoding="utf-8")
            ref = load_network(by=norf, folder=path, name=f"{COMMON} {name}").ref
        planted.refs["network"].append(ref)
        with reading(norf):
            marking = Network.objects.values_list("marking", flat=True).get(ref=ref)
            Marking.objects.filter(pk=marking).update(
                released=bool(bodies), bodies=[someone(reader).body for reader in bodies]
            )


def _authorities(planted: Planted) -> None:
    """Norfolk's own authority with a load under it, and one that London may use, which has ended."""
    norf, mps = someone("analyst@norf"), someone("analyst@mps")
    planted.refs["authority"] = []
    for place, known, bodies in (
        ("authority at home", insiders_and_auditors("NORF"), ()),
        (
            "authority shared",
            either(insiders_and_auditors("NORF"), insiders_and_auditors("MPS")),
            (mps.body,),
        ),
    ):
        ref, grounds, necessity, proportion, file = (
            planted.word(f"{place}: {part}", known)
            for part in ("reference", "grounds", "necessity", "proportionality", "file")
        )
        said = Particulars(grounds, TODAY, TODAY, TODAY + timedelta(days=9), necessity, proportion, bodies)
        planted.refs["authority"].append(record_authority(by=norf, ref=ref, said=said))
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{file}.csv"
            path.write_text("time,caller,callee\n1,07700900418,07700900419\n", encoding="utf-8")
            load_calls(by=norf, paths=[path], authority=ref)
    why = planted.word(
        "authority shared: why ended", either(insiders_and_auditors("NORF"), insiders_and_auditors("MPS"))
    )
    gone = record_authority(
        by=norf, ref="Gone", said=Particulars("Crime", TODAY, TODAY, TODAY, bodies=(mps.body,))
    )
    end_authority(by=norf, ref=gone, why=why)
    planted.refs["authority"].append(gone)


def _charts(planted: Planted) -> None:
    """A chart of Norfolk's around what one report holds: its drawer's alone, and then one that London may open."""
    norf = someone("analyst@norf")
    planted.refs["chart"], planted.refs["thing"] = [], []
    for place, known, bodies in (
        ("chart of one's own", named("analyst@norf"), None),
        ("chart shared", either(insiders("NORF"), insiders("MPS")), ["MPS"]),
    ):
        here, beside = (planted.word(f"{place}: {what}", insiders("NORF")) for what in ("start", "beside it"))
        file_report(norf, place, selectors=[f"email:{here}@line.example", f"email:{beside}@line.example"])
        ref = open_chart(by=norf, start=Spot("email", f"{here}@line.example"))
        name, note = (planted.word(f"{place}: {what}", known) for what in ("name", "note"))
        name_chart(by=norf, ref=ref, name=f"{COMMON} {name}", note=f"{COMMON} {note}")
        share_chart(by=norf, ref=ref, bodies=bodies or [], is_shared=bodies is not None)
        said = planted.word(f"{place}: note beside a thing", known if bodies is None else insiders("NORF"))
        page = chart_page(norf, ref)
        assert page is not None
        note_on_spot(by=norf, ref=ref, number=page.spots[0].number, note=f"{COMMON} {said}")
        planted.refs["chart"].append(ref)
        planted.refs["thing"] += [f"{ref}/{one.number}" for one in page.spots]


def _register(planted: Planted) -> None:
    """Norfolk's register: of one line a row at home, and a row that is shared with London."""
    own, shared = insiders("NORF"), either(insiders("NORF"), insiders("MPS"))
    rows = []
    for line, (known, circulation) in enumerate(((own, ""), (shared, "MPS")), start=2):
        told = {
            name: planted.word(f"register, row {line}: {name}", known)
            for name in ("group", "priority", "notes")
        }
        values = dict.fromkeys(LINE_ROWS.every, "") | told | {
            "reference": f"{COMMON} 1", "last_seen": "2026-10-01", "source": "2", "assessment": "B", "handling": "P",
            "marking": "OFFICIAL", "circulation": circulation, "score": str(line),
        }  # fmt: skip
        rows.append(Row(line, values, ""))
    outcome = record_entries(by=someone("analyst@norf"), rows=rows)
    assert (outcome.kept, outcome.lines) == (2, 1)
    planted.refs["line"].append(line_known_as(someone("analyst@norf"), f"{COMMON} 1"))


def _watched(planted: Planted) -> None:
    """Norfolk watches a number of which it holds calls."""
    known = insiders_and_auditors("NORF")
    number = planted.word("call watch: number", known)
    why = planted.word("call watch: why", known)
    watched(someone("analyst@norf"), number, why)


PLANTINGS: tuple[Callable[[Planted], None], ...] = (
    _private, _of_another, _circulated, _under_conditions, _to_all, _versions, _more_about, _closed, _to_a_person,
    _ungraded, _rejected, _interests, _enquiry, _unanswered, _listed, _asked_silently, _listed_silently, _judged,
    _draft, _attached,
    _written, _looked_at, _escalated, _links, _places, _retention, _rights, _blind,
    _events, _closed_event,
    _kept_upload, _requests, _lines, _register, _bids, _weeks, _plans, _orders, _arrests, _concerns, _networks, _charts,
    _saved_searches, _session,
    _authorities, _watched,
)  # fmt: skip


def _refs() -> Iterator[tuple[str, list[str]]]:
    """References of everything planted, each found by someone who may know it."""
    everything: dict[str, set[str]] = {
        "report": set(),
        "item": set(),
        "hit": set(),
        "interest": set(),
        "enquiry": set(),
        "list": set(),
        "draft": set(),
        "file": set(),
        "second look": {look.batch for look in second_looks(someone("analyst@norf"))},
        "event": set(),
        "request": set(),
        "saved search": set(),
        "link": set(),
        "call watch": {row.ref for row in watch_list(someone("analyst@norf"))},
    }
    for username in SEARCHERS:
        everything["saved search"] |= {card.ref for card in saved_searches(someone(username))}
    for username in (
        "analyst@norf",
        "officer@norf",
        "manager@norf",
        "analyst@mers",
        "officer@kent",
        "analyst@kent",
    ):
        reader = someone(username)
        with reading(reader):
            everything["report"] |= set(Report.objects.values_list("ref", flat=True))
            everything["item"] |= set(Item.objects.values_list("ref", flat=True))
        for ref in everything["report"] if reader.may(Permission.REPORT_READ) else ():
            everything["file"] |= {f"{ref}/{card.ref}" for card in attachments_of(reader, ref)}
        everything["hit"] |= {row.ref for row in hit_list(reader, state="").rows}
        for verdict in ("open", "same"):
            everything["link"] |= {row.ref for row in link_list(reader, verdict=verdict).rows}
        for standing in (True, False):
            everything["event"] |= {row.ref for row in event_list(reader, standing=standing).rows}
        everything["enquiry"] |= {row.ref for row in recent_enquiries(reader)}
        everything["list"] |= {card.ref for card in recent_bulk_checks(reader)}
        everything["draft"] |= {card.ref for card in my_drafts(reader)}
        everything["request"] |= {row.ref for row in request_list(reader).rows}
        if reader.may(Permission.INTEREST_KEEP):
            everything["interest"] |= {card.ref for card in kept_interests(reader)}
    for kind, refs in everything.items():
        assert refs, kind
        yield kind, sorted(refs)
