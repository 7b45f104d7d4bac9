"""What an installation is made from: the wheel holds the pages, and units and compose file are such."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from throughline.cli import main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def test_the_wheel_holds_the_pages_and_all_that_is_no_python(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("requirements", "src"):
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), source],
        capture_output=True, text=True, check=False, timeout=250,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("throughline-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/throughline").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert {name for name in wanted - held if not name.endswith(".built")} == set()
    assert any(name.endswith(".css") and "/static/build/" in name for name in held)


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not there to verify units with"
)
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_is_one_that_systemd_takes(tmp_path: Path, unit: Path) -> None:
    # Units name an installation that is not here: its programs are taken to be there.
    for one in DEPLOY.glob("throughline*"):
        text = one.read_text(encoding="utf-8")
        (tmp_path / one.name).write_text(
            re.sub(r"=/opt/throughline/\S+", "=/bin/true", text), encoding="utf-8"
        )
    name = unit.name.replace("@.", "@2.")
    (tmp_path / name).write_bytes((tmp_path / unit.name).read_bytes())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    ours = [row for row in done.stderr.splitlines() if "throughline" in row and "not-found" not in row]
    assert ours == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_commands_that_there_are(unit: Path) -> None:
    found = re.findall(
        r"^Exec\w+=/opt/throughline/\.venv/bin/throughline (.+)$", unit.read_text(encoding="utf-8"), re.M
    )
    assert found
    for words in found:
        with pytest.raises(SystemExit) as left:
            main([*words.split(), "--help"])
        assert left.value.code == 0


def test_the_compose_file_lets_the_proxy_alone_be_reached() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert [name for name, said in services.items() if "ports" in said] == ["proxy"]
    assert [name for name, said in services.items() if "outside" in said["networks"]] == ["proxy"]
    assert services["pages"]["environment"]["THROUGHLINE_TLS"] == "1"
    settings = (ROOT / "docs/how-to/run-it.md").read_text(encoding="utf-8")
    named = {
        name
        for said in services.values()
        for name in said.get("environment", {})
        if name.startswith("THROUGHLINE")
    }
    assert {name for name in named if f"`{name}`" not in settings} == set()


def test_the_proxy_hides_figures_and_says_who_asked() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "location = /metrics { return 404; }" in text
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text


def test_each_service_behind_the_socket_is_up_when_its_pages_are() -> None:
    unit = (DEPLOY / "throughline@.service").read_text(encoding="utf-8")
    assert {"Sockets=throughline.socket", "Type=notify", "NotifyAccess=all"} <= set(unit.splitlines())
    # What brings the tables up to date at its start would take from the service beside it what that still needs.
    assert "migrate" not in unit
