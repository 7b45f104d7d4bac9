"""Lines as a file for other tools: their columns, and GeoJSON with the ways between their areas."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from throughline.lines.flows import position_of
from throughline.lines.known import Held, of
from throughline.lines.ranking import RankedRow

COLUMNS = ("reference", "name", "state", "led_by", "score", "confidence", "comes_from", "sells_in", "reach", "drugs",
           "numbers", "first_seen", "last_seen")  # fmt: skip


def geojson_of(
    rows: Iterable[RankedRow],
    *,
    marking: str,
    states: Mapping[str, str],
    more: Mapping[str, object] | None = None,
) -> str:
    """GeoJSON (RFC 7946): each line as the ways between its areas, or where one end of it is known.

    The marking and what is ``more`` stand beside the features, as members of our own (section 6.1).
    """
    held = {
        "type": "FeatureCollection",
        "marking": marking,
        **(more or {}),
        "features": [
            {"type": "Feature", "id": row.row.ref, "geometry": _shape(row.row.known.facts),
             "properties": cells_of(row, states)}
            for row in rows
        ],
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False, default=str)


def cells_of(ranked: RankedRow, states: Mapping[str, str]) -> dict[str, Any]:
    """One line as a row of COLUMNS; ``states`` are words for its state, and one without stays as it is."""
    row, known = ranked.row, ranked.row.known
    said = [_list(of(known.facts, name)) for name in ("exports from", "imports to")]
    more = [_list(of(known.facts, name)) for name in ("drug", "number")]
    values = (row.ref, known.name, states.get(row.state, row.state), row.lead_name, ranked.total, ranked.confidence,
              *said, known.reach, *more, known.first_seen, known.last_seen)  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _list(facts: Iterable[Held]) -> str:
    return "; ".join(fact.shown for fact in facts)


def _shape(facts: tuple[Held, ...]) -> dict[str, Any] | None:
    starts, ends = (list(_positions(of(facts, name))) for name in ("exports from", "imports to"))
    if starts and ends:
        ways = [[start, end] for start in starts for end in ends]
        return {"type": "MultiLineString", "coordinates": ways}
    return {"type": "MultiPoint", "coordinates": starts or ends} if starts or ends else None


def _positions(facts: Iterable[Held]) -> Iterator[tuple[float, float]]:
    """Longitude and latitude, the order of GeoJSON."""
    for fact in facts:
        if position := position_of((fact.kind, fact.value)):
            yield round(position[1], 4), round(position[0], 4)
