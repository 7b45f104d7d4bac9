"""What is pinned is in the bills of materials, and a known vulnerability fails unless it is excused until today."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from scripts.audit_dependencies import (
    EXCUSED,
    LOCKS,
    ROOT,
    Advisory,
    Excuse,
    read_excuses,
    read_npm_audit,
    read_pip_audit,
    unexcused,
    write_bills,
)

TODAY = date(2026, 11, 23)
OLD = Advisory("jinja2", "3.1.0", "GHSA-h5c8-rqwp-cp95", ("CVE-2024-22195",), ("3.1.3",))
PIP = {
    "dependencies": [
        {"name": "django", "version": "5.2.19", "vulns": []},
        {
            "name": "jinja2", "version": "3.1.0",
            "vulns": [{"id": OLD.id, "fix_versions": ["3.1.3"], "aliases": ["CVE-2024-22195"], "description": "x"}],
        },
        {"name": "segno", "skip_reason": "Dependency not found on PyPI and could not be audited"},
    ],
    "fixes": [],
}  # fmt: skip
NPM = {
    "vulnerabilities": {
        "koa": {
            "name": "koa", "range": "<2.16.1",
            "via": [{"url": "https://github.com/advisories/GHSA-x2rg-q646-7m2v", "title": "x"}],
        },
        "above": {"name": "above", "range": "*", "via": ["koa"]},
    },
    "metadata": {"dependencies": {"total": 71}},
}  # fmt: skip


@pytest.fixture(scope="module")
def bills() -> dict[str, set[tuple[str, str]]]:
    """Name and version of everything in each bill."""
    return {
        path.name: {
            (f"{one.get('group', '')}/{one['name']}".lstrip("/"), one["version"])
            for one in json.loads(path.read_text())["components"]
        }
        for path in write_bills()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_in_its_bill(bills: dict[str, set[tuple[str, str]]], lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    pins = set(re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.MULTILINE))
    assert pins
    assert bills[f"python-{lock}.cdx.json"] == pins


def test_every_package_of_the_front_end_is_in_its_bill(bills: dict[str, set[tuple[str, str]]]) -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pins = {(path.rpartition("node_modules/")[2], one["version"]) for path, one in locked.items() if path}
    assert bills["npm.cdx.json"] == pins


def test_the_lock_names_no_host_from_which_packages_came() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_it_reads_what_pip_audit_says() -> None:
    answer = read_pip_audit(json.dumps(PIP))
    assert (answer.advisories, answer.known, answer.asked) == ((OLD,), 2, 3)


def test_it_reads_what_npm_says_once_for_each_advisory() -> None:
    answer = read_npm_audit(json.dumps(NPM))
    assert [(one.package, one.id) for one in answer.advisories] == [("koa", "GHSA-x2rg-q646-7m2v")]
    assert answer.known == 71


def test_a_registry_that_refuses_to_say_knows_nothing() -> None:
    assert read_npm_audit('{"message": "405 Method Not Allowed", "statusCode": 405}').known == 0


@pytest.mark.parametrize(
    ("excuse", "left"),
    [
        (Excuse("jinja2", OLD.id, "Not used so", TODAY), []),
        (Excuse("jinja2", "CVE-2024-22195", "Not used so", TODAY), []),
        (Excuse("jinja2", OLD.id, "Not used so", date(2026, 11, 22)), [OLD]),
        (Excuse("jinja2", OLD.id, " ", TODAY), [OLD]),
        (Excuse("jinja2", "CVE-2024-0", "Another", TODAY), [OLD]),
        (Excuse("django", OLD.id, "Another", TODAY), [OLD]),
    ],
)
def test_an_excuse_holds_for_its_own_advisory_until_its_day(excuse: Excuse, left: list[Advisory]) -> None:
    assert unexcused([OLD], [excuse], TODAY)[0] == left


def test_an_excuse_that_excuses_nothing_is_told() -> None:
    assert unexcused([], [Excuse("jinja2", OLD.id, "Gone", TODAY)], TODAY)[1]


def test_the_file_of_excuses_gives_reasons_and_days(tmp_path: Path) -> None:
    assert all(excuse.why and excuse.until for excuse in read_excuses(EXCUSED.read_text()))
    example = re.sub(r"^# ", "", EXCUSED.read_text().partition("So:\n#\n")[2], flags=re.MULTILINE)
    assert [excuse.id for excuse in read_excuses(example)] == ["CVE-2026-00000"]
    with pytest.raises(KeyError):
        read_excuses('[[excused]]\npackage = "a"\nid = "b"\nuntil = 2026-01-01\n')
