"""What is in the code is in the documents: workflows, permissions, formats, settings, commands and words."""

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.instance import Instance
from throughline.access.journal import Verb
from throughline.access.permissions import Permission, Role
from throughline.access.rule import CLAUSES
from throughline.config.rules import WORKFLOWS
from throughline.intelligence.report_columns import EVERY_COLUMN
from throughline.kernel.models import StepRow
from throughline.selectors.registry import KINDS

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py")))


def _page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _glossary() -> set[str]:
    return set(re.findall(r"^\| ([^|]+?) \|", _page("GLOSSARY.md"), re.MULTILINE))


def test_the_pages_written_from_the_code_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/write_docs.py", "--check"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_every_workflow_is_documented_move_by_move() -> None:
    text = _page("docs/workflows.md")
    assert len(WORKFLOWS) == len(re.findall(r"= Workflow\(\n", SOURCE))
    for flow in WORKFLOWS:
        assert f"## {flow.name.capitalize()}" in text
        for move in flow.moves:
            assert f"| {move.verb} | {move.before} | {move.after} | `{move.needs}` |" in text


def test_every_permission_and_role_is_documented() -> None:
    text = _page("docs/permissions.md")
    assert [p for p in Permission if f"| `{p}` |" not in text] == []
    assert [r for r in Role if f"| {r} |" not in text] == []


def test_every_kind_of_selector_and_every_column_is_documented() -> None:
    text = _page("docs/formats.md")
    assert [name for name in (*KINDS, *EVERY_COLUMN) if f"| `{name}` |" not in text] == []


def test_every_setting_is_documented() -> None:
    read = set(re.findall(r"environ(?:\.get\(|\[)\s*\"(\w+)\"", SOURCE))
    own = read | set(re.findall(r"\"(THROUGHLINE_\w+)\"", SOURCE))
    assert {"THROUGHLINE_HOME", "DATABASE_URL"} <= own
    text = _page("docs/how-to/run-it.md")
    assert [name for name in sorted(own) if f"`{name}`" not in text] == []


def test_every_clause_of_the_rule_and_every_verb_of_the_journal_is_explained() -> None:
    text = _page("docs/need-to-know.md")
    assert [c.name for c in CLAUSES if f"| `{c.name}` | {c.sentence} |" not in text] == []
    assert [verb for verb in Verb if f"`{verb}`" not in text] == []


def test_every_test_that_the_auditors_are_pointed_to_exists() -> None:
    folders = re.findall(r"`(tests/\w+)/`", _page("docs/need-to-know.md"))
    assert folders
    assert [folder for folder in folders if not list((ROOT / folder).glob("test_*.py"))] == []


def test_every_command_is_documented(instance: Instance) -> None:
    text = _page("docs/commands.md")
    listed = instance.run("--help").stdout.partition("commands:")[2].partition("Example:")[0]
    names = re.findall(r"^    ([a-z]+) ", listed, re.MULTILINE)
    assert {"init", "demo", "serve", "load", "check", "flow", "journal"} <= set(names)
    assert [name for name in names if f"## `throughline {name}" not in text] == []


def test_the_answers_in_json_are_as_documented(instance: Instance) -> None:
    shapes = [
        json.loads(shape) for shape in re.findall(r"```json\n(.*?)\n```", _page("docs/formats.md"), re.DOTALL)
    ]
    loaded, listed, planned, stix, out, days, network, ranked, checked, drained, indicators, verified = shapes
    instance.run("demo", "--no-serve")
    story = ROOT / "src/throughline/demo/story/norf.csv"
    answer = instance.json("load", "reports", str(story), "--as", "analyst@norf")
    assert answer.keys() == loaded.keys()
    lines = instance.folder / "lines.csv"
    lines.write_text("reference,name,numbers,last_seen,source,assessment,handling,marking\n")
    assert instance.json("load", "lines", str(lines), "--as", "analyst@norf").keys() == listed.keys()
    events = instance.folder / "events.csv"
    events.write_text("event,kind,what,postcode,place,starts,ends,contact,why,silent\n")
    assert instance.json("load", "events", str(events), "--as", "analyst@norf").keys() == planned.keys()
    bundle = instance.folder / "bundle.json"
    bundle.write_text('{"type": "bundle", "id": "bundle--1", "objects": []}')
    assert instance.json("load", "stix", str(bundle), "--as", "analyst@norf").keys() == stix.keys()
    written = instance.folder / "out.json"
    answer = instance.json("export", "stix", str(written), "--as", "analyst@norf", "--why", "a test")
    assert answer.keys() == out.keys()
    officers = instance.folder / "days.csv"
    officers.write_text("skill,days_a_week\n")
    assert instance.json("load", "days", str(officers), "--as", "manager@norf").keys() == days.keys()
    folder = instance.folder / "network"
    folder.mkdir()
    (folder / "edges.csv").write_text("source,target\na,b\n")
    answer = instance.json("load", "network", str(folder), "--as", "analyst@norf", "--name", "N")
    assert answer.keys() == network.keys()
    answer = instance.json("network", "key-people", "N", "--as", "analyst@norf")
    assert answer.keys() == ranked.keys()
    assert answer["people"][0].keys() == ranked["people"][0].keys()
    answer = instance.json("check", "07700 900416", "--as", "officer@norf", "--why", "a test")
    assert answer.keys() == checked.keys()
    assert {key for row in answer["holdings"] for key in row} == set(checked["holdings"][0])
    assert instance.json("flow", "drain").keys() == drained.keys()
    answer = instance.json("indicators", "--as", "chair@nclcc")
    assert answer.keys() == indicators.keys()
    assert answer["indicators"][0].keys() == indicators["indicators"][0].keys()
    assert instance.json("journal", "verify").keys() == verified.keys()


def _words(model: type[models.Model]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Row")).lower()


def test_every_model_is_in_the_glossary() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("throughline.")]
    assert sorted(_words(m) for m in ours if _words(m) not in _glossary()) == []


def test_every_state_is_in_the_glossary() -> None:
    states = {state for flow in WORKFLOWS for state in flow.states}
    of_a_step = re.findall(r"state__in=\[(.+?)\]", inspect.getsource(StepRow))
    assert of_a_step
    states |= set(re.findall(r"\w+", of_a_step[0]))
    assert sorted(states - _glossary()) == []


def test_no_word_is_in_the_glossary_twice() -> None:
    words = re.findall(r"^\| ([^|]+?) \|", _page("GLOSSARY.md"), re.MULTILINE)
    again = {word for word in words if words.count(word) > 1}
    assert again == {"Word", "---"}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.stem)
def test_every_decision_says_why_and_what_follows(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap_and_each_is_one_of_a_kind() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_decisions_named_in_the_code_exist() -> None:
    named = {int(number) for number in re.findall(r"decision (\d{4})", SOURCE)}
    assert named <= {int(path.name[:4]) for path in DECISIONS}
