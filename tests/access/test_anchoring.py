"""A signed head kept outside shows what an owner of the database did, who can write a whole chain anew."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.inside import command, someone
from tests.instance import Instance
from throughline.access import journal
from throughline.access.journal import Entry, Verb, journal_faults
from throughline.access.reader import reading

SEED = "throughline journal lane "
REASONS = ["a stop", "Łódź “quoted” \\ and\ttab\nline\x7f\u2028", "'; drop table", "émigré 😀", ""]


def _fill() -> None:
    for name in ("analyst@norf", "officer@mps", "auditor@norf"):
        reader = someone(name)
        for n, why in enumerate(REASONS):
            with reading(reader):
                details: dict[str, object] = {
                    "found": n,
                    "share": 0.1 * n,
                    "to": ["NORF", why],
                    "none": None,
                    "big": 10**20,
                }
                journal.note_all(
                    [Entry(Verb.CONSULT, "report", f"IR-{n}", why, details)] * 3, owner=reader.body
                )


@pytest.fixture(name="keys")
def _keys(tmp_path: Path) -> tuple[Path, Path]:
    key = tmp_path / "head.key"
    assert command("journal", "key", "--output", str(key)).status == 0
    return key, tmp_path / "head.key.pub"


@pytest.fixture(name="anchored")
def _anchored(apart: Instance, keys: tuple[Path, Path], tmp_path: Path) -> Path:
    _fill()
    path = tmp_path / "head.json"
    assert command("journal", "head", "--sign", str(keys[0]), "--output", str(path)).status == 0
    return path


def _verify(anchored: Path, keys: tuple[Path, Path]) -> tuple[int, Any]:
    said = command("journal", "verify", "--against", str(anchored), "--key", str(keys[1]), "--json")
    return said.status, json.loads(said.out)["faults"] if said.out else said.err


def _as_superuser(apart: Instance, *statements: str) -> None:
    with apart.as_owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for statement in statements:
            owner.execute(statement.encode())


WRITE_ANEW = """
do $$ declare e access_journal_entry; h bytea; begin
  for l in 0 .. 63 loop
    h := sha256(convert_to('throughline journal lane ' || l, 'UTF8'));
    for e in select * from access_journal_entry where lane = l order by seq loop
      h := sha256(h || convert_to(access_journal_text(e.id, e.lane, e.seq, e.at, e.person, e.person_name, e.body,
             e.verb, e.thing, e.ref, e.why, e.detail, e.owner), 'UTF8'));
      update access_journal_entry set hash = h where id = e.id;
    end loop;
    update access_journal_lane set head = h, entries = (select count(*) from access_journal_entry where lane = l)
     where id = l;
  end loop;
end $$"""
"""Every hash worked out anew, as somebody who owns the database can."""
LAST = "(select max(id) from access_journal_entry)"


def test_what_is_hashed_outside_is_what_the_database_hashed_and_growth_is_no_fault(
    anchored: Path, keys: tuple[Path, Path]
) -> None:
    assert _verify(anchored, keys) == (0, [])
    _fill()
    assert _verify(anchored, keys) == (0, [])
    printed = command("journal", "head").out.strip()
    assert re.fullmatch(r"[\d,]+ entries at \S+: [0-9a-f]{64}", printed)


@pytest.mark.parametrize(
    "deed",
    [
        f"update access_journal_entry set why = 'something else' where id = {LAST}",
        f"update access_journal_entry set person = 1, person_name = 'Somebody' where id = {LAST}",
        f"update access_journal_entry set at = at - interval '1 day' where id = {LAST}",
        f"update access_journal_entry set detail = detail || '{{\"found\": 7}}' where id = {LAST}",
        f"delete from access_journal_entry where id = {LAST}",
        "delete from access_journal_entry",
        "update access_journal_entry set seq = -1 - seq; update access_journal_entry set seq = -seq; "
        "insert into access_journal_entry (lane, seq, at, person_name, verb, thing, ref, why, detail, hash) "
        "select distinct on (lane) lane, 1, at, '', verb, thing, ref, 'put in', detail, hash "
        "from access_journal_entry order by lane, seq",
    ],
)
def test_a_chain_written_anew_by_a_superuser_passes_inside_and_is_found_from_the_anchor(
    apart: Instance, anchored: Path, keys: tuple[Path, Path], deed: str
) -> None:
    _as_superuser(apart, deed, WRITE_ANEW)
    assert journal_faults() == [], "the chain by itself holds again: this is what the anchor is for"
    status, faults = _verify(anchored, keys)
    assert status == 1
    assert faults


def test_a_superuser_who_replaces_the_functions_that_check_is_found_too(
    apart: Instance, anchored: Path, keys: tuple[Path, Path]
) -> None:
    _as_superuser(
        apart,
        f"update access_journal_entry set why = 'something else' where id = {LAST}",
        "create or replace function access_journal_faults() returns table (lane smallint, seq bigint, fault text) "
        "language sql stable as 'select null::smallint, null::bigint, null::text where false'",
    )
    assert command("journal", "verify").status == 0, "what is asked of the database says what its owner wants"
    assert _verify(anchored, keys)[0] == 1


def test_a_head_that_was_changed_or_signed_by_another_is_refused(
    anchored: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    values = json.loads(anchored.read_text())
    values["lanes"][0][2] = hashlib.sha256(b"other").hexdigest()
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(values))
    status, said = _verify(changed, keys)
    assert status == 1
    assert "was not signed with this key" in said
    other = tmp_path / "other.key"
    command("journal", "key", "--output", str(other))
    assert _verify(anchored, (other, tmp_path / "other.key.pub"))[0] == 1
    assert (
        "is not the signed head"
        in command("journal", "verify", "--against", str(keys[1]), "--key", str(keys[1])).err
    )
    assert "--key" in command("journal", "verify", "--against", str(anchored)).err


def test_a_key_is_its_owners_alone_and_never_overwritten(apart: Instance, keys: tuple[Path, Path]) -> None:
    assert keys[0].stat().st_mode & 0o777 == 0o600
    assert "never overwritten" in command("journal", "key", "--output", str(keys[0])).err
    assert "is not a key" in command("journal", "head", "--sign", __file__).err


def test_no_reader_is_given_entries_by_the_door(apart: Instance) -> None:
    _fill()
    with apart.as_app() as app, app.transaction():
        app.execute("select set_config('tl.person', '1', true)")
        assert app.execute("select * from access_journal_rows(0::smallint, 0, 10)").fetchall() == []
    with apart.as_app() as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select * from access_journal_lane")
