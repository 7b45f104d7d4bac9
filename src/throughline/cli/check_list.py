"""``throughline check --file``: a list of values checked at once."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.words import Refused, give, give_json, progress, reader_as, say

if TYPE_CHECKING:
    from throughline.access.reader import Reader
    from throughline.matching.bulk_lines import ValueList
    from throughline.matching.bulk_queries import BulkAnswer
    from throughline.matching.queries import Holding


def run_list(chosen: argparse.Namespace) -> int:
    """Check every value of a file and print who holds each. Status 1 when a line was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.matching.bulk_lines import ListProblem, lines_of_file, sort_list  # noqa: PLC0415
    from throughline.matching.services import CheckProblem  # noqa: PLC0415
    from throughline.selectors.registry import NotASelector, kind_named  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        kind = kind_named(chosen.kind).name if chosen.kind else ""
        values = sort_list(lines_of_file(_content(chosen.file), name=chosen.file.name), kind=kind)
        ref, answers = _answers(reader, values, chosen.why)
    except (ListProblem, CheckProblem, NotAllowed, NotASelector) as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json(_as_object(ref, values, answers))
    else:
        for answer in answers:
            _give_answer(answer)
    for line in values.refused:
        say(f"Line {line.line} was not checked: {line.problem}")
    return 1 if values.refused else 0


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Refused(f"{file} cannot be read: {problem.strerror}.") from problem


def _answers(reader: "Reader", values: "ValueList", why: str) -> tuple[str, "list[BulkAnswer]"]:
    """Ask, and look up part by part here rather than wait for a worker."""
    from throughline.matching.bulk import ask_in_bulk, look_up_next_part  # noqa: PLC0415
    from throughline.matching.bulk_queries import bulk_answers  # noqa: PLC0415

    ref, total = ask_in_bulk(by=reader, values=values, why=why), len(values.wanted)
    with progress("Looking up", total=total) as show:
        done = 0
        while done < total:
            done = look_up_next_part(by=reader, ref=ref)
            show(done)
    return ref, bulk_answers(reader, ref, why=why, size=total)


def _as_object(ref: str, values: "ValueList", answers: "list[BulkAnswer]") -> dict[str, Any]:
    return {
        "list": ref, "read": values.read, "values": len(values.wanted), "repeated": values.repeated,
        "refused": [asdict(line) for line in values.refused],
        "answers": [
            {
                "line": a.line, "selector": a.selector.key, "kind": a.selector.kind, "shown": a.selector.shown,
                "times": a.times, "holdings": [_plain(h) for h in a.holdings],
                "asked": [{"body": one.body or None, "at": one.at, "times": one.times} for one in a.asked],
            }
            for a in answers
        ],
    }  # fmt: skip


def _plain(holding: "Holding") -> dict[str, Any]:
    return {name: value for name, value in asdict(holding).items() if name not in ("seen", "enquiry")}


def _give_answer(answer: "BulkAnswer") -> None:
    shown = answer.selector.shown
    if not answer.holdings:
        give(f"{shown}: nothing is known that you may be told.")
    for holding in answer.holdings:
        give(f"{shown}: {holding_words(holding)}")


def holding_words(holding: "Holding") -> str:
    """Who holds a value, in a line."""
    if holding.degree == "existence":
        return f"EXISTENCE  {holding.body_name} holds this. Ring {holding.desk}."
    times = "once" if holding.times == 1 else f"{holding.times} times"
    return f"CONTENT    {holding.body_name}: {holding.ref}, seen {times} since {holding.since:%-d %B %Y}"
