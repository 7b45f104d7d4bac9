"""The same seed gives the same bytes in every file; another seed gives other people; the manifest tells of all."""

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.conftest import SEED, TINY
from throughline.simulation.writing import MANIFEST, FolderProblem, write_nation


def _manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def _names(folder: Path) -> set[tuple[str, str, str]]:
    with (folder / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        return {(row["given"], row["family"], row["born"]) for row in csv.DictReader(file)}


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_people(
    nation: Path, tmp_path: Path
) -> None:
    write_nation(TINY, SEED, tmp_path / "again")
    write_nation(replace(TINY, days=4), SEED + 1, tmp_path / "other")
    assert _files(tmp_path / "again") == _files(nation)
    assert not _names(tmp_path / "other") & _names(nation)


def test_the_manifest_has_the_hash_and_the_rows_of_every_file(nation: Path) -> None:
    said = _manifest(nation)
    assert (said["scale"], said["seed"], said["days"]) == ("small", SEED, TINY.days)
    hashes = _files(nation)
    assert {place: one["sha256"] for place, one in said["files"].items()} == {
        place: digest for place, digest in hashes.items() if place != MANIFEST
    }
    rows = said["files"]["truth/people.csv"]["rows"]
    with (nation / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        assert rows == len(list(csv.DictReader(file)))


def test_it_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderProblem, match="not an empty folder"):
        write_nation(TINY, 1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
