"""Every surface of the product that can tell of a record: how it is asked, and who may come across it there.

What a marking opens is said by the oracle alone (``may_know``); here stands only which marking each surface goes by,
and which permission it wants. Each surface is asked through the query that its page uses.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tests.access.surface_world import DAY, LISTER, PAST, Planting, SurfaceWorld, inside_of, is_sent
from tests.access.test_policy_oracle import may_know
from throughline.access.permissions import Permission, clearance_of, conditions_of
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.clashes.queries import event_list, event_page, overdue_events
from throughline.intelligence.attachments import attachments_of, open_attachment
from throughline.intelligence.drafts import draft_count, draft_typed, my_drafts
from throughline.intelligence.near_reports import near_reports
from throughline.intelligence.queries import (
    ReportPage,
    item_reports,
    report_list,
    report_page,
    reports_by_state,
    reports_holding,
    reports_waiting,
)
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.kernel import clock
from throughline.loads.queries import load_card, load_cards, map_names, refused_reports, refused_rows
from throughline.matching.asked import asked_about
from throughline.matching.bulk_queries import asked_of_us, bulk_answers
from throughline.matching.groups import hit_groups
from throughline.matching.overdue import overdue_count, overdue_in_region
from throughline.matching.queries import (
    HitPage,
    Holding,
    check_all_holdings,
    chosen_hits,
    hit_list,
    hit_page,
    hits_raised_since,
    recent_enquiries,
    waiting_hits,
)
from throughline.matching.together import second_looks
from throughline.notices.queries import digest, notice_list, oldest_unread, unread_count
from throughline.search.narrowed import Narrowed
from throughline.search.queries import Found, search_everything
from throughline.search.saved import alert_page, saved_searches, waiting_alerts
from throughline.selectors.queries import kept_interest, kept_interests
from throughline.sharing.queries import request_list, request_page, requests_to_answer
from throughline.sharing.who import what_would_see, who_can_see

P = Permission
ALL = 1000
"""More than there is of anything: a page as long as the list."""
MORE = 6
"""Of what is asked one by one, each reader asks for so many."""

Asked = Sequence[Planting]
May = Callable[[SurfaceWorld, Reader, Planting], bool]
Finds = Callable[[SurfaceWorld, Reader, Asked], Iterable[int]]
Counts = Callable[[SurfaceWorld, Reader], int]


@dataclass(frozen=True)
class Surface:
    """One place where a planting may be come across: the numbers of those that a reader finds there, and who may.

    ``needs`` is what its query asks of a role; ``deep`` says that it is asked for one planting at a time.
    """

    name: str
    needs: Permission | None
    finds: Finds
    may: May
    deep: bool = False

    def expected(self, world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        """By the oracle: which of these the reader finds."""
        if self.needs and not reader.may(self.needs):
            return set()
        return {p.n for p in asked if self.may(world, reader, p)}

    def found(self, world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        """By the product: which of these the reader finds; none where the role is refused."""
        try:
            return set(self.finds(world, reader, asked)) & {p.n for p in asked}
        except NotAllowed:
            return set()


@dataclass(frozen=True)
class Total:
    """One number that a page shows: as the product counts it, and as many as the oracle opens."""

    name: str
    needs: Permission | None
    counts: Counts
    expected: Counts


# --- Which marking a surface goes by ----------------------------------------------------------------------------------


def known(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The marking itself."""
    return may_know(reader, p.terms)


def known_under_c(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The marking of what stands under handling code C in the same report."""
    return may_know(reader, p.item_terms)


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


def judged_by_both(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Read as the other side: that it is dismissed."""
    return reader.body == p.other and reads_judgement(world, reader, p)


def looks_again(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return not p.is_judged and told_as_owner(world, reader, p)


def _late_sides(world: SurfaceWorld, p: Planting) -> list[int]:
    """The regions that are told of a side that has not answered: only where both are told, and neither in a circle."""
    if not (p.is_owner_told and p.is_other_told) or p.terms.compartment or p.partner_terms.compartment:
        return []
    sides = [*([] if p.is_judged else [p.owner]), p.other]
    return [world.regions[body] for body in sides if body in world.regions]


def in_region(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    return inside_of(reader, reader.body) and reader.body in _late_sides(world, p)


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
    return is_sent(p) and of_owner(world, reader, p)


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


# --- How each is asked ------------------------------------------------------------------------------------------------


def named_in(asked: Asked, texts: Iterable[str]) -> set[int]:
    """The plantings whose word stands in one of these texts."""
    said = "\n".join(texts).lower()
    return {p.n for p in asked if p.word in said}


def said(*parts: object) -> list[str]:
    return [repr(part) for part in parts]


def each(one: Callable[[SurfaceWorld, Reader, Planting], object]) -> Finds:
    """Ask for one planting after another: those that give something."""
    return lambda world, reader, asked: {p.n for p in asked if one(world, reader, p)}


def all_said(query: Callable[[SurfaceWorld, Reader], object]) -> Finds:
    """Ask once, and see whose words are in the answer."""
    return lambda world, reader, asked: named_in(asked, said(query(world, reader)))


def by_ref(
    query: Callable[[SurfaceWorld, Reader], Iterable[str]], ref: Callable[[SurfaceWorld, Planting], str]
) -> Finds:
    """Ask once, and see whose references are in the answer."""

    def finds(world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        refs = set(query(world, reader))
        return {p.n for p in asked if ref(world, p) in refs}

    return finds


def report_ref(_: SurfaceWorld, p: Planting) -> str:
    return p.report


def hit_ref(world: SurfaceWorld, p: Planting) -> str:
    return world.hits[p.n]


@cache
def _page(reader: Reader, ref: str) -> ReportPage | None:
    return report_page(reader, ref)


@cache
def _hit(reader: Reader, ref: str) -> HitPage | None:
    return hit_page(reader, ref)


@cache
def _search(reader: Reader, text: str, group: str = "") -> Found:
    return search_everything(reader, text, Narrowed(group=group))


def forget_pages() -> None:
    """What was opened is not kept from one proof to another."""
    for kept in (_page, _hit, _search):
        kept.cache_clear()


def on_page(part: Callable[[ReportPage], object]) -> Finds:
    """Open each report, and see whether its word stands in a part of the page."""

    def finds(_: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        pages = ((p, _page(reader, p.report)) for p in asked)
        return {p.n for p, page in pages if page and p.word in repr(part(page)).lower()}

    return finds


def on_hit(part: Callable[[Planting, HitPage], object]) -> Finds:
    """Open each hit, and see whether a part of its page says anything."""

    def finds(world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        pages = ((p, _hit(reader, world.hits[p.n])) for p in asked)
        return {p.n for p, page in pages if page and part(p, page)}

    return finds


def tie(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Whether the page of a version names what it was drawn from or replaces."""
    page, earlier = _page(reader, p.report), world[(p.n + 1) % len(world.plantings)]
    found = (*page.relatives.derived_from, *page.relatives.replaces) if page else ()
    return earlier.report in {relative.ref for relative in found}


def tie_back(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """The same from the other end: what was drawn from it or replaced it."""
    page = _page(reader, world[(p.n + 1) % len(world.plantings)].report)
    found = (*page.relatives.versions, *page.relatives.replaced_by) if page else ()
    return p.report in {relative.ref for relative in found}


def search_of_reports(text: str) -> Finds:
    return by_ref(lambda _, reader: (r.ref for r in _search(reader, text, "reports").reports), report_ref)


def near(world: SurfaceWorld, reader: Reader) -> Iterable[str]:
    item = ItemDraft(1, "It sings.", None, tuple(p.own for p in world.plantings), 2)
    draft = ReportDraft("NEAR", DAY, "Near", Classification.OFFICIAL, Circulation(), (item,), (2,))
    return (found.ref for found in near_reports(reader, draft, size=ALL))


def holdings(world: SurfaceWorld, reader: Reader) -> list[list[Holding]]:
    with reading(reader):
        return check_all_holdings(reader, [p.own for p in world.plantings], noted_by=clock.now())


def held(degree: str) -> Finds:
    def finds(world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        found = holdings(world, reader)
        return {p.n for p in asked if any(h.degree == degree for h in found[p.n])}

    return finds


def list_said(degree: str) -> Finds:
    def finds(world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
        answers = bulk_answers(reader, world.bulk, why="A test", size=ALL)
        keys = {a.selector.key for a in answers if any(h.degree == degree for h in a.holdings)}
        return {p.n for p in asked if p.own.key in keys}

    return finds


def who_asked(world: SurfaceWorld, reader: Reader, asked: Asked) -> set[int]:
    with reading(reader):
        found = asked_about(reader, [p.own for p in asked])
    return {p.n for p in asked if p.own in found}


def meant(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Whether a word that is spelt nearly as the planting's is answered with it."""
    return p.word in search_everything(reader, f"{p.word[:-1]}q", Narrowed(group="reports")).meant


def by_variant(_: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """Whether a person is found by another form of the given name."""
    found = search_everything(reader, f"Bill {p.word}", Narrowed(group="people")).people
    return any(p.word in "".join(piece.text for piece in one.shown).lower() for one in found)


def events(reader: Reader, *, is_warned: bool = False) -> list[str]:
    return [row.ref for row in event_list(reader, size=ALL).rows if row.warned or not is_warned]


def beside(world: SurfaceWorld, p: Planting) -> str:
    return world.events[p.n]


def neighbour(world: SurfaceWorld, reader: Reader, p: Planting) -> object:
    page = event_page(reader, world.events[p.n])
    return page and page.neighbours


def alert_texts(name: str) -> Callable[[SurfaceWorld, Reader], object]:
    return lambda world, reader: (
        alert_page(reader, world.searches[reader.person, name], size=ALL)
        if (reader.person, name) in world.searches
        else ()
    )


def verdict(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """What the auditor of the owner is told that somebody of the reader's roles would be shown."""
    auditor, (role,) = world.readers[f"auditor@{p.code}"], tuple(reader.roles)
    found = what_would_see(auditor, "report", p.report, body=reader.body_code, role=role)
    return found is not None and found.degree == "content"


def side_of_owner(p: Planting, page: HitPage) -> str:
    """What the owner's side says for itself."""
    return "".join(s.reason + s.decided_by for s in page.sides if s.body == p.code.upper())


def seen_at(p: Planting, page: HitPage) -> bool:
    return any(seen.ref == f"{p.report}/1" for side in page.sides for seen in side.seen)


SURFACES: tuple[Surface, ...] = (
    # Reports.
    Surface("list of reports", P.REPORT_READ,
            by_ref(lambda _, r: (row.ref for row in report_list(r, size=ALL).rows), report_ref), known),
    Surface("text search in the list", P.REPORT_READ,
            by_ref(lambda _, r: (row.ref for row in report_list(r, text="lantern", size=ALL).rows), report_ref), known),
    Surface("text search in what is under C", P.REPORT_READ,
            by_ref(lambda _, r: (row.ref for row in report_list(r, text="quarry", size=ALL).rows), report_ref),
            known_with_report),
    Surface("reports that wait", P.REPORT_READ,
            by_ref(lambda _, r: (row.ref for row in reports_waiting(r, size=ALL)), report_ref),
            when(lambda p: p.state == "received", own_known)),
    Surface("items", None,
            by_ref(lambda w, r: item_reports(r, [f"{p.report}/1" for p in w.plantings]).values(), report_ref), known),
    Surface("items under C", None,
            by_ref(lambda w, r: item_reports(r, [f"{p.report}/2" for p in w.plantings]).values(), report_ref),
            known_with_report),
    Surface("title of a report", P.REPORT_READ, on_page(lambda page: page.title), known, deep=True),
    Surface("text of an item", P.REPORT_READ, on_page(lambda page: [i.text for i in page.items if i.number == 1]),
            known, deep=True),
    Surface("text of an item under C", P.REPORT_READ,
            on_page(lambda page: [i.text for i in page.items if i.number == 2]), known_with_report, deep=True),
    Surface("selectors of an item", P.REPORT_READ, on_page(lambda page: [i.selectors for i in page.items]), known,
            deep=True),
    Surface("provenance", P.REPORT_READ, on_page(lambda page: page.provenance), known_with_report, deep=True),
    Surface("sensitive source", P.REPORT_READ, on_page(lambda page: page.about.sensitive_source), own_known, deep=True),
    Surface("history of a report", P.REPORT_READ, on_page(lambda page: page.history), own_known, deep=True),
    Surface("earlier version", P.REPORT_READ, each(tie), both_versions, deep=True),
    Surface("later version", P.REPORT_READ, each(tie_back), both_versions, deep=True),
    Surface("names of files", P.REPORT_READ,
            each(lambda _, r, p: [c for c in attachments_of(r, p.report) if c.item == 0]), known, deep=True),
    Surface("names of files under C", P.REPORT_READ,
            each(lambda _, r, p: [c for c in attachments_of(r, p.report) if c.item == 2]), known_with_report, deep=True),
    Surface("content of files", P.REPORT_READ,
            each(lambda w, r, p: open_attachment(r, report=p.report, ref=w.files[p.n, False])), known, deep=True),
    Surface("content of files under C", P.REPORT_READ,
            each(lambda w, r, p: open_attachment(r, report=p.report, ref=w.files[p.n, True])), known_with_report,
            deep=True),
    Surface("near reports before one is saved", P.REPORT_READ, by_ref(near, report_ref), known),
    Surface("reports that hold a value", P.REPORT_READ, each(lambda _, r, p: reports_holding(r, p.own)),
            when(lambda p: p.state != "received", own_known), deep=True),
    # Drafts and loads.
    Surface("drafts", None, all_said(lambda _, r: my_drafts(r)), writer),
    Surface("a draft opened", P.REPORT_ADD, each(lambda _, r, p: draft_typed(r, f"WEB-{p.n}")), writer, deep=True),
    Surface("loads", None, all_said(lambda _, r: load_cards(r)), loader),
    Surface("a load opened", None, each(lambda _, r, p: load_card(r, f"LO-{p.n}")), loader, deep=True),
    Surface("rejected rows", None, each(lambda _, r, p: refused_reports(r, f"LO-{p.n}")[0]), loader, deep=True),
    Surface("the error file", None, each(lambda _, r, p: refused_rows(r, f"LO-{p.n}")), loader, deep=True),
    Surface("maps of columns", None, all_said(lambda _, r: map_names(r)), keeps_maps),
    # Checks and enquiries.
    Surface("check: content", P.CHECK_RUN, held("content"), known),
    Surface("check: existence", P.CHECK_RUN, held("existence"), pointed_to),
    Surface("list checked: content", P.CHECK_RUN, list_said("content"), only(LISTER, known)),
    Surface("list checked: existence", P.CHECK_RUN, list_said("existence"), only(LISTER, pointed_to)),
    Surface("what a list asked of us", P.NOTICE_READ, all_said(lambda w, r: asked_of_us(r, w.bulk)), of_owner),
    Surface("who else asked", P.CHECK_RUN, who_asked, asked_too),
    Surface("my enquiries", P.CHECK_RUN, all_said(lambda _, r: recent_enquiries(r, size=ALL)), enquirer),
    Surface("standing enquiries", P.INTEREST_KEEP, all_said(lambda _, r: kept_interests(r, size=ALL)), own_known),
    Surface("a standing enquiry", P.INTEREST_KEEP, each(lambda _, r, p: kept_interest(r, f"IN-{p.n}")), own_known,
            deep=True),
    # Hits.
    Surface("list of hits", P.HIT_READ,
            by_ref(lambda _, r: (row.ref for row in hit_list(r, state="", size=ALL).rows), hit_ref), told_of_hit),
    Surface("the other's judgement in the list", P.HIT_READ,
            by_ref(lambda _, r: (row.ref for row in hit_list(r, state="", size=ALL).rows
                                 if row.other_state == "dismissed"), hit_ref), judged_by_both),
    Surface("hits by value", P.HIT_READ,
            by_ref(lambda _, r: (row.hit.ref for g in hit_groups(r, state="", size=ALL).groups for row in g.rows),
                   hit_ref), told_of_hit),
    Surface("hits chosen", P.HIT_READ,
            by_ref(lambda w, r: (row.ref for row in chosen_hits(r, list(w.hits.values()))), hit_ref), told_of_hit),
    Surface("a hit opened", P.HIT_READ, on_hit(lambda p, _: p.word), told_of_hit, deep=True),
    Surface("sightings beside a hit", P.HIT_READ, on_hit(seen_at), both(told_of_hit, known), deep=True),
    Surface("reason for a judgement", P.HIT_READ, on_hit(side_of_owner), reads_judgement, deep=True),
    Surface("history of a hit", P.HIT_READ, on_hit(lambda _, page: page.history), reads_history, deep=True),
    Surface("thread of a hit", P.HIT_READ, on_hit(lambda _, page: page.thread), reads_thread, deep=True),
    Surface("second look that is asked, on its hit", P.HIT_READ, on_hit(lambda _, page: page.second_look_by),
            looks_again, deep=True),
    Surface("second looks", P.HIT_JUDGE, all_said(lambda _, r: second_looks(r)), looks_again),
    Surface("escalations", P.HIT_OVERSEE,
            by_ref(lambda _, r: (row.hit for row in overdue_in_region(r, size=ALL).rows), hit_ref), in_region),
    # Search.
    Surface("search: reports", P.SEARCH_RUN, search_of_reports("lantern"), known),
    Surface("search: reports under C", P.SEARCH_RUN, search_of_reports("quarry"), known_with_report),
    Surface("search: values", P.SEARCH_RUN, all_said(lambda _, r: _values(r)), known),
    Surface("search: standing enquiries", P.SEARCH_RUN,
            by_ref(lambda _, r: (i.ref for i in _search(r, "own.example").interests), lambda _, p: f"IN-{p.n}"),
            when(lambda _: True, lambda w, r, p: r.may(P.INTEREST_KEEP) and own_known(w, r, p))),
    Surface("search: hits", P.SEARCH_RUN,
            by_ref(lambda _, r: (h.ref for h in _search(r, "pair.example").hits), hit_ref),
            lambda w, r, p: told_of_hit(w, r, p) and (may_know(r, p.terms) or may_know(r, p.partner_terms))),
    Surface("search: variants of a name", P.SEARCH_RUN, each(by_variant), known, deep=True),
    Surface("search: what may be meant", P.SEARCH_RUN, each(meant), known, deep=True),
    Surface("saved search: reports found", P.SEARCH_RUN, all_said(alert_texts("reports")), alerted("reports")),
    Surface("saved search: values found", P.SEARCH_RUN, all_said(alert_texts("values")), alerted("values")),
    Surface("saved search: what was once found", P.SEARCH_RUN, all_said(alert_texts(PAST)), known),
    # Planned events.
    Surface("planned events", P.EVENT_READ,
            by_ref(lambda _, r: events(r), lambda _, p: f"EV-{p.n}"), own_known),
    Surface("a planned event opened", P.EVENT_READ, each(lambda _, r, p: event_page(r, f"EV-{p.n}")), own_known,
            deep=True),
    Surface("events past their end", None, all_said(lambda _, r: overdue_events(r, size=ALL)),
            when(lambda p: p.is_late, own_known)),
    Surface("warning at an event", P.EVENT_READ,
            by_ref(lambda _, r: events(r, is_warned=True), lambda _, p: f"EV-{p.n}"), warned),
    Surface("warning to who plans beside it", P.EVENT_READ, by_ref(lambda _, r: events(r, is_warned=True), beside),
            warned_beside),
    Surface("whom to ring beside an event", P.EVENT_READ, each(neighbour), warned_beside, deep=True),
    # Requests for access.
    Surface("requests", P.REQUEST_MAKE, all_said(lambda _, r: request_list(r, size=ALL)), party),
    Surface("a request opened", P.REQUEST_MAKE, each(lambda _, r, p: request_page(r, f"RQ-{p.n}")), party, deep=True),
    # Notices.
    Surface("notices", P.NOTICE_READ, all_said(lambda _, r: _told(r, "circulation")), notified),
    Surface("notices that wait", None, all_said(lambda _, r: [n.text for n in oldest_unread(r, size=ALL)
                                                             if n.kind == "circulation"]), notified),
    Surface("notices of an enquiry", P.NOTICE_READ, all_said(lambda _, r: _told(r, "enquiry")), of_owner),
    # Who can see this, and why.
    Surface("who can see a report", None, each(lambda _, r, p: who_can_see(r, "report", p.report)),
            may_ask_who(known), deep=True),
    Surface("who can see an item under C", None, each(lambda _, r, p: who_can_see(r, "item", f"{p.report}/2")),
            may_ask_who(known_under_c), deep=True),
    Surface("who can see a standing enquiry", None, each(lambda _, r, p: who_can_see(r, "interest", f"IN-{p.n}")),
            may_ask_who(known), deep=True),
    Surface("who can see a hit", None, each(lambda w, r, p: who_can_see(r, "hit", w.hits[p.n])), may_ask_who_hit,
            deep=True),
    Surface("what somebody of a role would see", None, each(verdict), as_their_role, deep=True),
)  # fmt: skip
"""Every surface, in the order of the pages."""


def _values(reader: Reader) -> list[str]:
    """The values that a search shows."""
    return ["".join(piece.text for piece in one.shown) for one in _search(reader, "own.example").values]


def _told(reader: Reader, kind: str) -> list[str]:
    """What the notices of a kind say."""
    return [card.text for card in notice_list(reader, size=ALL, kind=kind)[0]]


# --- Numbers ----------------------------------------------------------------------------------------------------------


def as_many_as(rule: May) -> Counts:
    return lambda world, reader: sum(rule(world, reader, p) for p in world.plantings)


def own_side_waits(world: SurfaceWorld, reader: Reader, p: Planting) -> bool:
    """A hit that the reader's own body has not judged."""
    is_open = not (p.is_judged and reader.body == p.owner)
    return is_open and told_of_hit(world, reader, p)


def overdue_sides(world: SurfaceWorld, reader: Reader) -> int:
    regions = [region for p in world.plantings for region in _late_sides(world, p)]
    return regions.count(reader.body) if inside_of(reader, reader.body) else 0


def notices_open(world: SurfaceWorld, reader: Reader) -> int:
    """Of every notice: those to the reader's body, in their circles, to all or to them, for what they may do."""
    return sum(
        inside_of(reader, body, compartment)
        and person in (None, reader.person)
        and (needs == "" or reader.may(needs))
        for body, compartment, person, needs in world.notices
    )


def alerts_open(world: SurfaceWorld, reader: Reader) -> int:
    found = sum(as_many_as(alerted(name))(world, reader) for name in ("reports", "values"))
    past = as_many_as(known)(world, reader) if (reader.person, PAST) in world.searches else 0
    return found + past


def in_state(state: str) -> May:
    return when(lambda p: p.state == state, known)


def reports_in_state(state: str) -> Total:
    """A filter of the list of reports."""
    return Total(
        f"list narrowed to {state}", P.REPORT_READ,
        lambda _, r: len(report_list(r, state=state, size=ALL).rows), as_many_as(in_state(state)),
    )  # fmt: skip


def reports_of_own(state: str) -> Total:
    """A state of the own body's reports."""
    return Total(
        f"own reports {state}", None, lambda _, r: reports_by_state(r).get(state, 0),
        as_many_as(when(lambda p: p.state == state, own_known)),
    )  # fmt: skip


STATES = ("received", "graded", "circulated")
TOTALS: tuple[Total, ...] = (
    *map(reports_in_state, STATES),
    *map(reports_of_own, STATES),
    Total("list narrowed to a body", P.REPORT_READ, lambda _, r: len(report_list(r, owner="NORF", size=ALL).rows),
          as_many_as(when(lambda p: p.code == "norf", known))),
    Total("hits that wait", None, lambda _, r: waiting_hits(r), as_many_as(own_side_waits)),
    Total("hits raised since a day", None, lambda w, r: hits_raised_since(r, DAY_OF_ALL), as_many_as(told_of_hit)),
    Total("hits narrowed to a kind", P.HIT_READ, lambda _, r: len(hit_list(r, state="", kind="email", size=ALL).rows),
          as_many_as(told_of_hit)),
    Total("hits narrowed to a body", P.HIT_READ, lambda _, r: len(hit_list(r, state="", other="MPS", size=ALL).rows),
          as_many_as(lambda w, r, p: told_of_hit(w, r, p) and {r.body_code.lower(), "mps"} == {p.code, p.other_code})),
    Total("escalations", None, lambda _, r: overdue_count(r),
          lambda w, r: overdue_sides(w, r) if r.may(P.HIT_OVERSEE) else 0),
    Total("drafts", None, lambda _, r: draft_count(r), as_many_as(writer)),
    Total("requests to answer", None, lambda _, r: requests_to_answer(r), as_many_as(holder)),
    Total("unread notices", None, lambda _, r: unread_count(r), notices_open),
    Total("the daily digest", P.NOTICE_READ, lambda _, r: sum(line.count for line in digest(r)), notices_open),
    Total("new results on the desk", None, lambda _, r: sum(one.count for one in waiting_alerts(r)), alerts_open),
    Total("new results of saved searches", P.SEARCH_RUN, lambda _, r: sum(one.unseen for one in saved_searches(r)),
          alerts_open),
    Total("results of a search: reports", P.SEARCH_RUN, lambda _, r: _search(r, "lantern", "reports").count("reports"),
          as_many_as(known)),
    Total("results of a search: values", P.SEARCH_RUN, lambda _, r: _search(r, "own.example").count("values"),
          as_many_as(known)),
)  # fmt: skip
"""Every number that a page gives of more rows than one."""
DAY_OF_ALL = clock.now().replace(year=2020)
