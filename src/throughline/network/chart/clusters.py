"""Communities among what is on a chart, and its key people: worked out for each reader, of what they may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from throughline.kernel import clock
from throughline.network.attributes import Protected, protected
from throughline.network.chart.evidence import ONE_PERSON, Tie
from throughline.network.chart.spots import Spot
from throughline.network.communities import communities
from throughline.network.graph import Between, people_of
from throughline.network.key_people import Member, Ranked, rank_people


def communities_of(spots: Sequence[Spot], ties: Iterable[Tie]) -> list[int]:
    """The community of each, from 0 for the largest on: of all things alike, by how often they are seen together."""
    place = {spot: n for n, spot in enumerate(spots)}
    between = (Between(place[tie.one], place[tie.other], float(tie.times)) for tie in ties)
    return communities(people_of(range(len(spots)), between))


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person on a chart: every value that is them (several where judged one), their roles, and their age if told."""

    spots: tuple[Spot, ...]
    roles: tuple[str, ...]
    age: int | None

    @property
    def attributes(self) -> dict[str, str]:
        """As the measures and the advice take them."""
        return {} if self.age is None else {"age": str(self.age)}

    @property
    def label(self) -> str:
        return " / ".join(spot.label for spot in self.spots)


def age_of(spot: Spot) -> int | None:
    """How old a person is today, by the date of birth in their value."""
    if spot.kind != "person":
        return None
    born, today = spot.key.rsplit("|", 1)[1], clock.today()
    year, month, day = map(int, born.split("-"))
    return today.year - year - ((today.month, today.day) < (month, day))


def protection_of(spot: Spot, roles: Sequence[str]) -> Protected:
    """Why somebody is to be protected, as far as their roles and age tell."""
    age = age_of(spot)
    return protected(roles, {} if age is None else {"age": str(age)})


@dataclass(frozen=True, slots=True)
class Key:
    """Somebody with where they stand among the people of a chart, and their community among its things."""

    who: Somebody
    ranked: Ranked
    community: int


def key_people_among(
    spots: Sequence[Spot], ties: Sequence[Tie], roles: dict[Spot, tuple[str, ...]]
) -> tuple[Key, ...]:
    """Who matters most among the people, by the same measures as of a network that was loaded; values judged one count
    as one."""
    found = communities_of(spots, ties)
    head = _heads(spots, ties)
    people = [spot for spot in spots if spot.group == "person" and head[spot] == spot]
    who = {spot: _somebody([s for s in spots if head[s] == spot], roles) for spot in people}
    number = {spot: n for n, spot in enumerate(spots)}
    between = [Between(number[head[t.one]], number[head[t.other]], float(t.times)) for t in ties]
    graph = people_of([number[spot] for spot in people], between)
    members = [Member(number[spot], spot.key, who[spot].attributes) for spot in people]
    return tuple(Key(who[spots[one.id]], one, found[one.id]) for one in rank_people(graph, members))


def _heads(spots: Sequence[Spot], ties: Iterable[Tie]) -> dict[Spot, Spot]:
    """For each spot the one that stands for it: the first of those judged to be one person."""
    head = {spot: spot for spot in spots}
    for tie in ties:
        if tie.what == ONE_PERSON:
            one, other = sorted((head[tie.one], head[tie.other]))
            head = {spot: one if now == other else now for spot, now in head.items()}
    return head


def _somebody(spots: Sequence[Spot], roles: dict[Spot, tuple[str, ...]]) -> Somebody:
    ages = [age for age in map(age_of, spots) if age is not None]
    said = dict.fromkeys(role for spot in spots for role in roles.get(spot, ()))
    return Somebody(tuple(spots), tuple(said), min(ages, default=None))
