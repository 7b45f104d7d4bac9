"""What was worked out of a body of evidence, remembered by that body of evidence alone.

Evidence is never changed, only added and withdrawn, so the rows themselves say whether anything is new. The mark is
taken of the rows that the present reader may know, under their own policy: whoever comes with a mark has all the rows
that it was made from, and is told nothing that they do not say. It is kept in the memory of the process and nowhere
else, and holds no reference of a line.
"""

from collections.abc import Mapping
from datetime import date

from django.contrib.postgres.aggregates import BitXor
from django.db import connection
from django.db.models import Count, F, Func, Max, Value

from throughline.lines.gist import Gist
from throughline.lines.scoring.scheme import Scheme

Rests = tuple[tuple[int, int, int], ...]
"""How many rows, their ids hashed together, and the newest id; one for each line whose evidence it is."""
RESTS_ON = {
    "rows": Count("pk"), "hashed": BitXor(Func(F("pk"), Value(7303), function="hashint8extended")),
    "newest": Max("pk"),
}  # fmt: skip
MOST = 100_000
"""So much is remembered: the register of the nation for ten kinds of reader."""


class Remembered:
    """Gists by what they rest on, the day and the scheme; when there is no more room the older half is forgotten."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Rests, date, str], Gist] = {}

    def among(self, rests: Mapping[int, Rests], on: date, scheme: Scheme) -> dict[int, Gist]:
        """Of these lines, by their ids, those of which it was worked out."""
        database, held, version = _database(), self._held, scheme.version
        found = ((line, held.get((database, mark, on, version))) for line, mark in rests.items())
        return {line: gist for line, gist in found if gist is not None}

    def put(self, rests: Rests, on: date, scheme: Scheme, gist: Gist) -> None:
        """Remember it."""
        if len(self._held) >= MOST:
            self._held = dict(list(self._held.items())[MOST // 2 :])
        self._held[_database(), rests, on, scheme.version] = gist


def _database() -> str:
    """Rows of another database may have the same ids, where one process is used on several."""
    return str(connection.settings_dict["NAME"])
