"""The canary crawl of every reading query and command: a planted word reaches nobody whom the oracle shuts out."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from tests.cast import Cast, assemble
from tests.clashes.planning import NEARBY, plan
from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.journal import journal_page
from throughline.access.queries import people_page
from throughline.access.reader import NotAllowed, Reader
from throughline.clashes.models import PlannedEvent
from throughline.clashes.queries import event_list, event_page, overdue_events
from throughline.cli import main
from throughline.intelligence.attachments import attach_file, attachments_of, open_attachment
from throughline.intelligence.drafts import draft_count, draft_typed, my_drafts, save_draft
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Attachment, Item, Report
from throughline.intelligence.near_reports import near_reports
from throughline.intelligence.queries import (
    item_report,
    own_reports,
    report_list,
    report_page,
    reports_waiting,
)
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.intelligence.workflow import REPORT
from throughline.kernel import clock, outbox
from throughline.lines.queries import check_back_count, proposed_count
from throughline.loads.queries import loads_waiting
from throughline.matching.groups import hit_groups
from throughline.matching.models import Hit, HitEscalation
from throughline.matching.overdue import overdue_count, overdue_in_region
from throughline.matching.queries import chosen_hits, hit_list, hit_page, recent_enquiries, waiting_hits
from throughline.matching.services import judge_hit, run_check
from throughline.matching.thread import write_note
from throughline.matching.together import judge_hits, looks_waiting, second_looks
from throughline.notices.models import Notice
from throughline.notices.queries import notice_list, oldest_unread, unread_count
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.models import AccessRequest
from throughline.sharing.queries import request_list, request_page
from throughline.sharing.services import ask_for_access, refuse_access

SHARED, HUSHED, LATE = (f"phone:0770090012{n}" for n in (3, 4, 5))
EVERYBODY = {"aisha", "ben", "mia", "carys", "dev", "ewa", "grace", "ivan", "harry"}
OWNERS = {"aisha", "dev"}
CIRCLE = OWNERS | {"ben", "mia"}
TRAINED = OWNERS | {"mia"}

MAY: dict[str, set[str]] = {
    # A report of Norfolk's, circulated to the Met alone; its second item is under C with A1, for intelligence roles.
    "canarytitle": CIRCLE, "canarytext": CIRCLE, "canaryselector": CIRCLE, "canarycontact": CIRCLE,
    "canaryauthor": CIRCLE, "canaryorigin": OWNERS,
    "canarycondtext": TRAINED, "canaryinstructions": TRAINED, "canarycondselector": TRAINED,
    # A file of that report, and one of its second item.
    "canaryfile": CIRCLE, "canarycontent": CIRCLE, "canarycondfile": TRAINED, "canarycondcontent": TRAINED,
    # A second report, graded and shown to nobody.
    "canaryheld": OWNERS, "canaryheldtext": OWNERS, "canaryheldselector": OWNERS, "canaryheldorigin": OWNERS,
    # A third, not yet graded.
    "canarywaiting": OWNERS, "canarywaitingtext": OWNERS, "canarywaitingselector": OWNERS,
    # A silent interest of Norfolk's; the reason given for an act is for the auditor of the body too.
    "canaryinterest": OWNERS | {"grace"}, "canarysilent": OWNERS,
    # A report that the Met's officer has not finished writing: the officer's alone.
    "canarydraft": {"ben"}, "canarydrafttext": {"ben"},
    # The Met checks a number of both Norfolk's and ERSOU's: its own people know why, and each holder is told.
    "canaryenquiry": {"mia", "ben", "carys"} | OWNERS,
    # Norfolk and ERSOU share a number: each reads the other's decision, Norfolk's auditor Norfolk's own.
    # Norfolk plans an event, the Met one nearby, and ERSOU a silent one: each is told no more than a desk to ring.
    "canaryevent": OWNERS, "canarycall": OWNERS, "canaryplan": {"grace"},
    "canaryvisit": {"mia", "ben"}, "canarysecret": {"carys"},
    # The Met asks ERSOU for what that check pointed to, and is refused.
    "canaryasked": {"mia", "ben", "carys"}, "canaryrefused": {"mia", "ben", "carys"},
    "canaryjudgement": OWNERS | {"carys", "grace"}, "canarynotice": OWNERS,
    # Each writes on that hit; on another, which a silence keeps from ERSOU, Norfolk writes for itself.
    # What neither side answers is told to the co-ordinators of their regions: Norfolk's is ERSOU, ERSOU's the centre.
    "canaryescalation": {"carys"},
    # Before Norfolk dismisses that one, a second person of its own is to look.
    "canarylook": OWNERS | {"grace"},
    "canarythread": OWNERS | {"carys"}, "canarysilentthread": OWNERS,
}  # fmt: skip
"""The oracle, canary by canary."""


@pytest.fixture(scope="module")
def planted(shared_house: Instance) -> Instance:
    """A canary in every protected field."""
    aisha, mia, carys = (someone(name) for name in ("analyst@norf", "analyst@mps", "coordinator@ersou"))
    open_grade = grade_from(source="1", assessment="A", handling="P")
    closed_grade = grade_from(
        source="1", assessment="A", handling="C", action="A1", sanitisation="S2", instructions="canaryinstructions",
    )  # fmt: skip
    items = (
        ItemDraft(
            1, "canarytext sings", open_grade, (parse("email:canaryselector@shop.example"), parse(SHARED)), 2
        ),
        ItemDraft(
            2, "canarycondtext sings", closed_grade, (parse("email:canarycondselector@shop.example"),), 3
        ),
    )
    draft = ReportDraft("canaryorigin", date(2026, 10, 1), "canarytitle", Classification.OFFICIAL_SENSITIVE,
                        Circulation(bodies=("MPS",)), items, (2, 3))  # fmt: skip
    ref = record_reports(by=aisha, drafts=[draft])[0].ref
    Report.objects.using("owner").filter(ref=ref).update(contact="canarycontact", recorded_by="canaryauthor")
    attach_file(by=aisha, report=ref, item=0, name="canaryfile.txt", content=b"canarycontent")
    attach_file(by=aisha, report=ref, item=2, name="canarycondfile.txt", content=b"canarycondcontent")
    file_report(aisha, "canaryheldorigin", title="canaryheld", text="canaryheldtext sings",
                selectors=["email:canaryheldselector@shop.example"])  # fmt: skip
    ungraded = ItemDraft(
        1, "canarywaitingtext sings", None, (parse("email:canarywaitingselector@shop.example"),), 2
    )
    record_reports(by=aisha, drafts=[ReportDraft("W", date(2026, 10, 1), "canarywaiting", Classification.OFFICIAL,
                                                 Circulation(everyone=True), (ungraded,), (2,))])  # fmt: skip
    keep_interest(
        by=aisha, selector=parse("email:canarysilent@shop.example"), why="canaryinterest", silent=True
    )
    save_draft(
        by=someone("officer@mps"), ref="WEB-2222-2222",
        typed={"title": ["canarydraft"], "text_1": ["canarydrafttext sings"]},
    )  # fmt: skip
    file_report(carys, "E1", selectors=[SHARED], title="Shared", text="A line")
    outbox.drain()
    run_check(by=mia, selector=parse("email:canarycondselector@shop.example"), why="x")
    pointed = run_check(by=mia, selector=parse(SHARED), why="canaryenquiry")[0].enquiry
    outbox.drain()
    plan(aisha, what="canaryevent", contact="canarycall", why="canaryplan")
    plan(someone("coordinator@ersou"), NEARBY, what="canarysecret", silent=True)
    plan(mia, NEARBY, what="canaryvisit")
    outbox.drain()
    hit = hit_list(aisha).rows[0].ref
    judge_hit(by=aisha, ref=hit, verb="dismiss", reason="other", note="canaryjudgement")
    write_note(by=carys, hit=hit, text="canarythread")
    keep_interest(by=aisha, selector=parse(HUSHED), why="x", silent=True)
    file_report(carys, "E2", selectors=[HUSHED], title="Hushed", text="A line")
    outbox.drain()
    hushed = Hit.objects.using("owner").get(key=parse(HUSHED).key).ref
    write_note(by=aisha, hit=hushed, text="canarysilentthread")
    outbox.drain()
    Notice.objects.using("owner").filter(body=aisha.body, kind="hit").update(text="canarynotice")
    asked = ask_for_access(by=mia, source_ref=pointed, body="ERSOU", why="canaryasked")
    outbox.drain()
    refuse_access(by=carys, ref=str(asked), reason="other", words="canaryrefused")
    outbox.drain()
    for holder in (aisha, mia):
        file_report(holder, "Late", selectors=[LATE], title="Late", text="A line")
    outbox.drain()
    (late,) = (row.ref for row in hit_list(aisha).rows if row.shown == parse(LATE).shown)
    judge_hits(by=aisha, refs=[late], verb="dismiss", reason="other", note="canarylook", second_look=True)
    _let_answers_pass()
    assert outbox.failed() == 0
    return shared_house


def _about_to_be_recorded() -> ReportDraft:
    """A report that holds every selector planted, on the same day."""
    named = (f"email:{word}@shop.example" for word in MAY if word.endswith("selector"))
    item = ItemDraft(1, "It sings.", None, tuple(map(parse, [SHARED, *named])), 2)
    return ReportDraft(
        "NEAR", date(2026, 10, 1), "Near", Classification.OFFICIAL, Circulation(), (item,), (2,)
    )


def _let_answers_pass() -> None:
    """Every clock runs out, so that the regions are told."""
    with clock.stopped(clock.now() + timedelta(days=30)):
        outbox.drain()
    HitEscalation.objects.using("owner").update(hit=Concat("hit", Value(" canaryescalation")))


def _queries(reader: Reader) -> list[Callable[[], Any]]:
    """Every way of reading, with every reference there is."""
    owner = "owner"
    reports = list(Report.objects.using(owner).values_list("ref", flat=True))
    items = list(Item.objects.using(owner).values_list("ref", flat=True))
    events = list(PlannedEvent.objects.using(owner).values_list("ref", flat=True))
    hits = list(Hit.objects.using(owner).values_list("ref", flat=True))
    files = Attachment.objects.using(owner).values_list("report__ref", "ref")
    requests = list(AccessRequest.objects.using(owner).values_list("ref", flat=True))
    return [
        *(lambda ref=ref: attachments_of(reader, ref) for ref in reports),
        *(
            lambda report=report, ref=ref: open_attachment(reader, report=report, ref=ref)
            for report, ref in files
        ),
        lambda: report_list(reader, size=500),
        *(
            lambda word=word: report_list(reader, text=word, size=500)
            for word in ("sings", "canarytitle", "line")
        ),
        *(
            lambda state=state: report_list(reader, state=state)
            for state in ("received", "graded", "circulated")
        ),
        lambda: report_list(reader, owner="NORF"),
        lambda: reports_waiting(reader),
        *(lambda state=state: own_reports(reader, state=state) for state in ("", *REPORT.states)),
        lambda: proposed_count(reader, cap=500),
        lambda: check_back_count(reader, cap=500),
        *(lambda ref=ref: report_page(reader, ref) for ref in reports),
        *(lambda ref=ref: item_report(reader, ref) for ref in items),
        lambda: near_reports(reader, _about_to_be_recorded(), size=500),
        lambda: draft_count(reader),
        lambda: my_drafts(reader),
        lambda: draft_typed(reader, "WEB-2222-2222"),
        *(lambda state=state: hit_list(reader, state=state) for state in ("", "raised", "dismissed")),
        *(lambda ref=ref: hit_page(reader, ref) for ref in hits),
        lambda: event_list(reader, size=500),
        lambda: event_list(reader, standing=False, size=500),
        lambda: overdue_events(reader, size=500),
        *(lambda ref=ref: event_page(reader, ref) for ref in events),
        lambda: waiting_hits(reader),
        lambda: overdue_in_region(reader, size=500),
        lambda: overdue_count(reader),
        lambda: chosen_hits(reader, hits),
        lambda: hit_groups(reader, state="", size=500),
        lambda: second_looks(reader),
        lambda: looks_waiting(reader, size=500),
        lambda: loads_waiting(reader),
        lambda: notice_list(reader, size=500),
        lambda: notice_list(reader, unread_only=True),
        lambda: oldest_unread(reader, size=500),
        lambda: unread_count(reader),
        lambda: kept_interests(reader),
        lambda: recent_enquiries(reader, size=500),
        lambda: request_list(reader, size=500),
        *(lambda ref=ref: request_page(reader, ref) for ref in requests),
        lambda: people_page(reader, size=500),
        lambda: journal_page(reader, size=500),
    ]


def _read_all(reader: Reader) -> str:
    heard = []
    for query in _queries(reader):
        try:
            heard.append(repr(query()))
        except NotAllowed as refusal:
            heard.append(str(refusal))
    return "\n".join(heard).lower()


def _canaries(text: str) -> set[str]:
    return {word for word in MAY if re.search(rf"{word}\b", text)}


def _people(cast: Cast) -> dict[str, Reader]:
    return {name: getattr(cast, name) for name in sorted(EVERYBODY)}


def test_no_query_lets_a_canary_out(planted: Instance) -> None:
    for name, reader in _people(assemble()).items():
        heard = _canaries(_read_all(reader))
        assert heard <= {word for word, may in MAY.items() if name in may}, name


def test_the_crawl_would_have_found_them(planted: Instance) -> None:
    """Each canary sings to somebody, or the crawl proves nothing."""
    heard = {name: _canaries(_read_all(reader)) for name, reader in _people(assemble()).items()}
    assert heard["harry"] == heard["ivan"] == heard["ewa"] == set()
    assert set().union(*heard.values()) == set(MAY)
    assert heard["aisha"] == {word for word, may in MAY.items() if "aisha" in may}
    assert {"canarytitle", "canarytext"} <= heard["ben"]
    assert "canarycondtext" in heard["mia"]


def test_no_check_by_the_command_lets_a_canary_out(
    planted: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [
        "email:canaryselector@shop.example", "email:canarycondselector@shop.example",
        "email:canaryheldselector@shop.example", "email:canarysilent@shop.example",
        "email:canarywaitingselector@shop.example", SHARED,
    ]  # fmt: skip
    degrees: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for name, reader in _people(assemble()).items():
        for number, value in enumerate(typed):
            status = main(["check", value, "--as", reader.username, "--why", "a crawl", "--json"])
            out, err = capsys.readouterr()
            if name in ("grace", "ivan"):
                assert (status, out) == (1, "")
                assert "canary" not in err
                continue
            holdings = json.loads(out)["holdings"]
            assert "canary" not in json.dumps(holdings)
            degrees[name, number] = [(h["degree"], h["body"]) for h in holdings]
    content, pointer = [("content", "NORF")], [("existence", "NORF")]
    for name in EVERYBODY - {"grace", "ivan"}:
        assert degrees[name, 0] == (content if name in CIRCLE else pointer), name
        assert degrees[name, 1] == (content if name in TRAINED else pointer), name
        assert degrees[name, 2] == (content if name in OWNERS else pointer), name
        assert degrees[name, 3] == (content if name in OWNERS else []), name
        assert degrees[name, 4] == [], "what no one has graded is not matched"
    assert degrees["harry", 5] == [("existence", "ERSOU"), ("existence", "NORF")]


def test_no_other_command_lets_a_canary_out(planted: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        ["journal", "verify"],
        ["journal", "verify", "--json"],
        ["flow", "drain"],
        ["flow", "drain", "--json"],
    ):
        assert main(command) == 0
        out, err = capsys.readouterr()
        assert "canary" not in out + err


def test_a_file_loaded_by_another_body_tells_nothing_of_ours(
    planted: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reference, the words and the selectors of Norfolk's report come in from Kent: nothing says they are held."""
    file = planted.folder / "kent.csv"
    header = ("report,date_of_intelligence,title,item,text,source,assessment,handling,action,sanitisation,instructions,"
              "marking,circulation,selectors\n")  # fmt: skip
    row = "canaryorigin,2026-10-01,T,1,Words,1,A,P,,,,OFFICIAL,,{}\n"
    answers = []
    for name, selector in (
        ("canaryorigin", "email:canarysilent@shop.example"),
        ("other", "email:none@shop.example"),
    ):
        file.write_text(header + row.format(selector).replace("canaryorigin", name))
        assert main(["load", "reports", str(file), "--as", "analyst@kent", "--json"]) == 0
        given = json.loads(capsys.readouterr().out)
        answers.append({key: given[key] for key in ("read", "kept", "rejected", "unchanged", "hits_raised")})
    assert answers[0] == answers[1] == {"read": 1, "kept": 1, "rejected": 0, "unchanged": 0, "hits_raised": 0}
    typed = {word for word in MAY if word.endswith(("selector", "origin", "silent"))}
    assert _canaries(_read_all(someone("analyst@kent"))) <= typed
