"""Links as the engine's door gives them to a reader, at the degree that they may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from throughline.matching.people.model import people_model

LOOKED_AT = 20_000
"""The newest links of a body that are looked at for its list."""


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the door. ``existence``: one key is '' and the bits only say whether the link is strong."""

    ref: str
    degree: str
    key_a: str
    key_b: str
    bits: float
    parts: str
    model: str
    sighting_a: int
    sighting_b: int
    sightings: int
    pointed: tuple[int, ...]
    made_at: datetime

    @property
    def is_content(self) -> bool:
        """Whether the reader may know both people."""
        return self.degree == "content"

    @property
    def is_strong(self) -> bool:
        """Whether it is proposed as strong."""
        return self.bits >= people_model().strong


def known_links(refs: Sequence[str] | None = None, *, keys: Sequence[str] | None = None) -> list[Known]:
    """The links of the reader's body, or of these those, or those that they may know to be of these values.

    Must run inside ``reading(reader)``. A value asked about is not given away as the hidden side of a link.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from matching_links_known(%s, %s, %s, %s)",
            [_listed(refs), _listed(keys), LOOKED_AT, people_model().least],
        )
        found = [_known(*row) for row in cursor.fetchall()]
    return found if keys is None else [one for one in found if {one.key_a, one.key_b} & set(keys)]


def _listed(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _known(*row: Any) -> Known:
    *before, pointed, made_at = row
    return Known(*(*before, tuple(pointed), made_at))
