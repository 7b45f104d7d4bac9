"""What was said of some people and of those that it leads to: judgements, and joins by the rules of bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from throughline.matching.people.joined import Joined, as_said, joined_by_rule
from throughline.matching.people.models import LinkJudgement
from throughline.matching.people.who import Ends, People, Said, who_is_whom
from throughline.selectors.models import Sighting

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
    seen, judged, joined = set(keys), list[LinkJudgement](), list[Joined]()
    for _ in range(HOPS):
        judged = list(LinkJudgement.objects.filter(Q(key_a__in=seen) | Q(key_b__in=seen)).order_by("pk"))
        joined = joined_by_rule(seen)
        ends = {(row.key_a, row.key_b) for row in judged} | {one.ends for one in joined}
        wider = seen | {key for pair in ends for key in pair}
        if wider == seen:
            break
        seen = wider
    known = _known_values(seen)
    return Around(
        tuple(row for row in judged if row.key_a in known and row.key_b in known),
        tuple(one for one in joined if known.issuperset(one.ends)),
    )


def said_of(rows: Iterable[LinkJudgement]) -> list[Said]:
    """Judgements as the pure rule takes them."""
    return [Said(row.pk, row.owner, (row.key_a, row.key_b), row.verdict) for row in rows]


def _known_values(keys: Iterable[str]) -> set[str]:
    return set(Sighting.objects.filter(kind="person", key__in=list(keys)).values_list("key", flat=True))
