"""Every way a load may change: a file is kept, laid out, tried, loaded, mended and forgotten."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.intelligence.report_columns import Row, RowShape
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.loads.call_files import KINDS as CALL_KINDS
from throughline.loads.call_maps import CALLS, call_layout_to
from throughline.loads.calls import keep_call_map, lay_out_by_header, record_calls
from throughline.loads.contents import REPORTS, content_of
from throughline.loads.events import LoadGoesOn, LoadTouched
from throughline.loads.files import KINDS, forget_file, keep_parts, kept_file, shown_name
from throughline.loads.layouts import fingerprint, layout_from, layout_to
from throughline.loads.models import ColumnMap, Load
from throughline.loads.packing import storable
from throughline.loads.preview import preview
from throughline.loads.recording import count_in, keep_refusals, read_into_blocks, record_next, recorded
from throughline.loads.workflow import LOAD
from throughline.telecoms.authorities import AuthorityProblem
from throughline.telecoms.columns import CallsProblem
from throughline.telecoms.layout import CallLayout

KEPT_FOR = timedelta(days=3)
"""A load that nobody touches for so long is forgotten: a weekend is shorter."""
LARGEST = 50_000_000
_TABLES = (".csv", ".xlsx", ".xlsm")
READ = {CALLS: CALL_KINDS}
"""The kinds of file that a kind of load reads, where they are others than those of reports."""


@writes
def keep_upload(
    *, by: Reader, filename: str, size: int, chunks: Iterable[bytes], kind: str = REPORTS, authority: str = ""
) -> str:
    """Keep a file for this person until its load ends, laid out by its header if that is known. Returns its reference.

    ``kind`` says what the file holds: reports, a register of lines, or calls under an authority.

    Raises:
        FileProblem: it is of no kind that is read, too large, or cannot be read at all.
    """
    _require(by, kind)
    name = shown_name(filename)
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    read = READ.get(kind, KINDS)
    if suffix not in read:
        raise FileProblem(f"{name} is not a kind of file that is read: give a {', '.join(read[:3])} file.")
    if size > LARGEST:
        raise FileProblem(
            f"{name} is larger than {LARGEST // 1_000_000} MB: load it with the command, or part it."
        )
    now = clock.now()
    load = Load.objects.create(
        ref=new_ref("LD"), kind=kind, authority=authority, owner=by.body, person=by.person, filename=name,
        suffix=suffix, size=size, begun_at=now, touched_at=now,
    )  # fmt: skip
    keep_parts(load, chunks)
    _lay_out(load, by)
    _touch(load)
    return load.ref


def _lay_out(load: Load, by: Reader) -> None:
    """Choose the standard columns, or the newest map of the body that knows this header; else none."""
    if load.kind == CALLS:
        lay_out_by_header(load, by)
        return
    content = content_of(load.kind)
    if load.suffix not in _TABLES:
        load.layout = layout_to(content.standard)
        return
    with kept_file(load) as path:
        seen = preview(path, known=content.known)
    lacking = set(content.standard.uses) - {heading.casefold().replace(" ", "_") for heading in seen.headings}
    saved = (
        ColumnMap.objects.filter(body=by.body, kind=load.kind, fingerprint=fingerprint(seen.headings))
        .order_by("-saved_at")
        .first()
    )
    if not lacking:
        load.layout = layout_to(replace(content.standard, sheet=seen.sheet, header_line=seen.header_line))
    elif saved:
        known = layout_from(saved.layout)
        load.layout = layout_to(replace(known, sheet=seen.sheet, header_line=seen.header_line))
        load.map_name = saved.name


@writes
def lay_out_load(*, by: Reader, ref: str, layout: Layout, save_as: str = "") -> None:
    """Say what the columns hold; with a name the body keeps it as a map for files with the same header."""
    load = _own(by, ref)
    if load.state == "tried":
        LOAD.make("choose again", load, by=by, why="columns chosen")
    load.layout, load.blocks, load.problem, load.map_name = layout_to(layout), None, "", save_as
    load.block_set.all().delete()
    _touch(load)
    if save_as:
        ColumnMap.objects.update_or_create(
            body=by.body, kind=load.kind, name=save_as,
            defaults={
                "fingerprint": _header(load, layout), "layout": layout_to(replace(layout, sheet="", header_line=0)),
                "saved_by": by.name, "saved_at": clock.now(),
            },
        )  # fmt: skip
        journal.note(Verb.ALTER, "map of columns", load.ref, why="saved")


def _header(load: Load, layout: Layout) -> str:
    with kept_file(load) as path:
        known = content_of(load.kind).known
        return fingerprint(
            preview(path, sheet=layout.sheet, header_line=layout.header_line, known=known).headings
        )


@writes
def lay_out_calls(*, by: Reader, ref: str, layout: CallLayout, save_as: str = "") -> None:
    """The same for a file of calls."""
    load = _own(by, ref)
    if load.state == "tried":
        LOAD.make("choose again", load, by=by, why="columns chosen")
    load.layout, load.problem, load.map_name = call_layout_to(layout), "", save_as
    _touch(load)
    if save_as:
        keep_call_map(by, load, layout, save_as)
        journal.note(Verb.ALTER, "map of columns", load.ref, why="saved")


@writes
def begin_load(*, by: Reader, ref: str, verb: str) -> None:
    """Try a load or do it: the worker reads the file from here on. Raises `MoveRefused`."""
    load = _own(by, ref)
    if load.layout is None:
        raise FileProblem("Say what the columns hold first.")
    LOAD.make(verb, load, by=by, why="a trial" if verb == "try" else "a load")
    load.refusal_set.all().delete()
    load.problem, load.done, load.advice = "", 0, {}
    load.resembling = []
    load.read = load.kept = load.rejected = load.unchanged = load.reports = load.lines = 0
    _touch(load)
    announce(LoadGoesOn(load=load.pk, person=by.person))


@writes
def leave_load(*, by: Reader, ref: str) -> None:
    """End a load: its file and its refused rows are forgotten now; what was kept stays."""
    load = _own(by, ref)
    LOAD.make("leave", load, by=by, why="left")
    forget_file(load)
    load.refusal_set.all().delete()
    _touch(load)


def _own(by: Reader, ref: str) -> Load:
    load = Load.objects.select_for_update().get(ref=ref)
    _require(by, load.kind)
    return load


def _require(by: Reader, kind: str) -> None:
    if kind == CALLS:
        by.require(Permission.CALLS_LOAD)
    else:
        content_of(kind).require(by)


def _touch(load: Load) -> None:
    load.touched_at = clock.now()
    load.save()
    announce(LoadTouched(load=load.pk), due=load.touched_at + KEPT_FOR)


def forget_idle_loads(_: Sequence[Payload]) -> None:
    """Forget what nobody has touched for `KEPT_FOR`, whoever it belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("select loads_forget_idle(%s)", [clock.now() - KEPT_FOR + timedelta(seconds=1)])


def forget_kept_calls(facts: Sequence[Payload]) -> None:
    """Forget the kept files and refused rows of calls whose authority has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select loads_forget_of_authorities(%s)", [[fact["authority"] for fact in facts]])


def go_on_with_loads(facts: Sequence[Payload]) -> None:
    """Do the next piece of each load, as the person whose load it is: the database shows no more than to them."""
    for fact in facts:
        by = reader_numbered(fact["person"])
        if by and by.may(Permission.REPORT_LOAD):
            with reading(by):
                _go_on(by, fact["load"])


def _go_on(by: Reader, number: int) -> None:
    load = Load.objects.select_for_update().filter(pk=number, state__in=["trying", "loading"]).first()
    if load is None:
        return  # done already, or forgotten
    if load.kind == CALLS:
        is_read = _read(by, load, record_calls)
    elif load.blocks is None:
        is_read = _read(by, load, lambda _, one: read_into_blocks(one))
    else:
        is_read = True
        record_next(by, load)
    load.touched_at = clock.now()
    load.save()
    if is_read and load.done < (load.blocks or 0):
        announce(LoadGoesOn(load=load.pk, person=by.person))
    elif is_read:
        _finish(by, load)


def _finish(by: Reader, load: Load) -> None:
    if load.state == "trying":
        LOAD.make("report the trial", load, by=by)
        return
    LOAD.make("finish", load, by=by)
    forget_file(load)
    counts = {"read": load.read, "kept": load.kept, "rejected": load.rejected, "unchanged": load.unchanged}
    journal.note(Verb.COLLECT, "load", load.ref, why="loaded a file", **counts)
    announce(LoadTouched(load=load.pk), due=clock.now() + KEPT_FOR)


def _read(by: Reader, load: Load, read: Callable[[Reader, Load], None]) -> bool:
    """Read the file; false if it cannot be read, and then its person chooses again."""
    try:
        with transaction.atomic():
            read(by, load)
    except (FileProblem, CallsProblem, AuthorityProblem) as problem:
        load.problem = storable(str(problem))
        LOAD.make("stop", load, by=by, why="the file cannot be read as it is laid out")
        return False
    return True


@writes
def mend_rows(*, by: Reader, ref: str, lines: Sequence[int], values: Sequence[Mapping[str, str]]) -> int:
    """Record rows that were refused as they now stand. Returns how many were kept or are held already.

    Those that are refused again keep their new values, with the new reasons. Raises `MoveRefused` unless the load
    is over: rows of a trial are mended when they are loaded.
    """
    load = _own(by, ref)
    if load.state != "loaded":
        raise MoveRefused("Rows are mended once the file is loaded.")
    mended = load.refusal_set.filter(line__in=lines)
    held = dict(mended.values_list("line", "values"))
    if len(held) != len(lines):
        raise MoveRefused("These rows are mended already.")
    shape = content_of(load.kind).standard.shape
    rows = [_row(shape, line, held[line], given) for line, given in zip(lines, values, strict=True)]
    outcome = recorded(by, load, rows)
    mended.delete()
    keep_refusals(load, outcome.refused)
    count_in(load, outcome)
    load.rejected -= outcome.kept + outcome.unchanged
    _touch(load)
    return outcome.kept + outcome.unchanged


def _row(shape: RowShape, line: int, held: Mapping[str, str], given: Mapping[str, str]) -> Row:
    """The row as it now stands; in a column that no form asks for, as the file has it."""
    values = {column: held.get(column, "") for column in shape.every} | dict(given)
    return Row(line, values, ",".join(values.values()))
