"""Who took over from numbers that fell silent: ranked, with reasons and a probability, or a plain "none found"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import duckdb
import numpy as np

from throughline.access.reader import Reader
from throughline.telecoms.evidence import Traces, close_look
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.queries import known_calls
from throughline.telecoms.scene import Scene, scene_around
from throughline.telecoms.succession import FAINTEST, Match, match, pace, silence
from throughline.telecoms.weighing import probabilities

SHOWN: Final = 20
_HOURS_OF_A_DAY, _NAMED = 24, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A newcomer, the probability that it took over, and what speaks for it in sentences.

    ``on_record`` is the same without the numbers of contacts: what a report may say that outlives the calls.
    """

    number: str
    probability: float
    reasons: tuple[str, ...]
    on_record: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Successors:
    """What was found for one number: candidates, likeliest first; ``none_found`` where none is likelier than nobody."""

    number: str
    none_found: bool
    candidates: tuple[Candidate, ...]
    further: str
    """What would decide it, where it is open."""
    is_known: bool = True
    """Whether any call of the number is in the data that the reader may know."""


def successors(
    reader: Reader, numbers: Sequence[str], *, at: datetime | None = None, why: str = "who took over"
) -> tuple[Successors, ...]:
    """Rank successors of numbers that fell silent, at ``at`` or after their last call, over what the reader may know.

    Raises:
        NoCalls: the reader may know no call data.
    """
    asked = [key for number in numbers for key in keys_asked(number)]
    with known_calls(reader, why=why, numbers=len(numbers), asked=asked) as engine:
        held = _held(engine, numbers)
        known = [key for key in held.values() if key]
        scene = (
            scene_around(engine, known, at=at.astimezone(UTC).timestamp() if at else None) if known else None
        )
        if scene is None:
            return tuple(_unknown(number) for number in numbers)
        found = match(scene)
        return tuple(
            _of_one(engine, scene, found, number, held[number]) if held[number] in scene.asked else _unknown(number)
            for number in numbers
        )  # fmt: skip


def _held(engine: duckdb.DuckDBPyConnection, numbers: Sequence[str]) -> dict[str, str]:
    """The key under which each number that was typed stands in the calls; blank where it does not."""
    asked = {number: keys_asked(number) for number in numbers}
    keys = [key for several in asked.values() for key in several]
    rows = engine.execute(
        "select distinct number from numbers where number in (select unnest($keys))", {"keys": keys}
    ).fetchall()
    there = {row[0] for row in rows}
    return {number: next((key for key in keys if key in there), "") for number, keys in asked.items()}


def _unknown(number: str) -> Successors:
    return Successors(
        number,
        none_found=True,
        candidates=(),
        further="No call of this number is in the data that you may know.",
        is_known=False,
    )


def _of_one(
    engine: duckdb.DuckDBPyConnection, scene: Scene, found: Match, number: str, key: str
) -> Successors:
    row = scene.asked[key]
    close = close_look(engine, scene, found, key)
    names, columns, traces = close.names, close.columns, close.traces
    chances = probabilities(close.features)
    best = np.argsort(-chances, kind="stable")[:SHOWN]
    nobody = 1 - float(chances.sum())
    candidates = tuple(
        Candidate(
            names[place], round(float(chances[place]), 4),
            *_reasons(scene, found, row, int(columns[place]), traces[place]),
        )
        for place in best
    )  # fmt: skip
    none_found = not candidates or candidates[0].probability < nobody
    return Successors(number, none_found, candidates, _further(scene, row, candidates, none_found=none_found))


def _reasons(
    scene: Scene, found: Match, row: int, column: int, traces: Traces
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for the candidate, strongest kind first, and the same without the numbers of contacts.

    Plain sentences without a full stop.
    """
    shared, names = _shared(scene, found, row, column)
    told = list[str]()
    if traces.same_handset:
        told.append("used in the same handset")
    if traces.same_sim:
        told.append("used with the same SIM")
    if traces.told > 1:
        told.append(
            f"of the {traces.first_texts} texts and unanswered calls that it made on its first day, {traces.told} "
            "went to the old number's contacts"
        )
    told.append(f"first seen {_span(float(silence(scene)[row, column]))} after the old number was last seen")
    if traces.cells:
        told.append(f"its cells are {traces.cells:.0%} alike to the old number's")
    old, new = float(pace(scene.silent)[row]), float(pace(scene.born)[column])
    told.append(f"{new:.1f} calls and texts a day, where the old number had {old:.1f}")
    return (f"{shared}{names}", *told), (shared, *told)


def _shared(scene: Scene, found: Match, row: int, column: int) -> tuple[str, str]:
    """How many contacts both have, and which are the rarest."""
    now = found.now[row]
    kept = (scene.silent.weights[row] > 0) & (scene.born.weights[column] > 0)
    moved = (now > FAINTEST) & (scene.silent.weights[row] == 0) & (scene.born.weights[column] > 0)
    if not kept.any() and not moved.any():
        return "shares no contact with the old number", ""
    total = int(scene.silent.degree[row])
    rarest = sorted(np.flatnonzero(kept), key=lambda place: scene.commonness[place])[:_NAMED]
    names = ", ".join(scene.contacts[place] for place in rarest)
    said = f"in touch with {int(kept.sum())} of the old number's {total} contacts"
    if moved.any():
        said += f" and with {int(moved.sum())} that seem to have changed number too"
    return said, f", the rarest of those it kept {names}" if names else ""


def _span(days: float) -> str:
    if days < 1:
        hours = days * _HOURS_OF_A_DAY
        return f"{hours:.0f} hours" if hours >= 2 else f"{hours * 60:.0f} minutes"  # noqa: PLR2004
    return f"{days:.1f} days"


def _further(scene: Scene, row: int, candidates: Sequence[Candidate], *, none_found: bool) -> str:
    if not candidates:
        return (
            "No number came to life among its contacts since. Load later call data of its busiest contacts."
        )
    if none_found:
        return "No candidate is likelier than that nobody took over. Later calls, or handset data, would decide it."
    if len(candidates) > 1 and candidates[1].probability > candidates[0].probability / 3:
        return f"{candidates[0].number} and {candidates[1].number} are close: their handsets or cells would decide it."
    return ""
