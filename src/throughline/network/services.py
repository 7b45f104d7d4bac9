"""Loading a network from a folder: read, keep what is good, write down what is refused, change nothing twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.intelligence.file_load import tried
from throughline.intelligence.report_columns import RejectedRow
from throughline.kernel import clock
from throughline.kernel.error_file import ErrorFile
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.network.figuring import figure, held, phases_of
from throughline.network.gathering import (
    Gathered,
    NodeFact,
    NodeKey,
    Origin,
    TieFact,
    gather,
    is_directed,
    people_kinds,
    roles_in,
)
from throughline.network.models import Network, Node, Tie
from throughline.network.said import NetworkFile, NodeSaid, read_folder

LONGEST_NAME = 100
MOST_PHASES = 60
"""A column of moments would make a phase of each row."""
_AT_ONCE = 2_000


class NetworkProblem(FieldProblem):
    """What is wrong with a network, in a sentence."""


@dataclass(slots=True)
class NetworkLoad:
    """Rows of all files by what became of them (read = kept + rejected + unchanged), and where the refused are."""

    name: str
    ref: str = ""
    read: int = 0
    kept: int = 0
    rejected: int = 0
    unchanged: int = 0
    error_files: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def load_network(*, by: Reader, folder: Path, name: str, dry_run: bool = False) -> NetworkLoad:
    """Load a folder of CSV files as a network of the reader's own body, or add what is new to the one of that name.

    With ``dry_run`` all is done and then undone, so that the counts are those of a real load.

    Raises:
        FileProblem: the folder, or a file as a whole, cannot be read.
        NetworkProblem: the name is blank or too long.
        NotAllowed: the person's role does not load.
    """
    by.require(Permission.REPORT_LOAD)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NetworkProblem("name", f"Give the network a name of up to {LONGEST_NAME} characters.")
    files = read_folder(folder)
    made = gather(files)
    result = NetworkLoad(name)
    result.warnings += [
        f"{file.path.name} says nothing of a network: it was left aside." for file in files if not file.headings.file_is
    ]  # fmt: skip
    if made.ties or made.nodes:
        with tried(by, undo=lambda: dry_run):
            _keep(by=by, made=made, result=result)
    _count(files, result)
    return result


def _count(files: list[NetworkFile], result: NetworkLoad) -> None:
    for file in files:
        file.refused.sort(key=lambda row: row.line)
        result.rejected += len(file.refused)
        with ErrorFile(file.path) as errors:
            for row in file.refused:
                errors.add(row)
        if errors.path:
            result.error_files.append(errors.path)
    result.read = result.kept + result.unchanged + result.rejected


@writes
def _keep(*, by: Reader, made: Gathered, result: NetworkLoad) -> None:
    network = _network(by, result.name)
    result.ref = network.ref
    before = result.kept
    nodes = _keep_nodes(network, made, result)
    _keep_ties(network, made, nodes, result)
    _keep_happenings(network, made, result)
    if result.kept > before:
        _settle(network, made, result)
    journal.note(
        Verb.COLLECT, "network", network.ref, why="loaded from files", kept=result.kept, unchanged=result.unchanged
    )  # fmt: skip


def _network(by: Reader, name: str) -> Network:
    """The network of this name of the reader's body, new if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"network {by.body} {name.casefold()}"]
        )
    found = Network.objects.filter(owner=by.body, name_key=name.casefold()).first()
    if found:
        return found
    marking = marking_for(owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation())
    marking.save()
    return Network.objects.create(
        marking=marking, owner=by.body, ref=new_ref("NW"), name=name, name_key=name.casefold(), loaded_at=clock.now(),
        loaded_by=by.name,
    )  # fmt: skip


def _keep_nodes(network: Network, made: Gathered, result: NetworkLoad) -> dict[NodeKey, Node]:
    there = {(node.kind, node.key): node for node in Node.objects.filter(network=network)}
    new, changed = [], []
    for key, fact in made.nodes.items():
        node = there.get(key)
        if node is None:
            there[key] = node = Node(
                marking_id=network.marking_id, owner=network.owner, network=network, kind=key[0], key=key[1],
                phases=sorted(fact.phases), roles=sorted(fact.roles), attributes=fact.attributes,
            )  # fmt: skip
            new.append(node)
            result.kept += len(fact.origins)
        elif _adds(node, fact, result):
            changed.append(node)
    Node.objects.bulk_create(new, batch_size=_AT_ONCE)
    Node.objects.bulk_update(changed, ["phases", "roles", "attributes"], batch_size=_AT_ONCE)
    return there


def _adds(node: Node, fact: NodeFact, result: NetworkLoad) -> bool:
    """Add what the rows say and the node lacks; a row that says otherwise is refused. Whether anything was added."""
    before = (set(node.phases), set(node.roles), dict(node.attributes))
    for origin in fact.origins:
        said = origin[1].said
        assert isinstance(said, NodeSaid)  # noqa: S101 nodes come from rows about nodes
        otherwise = [n for n, value in said.attributes.items() if node.attributes.get(n, value) != value]
        if otherwise:
            _refuse(
                origin,
                ", ".join(otherwise),
                f"{said.id} is held already, and otherwise. Nothing was changed.",
            )
            continue
        told = ({said.phase} - {""}, set(roles_in(said.role)), said.attributes)
        is_new = not (told[0] <= before[0] and told[1] <= before[1] and told[2].items() <= before[2].items())
        result.kept += is_new
        result.unchanged += not is_new
        node.phases = sorted({*node.phases, *told[0]})
        node.roles = sorted({*node.roles, *told[1]})
        node.attributes = node.attributes | said.attributes
    return (set(node.phases), set(node.roles), dict(node.attributes)) != before


def _keep_ties(network: Network, made: Gathered, nodes: dict[NodeKey, Node], result: NetworkLoad) -> None:
    there = {(t.phase, t.source_id, t.target_id, t.role): t for t in Tie.objects.filter(network=network)}
    shared = {"marking_id": network.marking_id, "owner": network.owner, "network": network}
    new = []
    for (phase, source, target, role), fact in made.ties.items():
        key = (phase, nodes[source].pk, nodes[target].pk, role)
        if key not in there:
            new.append(Tie(**shared, phase=phase, source_id=key[1], target_id=key[2], role=role, weight=fact.weight,
                           attributes=fact.attributes))  # fmt: skip
            result.kept += len(fact.origins)
        else:
            _same_tie(there[key], fact, result)
    Tie.objects.bulk_create(new, batch_size=_AT_ONCE)


def _same_tie(tie: Tie, fact: TieFact, result: NetworkLoad) -> None:
    if tie.weight == fact.weight and tie.attributes == fact.attributes:
        result.unchanged += len(fact.origins)
        return
    for origin in fact.origins:
        _refuse(
            origin, "", f"This tie is held already, with a weight of {tie.weight:g}. Nothing was changed."
        )


def _refuse(origin: Origin, column: str, reason: str) -> None:
    file, row = origin
    file.refused.append(RejectedRow(row.line, column, reason, row.raw))


def _keep_happenings(network: Network, made: Gathered, result: NetworkLoad) -> None:
    there = {(one["phase"], one["what"]) for one in network.happenings}
    for (phase, what), origins in made.happenings.items():
        if (phase, what) in there:
            result.unchanged += len(origins)
        else:
            result.kept += len(origins)
            network.happenings.append({"phase": phase, "what": what})
    network.save(update_fields=["happenings"])


def _settle(network: Network, made: Gathered, result: NetworkLoad) -> None:
    """Say what the network is now that rows were added, and work out where everyone stands."""
    now = held(network)
    kinds = {node.pk: (node.kind, node.key) for node in now.nodes}
    keys = [(tie.phase, kinds[tie.source_id], kinds[tie.target_id], tie.role) for tie in now.ties]
    people = people_kinds(keys, {node.kind for node in now.nodes})
    for node in now.nodes:
        node.is_person = node.kind in people
    sides = {(source[0] in people, target[0] in people) for _, source, target, _ in keys}
    network.is_two_mode = bool(sides) and all(one != other for one, other in sides)
    network.is_directed = not network.is_two_mode and is_directed(keys, made.directed)
    network.phases = phases_of(
        [*(tie.phase for tie in now.ties), *(p for node in now.nodes for p in node.phases)]
    )
    if len(network.phases) > MOST_PHASES:
        result.warnings.append(
            f"There are {len(network.phases):,} phases, more than can be told apart: the network is shown as a whole."
        )
        network.phases = []
    network.save(update_fields=["is_two_mode", "is_directed", "phases"])
    if network.is_two_mode:
        _give_roles(now.nodes, now.ties)
    Node.objects.bulk_update(now.nodes, ["is_person", "roles"], batch_size=_AT_ONCE)
    figure(now)


def _give_roles(nodes: Iterable[Node], ties: Iterable[Tie]) -> None:
    """What somebody was in an event is a role of theirs: a person both victim and suspect is listed as both."""
    by_id = {node.pk: node for node in nodes}
    for tie in ties:
        source, target = by_id[tie.source_id], by_id[tie.target_id]
        if source.is_person != target.is_person and tie.role:
            person = source if source.is_person else target
            person.roles = sorted({*person.roles, *roles_in(tie.role)})
