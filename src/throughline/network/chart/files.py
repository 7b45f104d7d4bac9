"""A chart as a file for other tools: CSV, GraphML and GeoJSON, each with its marking and handling first."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from throughline.kernel.error_file import inert
from throughline.lines.flows import position_of
from throughline.network.chart.queries import ChartPage, OnChart, Strand

THINGS = (
    "number",
    "kind",
    "value",
    "role",
    "to_protect",
    "members",
    "x",
    "y",
    "first_seen",
    "last_seen",
    "note",
)
LINKS = ("from", "to", "from_value", "to_value", "what", "times", "first", "last", "items")


def csv_of(chart: ChartPage, marking: Sequence[str]) -> str:
    """Things and then links, for a spreadsheet; the first rows are the marking."""
    out, names = StringIO(), {one.number: one.label for one in chart.spots}
    writer = csv.writer(out)
    writer.writerows([line] for line in marking)
    writer.writerow(THINGS)
    writer.writerows([inert(_text(cell)) for cell in _thing(one)] for one in chart.spots)
    writer.writerow([])
    writer.writerow(LINKS)
    writer.writerows([inert(_text(cell)) for cell in _link(one, names)] for one in chart.strands)
    # The mark at the start tells a spreadsheet that this is UTF-8.
    return "\ufeff" + out.getvalue()


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _thing(one: OnChart) -> tuple[object, ...]:
    return (one.number, one.kind, one.label, one.under, "yes" if one.is_protected else "", one.members, one.x, one.y,
            one.first, one.last, one.note)  # fmt: skip


def _link(one: Strand, names: dict[int, str]) -> tuple[object, ...]:
    return (one.one, one.other, names[one.one], names[one.other], one.what, one.times, one.first, one.last,
            " ".join(one.refs))  # fmt: skip


def graphml_of(chart: ChartPage, marking: Sequence[str]) -> str:
    """GraphML (Brandes and others 2002, graphml.graphdrawing.org), as yEd, Gephi and networkx read it."""
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    _keys(root, "node", "n", THINGS[1:])
    _keys(root, "edge", "e", LINKS[4:])
    _keys(root, "graph", "g", ("marking",))
    graph = SubElement(root, "graph", id=chart.ref, edgedefault="undirected")
    SubElement(graph, "data", key="g_marking").text = _clean(" ".join(marking))
    for one in chart.spots:
        node = SubElement(graph, "node", id=f"n{one.number}")
        _data(node, "n", THINGS[1:], _thing(one)[1:])
    names = {one.number: one.label for one in chart.spots}
    for number, strand in enumerate(chart.strands):
        edge = SubElement(graph, "edge", id=f"e{number}", source=f"n{strand.one}", target=f"n{strand.other}")
        _data(edge, "e", LINKS[4:], _link(strand, names)[4:])
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _keys(root: Element, what: str, prefix: str, names: Sequence[str]) -> None:
    for name in names:
        SubElement(
            root, "key", {"id": f"{prefix}_{name}", "for": what, "attr.name": name, "attr.type": "string"}
        )


def _data(element: Element, prefix: str, names: Sequence[str], cells: Sequence[object]) -> None:
    for name, cell in zip(names, cells, strict=True):
        if cell not in (None, ""):
            SubElement(element, "data", key=f"{prefix}_{name}").text = _clean(str(cell))


def _clean(text: str) -> str:
    """XML takes no control characters but tab and line ends."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def geojson_of(chart: ChartPage, marking: Sequence[str]) -> str:
    """GeoJSON (RFC 7946): each line by the areas that it sells from and in; others have no geometry."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature", "id": one.number, "geometry": _geometry(one),
            "properties": dict(zip(THINGS, map(_text, _thing(one)), strict=True)),
        }
        for one in chart.spots
    ]  # fmt: skip
    held = {"type": "FeatureCollection", "marking": " ".join(marking), "features": features}
    return json.dumps(held, ensure_ascii=False)


def _geometry(one: OnChart) -> dict[str, Any] | None:
    found = filter(None, map(position_of, one.areas))
    points = [[round(longitude, 4), round(latitude, 4)] for latitude, longitude in found]
    return {"type": "MultiPoint", "coordinates": points} if points else None
