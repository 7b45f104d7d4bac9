"""The demonstration's nation is written once, loaded by the ordinary door, and unchanged when it is loaded again."""

from dataclasses import replace
from pathlib import Path

import pytest

from throughline.access.queries import reader_named
from throughline.demo.nation import SEED, discovered_line, invent_nation, load_nation, report_files
from throughline.intelligence.queries import own_reports
from throughline.kernel import outbox
from throughline.matching.queries import waiting_hits
from throughline.simulation.scales import SMALL
from throughline.simulation.writing import MANIFEST

SHORT = replace(SMALL, days=16, lines=20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a nation, written on top of those of a run that was cut short."""
    folder = tmp_path_factory.mktemp("home") / "nation"
    cut_short = folder.with_name("nation.unfinished")
    cut_short.mkdir()
    (cut_short / "half").write_text("half", encoding="utf-8")
    invent_nation(folder, scale=SHORT, seed=SEED)
    return folder


def test_it_is_written_once_and_nothing_is_left_beside_it(folder: Path) -> None:
    before = (folder / MANIFEST).stat().st_mtime_ns
    invent_nation(folder, scale=SHORT, seed=SEED + 1)
    assert (folder / MANIFEST).stat().st_mtime_ns == before
    assert [path.name for path in folder.parent.iterdir()] == ["nation"]
    assert not (folder / "half").exists()


def _held(folder: Path) -> dict[str, tuple[int, int]]:
    """The reports and the waiting hits of each body that sent a file."""
    analysts = {body: reader_named(f"analyst@{body.lower()}") for body, _ in report_files(folder)}
    return {
        body: (own_reports(analyst, cap=1_000_000), waiting_hits(analyst))
        for body, analyst in analysts.items()
    }


@pytest.mark.django_db
def test_it_is_loaded_as_each_body_and_loading_again_changes_nothing(cast: object, folder: Path) -> None:
    load_nation(folder)
    held, line = _held(folder), discovered_line(folder)
    assert len(held) > 10
    assert min(reports for reports, _ in held.values()) > 0
    assert sum(hits for _, hits in held.values()) > 50
    load_nation(folder)
    assert (_held(folder), discovered_line(folder)) == (held, line)
    assert (outbox.waiting(), outbox.failed()) == (0, 0)
