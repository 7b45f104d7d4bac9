"""Reading networks: the list, one by its name, who stands where in it, and how it changed. Each look is journalled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.network.change import Change, change_between
from throughline.network.figuring import WHOLE_NAMES
from throughline.network.graph import natural
from throughline.network.key_people import VERSION
from throughline.network.models import Network, Node, Standing, Tie
from throughline.network.reasons import Advice, advice_for, reasons_for
from throughline.organisations.queries import body_cards


class UnknownNetwork(Exception):
    """There is no such network that the reader may know, or no such phase in it; the text says what to do."""


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network in a list."""

    ref: str
    name: str
    body_name: str
    nodes: int
    phases: int
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many ties give a role, as the source names it, and how many people have it."""

    role: str
    ties: int
    people: int


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """One network in figures. ``both`` counts the people who are both victim and suspect."""

    ref: str
    name: str
    body_name: str
    loaded_at: datetime
    loaded_by: str
    is_directed: bool
    is_two_mode: bool
    phases: tuple[str, ...]
    people: int
    things: int
    ties: int
    communities: int
    roles: tuple[RoleCount, ...]
    both: int
    happenings: tuple[tuple[str, str], ...]
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """Where somebody stands in a phase, why, and what follows for protecting and for pursuing."""

    id: str
    label: str
    rank: int
    score: float
    measures: Mapping[str, float]
    points: Mapping[str, float]
    reasons: tuple[str, ...]
    roles: tuple[str, ...]
    community: int
    advice: Advice


@dataclass(frozen=True, slots=True)
class KeyPeople:
    """A part of the ranking of a network in a phase ('' for the whole), and how many it has in all."""

    network: str
    ref: str
    phase: str
    people: tuple[KeyPerson, ...]
    total: int


def network_list(reader: Reader, *, offset: int = 0, size: int = 25) -> tuple[tuple[NetworkRow, ...], bool]:
    """The networks that the reader may know, by name, and whether there are more."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        found = list(Network.objects.order_by("name_key", "pk")[offset : offset + size + 1])
        nodes = dict(
            Node.objects.filter(network__in=found[:size]).values_list("network").annotate(n=Count("pk"))
        )
        journal.note(
            Verb.CONSULT, "network list", why="looked at a list", refs=[one.ref for one in found[:size]]
        )
    rows = tuple(
        NetworkRow(n.ref, n.name, cards[n.owner].name, nodes.get(n.pk, 0), len(n.phases), n.loaded_at)
        for n in found[:size]
    )
    return rows, len(found) > size


def network_called(reader: Reader, name: str) -> str:
    """The reference of the network of this name or reference; that of the reader's own body where several have it.

    Raises:
        UnknownNetwork: the reader may know none.
    """
    reader.require(Permission.LINE_READ)
    wanted = " ".join(name.split())
    with reading(reader):
        found = list(Network.objects.filter(name_key=wanted.casefold()).order_by("pk"))
        found = found or list(Network.objects.filter(ref=wanted.upper()))
    found.sort(key=lambda network: network.owner != reader.body)
    if not found:
        raise UnknownNetwork(
            f"There is no network called {wanted!a} that you may know. Load it first, or check its name."
        )
    return found[0].ref


def network_page(reader: Reader, ref: str, *, why: str = "opened the network") -> NetworkPage | None:
    """One network in figures, journalled; None when the reader may not know of it."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        network = Network.objects.filter(ref=ref).first()
        if network is None:
            return None
        nodes = list(Node.objects.filter(network=network))
        ties = list(Tie.objects.filter(network=network).values_list("role", "source_id", "target_id"))
        journal.note(Verb.CONSULT, "network", ref, why=why, owner=network.owner)
    people = [node for node in nodes if node.is_person]
    return NetworkPage(
        ref=network.ref, name=network.name, body_name=cards[network.owner].name, loaded_at=network.loaded_at,
        loaded_by=network.loaded_by, is_directed=network.is_directed, is_two_mode=network.is_two_mode,
        phases=tuple(network.phases), people=len(people), things=len(nodes) - len(people), ties=len(ties),
        communities=sum(count > 1 for count in Counter(node.community for node in people).values()),
        roles=_roles(people, ties), both=sum(_is_both(node.roles) for node in people),
        happenings=tuple((one["phase"], one["what"]) for one in network.happenings),
    )  # fmt: skip


def _is_both(roles: Iterable[str]) -> bool:
    return {"victim", "suspect"} <= {role.casefold() for role in roles}


def _roles(people: list[Node], ties: list[tuple[str, int, int]]) -> tuple[RoleCount, ...]:
    """Roles as the ties name them, each with its people; then those that the list of people alone names."""
    ids = {node.pk for node in people}
    in_ties: dict[str, list[int]] = defaultdict(list)
    for role, source, target in ties:
        if role:
            in_ties[role] += [source if source in ids else target]
    counted = [RoleCount(role, len(ends), len(set(ends))) for role, ends in in_ties.items()]
    named = Counter(role for node in people for role in node.roles)
    counted += [RoleCount(role, 0, count) for role, count in named.items() if role not in in_ties]
    return tuple(sorted(counted, key=lambda one: (-one.ties, -one.people, one.role)))


def key_people(
    reader: Reader, ref: str, *, phase: str = "", offset: int = 0, size: int | None = None,
    why: str = "looked at key people",
) -> KeyPeople | None:  # fmt: skip
    """Who matters most, in order of rank; None when the reader may not know of such a network or phase. Journalled."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        network = Network.objects.filter(ref=ref).first()
        if network is None or (phase and phase not in network.phases):
            return None
        rows = Standing.objects.filter(network=network, phase=phase).order_by("rank")
        total = rows.count()
        rows = rows.select_related("node")[offset : offset + size if size else None]
        people = tuple(map(_person, rows))
        journal.note(
            Verb.CONSULT, "network", ref, why=why, owner=network.owner, phase=phase, people=len(people)
        )
    return KeyPeople(network.name, ref, phase, people, total)


def _person(row: Standing) -> KeyPerson:
    node = row.node
    label = node.attributes.get("label") or node.attributes.get("name") or node.key
    return KeyPerson(
        node.key, label, row.rank, row.score, row.measures, row.points,
        tuple(reasons_for(row.measures, row.points, node.attributes)), tuple(node.roles),
        (node.community or 0) + 1, advice_for(node.roles, node.attributes, row.points),
    )  # fmt: skip


def network_changes(
    reader: Reader, ref: str, *, why: str = "looked at what changed"
) -> tuple[Change, ...] | None:
    """What changes from each phase to the next; None when the reader may not know of it. Journalled."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        network = Network.objects.filter(ref=ref).first()
        if network is None:
            return None
        ranks: dict[str, dict[str, int]] = defaultdict(dict)
        for phase, key, rank in (
            Standing.objects.filter(network=network)
            .exclude(phase="")
            .values_list("phase", "node__key", "rank")
        ):
            ranks[phase][key] = rank
        ties = Counter(Tie.objects.filter(network=network).values_list("phase", flat=True))
        journal.note(Verb.CONSULT, "network", ref, why=why, owner=network.owner)
    happened: dict[str, list[str]] = defaultdict(list)
    for one in network.happenings:
        happened[one["phase"]].append(one["what"])
    pairs = zip(network.phases, network.phases[1:], strict=False)
    return tuple(change_between(a, b, ranks=ranks, ties=ties, happenings=happened) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing on a chart: a person, a thing, or a community (``members`` above 1), and its place."""

    number: int
    id: str
    is_person: bool
    members: int
    community: int
    roles: tuple[str, ...]
    is_protected: bool
    rank: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Link:
    """One link on a chart, between two things by their numbers on it; ``ties`` are how many it stands for."""

    source: int
    target: int
    weight: float
    ties: int


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn of a network: of communities when it is too large, of one community when that is asked for."""

    drawn: tuple[Drawn, ...]
    links: tuple[Link, ...]
    is_clustered: bool
    left_out: int


def network_chart(
    reader: Reader, ref: str, *, phase: str = "", community: int = 0, why: str = "looked at the chart"
) -> Chart | None:
    """The chart of a network in a phase, with the saved places; ``community`` counts from 1. Journalled.

    None when the reader may not know of such a network, phase or community.
    """
    reader.require(Permission.LINE_READ)
    with reading(reader):
        network = Network.objects.filter(ref=ref).first()
        if network is None or (phase and phase not in network.phases):
            return None
        nodes = list(Node.objects.filter(network=network))
        rows = Tie.objects.filter(network=network, **({"phase": phase} if phase else {})).order_by("pk")
        ties = list(rows)
        ranks = dict(Standing.objects.filter(network=network, phase=phase).values_list("node", "rank"))
        journal.note(Verb.CONSULT, "network", ref, why=why, owner=network.owner, phase=phase)
    if not phase:
        ties = [tie for tie in ties if tie.phase.casefold() in WHOLE_NAMES] or ties
    if community and not any(node.community == community - 1 for node in nodes):
        return None
    if network.clusters and not community:
        return _of_communities(network, nodes, ties)
    tied = {end for tie in ties for end in (tie.source_id, tie.target_id)}
    there = [
        node for node in nodes
        if (not community or node.community == community - 1)
        and (not phase or node.pk in tied or phase in node.phases)
    ]  # fmt: skip
    return _of_things(there, ties, ranks)


def _of_things(nodes: list[Node], ties: list[Tie], ranks: dict[int, int]) -> Chart:
    placed = sorted(
        (node for node in nodes if node.x is not None),
        key=lambda node: (ranks.get(node.pk, len(ranks) + 1), natural(node.key)),
    )  # fmt: skip
    number = {node.pk: n for n, node in enumerate(placed)}
    drawn = tuple(
        Drawn(
            number[node.pk], node.key, node.is_person, 1, (node.community or 0) + 1, tuple(node.roles),
            bool(advice_for(node.roles, node.attributes, {}).protect), ranks.get(node.pk, 0), node.x or 0, node.y or 0,
        )
        for node in placed
    )  # fmt: skip
    return Chart(drawn, _links((number.get(t.source_id), number.get(t.target_id), t.weight) for t in ties),
                 is_clustered=False, left_out=len(nodes) - len(placed))  # fmt: skip


def _links(ties: Iterable[tuple[int | None, int | None, float]]) -> tuple[Link, ...]:
    weights: dict[tuple[int, int], list[float]] = defaultdict(list)
    for one, other, weight in ties:
        if one is not None and other is not None and one != other:
            weights[min(one, other), max(one, other)].append(weight)
    return tuple(Link(*pair, sum(found), len(found)) for pair, found in sorted(weights.items()))


def _of_communities(network: Network, nodes: list[Node], ties: list[Tie]) -> Chart:
    shown = sorted(int(name) for name in network.clusters)
    number = {community: n for n, community in enumerate(shown)}
    size = Counter(node.community for node in nodes)
    of = {node.pk: number.get(-1 if node.community is None else node.community) for node in nodes}
    drawn = tuple(_community(number[c], c, size[c], network.clusters[str(c)]) for c in shown)
    links = _links((of[tie.source_id], of[tie.target_id], 1) for tie in ties)
    return Chart(drawn, links, is_clustered=True, left_out=sum(place is None for place in of.values()))


def _community(number: int, community: int, members: int, place: list[int]) -> Drawn:
    return Drawn(
        number, f"Community {community + 1}", is_person=False, members=members, community=community + 1, roles=(),
        is_protected=False, rank=0, x=place[0], y=place[1],
    )  # fmt: skip
