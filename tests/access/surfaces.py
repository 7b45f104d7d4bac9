"""Every surface of the product that can tell of a record: how it is asked, and who may come across it there.

Each is asked through the query that its page uses; who may is said in ``surface_rules``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tests.access.surface_rules import (
    May,
    alerted,
    as_their_role,
    asked_too,
    both,
    both_versions,
    enquirer,
    hears_of_note,
    in_region,
    judged_by_both,
    keeps_maps,
    known,
    known_by_a_piece,
    known_under_c,
    known_with_report,
    linked,
    linked_elsewhere,
    loader,
    looks_again,
    may_ask_who,
    may_ask_who_hit,
    notified,
    of_owner,
    only,
    own_known,
    party,
    pointed_to,
    reads_history,
    reads_judgement,
    reads_thread,
    told_of_hit,
    told_of_link,
    warned,
    warned_beside,
    when,
    writer,
)
from tests.access.surface_world import DAY, LISTER, PAST, Planting, SurfaceWorld
from tests.access.test_policy_oracle import may_know
from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.clashes.queries import event_list, event_page, overdue_events
from throughline.clocks.queries import running_clocks
from throughline.custody.queries import arrest_list, arrest_page
from throughline.intelligence.attachments import attachments_of, open_attachment
from throughline.intelligence.drafts import draft_typed, my_drafts
from throughline.intelligence.near_reports import near_reports
from throughline.intelligence.queries import (
    ReportPage,
    item_reports,
    report_list,
    report_page,
    reports_holding,
    reports_waiting,
)
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.kernel import clock
from throughline.lines.coordination import NATION, LinePile, coordination_of
from throughline.lines.queries import line_list, line_page, lines_with, proposed_lines
from throughline.lines.ranking import ranked_lines
from throughline.loads.queries import load_card, load_cards, map_names, refused_reports, refused_rows
from throughline.matching.asked import asked_about
from throughline.matching.bulk_queries import asked_of_us, bulk_answers
from throughline.matching.groups import hit_groups
from throughline.matching.overdue import overdue_in_region
from throughline.matching.people.links import link_list, link_page, links_with
from throughline.matching.queries import (
    HitPage,
    Holding,
    check_all_holdings,
    chosen_hits,
    hit_list,
    hit_page,
    recent_enquiries,
)
from throughline.matching.together import second_looks
from throughline.network.chart.queries import chart_list, chart_page
from throughline.network.queries import key_people, network_chart, network_list, network_page
from throughline.notices.queries import notice_list, oldest_unread
from throughline.operations.board import week_board
from throughline.operations.comparing import weeks_compared
from throughline.operations.disrupted import disruption_list
from throughline.operations.queries import operation_list, operation_page, return_page
from throughline.orders.queries import order_list, order_page
from throughline.safeguarding.queries import concern_list, concern_page
from throughline.search.narrowed import Narrowed
from throughline.search.queries import Found, search_everything
from throughline.search.saved import alert_page
from throughline.selectors.queries import kept_interest, kept_interests
from throughline.sharing.queries import request_list, request_page
from throughline.sharing.who import what_would_see, who_can_see
from throughline.tasking.one_bid import bid_page
from throughline.tasking.queries import bid_list
from throughline.telecoms.held import authority_list

P = Permission
ALL = 1000
"""More than there is of anything: a page as long as the list."""
SOME = 6
"""Of what is asked for one by one, each reader asks for so many: half of them open, half shut."""
FEW = 3
"""And of what takes long."""

Asked = Sequence[Planting]
Finds = Callable[[SurfaceWorld, Reader, Asked], Iterable[int]]


@dataclass(frozen=True)
class Surface:
    """One place where a planting may be come across: the numbers of those that a reader finds there, and who may.

    ``needs`` is what its query asks of a role; ``deep`` is of how many
    plantings a reader asks, where they are asked for one at a time; 0: of all at once.
    """

    name: str
    needs: Permission | None
    finds: Finds
    may: May
    deep: int = 0

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


def link_ref(world: SurfaceWorld, p: Planting) -> str:
    return world.links[p.n]


def _both_named(reader: Reader, ref: str) -> bool:
    page = link_page(reader, ref)
    return page is not None and bool(page.row.other)


@cache
def _page(reader: Reader, ref: str) -> ReportPage | None:
    return report_page(reader, ref)


@cache
def _hit(reader: Reader, ref: str) -> HitPage | None:
    return hit_page(reader, ref)


@cache
def search(reader: Reader, text: str, group: str = "") -> Found:
    return search_everything(reader, text, Narrowed(group=group))


def forget_pages() -> None:
    """What was opened is not kept from one proof to another."""
    for kept in (_page, _hit, search):
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
    return by_ref(lambda _, reader: (r.ref for r in search(reader, text, "reports").reports), report_ref)


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


def bids(reader: Reader, *, pile: str = "") -> list[str]:
    """References of the bids in the list."""
    return [row.ref for row in bid_list(reader, pile=pile, size=ALL).rows]


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


def line_says(reader: Reader, p: Planting, value: str) -> bool:
    page = line_page(reader, f"CL-{p.n}")
    return page is not None and value in {piece.value for piece in page.pieces}


def unowned(reader: Reader) -> LinePile:
    """The lines that nobody leads on, as the co-ordination desk of the nation has them."""
    return coordination_of(reader, scope=NATION, pile="unowned", size=ALL).piles[0]


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
    Surface("title of a report", P.REPORT_READ, on_page(lambda page: page.title), known, deep=SOME),
    Surface("text of an item", P.REPORT_READ, on_page(lambda page: [i.text for i in page.items if i.number == 1]),
            known, deep=SOME),
    Surface("text of an item under C", P.REPORT_READ,
            on_page(lambda page: [i.text for i in page.items if i.number == 2]), known_with_report, deep=SOME),
    Surface("selectors of an item", P.REPORT_READ, on_page(lambda page: [i.selectors for i in page.items]), known,
            deep=SOME),
    Surface("provenance", P.REPORT_READ, on_page(lambda page: page.provenance), known_with_report, deep=SOME),
    Surface("sensitive source", P.REPORT_READ, on_page(lambda page: page.about.sensitive_source), own_known, deep=SOME),
    Surface("history of a report", P.REPORT_READ, on_page(lambda page: page.history), own_known, deep=SOME),
    Surface("earlier version", P.REPORT_READ, each(tie), both_versions, deep=SOME),
    Surface("later version", P.REPORT_READ, each(tie_back), both_versions, deep=SOME),
    Surface("names of files", P.REPORT_READ,
            each(lambda _, r, p: [c for c in attachments_of(r, p.report) if c.item == 0]), known, deep=SOME),
    Surface("names of files under C", P.REPORT_READ,
            each(lambda _, r, p: [c for c in attachments_of(r, p.report) if c.item == 2]), known_with_report,
            deep=SOME),
    Surface("content of files", P.REPORT_READ,
            each(lambda w, r, p: open_attachment(r, report=p.report, ref=w.files[p.n, False])), known, deep=SOME),
    Surface("content of files under C", P.REPORT_READ,
            each(lambda w, r, p: open_attachment(r, report=p.report, ref=w.files[p.n, True])), known_with_report,
            deep=SOME),
    Surface("near reports before one is saved", P.REPORT_READ, by_ref(near, report_ref), known),
    Surface("reports that hold a value", P.REPORT_READ, each(lambda _, r, p: reports_holding(r, p.own)),
            when(lambda p: p.state != "received", own_known), deep=SOME),
    # Drafts and loads.
    Surface("drafts", None, all_said(lambda _, r: my_drafts(r)), writer),
    Surface("a draft opened", P.REPORT_ADD, each(lambda _, r, p: draft_typed(r, f"WEB-{p.n}")), writer, deep=SOME),
    Surface("loads", None, all_said(lambda _, r: load_cards(r)), loader),
    Surface("a load opened", None, each(lambda _, r, p: load_card(r, f"LO-{p.n}")), loader, deep=SOME),
    Surface("rejected rows", None, each(lambda _, r, p: refused_reports(r, f"LO-{p.n}")[0]), loader, deep=SOME),
    Surface("the error file", None, each(lambda _, r, p: refused_rows(r, f"LO-{p.n}")), loader, deep=SOME),
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
            deep=SOME),
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
    Surface("a hit opened", P.HIT_READ, on_hit(lambda p, _: p.word), told_of_hit, deep=SOME),
    Surface("sightings beside a hit", P.HIT_READ, on_hit(seen_at), both(told_of_hit, known), deep=SOME),
    Surface("reason for a judgement", P.HIT_READ, on_hit(side_of_owner), reads_judgement, deep=SOME),
    Surface("history of a hit", P.HIT_READ, on_hit(lambda _, page: page.history), reads_history, deep=SOME),
    Surface("thread of a hit", P.HIT_READ, on_hit(lambda _, page: page.thread), reads_thread, deep=SOME),
    Surface("second look that is asked, on its hit", P.HIT_READ, on_hit(lambda _, page: page.second_look_by),
            looks_again, deep=SOME),
    Surface("second looks", P.HIT_JUDGE, all_said(lambda _, r: second_looks(r)), looks_again),
    Surface("escalations", P.HIT_OVERSEE,
            by_ref(lambda _, r: (row.hit for row in overdue_in_region(r, size=ALL).rows), hit_ref), in_region),
    # People who may be one.
    Surface("links: both people", P.HIT_READ,
            by_ref(lambda _, r: (row.ref for row in link_list(r, size=ALL).rows if row.other), link_ref), linked),
    Surface("links: a pointer", P.HIT_READ,
            by_ref(lambda _, r: (row.ref for row in link_list(r, size=ALL).rows if row.pointed), link_ref),
            linked_elsewhere),
    Surface("links: the other's name", P.HIT_READ,
            lambda w, r, asked: {p.n for p in asked if _both_named(r, w.links[p.n])}, linked, deep=SOME),
    Surface("links: notices", P.NOTICE_READ,
            by_ref(lambda _, r: (n.thing_ref for n in notice_list(r, size=ALL, kind="link")[0]), link_ref),
            told_of_link),
    Surface("links: of a person who is asked about", P.HIT_READ,
            each(lambda _, r, p: links_with(r, [p.person])),
            lambda w, r, p: known(w, r, p) and (linked(w, r, p) or linked_elsewhere(w, r, p)), deep=SOME),
    # Search.
    Surface("search: reports", P.SEARCH_RUN, search_of_reports("lantern"), known),
    Surface("search: reports under C", P.SEARCH_RUN, search_of_reports("quarry"), known_with_report),
    Surface("search: values", P.SEARCH_RUN, all_said(lambda _, r: _values(r)), known),
    Surface("search: standing enquiries", P.SEARCH_RUN,
            by_ref(lambda _, r: (i.ref for i in search(r, "own.example").interests), lambda _, p: f"IN-{p.n}"),
            when(lambda _: True, lambda w, r, p: r.may(P.INTEREST_KEEP) and own_known(w, r, p))),
    Surface("search: hits", P.SEARCH_RUN,
            by_ref(lambda _, r: (h.ref for h in search(r, "pair.example").hits), hit_ref),
            lambda w, r, p: told_of_hit(w, r, p) and (may_know(r, p.terms) or may_know(r, p.partner_terms))),
    Surface("search: variants of a name", P.SEARCH_RUN, each(by_variant), known, deep=SOME),
    Surface("search: what may be meant", P.SEARCH_RUN, each(meant), known, deep=SOME),
    Surface("saved search: reports found", P.SEARCH_RUN, all_said(alert_texts("reports")), alerted("reports")),
    Surface("saved search: values found", P.SEARCH_RUN, all_said(alert_texts("values")), alerted("values")),
    Surface("saved search: what was once found", P.SEARCH_RUN, all_said(alert_texts(PAST)), known),
    # Call data.
    Surface("authorities", P.CALLS_READ,
            by_ref(lambda _, r: (row.ref for row in authority_list(r)), lambda _, p: f"CD-{p.n}"), known),
    # County lines.
    Surface("county lines", P.LINE_READ,
            by_ref(lambda _, r: (row.ref for row in line_list(r, size=ALL).rows), lambda _, p: f"CL-{p.n}"),
            known_by_a_piece),
    Surface("county lines by a town", P.LINE_READ, each(lambda _, r, p: line_list(r, area=p.word).rows),
            known_by_a_piece, deep=SOME),
    Surface("what is said of a line", P.LINE_READ, each(lambda _, r, p: line_says(r, p, p.word)), known, deep=SOME),
    Surface("what is said of a line under C", P.LINE_READ, each(lambda _, r, p: line_says(r, p, f"{p.word} under C")),
            known_under_c, deep=SOME),
    Surface("lines on which a value stands", P.LINE_READ, each(lambda _, r, p: lines_with(r, [p.person])), known,
            deep=SOME),
    Surface("lines by score", P.LINE_READ,
            by_ref(lambda _, r: (one.row.ref for one in ranked_lines(r, size=ALL).rows), lambda _, p: f"CL-{p.n}"),
            known_by_a_piece),
    Surface("lines that nobody leads on", P.HIT_OVERSEE,
            by_ref(lambda _, r: (one.row.ref for one in unowned(r).rows), lambda _, p: f"CL-{p.n}"),
            known_by_a_piece),
    Surface("proposed lines", None,
            by_ref(lambda _, r: (one.ref for one in proposed_lines(r, size=ALL)), lambda _, p: f"CL-{p.n}"),
            known_by_a_piece),
    # Networks.
    Surface("networks", P.LINE_READ,
            by_ref(lambda _, r: (row.ref for row in network_list(r, size=ALL)[0]), lambda _, p: f"NW-{p.n}"), known),
    Surface("a network opened", P.LINE_READ, each(lambda _, r, p: network_page(r, f"NW-{p.n}")), known, deep=SOME),
    Surface("key people of a network", P.LINE_READ, each(lambda _, r, p: key_people(r, f"NW-{p.n}")), known, deep=SOME),
    Surface("chart of a network", P.LINE_READ, each(lambda _, r, p: network_chart(r, f"NW-{p.n}")), known, deep=SOME),
    # Bids for tasking.
    Surface("bids", P.TASK_READ, by_ref(lambda _, r: bids(r), lambda _, p: f"BD-{p.n}"), known),
    Surface("overdue bids", P.TASK_READ, by_ref(lambda _, r: bids(r, pile="overdue"), lambda _, p: f"BD-{p.n}"), known),
    Surface("a bid opened", P.TASK_READ, each(lambda _, r, p: bid_page(r, f"BD-{p.n}")), known, deep=SOME),
    # Disruptions.
    Surface("disruptions", P.TASK_READ,
            by_ref(lambda _, r: (row.ref for row in disruption_list(r, size=ALL)[0]), lambda _, p: f"DS-{p.n}"), known),
    # Operations.
    Surface("operations", P.TASK_READ,
            by_ref(lambda _, r: (row.ref for row in operation_list(r, size=ALL)[0]), lambda _, p: f"OP-{p.n}"), known),
    Surface("an operation opened, with its pack", P.TASK_READ,
            each(lambda _, r, p: (found := operation_page(r, f"OP-{p.n}")) and found.packs), known, deep=SOME),
    Surface("a board", P.TASK_READ, each(lambda _, r, p: week_board(r, f"OP-{p.n}")), known, deep=SOME),
    Surface("weeks compared", P.TASK_READ, each(lambda _, r, p: weeks_compared(r, f"OP-{p.n}", f"OP-{p.n}")), known,
            deep=SOME),
    Surface("a return", P.TASK_READ,
            each(lambda _, r, p: (found := return_page(r, f"OP-{p.n}", p.code.upper(), DAY)) and found.versions),
            known, deep=SOME),
    Surface("link charts", P.LINE_READ,
            by_ref(lambda _, r: (row.ref for row in chart_list(r, size=ALL)[0]), lambda _, p: f"CH-{p.n}"), known),
    Surface("what stands on a link chart", P.LINE_READ,
            each(lambda _, r, p: (found := chart_page(r, f"CH-{p.n}")) and found.spots), known, deep=SOME),
    # Custody and clocks.
    Surface("arrests", P.CUSTODY_READ,
            by_ref(lambda _, r: (row.ref for row in arrest_list(r, size=ALL)[0]), lambda _, p: f"AR-{p.n}"), known),
    Surface("an arrest opened", P.CUSTODY_READ, each(lambda _, r, p: arrest_page(r, f"AR-{p.n}")), known, deep=SOME),
    Surface("clocks", P.NOTICE_READ,
            by_ref(lambda _, r: (row.ref for row in running_clocks(r, size=ALL)), lambda _, p: f"CL-{p.n}"), known),
    # Court orders.
    Surface("orders", P.ORDER_READ,
            by_ref(lambda _, r: (row.ref for row in order_list(r, size=ALL)[0]), lambda _, p: f"CO-{p.n}"), known),
    Surface("an order opened", P.ORDER_READ, each(lambda _, r, p: order_page(r, f"CO-{p.n}")), known, deep=SOME),
    # Safeguarding.
    Surface("concerns", P.CONCERN_READ,
            by_ref(lambda _, r: (row.ref for row in concern_list(r, size=ALL)[0]), lambda _, p: f"SG-{p.n}"), known),
    Surface("a concern opened", P.CONCERN_READ, each(lambda _, r, p: concern_page(r, f"SG-{p.n}")), known, deep=SOME),
    # Planned events.
    Surface("planned events", P.EVENT_READ,
            by_ref(lambda _, r: events(r), lambda _, p: f"EV-{p.n}"), own_known),
    Surface("a planned event opened", P.EVENT_READ, each(lambda _, r, p: event_page(r, f"EV-{p.n}")), own_known,
            deep=SOME),
    Surface("events past their end", None, all_said(lambda _, r: overdue_events(r, size=ALL)),
            when(lambda p: p.is_late, own_known)),
    Surface("warning at an event", P.EVENT_READ,
            by_ref(lambda _, r: events(r, is_warned=True), lambda _, p: f"EV-{p.n}"), warned),
    Surface("warning to who plans beside it", P.EVENT_READ, by_ref(lambda _, r: events(r, is_warned=True), beside),
            warned_beside),
    Surface("whom to ring beside an event", P.EVENT_READ, each(neighbour), warned_beside, deep=SOME),
    # Requests for access.
    Surface("requests", P.REQUEST_MAKE, all_said(lambda _, r: request_list(r, size=ALL)), party),
    Surface("a request opened", P.REQUEST_MAKE, each(lambda _, r, p: request_page(r, f"RQ-{p.n}")), party, deep=SOME),
    # Notices.
    Surface("notices", P.NOTICE_READ, all_said(lambda _, r: _told(r, "circulation")), notified),
    Surface("notices that wait", None, all_said(lambda _, r: [n.text for n in oldest_unread(r, size=ALL)
                                                             if n.kind == "circulation"]), notified),
    Surface("notices of an enquiry", P.NOTICE_READ, all_said(lambda _, r: _told(r, "enquiry")), of_owner),
    Surface("notices of a note", P.NOTICE_READ,
            by_ref(lambda _, r: (text.split()[-1] for text in _told(r, "note")), hit_ref), hears_of_note),
    # Who can see this, and why.
    Surface("who can see a report", None, each(lambda _, r, p: who_can_see(r, "report", p.report)),
            may_ask_who(known), deep=FEW),
    Surface("who can see an item under C", None, each(lambda _, r, p: who_can_see(r, "item", f"{p.report}/2")),
            may_ask_who(known_under_c), deep=FEW),
    Surface("who can see a standing enquiry", None, each(lambda _, r, p: who_can_see(r, "interest", f"IN-{p.n}")),
            may_ask_who(known), deep=FEW),
    Surface("who can see a hit", None, each(lambda w, r, p: who_can_see(r, "hit", w.hits[p.n])), may_ask_who_hit,
            deep=FEW),
    Surface("what somebody of a role would see", None, each(verdict), as_their_role, deep=FEW),
)  # fmt: skip
"""Every surface, in the order of the pages."""


def _values(reader: Reader) -> list[str]:
    """The values that a search shows."""
    return ["".join(piece.text for piece in one.shown) for one in search(reader, "own.example").values]


def _told(reader: Reader, kind: str) -> list[str]:
    """What the notices of a kind say."""
    return [card.text for card in notice_list(reader, size=ALL, kind=kind)[0]]
