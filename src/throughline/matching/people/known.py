"""Links as the engine's door gives them to a reader, at the degree that they may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.matching.people.model import people_model

LOOKED_AT = 2000
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


def known_links(refs: Sequence[str] | None = None) -> list[Known]:
    """The links of the reader's body, or of these those. Must run inside ``reading(reader)``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from matching_links_known(%s, %s, %s)",
            [None if refs is None else list(refs), LOOKED_AT, people_model().least],
        )
        return [Known(*row[:10], tuple(row[10]), row[11]) for row in cursor.fetchall()]
