"""The end of an authority: no file and no row holds what it held; what a person decided stays, with its reason."""

from pathlib import Path

from tests.inside import command, file_report, house, shared_house, someone
from tests.instance import Instance
from tests.telecoms.calling import write_calls
from tests.telecoms.test_authorities import on_disk, particulars
from throughline.access.models import Marking
from throughline.access.reader import reading
from throughline.config.rules import all_tables
from throughline.kernel import outbox
from throughline.loads.call_files import load_call_files
from throughline.loads.services import begin_load, keep_upload, lay_out_calls
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.telecoms.authorities import record_authority
from throughline.telecoms.layout import CallLayout
from throughline.telecoms.models import Authority

__all__ = ["house", "shared_house"]

CANARY, LEARNT = "p-canary-7703", "07700900777"
KEPT = CANARY.encode().hex()
USES = {"time": "time", "caller": "caller", "callee": "callee"}


def rows_with(house: Instance, words: str) -> list[str]:
    """The tables of which a row holds these words, whoever may see it."""
    with house.as_owner() as owner:
        return [
            table for table in all_tables()
            if owner.execute(f"select 1 from {table} t where t::text like %s".encode(), [f"%{words}%"]).fetchone()
        ]  # fmt: skip


def test_nothing_is_left_but_what_a_person_decided(house: Instance, tmp_path: Path) -> None:
    norf, mps = someone("analyst@norf"), someone("analyst@mps")
    code = record_authority(by=norf, ref="CD-9", said=particulars())
    with reading(norf):
        marking = Authority.objects.get().marking_id
        Marking.objects.filter(pk=marking).update(released=True, bodies=[mps.body])
    calls = write_calls(
        tmp_path / f"{CANARY}.csv", [(1, CANARY, "p-2"), (2, CANARY, ""), (3, LEARNT, CANARY)]
    )
    sites = tmp_path / "sites.csv"
    sites.write_text(f"cell,latitude,longitude\n{CANARY},52.6,1.3\n")
    layout = CallLayout(opaque=True)
    load_call_files(by=norf, paths=[calls, sites], authority="CD-9", layout=layout)
    content = f"time,caller,callee\nsoon,{CANARY},p-2\n".encode()
    load = keep_upload(
        by=norf, filename="a.csv", size=len(content), chunks=[content], kind="calls", authority="CD-9"
    )
    lay_out_calls(by=norf, ref=load, layout=CallLayout(USES, opaque=True))
    begin_load(by=norf, ref=load, verb="try")
    outbox.drain()
    learnt = parse(f"phone:{LEARNT}")
    keep_interest(by=mps, selector=learnt, why="Rang the line in CD-9", silent=False)
    file_report(mps, "R1", selectors=[f"phone:{LEARNT}"])
    outbox.drain()
    assert len(on_disk(CANARY)) == 4
    assert {"loads_refusal", "telecoms_load"} <= set(rows_with(house, CANARY))
    assert "loads_part" in rows_with(house, KEPT), "a kept file stands there as bytes"
    said = command("authority", "end", code, "--as", "analyst@norf", "--why", "the case is closed")
    assert "3 calls, in 4 files" in said.out
    outbox.drain()
    assert (on_disk(CANARY), rows_with(house, CANARY), rows_with(house, KEPT), outbox.failed()) == (
        [],
        [],
        [],
        0,
    )
    assert [card.why for card in kept_interests(mps)] == ["Rang the line in CD-9"]
    with reading(norf):
        assert Authority.objects.get().ended_why == "the case is closed"
