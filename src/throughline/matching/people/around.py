"""What was said of some people and of those that it leads to: judgements, and joins by the rules of bodies."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from throughline.matching.people.joined import Joined, as_said, joined_by_rule
from throughline.matching.people.models import LinkJudgement
from throughline.matching.people.who import Ends, People, Said, who_is_whom
from throughline.matching.places.models import PlaceJudgement
from throughline.selectors.models import Sighting

Spoken = TypeVar("Spoken", LinkJudgement, PlaceJudgement)
"""What somebody said of two values."""

HOPS = 6
"""Judgements are followed from value to value so far: further, nobody would read them as one person."""


@dataclass(frozen=True, slots=True)
class Around:
    """Judgements that the reader may know, oldest first, and joins by rule, about some people."""

    judged: tuple[LinkJudgement, ...]
    joined: tuple[Joined, ...]

    @property
    def people(self) -> People:
        """Who is whom by both: a pure function of them."""
        said = said_of(self.judged)
        return who_is_whom([*said, *as_said(self.joined, said)])

    def rules_of(self, ends: Ends) -> tuple[str, ...]:
        """The rules that join these two, where nobody has said anything of them."""
        stands = {one.ends for one in as_said(self.joined, said_of(self.judged))}
        return next((one.rules for one in self.joined if one.ends == ends and one.ends in stands), ())


def around(keys: Sequence[str]) -> Around:
    """What was said of these values and of those that it leads to. Must run inside ``reading(reader)``."""
    rows, joined = follow(LinkJudgement.objects.all(), "person", keys, joined_by_rule)
    return Around(tuple(rows), tuple(joined))


def follow(
    judgements: QuerySet[Spoken], kind: str, keys: Iterable[str],
    join: Callable[[Iterable[str]], Iterable[Joined]] = lambda _: (),
) -> tuple[list[Spoken], list[Joined]]:  # fmt: skip
    """Judgements of values of a kind, oldest first, and joins by rule, from value to value, where both may be known.

    Must run inside ``reading(reader)``.
    """
    seen, judged, joined = set(keys), list[Spoken](), list[Joined]()
    for _ in range(HOPS):
        judged = list(judgements.filter(Q(key_a__in=seen) | Q(key_b__in=seen)).order_by("pk"))
        joined = list(join(seen))
        ends = {(row.key_a, row.key_b) for row in judged} | {one.ends for one in joined}
        wider = seen | {key for pair in ends for key in pair}
        if wider == seen:
            break
        seen = wider
    known = set(Sighting.objects.filter(kind=kind, key__in=list(seen)).values_list("key", flat=True))
    return (
        [row for row in judged if row.key_a in known and row.key_b in known],
        [one for one in joined if known.issuperset(one.ends)],
    )


def said_of(rows: Iterable[Spoken]) -> list[Said]:
    """Judgements as the pure rule takes them."""
    return [Said(row.pk, row.owner, (row.key_a, row.key_b), row.verdict) for row in rows]
