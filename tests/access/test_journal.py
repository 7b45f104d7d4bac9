"""The journal: each look is in it, nothing can be changed unseen, and it holds no content."""

import json
from collections.abc import Callable
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import transaction

from tests.inside import command, file_report, in_parallel, someone
from tests.instance import Instance
from throughline.access import journal
from throughline.access.journal import Look, Verb, journal_faults, journal_page, journal_size
from throughline.access.permissions import Role
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import (
    CAST_PASSWORD,
    add_person,
    change_roles,
)
from throughline.access.sessions import sign_out
from throughline.access.signing_in import SignInRefused, sign_in
from throughline.intelligence.queries import report_list, report_page
from throughline.kernel import outbox
from throughline.matching.queries import hit_list, hit_page
from throughline.matching.services import judge_hit, run_check
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest

NUMBER = "phone:07700900123"


def _looks(username: str, **filters: str) -> list[Look]:
    return journal_page(someone(username), size=200, **filters)[0]


def _told(username: str, **filters: str) -> list[tuple[str, str, str]]:
    return [(look.verb, look.thing, look.why) for look in _looks(username, **filters)]


# --- Each look ----------------------------------------------------------------------------------------------------


def test_each_look_and_change_is_in_it(apart: Instance) -> None:
    aisha, admin = someone("analyst@norf"), someone("admin@norf")
    sign_in(username="analyst@norf", password=CAST_PASSWORD)
    with pytest.raises(SignInRefused):
        sign_in(username="analyst@norf", password="not the password")
    ref = file_report(aisha, "N1", selectors=[NUMBER])
    file_report(someone("analyst@mps"), "M1", selectors=[NUMBER])
    outbox.drain()
    report_page(aisha, ref, why="reading it")
    report_list(aisha, text="calls")
    hit = hit_list(aisha).rows[0].ref
    hit_page(aisha, hit, why="working it")
    judge_hit(by=aisha, ref=hit, verb="confirm")
    run_check(by=aisha, selector=parse(NUMBER), why="a stop")
    interest = keep_interest(by=aisha, selector=parse(NUMBER), why="an operation", silent=True)
    end_interest(by=aisha, ref=interest, why="done")
    add_person(
        by=admin,
        username="new@norf",
        name="New",
        password="long enough by far",
        roles=frozenset({Role.OFFICER}),
    )
    change_roles(by=admin, username="new@norf", roles=frozenset({Role.ANALYST}), why="moved desk")
    sign_out(by=aisha, key="")
    told = [look for look in _told("auditor@norf") if look[2] != "looked at a list"]
    assert told[::-1] == [
        ("sign in", "session", ""),
        ("refuse", "sign in", "wrong password"),
        ("collect", "report", "recorded"),
        ("consult", "report", "reading it"),
        ("consult", "hit", "working it"),
        ("alter", "hit", ""),
        ("consult", "check", "a stop"),
        ("collect", "interest", "an operation"),
        ("alter", "interest", "done"),
        ("alter", "person", "added"),
        ("alter", "person", "moved desk"),
        ("sign in", "session", "signed out"),
    ]
    listed = {look.thing for look in _looks("auditor@norf") if look.why == "looked at a list"}
    assert {"report search", "hit list"} <= listed
    assert _looks("auditor@norf", ref=hit)[0].who == aisha.name
    assert journal_faults() == []


def test_a_look_at_what_is_not_there_for_the_reader_leaves_no_false_trace(shared_house: Instance) -> None:
    ref = file_report(someone("analyst@norf"), "SECRET")
    assert report_page(someone("analyst@kent"), ref) is None
    assert _looks("auditor@kent", ref=ref) == []


def test_a_check_by_the_command_is_in_it_and_the_command_verifies_it(house: Instance) -> None:
    assert command("check", "07700900123", "--as", "officer@kent", "--why", "a stop").status == 0
    assert _told("auditor@kent")[0] == ("consult", "check", "a stop")
    assert json.loads(command("journal", "verify", "--json").out)["faults"] == []
    with house.as_owner() as owner:
        _forge(owner, "update access_journal_entry set why = 'nothing much'")
    failed = house.run("journal", "verify", status=1)
    assert "was changed" in failed.stderr


def test_an_auditor_reads_the_entries_of_the_own_body_alone(shared_house: Instance) -> None:
    run_check(by=someone("officer@kent"), selector=parse(NUMBER), why="kent asks")
    run_check(by=someone("officer@mers"), selector=parse(NUMBER), why="mers asks")
    assert "kent asks" in {look.why for look in _looks("auditor@kent")}
    assert "mers asks" not in {look.why for look in _looks("auditor@kent")}
    assert "mers asks" in {look.why for look in _looks("auditor@mers")}
    # Reading the journal is itself in it.
    assert ("consult", "journal", "audit") in _told("auditor@kent")
    for role in ("analyst", "admin", "manager"):
        with pytest.raises(NotAllowed):
            journal_page(someone(f"{role}@kent"))


def test_the_owner_s_auditor_sees_who_opened_its_report(shared_house: Instance) -> None:
    ref = file_report(someone("analyst@beds"), "B1", bodies=["CAMBS"])
    report_page(someone("officer@cambs"), ref, why="a briefing")
    for code in ("beds", "cambs"):
        assert ("Officer at CAMBS", "a briefing") in {
            (look.who, look.why) for look in _looks(f"auditor@{code}", ref=ref)
        }
    assert _looks("auditor@herts", ref=ref) == []


def test_it_is_read_in_pages(shared_house: Instance) -> None:
    kent = someone("officer@suff")
    with reading(kent):
        for n in range(7):
            journal.note(Verb.CONSULT, "thing", f"T-{n}", why="pages")
    auditor, seen, mark = someone("auditor@suff"), [], ""
    for _ in range(4):
        page, mark = journal_page(auditor, verb="consult", who="officer", size=2, before=mark)
        seen += [look.ref for look in page]
        if not mark:
            break
    assert seen == [f"T-{n}" for n in range(6, -1, -1)]
    assert journal_page(auditor, before="nonsense")[0] == []
    assert journal_page(auditor, before="999999/999999999999999999")[0] == []
    assert journal_page(auditor, before="9" * 5000 + "/1")[0] == []


# --- The chain ----------------------------------------------------------------------------------------------------


@pytest.fixture
def chained(house: Instance) -> Instance:
    """Three chains with five entries, by three connections of their own."""
    readers = [someone(f"officer@{code}") for code in ("norf", "mps", "kent")]
    lanes: set[int] = set()
    while len(lanes) < 3:
        with house.as_app() as app, app.transaction():
            reader = readers[len(lanes)]
            for name, value in (("person", reader.person), ("name", reader.name), ("body", reader.body)):
                app.execute("select set_config(%s, %s, true)", [f"tl.{name}", str(value)])
            for n in range(5):
                app.execute(
                    "select access_journal('consult', 'report', %s, 'why', '{\"n\": 1, \"a\": [null, 1.50]}')",
                    [f"IR-{n}"],
                )
        with house.as_owner() as owner:
            lanes = {
                lane for (lane,) in owner.execute("select distinct lane from access_journal_entry").fetchall()
            }
    assert journal_faults() == []
    assert journal_size() == _entries(house)
    return house


def _entries(house: Instance) -> int:
    with house.as_owner() as owner:
        row = owner.execute("select count(*) from access_journal_entry").fetchone()
    assert row
    return int(row[0])


def _forge(owner: "psycopg.Connection[Any]", *statements: str) -> None:
    """What a superuser with the triggers off would do."""
    with owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for statement in statements:
            changed = owner.execute(statement.encode())
            assert changed.rowcount > 0, statement


LANE = "lane = (select min(lane) from access_journal_entry)"
SWAP = """update access_journal_entry e set {column} = o.{column} from access_journal_entry o
 where e.lane = o.lane and e.lane = (select min(lane) from access_journal_entry)
   and e.seq in (2, 3) and o.seq = 5 - e.seq"""
EDITS = {
    "at": "at + interval '1 microsecond'", "person": "person + 1", "person_name": "'Someone Else'", "body": "body + 1",
    "verb": "'collect'", "thing": "'hit'", "ref": "'IR-X'", "why": "''", "detail": "'{\"n\": 2}'",
    "owner": "7", "hash": "sha256('x')", "id": "id + 100000", "person null": "null", "body null": "null",
}  # fmt: skip
FORGERIES: dict[str, list[str]] = {
    f"{column} edited": [f"update access_journal_entry set {column.split()[0]} = {value} where {LANE} and seq = 3"]
    for column, value in EDITS.items()
} | {
    "the last edited": [f"update access_journal_entry set why = 'x' where {LANE} and seq = 5"],
    "the first edited": [f"update access_journal_entry set why = 'x' where {LANE} and seq = 1"],
    "one removed from the middle": [f"delete from access_journal_entry where {LANE} and seq = 3"],
    "the last removed": [f"delete from access_journal_entry where {LANE} and seq = 5"],
    "the first removed": [f"delete from access_journal_entry where {LANE} and seq = 1"],
    "a whole lane removed": [f"delete from access_journal_entry where {LANE}"],
    "a whole lane removed with its head": [
        "delete from access_journal_lane where id = (select min(lane) from access_journal_entry)",
        f"delete from access_journal_entry where {LANE}",
    ],
    "an empty lane removed": [
        "delete from access_journal_lane where id = (select min(id) from access_journal_lane where entries = 0)"
    ],
    "everything removed": ["delete from access_journal_entry"],
    "one removed and the rest moved up": [
        f"delete from access_journal_entry where {LANE} and seq = 3",
        f"update access_journal_entry set seq = seq - 1 where {LANE} and seq > 3",
        "update access_journal_lane set entries = 4 where id = (select min(lane) from access_journal_entry)",
    ],
    "one added at the end": [
        "insert into access_journal_entry (lane, seq, at, person_name, verb, thing, ref, why, detail, hash) "
        f"select lane, 6, at, person_name, verb, thing, ref, why, detail, hash from access_journal_entry "
        f"where {LANE} and seq = 5"
    ],
    "one added at the end, counted": [
        "insert into access_journal_entry (lane, seq, at, person_name, verb, thing, ref, why, detail, hash) "
        f"select lane, 6, at, person_name, verb, thing, ref, why, detail, hash from access_journal_entry "
        f"where {LANE} and seq = 5",
        "update access_journal_lane set entries = 6 where id = (select min(lane) from access_journal_entry)",
    ],
    "one added to a lane that is not there": [
        "insert into access_journal_entry (lane, seq, at, person_name, verb, thing, ref, why, detail, hash) "
        f"select 99, 1, at, person_name, verb, thing, ref, why, detail, hash from access_journal_entry "
        f"where {LANE} and seq = 5"
    ],
    "two swapped in all but their place": [
        SWAP.format(column=column) for column in ("at", "person_name", "ref")
    ],
    "two swapped in place and number": [
        f"update access_journal_entry set seq = -seq where {LANE} and seq in (2, 3)",
        f"update access_journal_entry set seq = 5 + seq where {LANE} and seq in (-2, -3)",
    ],
    "two swapped in number alone": [
        f"update access_journal_entry set id = -id where {LANE} and seq in (2, 3)",
        "update access_journal_entry e set id = -o.id from access_journal_entry o where e.lane = o.lane "
        "and e.seq in (2, 3) and o.seq = 5 - e.seq and e.id < 0",
    ],
    "two lanes exchanged": [
        "update access_journal_entry set lane = -1 where lane = (select min(lane) from access_journal_entry)",
        "update access_journal_entry set lane = (select min(id) from access_journal_lane where entries = 0) "
        "where lane = -1",
    ],
    "a head edited": ["update access_journal_lane set head = sha256('x') where id = 63"],
    "a count edited": ["update access_journal_lane set entries = entries + 1 where id = 0"],
    "a head cut short with its last entry": [
        f"delete from access_journal_entry where {LANE} and seq = 5",
        "update access_journal_lane set entries = 4 where id = (select min(lane) from access_journal_entry)",
    ],
}  # fmt: skip


def test_no_forgery_goes_unseen(chained: Instance) -> None:
    for name, statements in FORGERIES.items():
        with chained.as_owner() as owner, owner.transaction(force_rollback=True):
            _forge(owner, *statements)
            faults = owner.execute("select fault from access_journal_faults()").fetchall()
            assert faults, f"not noticed: {name}"
            assert all(fault for (fault,) in faults)
    assert journal_faults() == []


@pytest.mark.parametrize(
    "deed", ["update access_journal_entry set why = ''", "delete from access_journal_entry"]
)
def test_even_the_owner_is_refused_while_the_trigger_stands(chained: Instance, deed: str) -> None:
    with (
        chained.as_owner() as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"),
    ):
        owner.execute(deed.encode())


def test_writers_side_by_side_lose_nothing(house: Instance) -> None:
    readers = [someone(f"officer@{code}") for code in ("norf", "mps", "kent", "suff")]
    before, each = _entries(house), 40

    def write(number: int) -> Callable[[], None]:
        def job() -> None:
            for n in range(each):
                with reading(readers[number % 4]):
                    journal.note(Verb.CONSULT, "thing", f"{number}/{n}", why="together")
                    if n % 4 == 0:
                        journal.note(Verb.CONSULT, "thing", f"{number}/{n}b", why="twice in one transaction")

        return job

    in_parallel(*(write(n) for n in range(8)))
    assert _entries(house) - before == 8 * (each + each // 4)
    assert journal_size() == _entries(house)
    assert journal_faults() == []


def test_a_writer_takes_a_chain_that_is_free_and_waits_when_none_is(house: Instance) -> None:
    with house.as_owner() as slow, slow.transaction():
        slow.execute("select 1 from access_journal_lane where id <> 7 for update")
        for n in range(3):
            _write_one(n)
    with house.as_owner() as slow:
        slow.execute("begin")
        slow.execute("select 1 from access_journal_lane for update")
        late = Thread(target=in_parallel, args=[lambda: _write_one(3)])
        late.start()
        with house.as_owner() as watcher:
            while not watcher.execute("select 1 from pg_locks where not granted").fetchone():
                pass
        slow.execute("commit")
        late.join()
    assert journal_faults() == []
    with house.as_owner() as owner:
        assert owner.execute(
            "select ref from access_journal_entry where lane = 7 and ref <> '3'"
        ).fetchall() == [
            ("0",),
            ("1",),
            ("2",),
        ]
    assert _entries(house) == 4


def _write_one(number: int) -> None:
    with reading(someone("officer@norf")):
        journal.note(Verb.CONSULT, "thing", str(number), why="queued")


def test_what_is_undone_leaves_no_gap(house: Instance) -> None:
    aisha = someone("officer@norf")
    for n in range(6):
        with transaction.atomic():
            with reading(aisha):
                journal.note(Verb.CONSULT, "thing", str(n), why="maybe")
            if n % 2:
                transaction.set_rollback(True)
    assert _entries(house) == 3
    assert journal_faults() == []


# --- No content -----------------------------------------------------------------------------------------------------


def test_no_content_is_in_the_detail(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    ref = file_report(
        aisha, "N1", title="Canaryfinch", text="Canarylark sings", grade="1AC", instructions="Canarywren only",
        selectors=[NUMBER, "email:canary@shop.example"], everyone=True,
    )  # fmt: skip
    file_report(mia, "M1", selectors=[NUMBER])
    outbox.drain()
    report_page(aisha, ref)
    report_list(aisha, text="canarylark")
    run_check(by=mia, selector=parse("email:canary@shop.example"), why="a stop")
    run_check(by=mia, selector=parse(NUMBER), why="a stop")
    hit_page(mia, hit_list(mia).rows[0].ref)
    keep_interest(by=aisha, selector=parse("email:canary@shop.example"), why="an operation", silent=True)
    outbox.drain()
    with house.as_owner() as owner:
        rows = owner.execute(
            "select verb, thing, ref, why, detail::text from access_journal_entry"
        ).fetchall()
        facts = owner.execute("select payload::text from kernel_fact").fetchall()
    for row in (*rows, *facts):
        for word in ("canary", "7700900123", "norfolk"):
            assert word not in " ".join(row).lower(), row
