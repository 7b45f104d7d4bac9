"""Says of everything that the lock files pin what it is, and whether a vulnerability of it is known.

Two bills of materials (CycloneDX) are written into build/bom, from the lock files alone. Then the registries are asked
for advisories. A known one that nobody has excused fails; where a registry is silent, that is said and nothing fails:
whoever has no network can still check the rest. `requirements/excused.toml` holds the excuses, each with a reason and a
last day.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parent.parent
BOM = ROOT / "build" / "bom"
EXCUSED = ROOT / "requirements" / "excused.toml"
LOCKS = ("base", "dev", "spark")
BIN = Path(sys.executable).parent
PATIENCE = 300
"""Seconds that a registry is waited for."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """One known vulnerability of one package that is pinned; `mended` are the versions without it."""

    package: str
    version: str
    id: str
    aliases: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a registry said: the advisories, and of how many packages out of how many it knew anything."""

    advisories: tuple[Advisory, ...]
    known: int
    asked: int


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a known vulnerability may stand, and the last day on which it may."""

    package: str
    id: str
    why: str
    until: date


def read_pip_audit(text: str) -> Answer:
    """The answer of `pip-audit -f json`."""
    packages = json.loads(text)["dependencies"]
    found = [
        Advisory(
            one["name"],
            one["version"],
            vuln["id"],
            tuple(vuln.get("aliases", ())),
            tuple(vuln["fix_versions"]),
        )
        for one in packages
        for vuln in one.get("vulns", ())
    ]
    return Answer(tuple(found), sum("skip_reason" not in one for one in packages), len(packages))


def read_npm_audit(text: str) -> Answer:
    """The answer of `npm audit --json`; one that holds no report knew of no package."""
    said: dict[str, Any] = json.loads(text)
    if "vulnerabilities" not in said:
        return Answer((), 0, 1)
    found = [
        Advisory(name, str(one["range"]), str(via["url"]).rpartition("/")[2])
        for name, one in said["vulnerabilities"].items()
        for via in one["via"]
        if isinstance(via, dict)  # a text names the package below in which it lies, which is here too
    ]
    asked = int(said["metadata"]["dependencies"]["total"])
    return Answer(tuple(found), asked, asked)


def read_excuses(text: str) -> list[Excuse]:
    """The file of excuses. A line that gives no reason or no day is a KeyError."""
    return [
        Excuse(one["package"], one["id"], one["why"], one["until"])
        for one in tomllib.loads(text).get("excused", [])
    ]


def unexcused(
    advisories: Sequence[Advisory], excuses: Sequence[Excuse], today: date
) -> tuple[list[Advisory], list[Excuse]]:
    """The advisories that nobody has excused for today, and the excuses that excuse nothing or have run out."""
    held = [excuse for excuse in excuses if excuse.until >= today and excuse.why.strip()]
    left = [one for one in advisories if not any(_is_for(excuse, one) for excuse in held)]
    idle = [
        excuse
        for excuse in excuses
        if excuse not in held or not any(_is_for(excuse, one) for one in advisories)
    ]
    return left, idle


def _is_for(excuse: Excuse, advisory: Advisory) -> bool:
    return excuse.package == advisory.package and excuse.id in (advisory.id, *advisory.aliases)


def write_bills() -> list[Path]:
    """A bill of materials for each lock file, checked against CycloneDX's own schema where the tool does."""
    BOM.mkdir(parents=True, exist_ok=True)
    written = []
    for lock in LOCKS:
        target = BOM / f"python-{lock}.cdx.json"
        _run(
            str(BIN / "cyclonedx-py"), "requirements", f"requirements/{lock}.lock", "--pyproject", "pyproject.toml",
            "--of", "JSON", "--output-reproducible", "--output-file", str(target),
        )  # fmt: skip
        written.append(target)
    target = BOM / "npm.cdx.json"
    target.write_text(
        _run("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"), encoding="utf-8"
    )
    return [*written, target]


def _ask_registries() -> dict[str, Answer]:
    answers = {
        f"requirements/{lock}.lock": _asked(
            read_pip_audit,
            str(BIN / "pip-audit"), "--requirement", f"requirements/{lock}.lock", "--require-hashes", "--disable-pip",
            "--no-deps", "--format", "json", "--progress-spinner", "off",
        )
        for lock in LOCKS
    }  # fmt: skip
    answers["package-lock.json"] = _asked(
        read_npm_audit, "npm", "audit", "--package-lock-only", "--json", "--no-fund"
    )
    return answers


def _asked(read: Any, *words: str) -> Answer:
    """One registry's answer; none at all counts as one that knows nothing."""
    try:
        said = _run(*words, may_fail=True)
        answer: Answer = read(said)
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return Answer((), 0, 1)
    return answer


def _run(*words: str, may_fail: bool = False) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 ours
    if done.returncode and not may_fail:
        raise SystemExit(f"{words[0]} failed: {done.stderr.strip()}")
    return done.stdout


def main() -> int:
    """Write the bills and ask; status 1 for a known vulnerability that nobody has excused, or an idle excuse."""
    for path in write_bills():
        print(f"{path.relative_to(ROOT)}: {len(json.loads(path.read_text())['components']):,} components")  # noqa: T201
    answers = _ask_registries()
    for lock, answer in answers.items():
        print(f"{lock}: {_words(answer)}")  # noqa: T201
    excuses = read_excuses(EXCUSED.read_text(encoding="utf-8"))
    found = tuple(dict.fromkeys(one for answer in answers.values() for one in answer.advisories))
    left, idle = unexcused(found, excuses, datetime.now(ZoneInfo("Europe/London")).date())
    for one in left:
        mend = f"update to {one.mended[0]}" if one.mended else "no version without it is known"
        print(f"{one.package} {one.version}: {one.id}, {mend}, or excuse it in requirements/excused.toml")  # noqa: T201
    idle = (
        idle if all(answer.known for answer in answers.values()) else []
    )  # else it may excuse what was not told
    for excuse in idle:
        print(f"{excuse.package}: the excuse for {excuse.id} ran out or excuses nothing: take it away")  # noqa: T201
    return 1 if left or idle else 0


def _words(answer: Answer) -> str:
    if not answer.known:
        return "NOT AUDITED: the registry said nothing of any package. Run this where it can be reached."
    missing = f", and nothing of {answer.asked - answer.known}" if answer.known < answer.asked else ""
    return (
        f"{len(answer.advisories)} known vulnerabilities; the registry knew {answer.known} packages{missing}"
    )


if __name__ == "__main__":
    sys.exit(main())
