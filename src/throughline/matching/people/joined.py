"""Pairs of people that the rules of two bodies join, as far as people have not said otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from throughline.kernel import clock
from throughline.matching.people.who import SAME, Ends, Said

RULED = 0
"""The body in whose name a join by rule stands among judgements: none, since two bodies' rules make it together."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two values that the same identifier joins, and the references of the rules that say so, one for each record."""

    ends: Ends
    rules: tuple[str, ...]


def joined_by_rule(keys: Iterable[str]) -> list[Joined]:
    """The joins at any of these values that the reader may know, today. Must run inside ``reading(reader)``."""
    with connection.cursor() as cursor:
        cursor.execute("select * from matching_joined_by_rule(%s, %s)", [sorted(set(keys)), clock.today()])
        found: dict[Ends, set[str]] = {}
        for key_a, key_b, rule_a, rule_b in cursor.fetchall():
            found.setdefault((key_a, key_b), set()).update((rule_a, rule_b))
    return [Joined(ends, tuple(sorted(rules))) for ends, rules in sorted(found.items())]


def as_said(joined: Iterable[Joined], said: Sequence[Said]) -> list[Said]:
    """Joins as judgements that stand before all others, each only where nobody has said anything of the pair.

    A person's word goes before a rule, whichever came first: also one that was taken back, which leaves the pair open.
    """
    spoken_of = {frozenset(one.ends) for one in said}
    return [Said(-1, RULED, one.ends, SAME) for one in joined if frozenset(one.ends) not in spoken_of]
