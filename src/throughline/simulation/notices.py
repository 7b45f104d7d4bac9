"""What bodies send besides reports: custody records, missing and found children, seizures, orders, and week returns."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from throughline.simulation.dice import dice
from throughline.simulation.errors import write_phone
from throughline.simulation.facts import (
    Arrested,
    Day,
    Event,
    Found,
    Missing,
    OrderComplied,
    OrderMade,
    Seized,
    WeekReturn,
)
from throughline.simulation.files import Folder, Table
from throughline.simulation.register import ALL_KNOWN, RECORD_COLUMNS, Known, Register, Written, write_person

PERSON_COLUMNS: Final = ("given", "family", "born", "sex", "address", "town", "postcode", "phone")
RETURNED: Final = (
    "arrests", "lines_closed", "cuckooed_visited", "adults_safeguarded", "children_safeguarded", "referred",
    "firearms", "blades", "other_weapons", "cash",
)  # fmt: skip
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "custody": ("record", "arrested_at", "station", *PERSON_COLUMNS, "offence", "charged"),
    "missing": ("record", "reported_at", "reported_in", *PERSON_COLUMNS),
    "found": ("record", "found_at", "found_in", *PERSON_COLUMNS, "home_body", "days_away"),
    "seizures": ("record", "seized_at", "seized_in", *PERSON_COLUMNS, "kind", "amount", "unit", "number", "imei",
                 "imsi"),
    "orders": ("record", "at", "event", "number", "comply_by"),
    "week_returns": ("week_ending", "intensive", *RETURNED),
}  # fmt: skip
"""The columns of each file, as `NORF/custody.csv` in the folder of a run. Times are UTC, cash is pounds."""
OFFENCES: Final = (
    "Possession with intent to supply class A", "Being concerned in the supply of class A", "Possession of class A",
    "Possession of an offensive weapon", "Going equipped",
)  # fmt: skip
FAMILY: Final = Known(care=0.25, name=1.0, born=0.98, address=0.95, phone=0.75, street_name=0.0)
"""Parents and homes know whom they miss."""
ON_THE_SPOT: Final = Known(care=0.45, name=0.95, born=0.85, address=0.55, phone=0.2, street_name=0.0)
_UNITS: Final = {"cash": "GBP", "handset": "item", "firearm": "item", "blade": "item", "other weapon": "item"}


class NoticeFiles:
    """Takes in the days and writes each body's notices, each person as that body knows them."""

    def __init__(self, folder: Folder, register: Register, seed: int) -> None:
        self.folder, self.register, self.seed = folder, register, seed
        self.rows = 0
        self._dice: dict[str, np.random.Generator] = {}
        self._records: dict[str, int] = {}

    def day(self, day: Day) -> None:
        """Write the day's notices."""
        for event in day.events:
            if writer := _WRITERS.get(type(event)):
                self.rows += 1
                writer(self, event)

    def _arrested(self, event: Arrested) -> None:
        offence = OFFENCES[int(self._of(event.body).integers(len(OFFENCES)))]
        ends = (offence, _yes(said=event.charged))
        self._about_person(event, "custody", event.person, ALL_KNOWN, ends)

    def _missing(self, event: Missing) -> None:
        self._about_person(event, "missing", event.person, FAMILY, ())

    def _found(self, event: Found) -> None:
        ends = (event.home_body, event.days_away)
        self._about_person(event, "found", event.person, ON_THE_SPOT, ends)

    def _seized(self, event: Seized) -> None:
        number = write_phone(self._of(event.body), event.number, care=0.1) if event.number else ""
        ends = (event.kind, event.amount, _UNITS.get(event.kind, "g"), number, event.imei, event.imsi)
        self._about_person(event, "seizures", event.person, ON_THE_SPOT, ends)

    def _ordered(self, event: OrderMade) -> None:
        record, number = f"{event.body}/DDTRO/{event.order:05d}", f"+{event.number}"
        self._table(event.body, "orders").row((record, _time(event), "made", number, event.comply_by))

    def _complied(self, event: OrderComplied) -> None:
        record, number = f"{event.body}/DDTRO/{event.order:05d}", f"+{event.number}"
        self._table(event.body, "orders").row((record, _time(event), "complied", number, ""))

    def _returned(self, event: WeekReturn) -> None:
        measures = [getattr(event, name) for name in RETURNED]
        table = self._table(event.body, "week_returns")
        table.row((event.at.date(), _yes(said=event.intensive), *measures))

    def _about_person(
        self, event: Arrested | Missing | Found | Seized, kind: str, person: int, known: Known,
        ends: tuple[object, ...],
    ) -> None:  # fmt: skip
        written = write_person(self._of(event.body), self.register.people[person], known)
        record = self._record(event.body, kind, event)
        parts = tuple(getattr(written, name) for name in PERSON_COLUMNS)
        self._table(event.body, kind).row((record, _time(event), event.town, *parts, *ends))
        self._tell(event.body, kind, record, written)

    def _tell(self, body: str, kind: str, record: str, written: Written) -> None:
        if written.given or written.family:
            parts = tuple(getattr(written, name) for name in PERSON_COLUMNS)
            records = self.folder.table("truth/records.csv", RECORD_COLUMNS)
            records.row((record, body, f"{body}/{kind}.csv", record, "", *parts, written.person))

    def _record(self, body: str, kind: str, event: Event) -> str:
        number = self._records[body] = self._records.get(body, 0) + 1
        return f"{body}/{kind[0].upper()}{event.at:%y}/{number:06d}"

    def _table(self, body: str, kind: str) -> Table:
        return self.folder.table(f"{body}/{kind}.csv", COLUMNS[kind])

    def _of(self, body: str) -> np.random.Generator:
        if body not in self._dice:
            self._dice[body] = dice(self.seed, "notices", body)
        return self._dice[body]


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"


def _time(event: Event) -> str:
    return event.at.strftime("%Y-%m-%dT%H:%M:%SZ")


_WRITERS: Final[Mapping[type, Callable[..., None]]] = {
    Arrested: NoticeFiles._arrested,
    Missing: NoticeFiles._missing,
    Found: NoticeFiles._found,
    Seized: NoticeFiles._seized,
    OrderMade: NoticeFiles._ordered,
    OrderComplied: NoticeFiles._complied,
    WeekReturn: NoticeFiles._returned,
}
