"""St Louis: people and their parts in police events of the 1990s, as reports of seven forces.

The rule: event C123 belongs to the force in place 123 modulo 7. Each involvement is an item; a person is an
opaque selector, since the source replaced the names by codes. Events have no date in the data, so all carry one.
"""

from collections import defaultdict

from tests.real_data.report_file import Named, RawItem, RawReport
from tests.real_data.tables import ST_LOUIS, table

FORCES = ("NORF", "MPS", "MERS", "KENT", "ESSEX", "WMP", "GMP")
THE_DAY = "1995-01-01"


def person(code: str) -> Named:
    """A person by the code that stands in the data."""
    return Named("opaque", code)


def st_louis_reports() -> dict[str, list[RawReport]]:
    """The reports of each force, by its code."""
    parts: dict[str, list[RawItem]] = defaultdict(list)
    for row in table(ST_LOUIS, "involvement"):
        text = f"{row['person']} was {row['role'].replace('_', ' ')} in event {row['event']}."
        parts[row["event"]].append(RawItem(text, (person(row["person"]),)))
    by_force: dict[str, list[RawReport]] = {force: [] for force in FORCES}
    for event in (row["id"] for row in table(ST_LOUIS, "events")):
        items = tuple(parts[event]) or (RawItem("Nobody is named in this event."),)
        force = FORCES[int(event[1:]) % len(FORCES)]
        by_force[force].append(RawReport(event, THE_DAY, f"Event {event}", items))
    return by_force
