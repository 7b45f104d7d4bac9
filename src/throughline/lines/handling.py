"""How what stands on a line must be handled: the highest classification, and the conditions of its items."""

from collections import defaultdict
from dataclasses import dataclass

from throughline.access.reader import Reader, reading
from throughline.lines.members import members_of
from throughline.lines.models import CountyLine
from throughline.lines.queries import standing_evidence


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of whoever reads some items: their action and sanitisation codes, the words, and the items."""

    codes: str
    instructions: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handling:
    """The highest classification of what the reader may know of a line, and every condition on it."""

    classification: int
    conditions: tuple[Condition, ...]


def handling_of(reader: Reader, ref: str) -> Handling:
    """How the evidence of a line that the reader may know is to be handled."""
    with reading(reader):
        line = CountyLine.objects.get(ref=ref)
        rows = standing_evidence().filter(line__in=[line.pk, *members_of([line.pk])]).order_by("pk")
        found = rows.values_list(
            "source_ref", "classification", "marking__handling", "marking__action", "marking__sanitisation",
            "marking__instructions",
        )  # fmt: skip
        held = list(found)
    conditions: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for item, _, handling, action, sanitisation, instructions in held:
        if handling == "C":
            conditions[f"{action} {sanitisation}".strip(), instructions][item] = None
    return Handling(
        max((row[1] for row in held), default=0),
        tuple(Condition(codes, words, tuple(items)) for (codes, words), items in sorted(conditions.items())),
    )
