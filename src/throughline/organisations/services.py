"""Every way the list of bodies may change."""

import csv
from datetime import date
from importlib.resources import files

from django.db import transaction

from throughline.organisations.models import Body, Succession

LEVELS = {
    "territorial": "local", "special": "national", "devolved": "national", "agency": "national",
    "coordination": "national", "rocu": "regional",
}  # fmt: skip
"""The level at which each kind of body works (local, regional, national)."""


def load_reference_bodies() -> int:
    """Bring in the 57 bodies of the reference list; a body that is there already keeps what it has.

    The desks are placeholders in the range of numbers kept for drama (01632 960xxx, Ofcom) and the reserved
    domain ``.example`` (RFC 2606); each body enters its own.
    """
    text = files("throughline.organisations").joinpath("bodies.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    before = Body.objects.count()
    Body.objects.bulk_create([_body(n, row) for n, row in enumerate(rows)], ignore_conflicts=True)
    return Body.objects.count() - before


def _body(number: int, row: dict[str, str]) -> Body:
    return Body(
        code=row["code"], name=row["name"], kind=row["kind"], level=LEVELS[row["kind"]],
        region=row["region"], rocu=row["rocu"], starts=date(1900, 1, 1),
        desk_name=f"{row['code']} intelligence desk", desk_phone=f"01632 960{number + 100:03d}",
        desk_email=f"desk@{row['code'].lower()}.example",
    )  # fmt: skip


@transaction.atomic
def merge_bodies(*, predecessors: list[str], successor: str, on: date) -> None:
    """From ``on`` the successor stands in place of the predecessors, as when forces merge."""
    heir = Body.objects.get(code=successor)
    for code in predecessors:
        body = Body.objects.select_for_update().get(code=code)
        body.ends = on
        body.save(update_fields=["ends"])
        Succession.objects.get_or_create(predecessor=body, successor=heir, defaults={"on": on})
