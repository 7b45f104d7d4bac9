"""What the rows of a folder come to: its nodes, its ties, and the rows that cannot be part of a network."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from throughline.intelligence.report_columns import RejectedRow
from throughline.network.headings import PEOPLE, THINGS
from throughline.network.said import HappeningSaid, NetworkFile, NodeSaid, Row, TieSaid

NodeKey = tuple[str, str]
"""The kind of a node and its id: a person and an event may share an id."""
TieKey = tuple[str, NodeKey, NodeKey, str]
"""The phase of a tie, its source, its target, and the role of the source in it."""
Origin = tuple[NetworkFile, Row]


@dataclass(slots=True)
class NodeFact:
    """What is said of a node, and the rows that say it."""

    phases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)


@dataclass(slots=True)
class TieFact:
    """A tie with the weights of its rows added up."""

    weight: float = 0
    attributes: dict[str, str] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """A network as its files tell it."""

    nodes: dict[NodeKey, NodeFact] = field(default_factory=dict)
    ties: dict[TieKey, TieFact] = field(default_factory=dict)
    happenings: dict[tuple[str, str], list[Origin]] = field(default_factory=dict)
    directed: set[bool] = field(default_factory=set)
    _by_id: dict[str, list[NodeKey]] = field(default_factory=dict)

    def named(self, id_: str, kind: str) -> list[NodeKey]:
        """The nodes of this id, of this kind if there is one."""
        exact = (kind, id_)
        return [exact] if kind and exact in self.nodes else self._by_id.get(id_, [])

    def node(self, key: NodeKey) -> NodeFact:
        """The node of this key, new if there is none yet."""
        if key not in self.nodes:
            self.nodes[key] = NodeFact()
            self._by_id.setdefault(key[1], []).append(key)
        return self.nodes[key]


def gather(files: list[NetworkFile]) -> Gathered:
    """Put the rows together; those that cannot be part of it go to the refused of their file.

    Where files list the nodes, a row about another is refused; without such a list the ties name them.
    """
    made = Gathered()
    lists = [file for file in files if file.headings.file_is == "nodes" and file.headings.phase < 0]
    others = [file for file in files if file not in lists]
    for file in lists:
        _each(file, lambda one, file=file: _list_node(made, file, one))  # type: ignore[misc]
    listed = {key[0] for key in made.nodes} if any(file.rows for file in lists) else set()
    for file in others:
        _each(file, lambda one, file=file: _add(made, file, one, listed=listed))  # type: ignore[misc]
    return made


def _each(file: NetworkFile, add: Callable[[Row], str]) -> None:
    kept = []
    for row in file.rows:
        if reason := add(row):
            file.refused.append(RejectedRow(row.line, "", reason, row.raw))
        else:
            kept.append(row)
    file.rows[:] = kept
    file.refused.sort(key=lambda row: row.line)


def _list_node(made: Gathered, file: NetworkFile, row: Row) -> str:
    said = row.said
    assert isinstance(said, NodeSaid)  # noqa: S101 the file is of nodes
    fact = made.node((said.kind, said.id))
    for where, other in fact.origins:
        if where is file and not said.phase:
            return f"{said.id} is listed already, in line {other.line}."
    if otherwise := _otherwise(fact, said):
        return otherwise
    _say(fact, said, (file, row))
    return ""


def _say(fact: NodeFact, said: NodeSaid, origin: Origin) -> None:
    fact.origins.append(origin)
    fact.phases |= {said.phase} - {""}
    fact.roles |= set(roles_in(said.role))
    fact.attributes |= said.attributes


def _add(made: Gathered, file: NetworkFile, row: Row, *, listed: set[str]) -> str:
    said = row.said
    if isinstance(said, HappeningSaid):
        made.happenings.setdefault((said.phase, said.what), []).append((file, row))
        return ""
    if isinstance(said, NodeSaid):
        return _add_presence(made, said, (file, row), listed=listed)
    return _add_tie(made, said, (file, row), listed=listed)


def _covers(listed: set[str], kind: str) -> bool:
    """Whether nodes of this kind are listed, so that one which is not is a slip."""
    return kind in listed or (bool(listed) and (not kind or (kind in PEOPLE and "" in listed)))


def _add_presence(made: Gathered, said: NodeSaid, origin: Origin, *, listed: set[str]) -> str:
    found = made.named(said.id, said.kind)
    if not found and _covers(listed, said.kind):
        return f"{said.id} is not in the list of nodes."
    fact = made.node(found[0] if found else (said.kind, said.id))
    if otherwise := _otherwise(fact, said):
        return otherwise
    _say(fact, said, origin)
    return ""


def _otherwise(fact: NodeFact, said: NodeSaid) -> str:
    found = [name for name, value in said.attributes.items() if fact.attributes.get(name, value) != value]
    return f"{', '.join(found)} of {said.id} is said otherwise in another row." if found else ""


def _add_tie(made: Gathered, said: TieSaid, origin: Origin, *, listed: set[str]) -> str:
    ends: list[NodeKey] = []
    for id_, kind in zip((said.source, said.target), said.kinds, strict=True):
        found = made.named(id_, kind)
        # Where both columns say a kind, an id is looked for among its own kind alone: a person and an event share some.
        found = [key for key in found if not kind or key[0] in ("", kind)]
        if not found and _covers(listed, kind):
            return f"{id_} is not in the list of nodes."
        if len(found) > 1:
            return f"{id_} is the id of several nodes: give each another, or name the columns by their kinds."
        ends.append(found[0] if found else (kind, id_))
    for end in ends:
        made.node(end)
    tie = made.ties.setdefault((said.phase, ends[0], ends[1], said.role), TieFact())
    tie.weight += said.weight
    tie.attributes |= said.attributes
    tie.origins.append(origin)
    if said.is_directed is not None:
        made.directed.add(said.is_directed)
    return ""


def roles_in(text: str) -> list[str]:
    """The roles that a cell names: several stand apart by ``;``, ``/``, ``|`` or the word *and* between one-word roles.

    >>> roles_in("victim_and_suspect")
    ['victim', 'suspect']
    """
    parts = re.split(r"\s*[;|/]\s*|(?<=\w)_and_(?=\w)", text.strip())
    if len(parts) == 1 and re.fullmatch(r"\w+ and \w+", text.strip()):
        parts = text.strip().split(" and ")
    return [part.strip().replace("_", " ") for part in parts if part.strip()]


def is_directed(ties: Iterable[TieKey], told: set[bool]) -> bool:
    """Whether the ties have a direction: as told, else when some pairs, but not all, are tied both ways.

    A list that gives each pair once, or each twice, says nothing of direction.
    """
    if told:
        return True in told
    pairs = {(phase, source, target) for phase, source, target, _ in ties if source != target}
    both = sum((phase, target, source) in pairs for phase, source, target in pairs)
    return 0 < both < len(pairs)


def people_kinds(ties: Iterable[TieKey], kinds: set[str]) -> set[str]:
    """The kinds that stand for people.

    Those called so; else those that are not called things; else, where each tie joins the same two kinds, that of
    the sources; else all (gangs of a network of gangs, say).
    """
    people = kinds & set(PEOPLE) or kinds - set(THINGS)
    if people and people != kinds:
        return people
    pairs = {(source[0], target[0]) for _, source, target, _ in ties}
    one, other = next(iter(pairs), ("", ""))
    return {one} if len(pairs) == 1 and one != other else kinds
