"""Lines and charts as GraphML and GeoJSON: libraries of others open them, and nobody gets more than they may."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import igraph
import networkx
import pyogrio
import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.interop.machines import caller
from tests.lines.keeping import NUMBER, keep
from throughline.kernel import outbox
from throughline.lines.services import Said
from throughline.network.chart.services import name_chart, open_chart, share_chart, widen_chart
from throughline.network.chart.spots import Spot


def lived_in() -> tuple[str, str]:
    """A line between two areas and a chart of its number that Norfolk shares with Kent; their references."""
    norf = someone("analyst@norf")
    line = keep(norf, said=[Said("exports from", "body", "MPS"), Said("imports to", "body", "NORF")])
    file_report(norf, "R1", selectors=[NUMBER, "vehicle:AB12CDE", "person:Example, Sam, 2001-05-03"])
    outbox.drain()
    chart = open_chart(by=norf, start=Spot("phone", "+447700900301"))
    widen_chart(by=norf, ref=chart)
    name_chart(by=norf, ref=chart, name="A line")
    share_chart(by=norf, ref=chart, bodies=["KENT"], is_shared=True)
    return line, chart


def read(client: Any, path: str) -> bytes:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    content: bytes = answer.content
    return content


def test_networkx_and_igraph_open_a_chart(house: Instance, tmp_path: Path) -> None:
    _, chart = lived_in()
    client = caller("norf")
    assert [row["ref"] for row in json.loads(read(client, "charts"))["items"]] == [chart]
    content = read(client, f"charts/{chart}.graphml?why=Mapping")
    graph = networkx.read_graphml(BytesIO(content))
    path = tmp_path / "chart.graphml"
    path.write_bytes(content)
    again = igraph.Graph.Read_GraphML(str(path))
    assert (len(graph), graph.number_of_edges()) == (again.vcount(), again.ecount())
    assert {"AB12 CDE"} <= {said["value"] for _, said in graph.nodes(data=True)} & set(again.vs["value"])
    assert graph.number_of_edges() >= 3
    assert "OFFICIAL-SENSITIVE" in content.decode()


@pytest.mark.parametrize("what", ["lines", "chart"])
def test_gdal_opens_geojson(house: Instance, what: str) -> None:
    line, chart = lived_in()
    path = "lines.geojson?why=Mapping" if what == "lines" else f"charts/{chart}.geojson?why=Mapping"
    content = read(caller("norf"), path)
    held = json.loads(content)
    found = pyogrio.read_info(BytesIO(content))
    assert (found["driver"], found["features"]) == ("GeoJSON", len(held["features"]))
    assert held["marking"].startswith("OFFICIAL-SENSITIVE. ")
    fields, geometry, ids = found["fields"], found["geometry_type"], [f["id"] for f in held["features"]]
    assert ("score" in fields and line in ids) if what == "lines" else "kind" in fields
    assert geometry in ("MultiLineString", "MultiPoint", "Unknown")


def test_a_map_is_taken_in_pages(house: Instance) -> None:
    lived_in()
    norf = someone("analyst@norf")
    for n in range(2):
        keep(norf, f"M{n}")
    client, ids, after = caller("norf"), list[str](), ""
    while True:
        held = json.loads(read(client, f"lines.geojson?why=Mapping&size=2&after={after}"))
        ids += [one["id"] for one in held["features"]]
        if not (after := held["next"] or ""):
            break
    assert len(ids) == len(set(ids)) == 3


def test_each_gets_of_a_shared_chart_what_they_may_know(house: Instance) -> None:
    _, chart = lived_in()
    kent, mps = caller("kent"), caller("mps")
    assert b"AB12" not in read(kent, f"charts/{chart}.graphml?why=Mapping")
    for kind in ("graphml", "geojson"):
        answer = mps.get(f"/api/v1/charts/{chart}.{kind}?why=Mapping")
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    with house.as_owner() as owner:
        noted = owner.execute(
            "select count(*) from access_journal_entry where why = 'took it as a file' and ref = %s", [chart]
        ).fetchone()
    assert noted == (1,)


def test_a_file_that_did_not_change_is_not_sent_again(house: Instance) -> None:
    _, chart = lived_in()
    client = caller("norf")
    for path in ("lines.geojson", f"charts/{chart}.graphml"):
        first = client.get(f"/api/v1/{path}?why=Mapping")
        again = client.get(f"/api/v1/{path}?why=Mapping", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
