"""Loading networks: kept once, refused row by row, opened to nobody else, and worked out as they are held."""

import csv
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.network.folders import KITE_EDGES, write
from throughline.access.journal import journal_page
from throughline.access.models import Marking
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.network.models import Network, Node, Standing, Tie
from throughline.network.queries import (
    UnknownNetwork,
    key_people,
    network_called,
    network_changes,
    network_chart,
    network_list,
    network_page,
)
from throughline.network.services import NetworkLoad, NetworkProblem, load_network


def _load(by: Reader, folder: Path, name: str = "Kite") -> NetworkLoad:
    return load_network(by=by, folder=folder, name=name)


def _counts(found: NetworkLoad) -> tuple[int, int, int, int]:
    return found.read, found.kept, found.rejected, found.unchanged


def _ids(reader: Reader, ref: str, phase: str = "") -> list[str]:
    found = key_people(reader, ref, phase=phase)
    assert found
    return [one.id for one in found.people]


def test_it_keeps_a_network_once_and_changes_nothing_twice(cast: Cast, tmp_path: Path) -> None:
    folder = write(tmp_path, edges=KITE_EDGES)
    first = _load(cast.aisha, folder)
    assert _counts(first) == (18, 18, 0, 0)
    with reading(cast.aisha):
        before = list(Node.objects.order_by("pk").values()), list(Standing.objects.order_by("pk").values())
    again = _load(cast.aisha, folder, "  KITE ")
    assert (_counts(again), again.ref) == ((18, 0, 0, 18), first.ref)
    with reading(cast.aisha):
        after = list(Node.objects.order_by("pk").values()), list(Standing.objects.order_by("pk").values())
    assert after == before


def test_the_kite_is_led_by_who_has_most_ties_and_who_is_on_most_ways(cast: Cast, tmp_path: Path) -> None:
    ref = _load(cast.aisha, write(tmp_path, edges=KITE_EDGES)).ref
    found = key_people(cast.aisha, ref)
    assert found
    by_id = {one.id: one for one in found.people}
    assert max(by_id, key=lambda n: by_id[n].measures["degree"]) == "diane"
    assert max(by_id, key=lambda n: by_id[n].measures["betweenness"]) == "heather"
    assert {one.id for one in found.people[:4]} == {"diane", "heather", "fernando", "garth"}
    assert by_id["jane"].rank == 10
    assert all(one.reasons for one in found.people)


def test_a_row_at_fault_is_written_beside_the_input_and_the_rest_is_kept(cast: Cast, tmp_path: Path) -> None:
    folder = write(tmp_path, nodes="id,age\na,30\nb,31\n,32\n", edges="source,target\na,b\na,\nzed,b\n")
    found = _load(cast.aisha, folder)
    assert _counts(found) == (6, 3, 3, 0)
    with (folder / "edges.errors.csv").open(encoding="utf-8-sig", newline="") as stream:
        refused = [(row["line"], row["reason"]) for row in csv.DictReader(stream)]
    assert refused == [("3", "There is no target in this row."), ("4", "zed is not in the list of nodes.")]
    assert found.error_files == [folder / "edges.errors.csv", folder / "nodes.errors.csv"] or found.error_files == [
        folder / "nodes.errors.csv", folder / "edges.errors.csv",
    ]  # fmt: skip
    assert _counts(_load(cast.aisha, folder)) == (6, 0, 3, 3)


def test_what_is_held_otherwise_is_refused_and_what_is_new_is_added(cast: Cast, tmp_path: Path) -> None:
    folder = write(tmp_path, nodes="id,age\na,30\nb,31\n", edges="source,target,weight\na,b,1\n")
    ref = _load(cast.aisha, folder).ref
    chart = network_chart(cast.aisha, ref)
    assert chart
    places = {one.id: (one.x, one.y) for one in chart.drawn}
    write(tmp_path, nodes="id,age\na,44\nb,31\nc,5\n", edges="source,target,weight\na,b,2\nb,c,1\n")
    assert _counts(_load(cast.aisha, folder)) == (5, 2, 2, 1)
    with reading(cast.aisha):
        assert Tie.objects.get(source__key="a").weight == 1
        assert Node.objects.get(key="a").attributes == {"age": "30"}
    chart = network_chart(cast.aisha, ref)
    assert chart
    assert {one.id: (one.x, one.y) for one in chart.drawn if one.id in places} == places
    assert len(chart.drawn) == 3


def test_phases_are_ranked_one_by_one_and_change_is_told(cast: Cast, tmp_path: Path) -> None:
    edges = "phase,source,target\n1,a,b\n1,a,c\n1,a,d\n2,b,c\n2,b,d\n2,b,e\n10,b,c\n"
    folder = write(tmp_path, edges=edges, seizures="phase,seizures,what\n2,1,30 kg\n")
    ref = _load(cast.aisha, folder).ref
    assert [_ids(cast.aisha, ref, phase)[0] for phase in ("1", "2")] == ["a", "b"]
    changes = network_changes(cast.aisha, ref)
    assert changes
    assert [(one.before, one.after) for one in changes] == [("1", "2"), ("2", "10")]
    assert (changes[0].appear, changes[0].disappear, changes[0].first) == (("e",), ("a",), "b")
    assert changes[0].happened == ("30 kg (seizures 1)",)
    assert key_people(cast.aisha, ref, phase="3") is None


def test_the_whole_is_as_published_where_it_is(cast: Cast, tmp_path: Path) -> None:
    folder = write(
        tmp_path, edges="phase,source,target\n1,a,b\n2,a,c\n", edges_whole_period="source,target\nc,a\nc,b\nc,d\n"
    )  # fmt: skip
    ref = _load(cast.aisha, folder).ref
    assert _ids(cast.aisha, ref)[0] == "c"
    page = network_page(cast.aisha, ref)
    assert page
    assert page.phases == ("1", "2")


def test_two_modes_are_kept_and_people_are_ranked_by_what_they_share(cast: Cast, tmp_path: Path) -> None:
    rows = "P1,E1,victim\nP1,E2,suspect\nP2,E1,suspect\nP3,E2,victim_and_suspect\nP3,E2,witness\n"
    folder = write(
        tmp_path, persons="id,gender\nP1,male\nP2,female\nP3,male\nP4,male\n", events="id\nE1\nE2\n",
        involvement=f"person,event,role\n{rows}",
    )  # fmt: skip
    ref = _load(cast.aisha, folder).ref
    page = network_page(cast.aisha, ref)
    assert page
    assert (page.people, page.things, page.ties, page.is_two_mode, page.is_directed) == (4, 2, 5, True, False)
    assert {one.role: (one.ties, one.people) for one in page.roles} == {
        "suspect": (2, 2), "victim": (1, 1), "victim_and_suspect": (1, 1), "witness": (1, 1),
    }  # fmt: skip
    assert page.both == 2
    found = key_people(cast.aisha, ref)
    assert found
    assert [one.id for one in found.people] == ["P1", "P2", "P3", "P4"]
    assert found.people[0].roles == ("suspect", "victim")
    assert found.people[0].advice.pursue == ""
    chart = network_chart(cast.aisha, ref)
    assert chart
    assert {one.id for one in chart.drawn} == {"P1", "P2", "P3", "P4", "E1", "E2"}


def test_a_large_network_is_drawn_as_its_communities(cast: Cast, tmp_path: Path) -> None:
    ties = [
        f"n{base + a},n{base + b}"
        for base in range(0, 600, 30)
        for a in range(30)
        for b in (a + 1, a + 2)
        if b < 30
    ]
    bridges = [f"n{base},n{base + 30}" for base in range(0, 570, 30)]
    ref = _load(cast.aisha, write(tmp_path, edges="source,target\n" + "\n".join(ties + bridges) + "\n")).ref
    chart = network_chart(cast.aisha, ref)
    assert chart
    assert chart.is_clustered
    assert sum(one.members for one in chart.drawn) == 600
    one = network_chart(cast.aisha, ref, community=1)
    assert one
    assert (len(one.drawn), one.is_clustered) == (chart.drawn[0].members, False)
    assert network_chart(cast.aisha, ref, community=900) is None


@pytest.mark.parametrize("who", ["harry", "ben", "grace"])
def test_nobody_else_may_know_of_it(cast: Cast, tmp_path: Path, who: str) -> None:
    reader: Reader = getattr(cast, who)
    ref = _load(cast.aisha, write(tmp_path, edges=KITE_EDGES)).ref
    with reading(reader):
        assert not any(model.objects.exists() for model in (Network, Node, Tie, Standing))
    if who == "grace":
        with pytest.raises(NotAllowed):
            network_page(reader, ref)
        return
    assert network_list(reader) == ((), False)
    for asked in (network_page, key_people, network_changes, network_chart):
        assert asked(reader, ref) is None
    with pytest.raises(UnknownNetwork):
        network_called(reader, "Kite")


def test_it_opens_with_its_marking(cast: Cast, tmp_path: Path) -> None:
    ref = _load(cast.aisha, write(tmp_path, edges=KITE_EDGES)).ref
    with reading(cast.aisha):
        marking = Network.objects.values_list("marking", flat=True).get()
        Marking.objects.filter(pk=marking).update(released=True, bodies=[cast.ben.body])
    assert _ids(cast.ben, ref) == _ids(cast.aisha, ref)
    assert network_called(cast.ben, "kite") == ref
    own = _load(cast.mia, write(tmp_path, edges=KITE_EDGES)).ref
    assert network_called(cast.mia, "kite") == own


def test_every_look_stands_in_the_journal(cast: Cast, tmp_path: Path) -> None:
    ref = _load(cast.aisha, write(tmp_path, edges=KITE_EDGES)).ref
    for asked in (network_page, key_people, network_changes, network_chart):
        asked(cast.aisha, ref)
    looks, _ = journal_page(cast.grace, ref=ref)
    assert [look.verb for look in looks] == ["consult"] * 4 + ["collect"]


def test_it_needs_a_role_and_a_name(cast: Cast, tmp_path: Path) -> None:
    folder = write(tmp_path, edges=KITE_EDGES)
    with pytest.raises(NotAllowed):
        _load(cast.ben, folder)
    with pytest.raises(NetworkProblem):
        _load(cast.aisha, folder, "  ")
