"""Objects of other systems on their way in: reports of the reader's body, by the road of a file."""

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.file_load import tried
from throughline.intelligence.loading import REPORTS_AT_ONCE, clash, record_each
from throughline.intelligence.report_columns import EVERY_COLUMN, RejectedRow, Row
from throughline.intelligence.report_rows import draft_reports
from throughline.interop.follow_the_money import back as _ftm
from throughline.interop.incoming import RefusedThing, Take, TakenReport
from throughline.interop.misp import back as _misp
from throughline.interop.stix import back as _stix
from throughline.kernel import clock
from throughline.kernel.error_file import ErrorFile
from throughline.organisations.queries import body_ids


class LoadProblem(Exception):
    """The file as a whole is not of the form; the text says what to send instead."""


@dataclass(frozen=True, slots=True)
class FormIn:
    """How a file of another system is read: what it is called, its objects, and what is taken of them.

    ``objects`` raises ValueError where the content is not of the form; ``needs`` says what it needs.
    """

    name: str
    objects: Callable[[str], Sequence[object]]
    needs: str
    take: Take


FORMS_IN = {
    "ftm": FormIn(
        "entities of FollowTheMoney", _ftm.objects_in, "one entity a line, with id, schema and properties",
        _ftm.take,
    ),
    "misp": FormIn("events of MISP", _misp.objects_in, "an Event, or a response with several", _misp.take),
    "stix": FormIn("a bundle of STIX 2.1", _stix.objects_in, "a type, and a list of objects", _stix.take),
}  # fmt: skip


@dataclass(slots=True)
class ThingsLoad:
    """Objects by what became of them: read = kept + unchanged + context + rejected, and the reports that are new.

    What is ``missing`` was named by an object, and was not sent.
    """

    read: int = 0
    kept: int = 0
    unchanged: int = 0
    context: int = 0
    reports: int = 0
    refused: list[RefusedThing] = field(default_factory=list)
    missing: list[RefusedThing] = field(default_factory=list)
    error_file: Path | None = None

    @property
    def rejected(self) -> int:
        """Objects that were not kept, each of which is named."""
        return len(self.refused)


def load_file(
    *, by: Reader, path: Path, form: FormIn, dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> ThingsLoad:  # fmt: skip
    """Load a file of a form; the file of refused objects is written beside it.

    Raises:
        LoadProblem: the file cannot be read, or is not of the form.
        NotAllowed: the person's role does not load.
    """
    try:
        things = form.objects(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise LoadProblem(f"{path.name} cannot be read: {problem.strerror}.") from problem
    except json.JSONDecodeError as problem:
        raise LoadProblem(f"{path.name} is not JSON. Give {form.name}.") from problem
    except (ValueError, RecursionError) as problem:
        raise LoadProblem(f"{path.name} is not {form.name}: it needs {form.needs}.") from problem
    result = load_things(by=by, things=things, take=form.take, dry_run=dry_run, progress=progress)
    with ErrorFile(path) as errors:
        for one in (*result.refused, *result.missing):
            errors.add(RejectedRow(one.place, one.id, one.reason, _raw(things[one.place - 1])))
    result.error_file = errors.path
    return result


def _raw(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False)[:2_000]


def load_things(
    *, by: Reader, things: Sequence[object], take: Take, dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> ThingsLoad:  # fmt: skip
    """Record the reports among these objects as those of the reader's own body; what is not kept is named.

    The rules are those of a file of reports, and so are its words. With ``dry_run`` all is undone.
    """
    by.require(Permission.REPORT_LOAD)
    taken = take(things, own=by.body_code, bodies=body_ids())
    with tried(by, undo=lambda: True) if dry_run else nullcontext():
        outcomes = _record(by, taken.reports, progress)
    result = ThingsLoad(read=len(things), context=taken.context, refused=taken.refused, missing=taken.missing)
    # An object that several reports name is kept when one of them is.
    kept, unchanged = set[int](), set[int]()
    for report, outcome in zip(taken.reports, outcomes, strict=True):
        result.reports += outcome.is_kept
        (kept if outcome.is_kept else unchanged if outcome.is_held else set[int]()).update(report.places)
    result.kept, result.unchanged = len(kept), len(unchanged - kept)
    refused = dict[int, RefusedThing]()
    for report, outcome in zip(taken.reports, outcomes, strict=True):
        if not outcome.is_held:
            held_back = f"Held back: {next(iter(outcome.refused.values()))}"
            for place, name in report.places.items():
                refused[place] = RefusedThing(place, name, outcome.refused.get(place, held_back))
    result.refused += [one for place, one in refused.items() if place not in kept | unchanged]
    result.refused.sort(key=lambda one: one.place)
    return result


@dataclass(slots=True)
class _Outcome:
    """What became of one report: kept, held already, or refused, by the places of its rows with the reason."""

    is_kept: bool = False
    is_held: bool = False
    refused: dict[int, str] = field(default_factory=dict)


def _record(by: Reader, reports: Sequence[TakenReport], progress: Callable[[int], None]) -> list[_Outcome]:
    outcomes = [_Outcome() for _ in reports]
    number_of = {place: number for number, report in enumerate(reports) for place, _ in report.rows}
    rows = (
        Row(place, dict.fromkeys(EVERY_COLUMN, "") | cells, "") for report in reports for place, cells in report.rows
    )  # fmt: skip
    found = draft_reports(rows, bodies=frozenset(body_ids()), today=clock.today())
    done = 0
    while batch := list(islice(found, REPORTS_AT_ONCE)):
        drafts = []
        for one in batch:
            if isinstance(one, RejectedRow):
                outcomes[number_of[one.line]].refused[one.line] = one.reason
            else:
                drafts.append(one)
        for recorded in record_each(by, drafts):
            outcome = outcomes[number_of[recorded.draft.lines[0]]]
            if recorded.outcome == "clash":
                outcome.refused = {line: clash(line, recorded.draft).reason for line in recorded.draft.lines}
            else:
                outcome.is_kept, outcome.is_held = recorded.outcome == "kept", True
        progress(done := done + len(batch))
    return outcomes
