"""Under which headings a file of a network says what it holds: ids, ends of ties, phases, weights, roles, kinds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from throughline.intelligence.report_columns import column_name

ENDS: Final = (
    ("source", "target"), ("from", "to"), ("i", "j"), ("ego", "alter"), ("sender", "receiver"), ("caller", "callee"),
    ("src", "dst"), ("start", "end"), ("start_id", "end_id"), ("source_id", "target_id"), ("from_id", "to_id"),
    ("node1", "node2"), ("node_1", "node_2"), ("person1", "person2"), ("person_1", "person_2"), ("actor1", "actor2"),
    ("actor_1", "actor_2"), ("id1", "id2"), ("id_1", "id_2"), ("v1", "v2"), ("tail", "head"), ("person_a", "person_b"),
)  # fmt: skip
"""The two ends of a tie, as files call them; the first pair found is taken."""
PEOPLE: Final = (
    "person", "people", "actor", "offender", "suspect", "individual", "member", "nominal", "player", "participant",
)  # fmt: skip
THINGS: Final = (
    "event", "crime", "incident", "offence", "meeting", "case", "group", "gang", "address", "place", "location",
    "vehicle", "phone", "number", "organisation", "affiliation", "account", "thing",
)  # fmt: skip
"""In a file of two modes a column of people stands beside one of things: its heading says of which kind."""
IDS: Final = ("id", "node_id", "node", "vertex", "key", "code", "name", "label")
PHASES: Final = ("phase", "wave", "snapshot", "layer", "period", "time_period")
PHASES_OF_TIES: Final = (*PHASES, "time", "t", "stage", "year")
WEIGHTS: Final = ("weight", "w", "strength", "value", "count", "contacts", "frequency", "freq", "calls", "n")
ROLES: Final = ("role", "roles")
RELATIONS: Final = (*ROLES, "relation", "relationship", "tie", "tie_type", "link", "type", "kind", "label")
KINDS: Final = ("kind", "mode", "node_type", "entity_type", "entity", "bipartite", "type")
_PLURALS: Final = re.compile(r"(?<=[a-rt-z])s$")
_NODES: Final = re.compile(r"(nodes?|vertices|persons?|people|actors?|members|attributes|events?)\b")
_PHASE_OF_FILE: Final = re.compile(
    r"(?:edges?|ties|links|arcs|contacts|nodes?|members|vertices)[_\-. ]+"
    r"(?:(?:phase|wave|period|time)[_\-. ]*(?=\d))?(.+)"
    r"|(?:phase|wave|period)[_\-. ]*(\d\w*?)(?:[_\-. ]+(?:edges?|ties|links))?"
)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where in the rows of a file each thing stands (-1: nowhere), and what its headings say of kinds.

    A file is of ``ties``, ``nodes`` or ``happenings``; '' is one that says nothing of a network.
    """

    file_is: str
    names: tuple[str, ...]
    id: int = -1
    source: int = -1
    target: int = -1
    source_kind: str = ""
    target_kind: str = ""
    phase: int = -1
    weight: int = -1
    role: int = -1
    kind: int = -1
    direction: int = -1

    @property
    def rest(self) -> list[tuple[int, str]]:
        """The columns that are kept as attributes, with their names."""
        used = {
            self.id,
            self.source,
            self.target,
            self.phase,
            self.weight,
            self.role,
            self.kind,
            self.direction,
        }
        return [(n, name) for n, name in enumerate(self.names) if n not in used and name]


def headings_of(stem: str, header: Sequence[str]) -> Headings:
    """What the columns of a file are, by its header and the name of the file."""
    names = tuple(_name(cell) for cell in header)
    ends = _ends(names)
    node = next((names.index(name) for name in _ids(names) if name in names), -1)
    if ends and not (_NODES.match(stem.casefold()) and "id" in names):
        return _of_ties(names, ends)
    phase = _place(names, PHASES)
    if node >= 0:
        role = next((names.index(name) for name in ROLES if name in names), -1)
        return Headings(
            "nodes", names, id=node, phase=phase, role=role, kind=_place(names, KINDS), source_kind=kind_of_file(stem)
        )  # fmt: skip
    return Headings("happenings" if phase >= 0 and len(names) > 1 else "", names, phase=phase)


def _name(cell: str) -> str:
    """The name of a column; graph databases put a colon before it and a space for ids behind."""
    return column_name(re.sub(r"\(.*\)$", "", cell.strip().lstrip(":")))[:100]


def _ends(names: tuple[str, ...]) -> tuple[str, str] | None:
    for one, other in ENDS:
        if one in names and other in names:
            return one, other
    person = next((name for name in names if kind_named(name) in PEOPLE), "")
    thing = next((name for name in names if kind_named(name) in THINGS), "")
    return (person, thing) if person and thing and "id" not in names else None


def kind_named(name: str) -> str:
    """A kind as it is called here: `Persons` and `person_id` are of kind `person`."""
    name = name.casefold()
    return _PLURALS.sub("", name.removesuffix("_id"))


def _ids(names: tuple[str, ...]) -> list[str]:
    return [*IDS, *(name for name in names if kind_named(name) in (*PEOPLE, *THINGS))]


def _of_ties(names: tuple[str, ...], ends: tuple[str, str]) -> Headings:
    kinds = tuple(
        kind_named(end) if kind_named(end) in (*PEOPLE, *THINGS) and end not in _NUMBERED else ""
        for end in ends
    )
    left = [name for name in names if name not in ends]
    return Headings(
        "ties", names, source=names.index(ends[0]), target=names.index(ends[1]), source_kind=kinds[0],
        target_kind=kinds[1], phase=_place(names, [p for p in PHASES_OF_TIES if p in left]),
        weight=_place(names, WEIGHTS), role=_place(names, [r for r in RELATIONS if r in left]),
        direction=_place(names, ("directed", "direction")),
    )  # fmt: skip


_NUMBERED: Final = {name for pair in ENDS for name in pair}


def _place(names: Sequence[str], wanted: Sequence[str]) -> int:
    return next((names.index(name) for name in wanted if name in names), -1)


def kind_of_file(stem: str) -> str:
    """The kind of the nodes of a file that is called by it: `persons.csv` holds persons; '' if it is called `nodes`."""
    kind = kind_named(stem.casefold())
    return kind if kind in (*PEOPLE, *THINGS) else ""


def phase_of_file(stem: str) -> str:
    """The phase that the name of a file tells of: `edges_3` is of phase 3, `edges_whole_period` of the whole period."""
    found = _PHASE_OF_FILE.fullmatch(stem.casefold())
    return re.sub(r"[_\- ]+", " ", found[1] or found[2]).strip() if found else ""
