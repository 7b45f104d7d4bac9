"""Who is whom, as a pure function of what people have judged: order and repetition change nothing.

Values that a chain of *same* joins are one person (connected components), unless somebody said of two of them that they
are different: then that whole chain stays apart and the contradiction is told, never settled by a rule. The newest
judgement of a body on a pair is what that body says; taking one back leaves the body with nothing said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.matching.linkage.clusters import clusters

SAME, DIFFERENT, UNSURE, TAKEN_BACK = "same", "different", "unsure", "taken back"
VERDICTS = (SAME, DIFFERENT, UNSURE, TAKEN_BACK)
Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement: the ``place`` counts up with time, ``body`` said it of the two values."""

    place: int
    body: int
    ends: Ends
    verdict: str


@dataclass(frozen=True, slots=True)
class People:
    """Who is one person, of values that stand in any judgement, and the pairs on which judgements contradict."""

    groups: tuple[tuple[str, ...], ...]
    contradictions: tuple[Ends, ...]


def standing(said: Iterable[Said]) -> dict[tuple[int, Ends], str]:
    """What each body says of each pair now, its newest word; nothing where that was taken back."""
    newest: dict[tuple[int, Ends], str] = {}
    for one in sorted(said, key=lambda one: one.place):
        newest[one.body, in_order(one.ends)] = one.verdict
    return {where: verdict for where, verdict in newest.items() if verdict != TAKEN_BACK}


def who_is_whom(said: Iterable[Said]) -> People:
    """The people that these judgements make."""
    every = list(said)
    values = sorted({end for one in every for end in one.ends})
    place = {value: number for number, value in enumerate(values)}
    verdicts = {SAME: set[tuple[int, int]](), DIFFERENT: set[tuple[int, int]]()}
    for (_, (one, other)), verdict in standing(every).items():
        if verdict in verdicts:
            verdicts[verdict].add((place[one], place[other]))
    found = clusters(
        range(len(values)), (), same=sorted(verdicts[SAME]), different=sorted(verdicts[DIFFERENT])
    )
    return People(
        groups=tuple(tuple(values[n] for n in group) for group in found.groups),
        contradictions=tuple((values[one], values[other]) for one, other in found.contradictions),
    )


def in_order(ends: Ends) -> Ends:
    """A pair, whichever was named first."""
    return min(ends), max(ends)
