"""How right linkage was on labelled data, kept so that whoever judges a link can read who bears the errors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.matching.people.models import LinkageCheck

FEW = 100
"""Records of a kind below which a share says too little to be compared."""
LONGEST_NAME = 100


class FiguresProblem(ValueError):
    """What is wrong with the figures, in a sentence."""


@dataclass(frozen=True, slots=True)
class Borne:
    """Who bears the errors: of the records of one kind, the share wrongly joined and the share missed (B-cubed)."""

    kind: str
    records: int
    wrongly_joined: float
    missed: float

    @property
    def is_few(self) -> bool:
        """Too few to be compared with others."""
        return self.records < FEW


@dataclass(frozen=True, slots=True)
class Rightness:
    """One measurement: on what, by which model, how right in all, and for each kind of person."""

    name: str
    measured_at: datetime
    model: str
    records: int
    people: int
    whole: Borne
    by: Mapping[str, tuple[Borne, ...]]


@transaction.atomic
def publish_rightness(*, name: str, figures: Mapping[str, Any]) -> None:
    """Keep what ``link evaluate --json`` gave, for every reader. Done by whoever runs the instance.

    Raises:
        FiguresProblem: no name, or something else than such figures.
    """
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise FiguresProblem(f"Name what was measured, in 1 to {LONGEST_NAME} characters.")
    try:
        kept = {
            "people": int(figures["people"]), "bcubed": _shares(figures["bcubed"]),
            "by": {
                str(by): {str(kind): _shares(one) | {"records": int(one["records"])} for kind, one in kinds.items()}
                for by, kinds in figures["by"].items()
            },
        }  # fmt: skip
        model, records = str(figures["model"]), int(figures["records"])
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise FiguresProblem(
            "These are not figures that 'throughline link evaluate --json' gave."
        ) from problem
    LinkageCheck.objects.create(
        name=name.strip(), measured_at=clock.now(), model=model, records=records, figures=kept
    )
    journal.note(Verb.ALTER, "linkage", why="published how right it is", model=model, records=records)


def _shares(said: Mapping[str, Any]) -> dict[str, float]:
    found = {share: float(said[share]) for share in ("precision", "recall")}
    if not all(0 <= share <= 1 for share in found.values()):
        raise ValueError(found)
    return found


def rightness(reader: Reader) -> tuple[Rightness, ...]:
    """The newest measurement under each name, the newest first."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        newest: dict[str, LinkageCheck] = {}
        for row in LinkageCheck.objects.order_by("-pk"):
            newest.setdefault(row.name, row)
    return tuple(
        Rightness(
            row.name, row.measured_at, row.model, row.records, row.figures["people"],
            _borne("everyone", row.figures["bcubed"] | {"records": row.records}),
            {by: tuple(_each(kinds)) for by, kinds in row.figures["by"].items()},
        )
        for row in newest.values()
    )  # fmt: skip


def _each(kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[Borne]:
    return (_borne(kind, one) for kind, one in sorted(kinds.items()))


def _borne(kind: str, said: Mapping[str, Any]) -> Borne:
    return Borne(kind, said["records"], 1 - said["precision"], 1 - said["recall"])
