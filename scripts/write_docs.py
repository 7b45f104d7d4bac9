"""Writes the pages of docs/ that say what the code says: workflows, permissions, formats, doors and commands.

``--check`` writes nothing and fails when a page is not what the code would give today.
"""

import argparse
import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import django

DOCS = Path(__file__).parent.parent / "docs"
WRITTEN = "<!-- Written by scripts/write_docs.py from the code: change the code, then run it again. -->"

COLUMN_NOTES = {
    "report": "The originator's own reference, up to 64 characters. Rows that stand together under one reference "
    "are one report, one row an item.",
    "date_of_intelligence": "When it was so: `2026-01-31` or `31/01/2026`, not in the future. Once a report.",
    "title": "One line, up to 200 characters. Once a report.",
    "item": "The item's number from 1; blank for the next.",
    "text": "What is reported, up to 20,000 characters.",
    "source": "3x5x2 source evaluation: `1`, `2` or `3`. With all six grade columns blank the item waits for a "
    "person to grade it.",
    "assessment": "3x5x2 intelligence assessment: `A` to `E`.",
    "handling": "`P` (lawful sharing permitted) or `C` (with conditions).",
    "action": "Action code, under `C` alone and required there: `A1`, `A2` or `A3`.",
    "sanitisation": "Sanitisation code, under `C` alone and required there: `S1` or `S2`.",
    "instructions": "Written handling instructions, under `C` alone and required there.",
    "marking": "`OFFICIAL` or `OFFICIAL-SENSITIVE`. Anything higher is refused. Once a report.",
    "circulation": "Body codes joined by `;`, or `all`. Blank: nobody but the owner. Once a report.",
    "selectors": "`kind:value` joined by `;`, in the kinds below. `\\;` stands for a semicolon inside a value.",
    "scheme": "The scheme of the item's grade: blank or `3x5x2`, or `5x5x5` with source `A` to `E`, assessment and "
    "handling `1` to `5`. It is kept as it is and never converted. Under 5x5x5 handling `4` or `5` the circulation "
    "stays blank.",
    "provenance": "How the information is linked to the matter, without naming a source. Once a report, as all below.",
    "provenance_source": "The grade of the provenance in its own right, with codes as for an item: `1`, `2` or `3`.",
    "provenance_assessment": "`A` to `E`.",
    "provenance_handling": "`P` or `C`.",
    "provenance_action": "Under `C` alone: `A1`, `A2` or `A3`.",
    "provenance_sanitisation": "Under `C` alone: `S1` or `S2`.",
    "provenance_instructions": "Under `C` alone.",
    "threats": "Codes of threat families joined by `;`, from `intelligence/threats.csv`: `county-lines;firearms`.",
    "priority": "`high`, `medium` or `low`.",
    "caveat": "The dissemination caveat, where it is not the usual one.",
    "contact": "Who to ask about it, where it is not the person who loads.",
    "pii": "Whether public interest immunity applies: `yes` or `no`.",
    "sensitive_source": "The unit's own opaque reference of one sensitive source, never a name. The owner's body alone "
    "sees it.",
}
JSON_SHAPES = (
    (
        "throughline load reports FILE --as USER --json",
        '{"read": 45, "kept": 44, "rejected": 1, "unchanged": 0, "hits_raised": 12,\n'
        ' "reports": 43, "error_file": "reports.errors.csv", "dry_run": false,\n'
        ' "pole_advice": [{"advice": "A person stands without ...", "rows": 7, "lines": [3, 4, 5, 6, 7]}]}',
        "The first four count rows, and `read = kept + rejected + unchanged`.",
    ),
    (
        "throughline load lines FILE --as USER --json",
        '{"read": 3, "kept": 2, "rejected": 1, "unchanged": 0, "lines": 2,\n'
        ' "resembling": [{"row": 3, "line": "CL-7K3M-9QXT", "other": "CL-2B4D-8HJN", "why": "Both have ..."}],\n'
        ' "advice": [{"advice": "A person stands without ...", "rows": 1, "lines": [2]}],\n'
        ' "error_file": "lines.errors.csv", "dry_run": false}',
        "The first four count rows; `lines` are the new lines. What resembles a line that is held is named, and never "
        "merged.",
    ),
    (
        "throughline load events FILE --as USER --json",
        '{"read": 3, "kept": 2, "rejected": 1, "unchanged": 0, "error_file": "events.errors.csv", "dry_run": false}',
        "The first four count rows.",
    ),
    (
        "throughline load stix FILE --as USER --json",
        '{"read": 75, "kept": 2, "rejected": 73, "unchanged": 0, "context": 0, "reports": 1,\n'
        ' "refused": [{"place": 3, "id": "tool--...", "reason": "Nothing of the type tool is held here."}],\n'
        ' "missing": [], "error_file": "apt1.errors.csv", "dry_run": false}',
        "Objects of STIX 2.1: `read = kept + unchanged + context + rejected`. What is `missing` was named, not sent. "
        "`load misp` and `load ftm` say the\nsame of events with their attributes, and of entities.",
    ),
    (
        "throughline export stix FILE --as USER --why TEXT --json",
        '{"reports": 4, "objects": 31, "file": "reports.stix.json"}',
        "All that the person may know.",
    ),
    (
        "throughline load days FILE --as USER --json",
        '{"read": 3, "kept": 2, "rejected": 1, "unchanged": 0, "error_file": "days.errors.csv", "dry_run": false}',
        "The first four count rows. Columns: `skill`, `days_a_week` and, if you like, `body` (your own), `week` (its "
        "Monday; blank for the next eight weeks), `reserved` and `reserved_for`.",
    ),
    (
        "throughline load network DIR --as USER --name NAME --json",
        '{"network": "Caviar", "ref": "NW-7K3M-9QXT", "read": 1421, "kept": 1420, "rejected": 1, "unchanged": 0,\n'
        ' "hits_raised": 0, "dry_run": false, "error_files": ["edges.errors.csv"]}',
        "The counts are of the rows of all files together. A network raises no hits: its ids are no selectors.",
    ),
    (
        "throughline network key-people NAME --as USER --json",
        '{"network": "Caviar", "ref": "NW-7K3M-9QXT", "phase": "4", "method": "key people 1", "people": [\n'
        '  {"id": "1", "label": "1", "rank": 1, "score": 98.4, "measures": {"degree": 26.0, "betweenness": 0.71},\n'
        '   "points": {"degree": 20.0, "betweenness": 20.0}, "reasons": ["Tied to 26 others (20.0 points)."],\n'
        '   "roles": ["principal organiser"], "community": 1, "advice": {"protect": "", "pursue": "..."}}]}',
        "Without `--phase` the phase is empty, which is the whole. The points of the measures add up to the score.",
    ),
    (
        "throughline check SELECTOR --as USER --why TEXT --json",
        '{"selector": "+447700900538", "kind": "phone", "shown": "07700 900538", "holdings": [\n'
        '  {"degree": "content", "body": "NORF", "body_name": "Norfolk Constabulary",\n'
        '   "desk": "NORF intelligence desk, 01632 960125", "desk_email": "desk@norf.example",\n'
        '   "ref": "IR-7K3M-9QXT/1", "since": "2026-02-03", "times": 2},\n'
        '  {"degree": "existence", "body": "KENT", "body_name": "Kent Police",\n'
        '   "desk": "KENT intelligence desk, 01632 960119", "desk_email": "desk@kent.example",\n'
        '   "ref": null, "since": null, "times": null}]}',
        "Under `existence` the last three are always null: they stay with the holder.",
    ),
    (
        "throughline flow drain --json",
        '{"done": 12, "failed": 0, "waiting": 0}',
        "Steps of the flow.",
    ),
    (
        "throughline indicators --as USER --json",
        """{"since": "2025-10-01", "until": "2026-11-01", "as_at": "2026-10-20 12:00:00+00:00", "indicators": [
  {"key": "answered", "name": "Hits answered in time", "numerator": "judged for the first time by then",
   "denominator": "sides of hits that fell due in the month", "source": "hits and their history", "caveats": ["..."],
   "nation": {"of": 412, "count": 371, "share": 0.9004},
   "regions": [{"region": "Eastern", "of": 60, "count": 51, "share": 0.85}],
   "bodies": [{"body": "NORF", "of": 14, "count": 12, "share": 0.857, "beside": "Within what chance brings"}],
   "months": [{"month": "2025-10-01", "of": 31, "count": 30, "share": 0.967}]}]}""",
        "`until` is the day after the last. Where `of` is null the figure is kept back: it is small, or would give\n"
        "a small one away; `share` is null as well where there is no case.",
    ),
    (
        "throughline journal verify --json",
        '{"entries": 35, "faults": [{"lane": 7, "seq": 3, "fault": "..."}]}',
        "No faults: the journal holds.",
    ),
)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def workflows() -> str:
    """Each workflow as a picture and as its table."""
    from throughline.config.rules import WORKFLOWS  # noqa: PLC0415 Django must be ready first

    parts = [
        "# Workflows",
        "Nothing else sets a state: the database refuses whatever is not in these tables.",
    ]
    for flow in WORKFLOWS:
        arrows = [f"    {move.before} --> {move.after}: {move.verb}" for move in flow.moves]
        starts = [f"    [*] --> {start}" for start in flow.starts]
        picture = "\n".join(["```mermaid", "stateDiagram-v2", *starts, *arrows, "```"])
        rows = [
            (m.verb, m.before, m.after, f"`{m.needs}`", "asked at the move" if m.guard else "")
            for m in flow.moves
        ]
        heads = ("Move", "From", "To", "Permission", "Guard")
        parts += [f"## {flow.name.capitalize()}", f"Kept in `{flow.table}`.", picture, _table(heads, rows)]
    return "\n\n".join(parts)


def permissions() -> str:
    """The one table of roles and permissions, and the conditions that each role opens."""
    from throughline.access.permissions import (  # noqa: PLC0415 as above
        A1,
        A2,
        A3,
        NO_CLEARANCE,
        ROLE_CONDITIONS,
        ROLE_PERMISSIONS,
        ROLE_SUMMARY,
        Permission,
        Role,
        clearance_of,
    )

    bits = {"A1": A1, "A2": A2, "A3": A3}
    reads = {role: clearance_of(frozenset({role})) > NO_CLEARANCE for role in Role}
    opens = {
        role: ", ".join(code for code, bit in bits.items() if ROLE_CONDITIONS[role] & bit) for role in Role
    }
    roles = [
        (role.value, ROLE_SUMMARY[role], "yes" if reads[role] else "no", opens[role] or "none")
        for role in Role
    ]
    grants = [
        (f"`{permission}`", *("yes" if permission in ROLE_PERMISSIONS[role] else "" for role in Role))
        for permission in Permission
    ]
    return "\n\n".join(
        [
            "# Roles and permissions",
            "What a person *may do*. What they *may know* is another question: see "
            "[need to know](need-to-know.md). An action needs both.",
            "## Roles",
            _table(("Role", "Does", "May read intelligence", "Conditions of other bodies it opens"), roles),
            "A person with several roles has all that any of them gives.",
            "## Permissions",
            _table(("Permission", *(role.value for role in Role)), grants),
        ]
    )


def formats() -> str:
    """The columns of a file of reports, the kinds of selector and the answers in JSON."""
    from throughline.intelligence.report_columns import COLUMNS, OPTIONAL_COLUMNS  # noqa: PLC0415 as above
    from throughline.selectors.registry import KINDS  # noqa: PLC0415 as above

    columns = [(f"`{column}`", COLUMN_NOTES[column]) for column in COLUMNS]
    optional = [(f"`{column}`", COLUMN_NOTES[column]) for column in OPTIONAL_COLUMNS]
    kinds = [
        (f"`{k.name}`", k.label, k.hint, f"`{k.example}`", f"`{k.normalise(k.example)}`", f"{k.weight:g}")
        for k in KINDS.values()
    ]
    shapes = [f"### `{command}`\n\n```json\n{shape}\n```\n\n{note}" for command, shape, note in JSON_SHAPES]
    return "\n\n".join(
        [
            "# Formats",
            "## A file of reports",
            "CSV with these columns under a header, or JSON Lines with one object of the same names on each line, "
            "where `circulation`, `selectors` and `threats` may also be lists of texts. UTF-8, or UTF-16 with its "
            "mark. The body is that of the person who loads. How to load one: "
            "[how-to/load-reports.md](how-to/load-reports.md).",
            _table(("Column", "Holds"), columns),
            "A file may have these columns as well, in any order. One that lacks them is as whole as before.",
            _table(("Optional column", "Holds"), optional),
            "## Kinds of selector",
            "However a value is written, it is kept under one key. *Weight* is how telling one exact match is on "
            "its own, from 0 to 1: a judgement of ours, see [unverified.md](unverified.md).",
            _table(("Kind", "Name", "What to write", "Example", "Kept as", "Weight"), kinds),
            "## Answers in JSON",
            "With `--json` a command gives one object on stdout. More keys may be added.",
            *shapes,
        ]
    )


def doors() -> str:
    """Every function of the database that sees past the reader's own view, with its purpose."""
    rows = [(f"`{name}`", purpose) for name, purpose in sorted(_doors())]
    return "\n\n".join(
        [
            "# Doors of the engine",
            "Functions that run with the rights of the engine's role and so see rows that the reader may not. "
            "Each is used for the one purpose it states. What they let through, and what not, is in "
            "[need to know](need-to-know.md).",
            _table(("Function", "Purpose"), rows),
        ]
    )


def _doors() -> Iterator[tuple[str, str]]:
    from throughline.config.rules import rules  # noqa: PLC0415 as above

    pattern = r"((?:^--[^\n]*\n)*)^create (?:or replace )?function (\w+)(.*?)\bas\s*\$\$"
    for text in rules(engine="engine", app="app"):
        for comment, name, head in re.findall(pattern, text, re.MULTILINE | re.DOTALL):
            if "security definer" in head:
                yield name, _purpose(comment, name)


def _purpose(comment: str, name: str) -> str:
    words = " ".join(line.removeprefix("--").strip() for line in comment.splitlines())
    purpose = words.partition("Purpose: ")[2] or words
    if not purpose:
        raise SystemExit(f"The door {name} does not state its purpose: write '-- Purpose: ...' above it.")
    return purpose[0].upper() + purpose[1:]


def commands() -> str:
    """Every command with its options, from the parsers themselves."""
    from throughline.cli import COMMANDS  # noqa: PLC0415 as above

    parser = argparse.ArgumentParser(prog="throughline")
    chosen = parser.add_subparsers()
    for add in COMMANDS:
        add(chosen)
    parts = [
        "# Commands",
        "Exit status: 0 done, 1 refused or failed, 2 wrong usage. Errors go to stderr as one plain sentence.",
    ]
    for name, summary, one in _leaves(chosen, "throughline"):
        arguments = [
            (f"`{_written(action)}`", _described(action)) for action in one._actions if action.dest != "help"
        ]
        parts.append(f"## `{name}`\n\n{summary[:1].upper()}{summary[1:]}.")
        parts += [_table(("Argument", "Meaning"), arguments)] if arguments else []
        parts += [f"{one.epilog.replace('Example: ', 'Example: `')}`"] if one.epilog else []
    return "\n\n".join(parts)


def asvs() -> str:
    """The checklist of OWASP, and how many of its requirements stand how."""
    with (DOCS / "asvs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [
        "# OWASP ASVS 5.0, levels 1 and 2",
        "Each requirement of level 1 and 2 of the *Application Security Verification Standard* 5.0.0 by its number, "
        "named in our own words, with how it stands and where that shows. Nobody outside has checked this. "
        "*The installation* means that it is for whoever runs Throughline. The file is [asvs.csv](asvs.csv).",
    ]
    standings = Counter(row["standing"] for row in rows)
    parts.append(
        _table(("Standing", "Requirements"), [(name, str(count)) for name, count in standings.most_common()])
    )
    for chapter in dict.fromkeys(row["requirement"].partition(".")[0] for row in rows):
        cells = [
            (row["requirement"], row["level"], row["about"], row["standing"], _evidence(row))
            for row in rows
            if row["requirement"].partition(".")[0] == chapter
        ]
        parts += [f"## V{chapter}", _table(("Number", "Level", "About", "Standing", "Where it shows"), cells)]
    return "\n\n".join(parts)


def _evidence(row: Mapping[str, str]) -> str:
    where = f"`{row['evidence']}`. " if row["evidence"] else ""
    return f"{where}{row['words']}"


def _written(action: argparse.Action) -> str:
    value = [] if action.nargs == 0 else [str(action.metavar or action.dest.upper())]
    return " ".join([*action.option_strings, *value])


def _described(action: argparse.Action) -> str:
    default = action.default if isinstance(action.default, str | int) and action.default else None
    words = [
        action.help or "",
        "required" if action.required else "",
        f"default `{default}`" if default else "",
    ]
    return "; ".join(word for word in words if word)


def _leaves(
    chosen: "argparse._SubParsersAction[argparse.ArgumentParser]", path: str
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    summaries = {choice.dest: choice.help or "" for choice in chosen._choices_actions}
    for name, parser in chosen.choices.items():
        below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
        if below:
            yield from _leaves(below[0], f"{path} {name}")
        else:
            yield f"{path} {name}", summaries.get(name, ""), parser


PAGES: dict[str, Callable[[], str]] = {
    "asvs.md": asvs,
    "workflows.md": workflows,
    "permissions.md": permissions,
    "formats.md": formats,
    "doors.md": doors,
    "commands.md": commands,
}


def main() -> int:
    """Write the pages, or with ``--check`` say which of them are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    pages = {DOCS / name: f"{WRITTEN}\n\n{page()}\n" for name, page in PAGES.items()}
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    if chosen.check:
        for path in stale:
            sys.stderr.write(f"docs/{path.name} is out of date: run scripts/write_docs.py.\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
