"""Works out, for a network as it is held, where everyone stands, what belongs together and where it is drawn."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from throughline.network.communities import communities
from throughline.network.graph import Between, People, natural, people_of
from throughline.network.key_people import Member, Ranked, rank_people
from throughline.network.models import Network, Node, Standing, Tie
from throughline.network.places import Place, places

WHOLE_NAMES = frozenset({"whole", "whole period", "all", "all phases", "total", "aggregate", "overall"})
"""A phase of such a name is the network as a whole, as its authors published it."""
DRAWN = 500
"""Things on one chart; a larger network is drawn as its communities, each of which opens."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Held:
    """A network with its nodes in the order of their keys, and its ties."""

    network: Network
    nodes: list[Node]
    ties: list[Tie]

    @property
    def people(self) -> list[Node]:
        return [node for node in self.nodes if node.is_person]


def held(network: Network) -> Held:
    """All of a network, as far as the present reader may know it."""
    nodes = sorted(Node.objects.filter(network=network), key=lambda node: (natural(node.key), node.kind))
    return Held(network, nodes, list(Tie.objects.filter(network=network).order_by("pk")))


def phases_of(phases: Iterable[str]) -> list[str]:
    """The phases in order, without the whole."""
    return sorted({p for p in phases if p and p.casefold() not in WHOLE_NAMES}, key=natural)


def ties_in(ties: Sequence[Tie], phase: str) -> list[Tie]:
    """The ties of a phase; for '' those of the whole as published, or of all phases together where it is not."""
    if phase:
        return [tie for tie in ties if tie.phase == phase]
    whole = [tie for tie in ties if tie.phase.casefold() in WHOLE_NAMES]
    return whole or list(ties)


def figure(made: Held) -> None:
    """Work it all out and keep it. The same network always comes to the same, and nothing drawn moves."""
    for phase in ("", *made.network.phases):
        _keep_standings(made, phase, standings(made, phase))
    people = _graph(made, made.people, ties_in(made.ties, ""))
    community = dict(zip(people.ids, communities(people), strict=True))
    for node in made.nodes:
        node.community = community.get(node.pk)
    _place_things(made, community)
    if len(made.nodes) <= DRAWN:
        _place(made.nodes, made.ties)
        made.network.clusters = {}
    else:
        made.network.clusters = _clusters(made)
    Node.objects.bulk_update(made.nodes, ["community", "x", "y"], batch_size=_AT_ONCE)
    made.network.save(update_fields=["clusters"])


def standings(made: Held, phase: str) -> list[Ranked]:
    """Everyone who is there in a phase ('' for the whole), the most central first."""
    ties = ties_in(made.ties, phase)
    tied = {end for tie in ties for end in (tie.source_id, tie.target_id)}
    there = [node for node in made.people if not phase or node.pk in tied or phase in node.phases]
    people = _graph(made, there, ties)
    return rank_people(people, [Member(node.pk, node.key, node.attributes) for node in there])


def _graph(made: Held, people: Sequence[Node], ties: Sequence[Tie]) -> People:
    return people_of(
        [node.pk for node in people], (Between(tie.source_id, tie.target_id, tie.weight) for tie in ties)
    )


def _keep_standings(made: Held, phase: str, ranked: Sequence[Ranked]) -> None:
    network = made.network
    Standing.objects.bulk_create(
        [
            Standing(
                marking_id=network.marking_id, owner=network.owner, network=network, phase=phase, node_id=one.id,
                rank=one.rank, score=one.score, measures=one.measures, points=one.points,
            )
            for one in ranked
        ],
        batch_size=_AT_ONCE, update_conflicts=True, unique_fields=["network", "phase", "node"],
        update_fields=["rank", "score", "measures", "points"],
    )  # fmt: skip


def _place_things(made: Held, community: dict[int, int]) -> None:
    """A thing belongs to the community from which most of its people come, the larger of two as many."""
    near: dict[int, Counter[int]] = defaultdict(Counter)
    for tie in made.ties:
        for one, other in ((tie.source_id, tie.target_id), (tie.target_id, tie.source_id)):
            if one in community:
                near[other][community[one]] += 1
    for node in made.nodes:
        if not node.is_person and near[node.pk]:
            node.community = min(near[node.pk], key=lambda c, found=near[node.pk]: (-found[c], c))  # type: ignore[misc]


def _place(nodes: Sequence[Node], ties: Iterable[Tie]) -> None:
    """Give each of these its place on one chart; one that has a place keeps it."""
    number = {node.pk: n for n, node in enumerate(nodes)}
    kept = {n: (node.x, node.y) for n, node in enumerate(nodes) if node.x is not None and node.y is not None}
    drawn: Counter[tuple[int, int]] = Counter()
    for tie in ties:
        if tie.source_id in number and tie.target_id in number and tie.source_id != tie.target_id:
            one, other = sorted((number[tie.source_id], number[tie.target_id]))
            drawn[one, other] += 1
    found = places(len(nodes), [(*pair, weight) for pair, weight in sorted(drawn.items())], kept)
    for node, place in zip(nodes, found, strict=True):
        node.x, node.y = place


def _clusters(made: Held) -> dict[str, Place]:
    """The place of each community on the chart of them, and of each thing on that of its community."""
    members: dict[int, list[Node]] = defaultdict(list)
    for node in made.nodes:
        if node.community is not None:
            members[node.community].append(node)
    shown = [c for c in sorted(members) if len(members[c]) > 1][:DRAWN]
    number = {c: n for n, c in enumerate(shown)}
    of = {node.pk: number[c] for c in shown for node in members[c]}
    inside: dict[int, list[Tie]] = defaultdict(list)
    between: Counter[tuple[int, int]] = Counter()
    for tie in made.ties:
        ends = of.get(tie.source_id), of.get(tie.target_id)
        if ends[0] is None or ends[1] is None:
            continue
        if ends[0] == ends[1]:
            inside[ends[0]].append(tie)
        else:
            between[min(ends[0], ends[1]), max(ends[0], ends[1])] += 1
    for c in shown:
        _place(members[c][:DRAWN], inside[number[c]])
    found = places(len(shown), [(*pair, n) for pair, n in sorted(between.items())])
    return {str(c): place for c, place in zip(shown, found, strict=True)}
