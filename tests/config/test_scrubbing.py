"""What was deleted leaves the disk: after a scrub no file of the data folder holds its bytes."""

import secrets
from pathlib import Path

import psycopg
import pytest

from tests.inside import house, shared_house, someone
from tests.instance import HOME, Instance
from tests.telecoms.calling import write_calls
from tests.telecoms.test_authorities import particulars
from throughline.config import scrubbing
from throughline.config.database import DatabaseProblem
from throughline.intelligence.drafts import discard_draft, save_draft
from throughline.kernel import outbox
from throughline.loads.call_files import load_call_files
from throughline.loads.services import begin_load, keep_upload, lay_out_calls
from throughline.telecoms.authorities import record_authority
from throughline.telecoms.ending import end_authority
from throughline.telecoms.layout import CallLayout

__all__ = ["house", "shared_house"]

USES = {"time": "time", "caller": "caller", "callee": "callee"}


def canary() -> str:
    """A word that nothing else can hold."""
    return f"canary{secrets.token_hex(6)}"


def files_with(word: str) -> set[str]:
    """The files that hold the bytes: tables, indexes, statistics, write-ahead log, call store."""
    found = set()
    for path in HOME.rglob("*"):
        try:
            if path.is_file() and word.encode() in path.read_bytes():
                found.add(str(path.relative_to(HOME)))
        except FileNotFoundError:  # the server removes files as it goes
            continue
    return found


def checkpoint(house: Instance) -> None:
    with house.as_owner() as owner:
        owner.execute("checkpoint")


def test_calls_of_an_ended_authority_and_a_discarded_draft_leave_the_disk(
    house: Instance, tmp_path: Path
) -> None:
    norf, called, written = someone("analyst@norf"), canary(), canary()
    code = record_authority(by=norf, ref="CD-9", said=particulars())
    calls = write_calls(tmp_path / f"{called}.csv", [(1, called, "p-2"), (2, called, "")])
    load_call_files(by=norf, paths=[calls], authority="CD-9", layout=CallLayout(opaque=True))
    content = f"time,caller,callee\nsoon,{called},p-2\n".encode()
    load = keep_upload(
        by=norf, filename="a.csv", size=len(content), chunks=[content], kind="calls", authority="CD-9"
    )
    lay_out_calls(by=norf, ref=load, layout=CallLayout(USES, opaque=True))
    begin_load(by=norf, ref=load, verb="try")
    draft = "0123456789abcdef"
    # Short, or PostgreSQL packs it, and its bytes stand nowhere in a row.
    save_draft(by=norf, ref=draft, typed={"title": [written]})
    outbox.drain()
    checkpoint(house)
    assert files_with(called), "the search finds what is there"
    assert files_with(written), "the search finds what is there"
    end_authority(by=norf, ref=code, why="the case is closed")
    discard_draft(by=norf, ref=draft)
    outbox.drain()
    checkpoint(house)
    assert files_with(called), "PostgreSQL keeps what is deleted until it is told not to"
    said = house.run("retention", "scrub")
    assert "tables are rewritten" in said.stdout
    assert (files_with(called), files_with(written)) == (set(), set())


@pytest.mark.parametrize(("deletes", "trouble"), [(True, "open since before"), (False, "holds a table")])
def test_it_refuses_while_a_transaction_may_still_see_what_was_deleted_or_holds_a_table(
    house: Instance, monkeypatch: pytest.MonkeyPatch, *, deletes: bool, trouble: str
) -> None:
    monkeypatch.setenv("THROUGHLINE_OWNER_URL", house.env["THROUGHLINE_OWNER_URL"])
    monkeypatch.setattr(scrubbing, "PATIENCE", 1)
    with psycopg.connect(house.env["THROUGHLINE_OWNER_URL"]) as other:
        other.execute("set transaction isolation level repeatable read")
        other.execute("select 1 from organisations_body limit 1")
        if deletes:
            with house.as_owner() as owner:
                owner.execute(
                    "select pg_current_xact_id()"
                )  # as any change would: the other's view is now an older one
        with pytest.raises(DatabaseProblem, match=trouble):
            scrubbing.scrub_database()


def test_it_says_so_while_the_server_keeps_its_log(house: Instance) -> None:
    with house.as_owner() as owner:
        owner.execute("select pg_create_physical_replication_slot('a_standby', true)")
        try:
            said = house.run("retention", "scrub", status=1)
        finally:
            owner.execute("select pg_drop_replication_slot('a_standby')")
    assert "still keeps its write-ahead log" in said.stderr
