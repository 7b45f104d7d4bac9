"""Files of calls of every kind: workbooks, handset downloads, cell sites, pseudonyms, a trial that changes nothing."""

import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.cast import Cast
from tests.intelligence.workbooks import write_workbook
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from throughline.access.reader import Reader, reading
from throughline.loads.call_files import load_call_files
from throughline.telecoms.columns import CallsProblem
from throughline.telecoms.held import authority_list
from throughline.telecoms.layout import CallLayout
from throughline.telecoms.loading import CallsLoaded
from throughline.telecoms.models import Authority
from throughline.telecoms.profile import profile_of
from throughline.telecoms.store import CONTACTS, SITES, parts
from throughline.telecoms.successors import successors

A, B = "+447700900123", "+447700900456"
ANDROID = (
    '<?xml version="1.0"?><calls count="2"><call number="07700900456" duration="63" date="1785159000000" type="2" '
    'contact_name="Sam EXAMPLE"/><call number="" duration="0" date="1785159100000" type="3" contact_name="(Unknown)"/>'
    '<sms address="07700900456" date="1785159200000" type="1" body="x" contact_name="Sam EXAMPLE"/>'
    '<call number="07700900456" duration="1" date="soon" type="9"/></calls>'
)


def take(by: Reader, path: Path, *, dry_run: bool = False, own: str = "") -> CallsLoaded:
    """Load one file under the authority CD-1."""
    return load_call_files(by=by, paths=[path], authority="CD-1", layout=CallLayout(own=own), dry_run=dry_run)


def folder_of(by: Reader) -> str:
    with reading(by):
        return Authority.objects.get(owner=by.body).folder


def test_a_workbook_with_a_title_above_its_header(cast: Cast, tmp_path: Path) -> None:
    rows = [["Provider A"], ["Call date", "Call time", "A Number", "B Number", "Duration"],
            ["27/07/2026", "02:30:00 PM", "07700900123", "07700900456", "00:01:03"],
            ["27/07/2026", "25:30", "07700900123", "07700900456", "9"]]  # fmt: skip
    done = take(cast.aisha, write_workbook(tmp_path / "a.xlsx", ("Calls", rows)))
    assert (done.read, done.kept, done.rejected) == (2, 1, 1)
    assert '4,Call date,"Write the time' in done.error_files[0].read_text(encoding="utf-8-sig")
    found = profile_of(cast.aisha, A)
    assert found
    assert f"{found.first:%H:%M}" == "13:30"


def test_a_trial_says_what_a_load_would_do_and_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "c.csv", [(1, A, B, 3), ("x", A, B)])
    tried = take(cast.aisha, path, dry_run=True)
    assert (tried.read, tried.kept, tried.rejected) == (2, 1, 1)
    assert authority_list(cast.aisha) == ()
    take(cast.aisha, path)
    assert take(cast.aisha, path, dry_run=True).unchanged == 1


def test_a_handset_download_gives_calls_messages_and_names(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "calls-1.xml"
    path.write_text(ANDROID, encoding="utf-8")
    with pytest.raises(CallsProblem, match="does not say whose handset"):
        take(cast.aisha, path)
    done = take(cast.aisha, path, own="07700900123")
    assert (done.read, done.kept, done.rejected, done.unchanged) == (6, 4, 1, 1)
    assert "direction" in done.error_files[0].read_text(encoding="utf-8-sig")
    names = duckdb.execute(
        "select * from read_parquet(?)", [parts([folder_of(cast.aisha)], CONTACTS)]
    ).fetchall()
    assert names == [(B, "Sam EXAMPLE")]
    assert take(cast.aisha, path, own="07700900123").kept == 0


def test_a_report_of_cellebrite_names_the_owner_itself(cast: Cast, tmp_path: Path) -> None:
    def party(number: str, *, owner: bool = False, role: str = "") -> str:
        said = {"Identifier": number, "IsPhoneOwner": str(owner), "Role": role}
        fields = "".join(
            f'<field name="{name}"><value>{value}</value></field>' for name, value in said.items()
        )
        return f'<model type="Party">{fields}</model>'

    stamp = (
        '<field name="TimeStamp"><value format="TimeStampKnown">2026-07-27T14:30:00.000+01:00</value></field>'
    )
    record = (
        '<project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData><modelType type="Call"><model type="Call">'
        f'{stamp}<field name="Duration"><value>00:01:03</value></field><multiModelField name="Parties">'
        f"{party(A, owner=True)}{party('07700900456', role='To')}</multiModelField></model></modelType>"
        f'<modelType type="InstantMessage"><model type="InstantMessage">{stamp}<modelField name="From">'
        f'{party(A, owner=True)}</modelField><multiModelField name="To">{party(B)}{party("07700900789")}'
        "</multiModelField></model></modelType></decodedData></project>"
    )
    with zipfile.ZipFile(tmp_path / "phone.ufdr", "w") as archive:
        archive.writestr("report.xml", record)
    assert take(cast.aisha, tmp_path / "phone.ufdr").kept == 3
    found = profile_of(cast.aisha, A)
    assert found
    assert (found.sent, found.texts, found.contacts, found.median_seconds) == (3, 2, 2, 63)


def test_cell_sites_are_kept_beside_the_calls_and_once(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("antenna_id,latitude,longitude\n1,52.6,1.3\n2,42.3,-71.0\n3,52.7,\n")
    done = take(cast.aisha, path)
    assert (done.read, done.kept, done.rejected) == (3, 1, 2)
    assert take(cast.aisha, path).unchanged == 1
    assert len(parts([folder_of(cast.aisha)], SITES)) == 1


def test_pseudonyms_of_one_authority_are_never_joined_with_anybody_elses(cast: Cast, tmp_path: Path) -> None:
    calls = renamed(acquaintances(7), {"p3"}, 7 * DAY)
    load(cast.aisha, write_calls(tmp_path / "one.csv", calls), "SET-1", opaque=True)
    before = successors(cast.aisha, ["p3"])
    other = renamed(acquaintances(9), {"p3"}, 6 * DAY)
    load(cast.aisha, write_calls(tmp_path / "two.csv", other[: len(other) // 2]), "SET-2", opaque=True)
    load(cast.aisha, write_calls(tmp_path / "real.csv", [(1, "300", A, 3)]), "CD-1")
    load(
        cast.aisha,
        write_calls(tmp_path / "three.csv", [(1, "300", "q1", 3), (2, "300", "q2")]),
        "SET-3",
        opaque=True,
    )
    assert successors(cast.aisha, ["p3"])[0].candidates[0].number == before[0].candidates[0].number
    short = profile_of(cast.aisha, "300")
    assert short
    assert [used.what for used in short.top_contacts] == [A], (
        "a short code, and not the pseudonym that looks like one"
    )
    assert (one := profile_of(cast.aisha, "q1"))
    assert one.contacts == 1
