"""The application's own connection with nobody reading: no row opens, and its role can break nothing."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DataError
from django.test import override_settings
from psycopg import sql

from tests.clashes.planning import NEARBY, plan
from tests.cli.files import csv_text
from tests.custody.making import on_bail
from tests.inside import file_report, someone
from tests.instance import Instance
from tests.intelligence.test_versions import draft
from tests.interop.machines import ROW, caller, collection, post
from tests.lines.keeping import an_item, closed, keep, says
from tests.network.folders import KITE_EDGES, write
from tests.operations.planned import CENTRE, CHAIR, MONDAY, sent, under_way
from tests.operations.test_disruptions import claimed
from tests.orders.making import authorised, drafted, granted
from tests.rights.asking import decided as decided_on
from tests.rights.asking import gathered
from tests.safeguarding.caring import assessed, raised, went_missing
from tests.safeguarding.test_partners import disclosed, joined
from tests.tasking.bidding import bid, decided, done, offered
from tests.tasking.planned import TO_NORFOLK, give_days, proposed
from tests.telecoms.calling import watched, write_calls
from throughline.access.pace import Limit, spend
from throughline.access.permissions import Role
from throughline.access.reader import Reader, reading
from throughline.access.second_factor import begin_second_factor
from throughline.access.services import change_roles
from throughline.access.sessions import open_session
from throughline.access.sign_on import join_subject
from throughline.config.database import APP_ROLE, ENGINE_ROLE
from throughline.config.rules import LOCKED, marked_tables
from throughline.custody.services import note_breach
from throughline.intelligence.about import About, Provenance
from throughline.intelligence.attachments import attach_file
from throughline.intelligence.drafts import save_draft
from throughline.intelligence.grading import grade_from
from throughline.intelligence.report_layout import STANDARD
from throughline.intelligence.services import record_reports
from throughline.intelligence.versions import sanitise_report
from throughline.kernel import clock, outbox
from throughline.lines.merging import keep_apart, merge_lines
from throughline.lines.queries import line_page
from throughline.loads.services import begin_load, keep_upload, lay_out_load
from throughline.matching.blind.asking import answer_blind, blind_pairs
from throughline.matching.blind.loading import load_encodings
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.people.judging import judge_link
from throughline.matching.people.links import link_list
from throughline.matching.people.model import unlearnt
from throughline.matching.people.rules import state_identifier_rule
from throughline.matching.places.judging import judge_places
from throughline.matching.queries import hit_list
from throughline.matching.services import judge_hit, run_check
from throughline.matching.thread import write_note
from throughline.matching.together import judge_hits
from throughline.network.chart.services import open_chart
from throughline.network.chart.spots import Spot
from throughline.network.services import load_network
from throughline.notices.services import gather_notices
from throughline.operations.packs import add_pack, give_duty
from throughline.operations.planning import move_operation
from throughline.operations.publishing import publish_operation
from throughline.operations.returning import save_return_draft
from throughline.orders.drafting import put_evidence
from throughline.retention.services import dispose_of, place_hold, propose_disposal
from throughline.safeguarding.both_sides import record_status
from throughline.safeguarding.partners import send_message
from throughline.safeguarding.referring import draft_referral
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.services import ask_for_access
from throughline.tasking.answering import decline_bid
from throughline.tasking.asking import set_aside
from throughline.tasking.proposing import Saying
from throughline.telecoms.findings import rest_finding_on
from throughline.telecoms.loading import load_calls
from throughline.telecoms.models import Authority

ENGINE_ALONE = (
    "access_pace", "matching_holding", "search_value", "matching_person", "matching_person_code", "matching_link",
    "matching_link_weight", "matching_link_side", "matching_link_model",
    "matching_blind_record", "matching_blind_link", "telecoms_finding",
)  # fmt: skip
"""The application may not even ask these."""
PROTECTED = sorted({*LOCKED, *marked_tables(), "access_marking"})


@pytest.fixture(scope="module")
def lived_in(shared_house: Instance, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance with something in every protected table."""
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    _account(norfolk)
    gather_notices(by=norfolk, kinds=["circulation"])
    ref = file_report(norfolk, "N1", selectors=["phone:07700900123"], bodies=["KENT"])
    attach_file(by=norfolk, report=ref, item=1, name="a.txt", content=b"A file")
    about = About(
        sensitive_source="U1",
        provenance=Provenance("Seen twice.", grade_from(source="1", assessment="A", handling="P")),
    )
    record_reports(by=norfolk, drafts=[replace(draft("N2"), about=about)])
    sanitise_report(by=norfolk, ref=ref, items=[1], draft=draft("N3"))
    file_report(kent, "K1", selectors=["phone:07700900123"], everyone=True)
    save_search(by=norfolk, name="Calls", text="07700900123", narrowed=Narrowed())
    keep_interest(by=norfolk, selector=parse("phone:07700900124"), why="A reason", silent=True)
    run_check(by=kent, selector=parse("phone:07700900123"), why="A reason")
    ask_in_bulk(by=kent, values=sort_list(typed_lines("phone:07700900123")), why="A reason")
    save_draft(by=norfolk, ref="WEB-2222-2222", typed={"title": ["A draft"]})
    outbox.drain()
    london = someone("analyst@mps")
    pointed = run_check(by=london, selector=parse("phone:07700900123"), why="A reason")[0].enquiry
    assert ask_for_access(by=london, source_ref=pointed, body="NORF", why="A reason")
    hit = hit_list(norfolk).rows[0].ref
    write_note(by=norfolk, hit=hit, text="Is he yours?")
    judge_hits(by=norfolk, refs=[hit], verb="dismiss", reason="known", second_look=True)
    judge_hit(by=norfolk, ref=hit, verb="confirm")
    with clock.stopped(clock.now() + timedelta(days=30)):
        outbox.drain()  # Kent has not answered
    plan(norfolk)
    plan(london, NEARBY)
    _bid(norfolk)
    _week(someone("manager@norf"))
    _plan(norfolk)
    content = csv_text({}, {"report": "N9", "source": "9"}).encode()
    load = keep_upload(by=norfolk, filename="a.csv", size=len(content), chunks=[content])
    lay_out_load(by=norfolk, ref=load, layout=STANDARD, save_as="Ours")
    begin_load(by=norfolk, ref=load, verb="try")
    outbox.drain()
    calls = write_calls(
        tmp_path_factory.mktemp("calls") / "calls.csv", [(1, "07700900123", "07700900124", 3)]
    )
    load_calls(by=norfolk, paths=[calls], authority="OP-1")
    watched(norfolk)
    with reading(norfolk):
        rest_finding_on([Authority.objects.get(ref="OP-1").pk], item="N1/1")
    kite = write(tmp_path_factory.mktemp("network"), edges=KITE_EDGES)
    load_network(by=norfolk, folder=kite, name="Kite")
    open_chart(by=norfolk, start=Spot("phone", parse("phone:07700900123").key))
    manager = someone("manager@norf")
    line, other, third = (
        closed(manager, clock.today(), name="Line"),
        keep(manager, "Other"),
        keep(manager, "Third"),
    )
    merge_lines(by=manager, kept=line, gone=other, why="A reason")
    keep_apart(by=manager, one=line, other=third, why="A reason")
    _link(norfolk)
    _dispose(norfolk, manager)
    assert outbox.failed() == 0
    return shared_house


def _dispose(norfolk: Reader, manager: Reader) -> None:
    """A report that was held, one that was disposed of, and a request on a person."""
    kept, gone = (file_report(norfolk, name) for name in ("H1", "H2"))
    place_hold(by=norfolk, ref=kept, asked_by="A court", why="A reason")
    propose_disposal(by=norfolk, ref=gone, reason="not needed")
    dispose_of(by=manager, ref=gone)
    decided_on(norfolk, gathered(norfolk, values=("phone:07700900123",)))


def _link(norfolk: Reader) -> None:
    """People who may be one, judged, by a rule and blind."""
    for name in ("Sam", "Samuel"):
        file_report(norfolk, name, selectors=[f"person:Example, {name}, 2001-05-03"])
    outbox.drain()
    judge_link(by=norfolk, ref=link_list(norfolk).rows[0].ref, verdict="same", why="A reason")
    doors = [parse(f"address:{flat} 12 Mill Lane, NR1 1AA") for flat in ("Flat 3,", "Flat 3A,")]
    for n, door in enumerate(doors):
        file_report(norfolk, f"D{n}", selectors=[f"address:{door.shown}"])
    judge_places(by=norfolk, one=doors[0].key, other=doors[1].key, verdict="same", why="A reason")
    for code in ("norf", "mps"):
        load_encodings(by=someone(f"analyst@{code}"), ids=["1"], packed=[bytes(128)], made_by="a key")
    outbox.drain()
    answer_blind(by=norfolk, ref=blind_pairs(norfolk)[0][0].ref, verdict="same", why="A reason")
    state_identifier_rule(by=someone("admin@norf"), starts_on=clock.today(), why="A reason")
    with connection.cursor() as cursor:
        learnt = unlearnt()
        cursor.execute(
            "select matching_link_learn(%s, %s, 0, %s)", [learnt.name, learnt.as_json(), clock.now()]
        )


def _week(by: Reader) -> None:
    claimed()
    week, day = under_way(), "3 November 2026"
    add_pack(by=by, ref=week, title="A pack", words="A reason", line=keep(by, "P1"))
    give_duty(by=by, ref=week, day=day, body="NORF", who="A team", what="A warrant")
    save_return_draft(by=by, ref=week, day=MONDAY, typed={"arrests": "4"})
    sent("manager@mps", week, arrests="4")
    move_operation(by=someone(CENTRE), ref=week, verb="conclude", why="A reason")
    publish_operation(by=someone(CHAIR), ref=week, lead="", why="A reason")
    _order(by)
    _arrest()
    draft_referral(by=someone("safeguarding@norf"), ref=(concern := assessed(raised())))
    went_missing(concern)
    disclosed(concern, joined())
    send_message(by=someone("partner@norf"), words="A boy of ours")
    _status(by)


def _status(by: Reader) -> None:
    """What somebody in a line was in law."""
    line, item = (
        keep(by, "S1", said=[says("person:Example, Alex, 2011-05-03", detail="runner")]),
        an_item(by, "S2"),
    )
    found = line_page(by, line)
    assert found
    piece = next(one.ref for one in found.pieces if one.statement == "role")
    record_status(
        by=by, line=line, piece=piece, status="victim", from_on=None, to_on=None, item=item, words=""
    )


def _order(by: Reader) -> None:
    """An order on a number that Kent holds, with evidence: so Kent is asked."""
    number = "phone:07700900304"
    file_report(someone("analyst@kent"), "K9", selectors=[number])
    outbox.drain()
    ref = drafted(line=keep(by, "O1"), number=number)
    put_evidence(
        by=someone("orders@norf"), ref=ref, source_ref="E1", grade="1AP", says="A text", disclosure="yes"
    )
    with clock.stopped(clock.now() + timedelta(days=3)):  # Kent's time to answer is over
        authorised(ref)
        granted(ref)


def _arrest() -> None:
    """Somebody on bail who broke it."""
    ref = on_bail()
    note_breach(by=someone("officer@norf"), ref=ref, what="A condition", done="A warning", at=clock.now())


def _bid(by: Reader) -> None:
    asked, kent = bid(by, line=keep(by, "B1")), someone("manager@kent")
    decided(asked)
    offered(asked, "KENT")
    decline_bid(by=kent, ref=asked, reason="capacity", words="No", route="again")
    set_aside(by=by, line=keep(by, "B2"), cause="score", why="A plan is in place")
    offered(asked, "KENT")
    done(asked, by=kent.username)


def _account(of: Reader) -> None:
    """An open session, a second factor, an account that a single sign-on opens, and a machine that wrote."""
    post(
        caller(),
        "/reports",
        {"rows": [ROW | {"selectors": [], "circulation": []}]},
        **{"Idempotency-Key": "a"},
    )
    caller().get(f"/taxii2/reports/collections/{collection('')}/objects/")
    begin_second_factor(by=of)
    spend(Limit("trial", 1, timedelta(hours=1)), who=of.username, by=of)
    open_session(by=of, key="a key", address="192.0.2.7", browser="Firefox on Linux")
    by = someone("admin@norf")
    with override_settings(SIGN_ON_ISSUER="https://sign-on.example", FOUR_EYES=True):
        join_subject(by=by, username=of.username, subject="s-1", why="A reason")
        change_roles(
            by=by, username="orders@norf", roles=frozenset({Role.ORDERS, Role.OFFICER}), why="A reason"
        )


def _plan(by: Reader) -> None:
    """A plan of Norfolk's own days, with something said of a line in it."""
    give_days("NORF")
    proposed(someone("chair@norf"), Saying(keep(by, "PL1", said=[TO_NORFOLK]), "must", "A reason"))


def _count(held: "psycopg.Connection[tuple[int]]", table: str) -> int:
    row = held.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    assert row
    return row[0]


@pytest.mark.parametrize("table", PROTECTED)
def test_it_opens_no_row_of_a_protected_table(lived_in: Instance, table: str) -> None:
    with lived_in.as_owner() as owner:
        assert _count(owner, table) > 0, "the test needs a row to hide"
    with lived_in.as_app() as app:
        if table in ENGINE_ALONE:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                _count(app, table)
        else:
            assert _count(app, table) == 0


@pytest.mark.parametrize(
    "door",
    [
        "select * from matching_check('phone', '+447700900123')",
        "select * from matching_check_all('{phone}', '{+447700900123}', now())",
        "select * from matching_asked('{phone}', '{+447700900123}', '2000-01-01')",
        "select o.* from matching_asked_of_us((select bulk from matching_enquiry where bulk <> '' limit 1)) o",
        "select * from intelligence_search('calls', null, null, '', 10)",
        "select l.id from lines_line l where lines_known(l.id)",
        "select * from search_values('{%0123%}', '', null, true, null, null, 10)",
        "select f.* from safeguarding_flags((select array_agg(ref) from lines_line)) f",
        "select * from oversight_named('2000-01-01')",
        "select * from oversight_counts('2000-01-01', '2100-01-01', now(), '{}', '{}')",
        "select * from safeguarding_existence('person', 'EXAMPLE|ALEX|2011-05-03')",
        "select * from search_names('[[\"jo\"], [\"example\"]]', 'jo example', null, null, null, 10)",
    ],
)
def test_it_opens_no_door_either(lived_in: Instance, door: str) -> None:
    with lived_in.as_app() as app:
        assert app.execute(door).fetchall() == []


def test_it_gives_an_empty_reader_nothing(lived_in: Instance) -> None:
    """Half a reader, as a forgotten setting would leave, opens no more than none."""
    for settings in (
        {"tl.body": "1"},
        {"tl.body": "1", "tl.person": "1"},
        {"tl.clearance": "1"},
        {"tl.clearance": ""},
    ):
        with lived_in.as_app() as app, app.transaction():
            for name, value in settings.items():
                app.execute("select set_config(%s, %s, true)", [name, value])
            for table in PROTECTED:
                if table not in ENGINE_ALONE:
                    assert _count(app, table) == 0, (settings, table)


@pytest.mark.parametrize(
    "deed",
    [
        "update access_journal_entry set why = ''",
        "delete from access_journal_entry",
        "insert into access_journal_entry (lane, seq, at, person_name, verb, thing, ref, why, detail, hash) "
        "values (0, 1, now(), '', '', '', '', '', '{}', '')",
        "update access_journal_lane set entries = 0",
        "delete from access_session",
        "update access_session set person = 1",
        "select * from access_journal_lane",
        "truncate access_journal_entry",
        "truncate intelligence_report cascade",
        "truncate matching_hit cascade",
        f"set role {ENGINE_ROLE}",
        "set role postgres",
        "set session authorization postgres",
        "select * from matching_holding",
        "select * from search_value",
        "insert into matching_hit_side select * from matching_hit_side",
        "update matching_hit_side set told = true",
        "update notices_notice set text = ''",
        "insert into notices_notice select * from notices_notice",
        "delete from intelligence_report",
        "delete from access_marking",
        "update lines_evidence set value = ''",
        "delete from lines_evidence",
        "update lines_merge set undone_at = null",
        "update lines_line set compartment = 0",
        "alter table intelligence_report disable row level security",
        "alter table intelligence_report disable trigger all",
        "set session_replication_role = replica",
        "drop policy tl_see on intelligence_report",
        "create table public.mine (id int)",
        "create or replace function tl_clearance() returns smallint language sql as 'select 1::smallint'",
        "copy (select 1) to program 'true'",
    ],
)
def test_its_role_may_not(lived_in: Instance, deed: str) -> None:
    with lived_in.as_app() as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(deed.encode())


def test_its_role_is_not_let_past_the_policies(lived_in: Instance) -> None:
    with lived_in.as_app() as app, app.transaction():
        app.execute("set local row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from intelligence_report")


def test_it_cannot_write_for_another_body(lived_in: Instance) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    with lived_in.as_owner() as owner:
        theirs = owner.execute(
            "select id from access_marking where owner = %s limit 1", [kent.body]
        ).fetchone()
    assert theirs
    for statement in (
        f"insert into access_marking (owner, released, classification, conditions, everyone, bodies, people, teams, "
        f"compartment, silent, handling, action, sanitisation, instructions) values ({kent.body}, true, 0, 0, true, "
        f"'{{}}', '{{}}', '{{}}', 0, false, 'P', '', '', '')",
        f"insert into selectors_sighting (marking_id, owner, released, classification, conditions, everyone, bodies, "
        f"people, teams, compartment, silent, kind, key, source, source_ref, grade, seen_on, noted_at) values "
        f"({theirs[0]}, {norfolk.body}, true, 0, 0, true, '{{}}', '{{}}', '{{}}', 0, false, 'phone', 'x', 'report', "
        f"'x', '', now(), now())",
    ):
        with (
            pytest.raises(Exception, match="row-level security"),
            reading(norfolk),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def _who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('tl.person', true), '')")
        return str(cursor.fetchone()[0])


def test_a_reader_never_stays_on_the_connection(lived_in: Instance) -> None:
    aisha = someone("analyst@norf")
    with reading(aisha):
        assert _who() == str(aisha.person)
    assert _who() == ""
    with pytest.raises(ZeroDivisionError), reading(aisha):
        raise ZeroDivisionError
    assert _who() == ""


def test_a_reading_inside_a_reading_gives_the_outer_reader_back(lived_in: Instance) -> None:
    aisha, kent = someone("analyst@norf"), someone("auditor@kent")
    with reading(aisha):
        with reading(kent):
            assert _who() == str(kent.person)
        assert _who() == str(aisha.person)
        with pytest.raises(ZeroDivisionError), reading(kent):
            raise ZeroDivisionError
        assert _who() == str(aisha.person)
        with pytest.raises(DataError), reading(kent), connection.cursor() as cursor:
            cursor.execute("select 1/0")
        assert _who() == str(aisha.person)


def test_the_application_connects_as_its_own_role(lived_in: Instance) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        assert cursor.fetchone() == (APP_ROLE, APP_ROLE)
