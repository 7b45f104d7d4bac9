"""Reading the files of a network: what their columns are called, what they say, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.network.folders import KITE_EDGES, write
from throughline.intelligence.report_lines import FileProblem
from throughline.network.gathering import gather, is_directed, people_kinds, roles_in
from throughline.network.headings import headings_of, phase_of_file
from throughline.network.said import TieSaid, read_folder, weight_of


@pytest.mark.parametrize(
    ("header", "ends"),
    [
        ("source,target,weight", (0, 1)), ("Source,Target,Type,Id,Label,Weight", (0, 1)), ("phase,from,to", (1, 2)),
        ("i,j,w", (0, 1)), ("ego,alter", (0, 1)), (":START_ID,:END_ID(Person),weight", (0, 1)),
        ("person,event,role", (0, 1)), ("crime_id,person_id", (1, 0)), ("person1,person2", (0, 1)),
    ],
)  # fmt: skip
def test_it_finds_the_ends_of_a_tie_under_their_usual_names(header: str, ends: tuple[int, int]) -> None:
    found = headings_of("edges", header.split(","))
    assert (found.file_is, found.source, found.target) == ("ties", *ends)


@pytest.mark.parametrize("header", ["id", "Id,Label", "name,age", "node,role", "person,gender", "code,kind"])
def test_it_finds_the_id_of_a_node_under_its_usual_names(header: str) -> None:
    found = headings_of("nodes", header.split(","))
    assert (found.file_is, found.id) == ("nodes", 0)


@pytest.mark.parametrize(
    ("stem", "phase"),
    [("edges", ""), ("nodes", ""), ("edges_3", "3"), ("edges_phase_3", "3"), ("Edges-Phase3", "3"), ("phase_4", "4"),
     ("edges_whole_period", "whole period"), ("persons", ""), ("phase_members", "")],
)  # fmt: skip
def test_the_name_of_a_file_may_tell_its_phase(stem: str, phase: str) -> None:
    assert phase_of_file(stem) == phase


def test_phases_stand_in_one_file_or_in_one_each(tmp_path: Path) -> None:
    one = write(tmp_path / "one", edges="phase,from,to\n1,a,b\n2,b,c\n")
    each = write(tmp_path / "each", edges_1="from,to\na,b\n", edges_2="from,to\nb,c\n")
    assert gather(read_folder(one)).ties.keys() == gather(read_folder(each)).ties.keys()


def test_a_tie_told_in_several_rows_is_one_with_their_weights_added(tmp_path: Path) -> None:
    made = gather(read_folder(write(tmp_path, edges="source,target,weight\na,b,2\na,b,3\nb,a,1\n")))
    assert {key[1:3]: tie.weight for key, tie in made.ties.items()} == {
        (("", "a"), ("", "b")): 5, (("", "b"), ("", "a")): 1,
    }  # fmt: skip


def test_two_modes_keep_ids_that_both_have_apart(tmp_path: Path) -> None:
    folder = write(
        tmp_path, persons="id\n1\n2\n", events="id\n1\n", involvement="person,event,role\n1,1,victim\n2,1,suspect\n"
    )  # fmt: skip
    made = gather(read_folder(folder))
    assert set(made.nodes) == {("person", "1"), ("person", "2"), ("event", "1")}
    assert people_kinds(made.ties, {"person", "event"}) == {"person"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("a,b\nb,c\n", False), ("a,b\nb,a\nb,c\n", True), ("a,b\nb,a\nb,c\nc,b\n", False), ("a,a\n", False)],
)
def test_direction_is_told_by_pairs_tied_both_ways(tmp_path: Path, rows: str, expected: bool) -> None:  # noqa: FBT001
    made = gather(read_folder(write(tmp_path, edges=f"source,target\n{rows}")))
    assert is_directed(made.ties, made.directed) is expected


def test_direction_is_told_by_a_column(tmp_path: Path) -> None:
    made = gather(read_folder(write(tmp_path, edges="Source,Target,Type\na,b,Directed\n")))
    assert is_directed(made.ties, made.directed)
    assert [key[3] for key in made.ties] == [""]


@pytest.mark.parametrize(
    ("text", "roles"),
    [("victim_and_suspect", ["victim", "suspect"]), ("victim; suspect", ["victim", "suspect"]), ("", []),
     ("victim and suspect", ["victim", "suspect"]), ("money and papers carrier", ["money and papers carrier"]),
     ("principal organiser", ["principal organiser"])],
)  # fmt: skip
def test_a_cell_may_name_several_roles(text: str, roles: list[str]) -> None:
    assert roles_in(text) == roles


REFUSALS = [
    ("source,target,weight\na,,1\n", "There is no target in this row."),
    ("source,target,weight\na,b,heavy\n", "This is not a number above nought."),
    ("source,target,weight\na,b,0\n", "This is not a number above nought."),
    ("source,target,weight\na,b,nan\n", "This is not a number above nought."),
    ("source,target,weight\na,b\n", "This row has 2 cells where the header has 3."),
    ("source,target\na,zed\n", "zed is not in the list of nodes."),
    (
        'source,target\n"a,b\n',
        "A quotation mark is opened in this row and never closed: the row is cut short.",
    ),
]


@pytest.mark.parametrize(("edges", "reason"), REFUSALS)
def test_a_row_at_fault_is_refused_with_its_line_and_reason(tmp_path: Path, edges: str, reason: str) -> None:
    files = read_folder(write(tmp_path, nodes="id\na\nb\n", edges=edges))
    gather(files)
    (refused,) = [row for file in files for row in file.refused]
    assert (refused.line, refused.reason) == (2, reason)


def test_a_node_listed_twice_is_refused_once(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path, nodes="id,age\na,20\na,21\n", edges="source,target\na,a\n"))
    made = gather(files)
    assert [row.reason for file in files for row in file.refused] == ["a is listed already, in line 2."]
    assert made.nodes["", "a"].attributes == {"age": "20"}


PROBLEMS = [
    ({"nodes": "id\na\n"}, "No file in n holds ties"),
    ({"edges": "a,b\n1,2\n"}, "The header of edges.csv does not say what is joined"),
    ({"edges": "source,target\na,b\n", "nodes": "colour\nred\n"}, "The header of nodes.csv names no node"),
    ({"edges": "source,target,source\na,b,c\n"}, "names source more than once"),
    ({"edges": ""}, "edges.csv is empty"),
]


@pytest.mark.parametrize(("files", "sentence"), PROBLEMS)
def test_a_folder_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, files: dict[str, str], sentence: str
) -> None:
    with pytest.raises(FileProblem, match=sentence):
        read_folder(write(tmp_path / "n", **files))


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is not a folder"):
        read_folder(tmp_path / "nowhere")


def test_happenings_and_other_files_are_told_apart(tmp_path: Path) -> None:
    folder = write(
        tmp_path, edges=KITE_EDGES, seizures="phase,what\n1,300 kg\n", notes="author,year\nx,1990\n"
    )
    assert {file.path.stem: file.headings.file_is for file in read_folder(folder)} == {
        "edges": "ties", "seizures": "happenings", "notes": "",
    }  # fmt: skip


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_ROWS = st.lists(
    st.lists(_CELLS | st.sampled_from(["a", "b", "c", "1", "-2", "1e400"]), max_size=5), max_size=12
)


@given(_ROWS)
def test_any_rows_are_kept_or_refused_and_none_is_lost(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    write(folder, edges="source,target,weight\n" + "\n".join(",".join(row) for row in rows))
    files = read_folder(folder)
    made = gather(files)
    kept = sum(len(file.rows) for file in files)
    assert kept == sum(len(tie.origins) for tie in made.ties.values())
    assert all(
        isinstance(row.said, TieSaid) and row.said.source and row.said.target for f in files for row in f.rows
    )
    assert all(row.reason for file in files for row in file.refused)


@given(_CELLS)
def test_a_weight_is_a_number_above_nought_or_refused(text: str) -> None:
    found = weight_of(text)
    assert found is None or 0 < found < float("inf")
