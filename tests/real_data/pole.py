"""Manchester: 28,762 real crimes with people, phones, e-mails and vehicles made up around them, as reports of
five forces.

Two rules split the crimes. By turns: a crime belongs to the force in place of its number modulo 5, so that forces
share streets and many hits arise. By areas: to the force of the letters its postcode begins with, as between
neighbours, so that few do. A crime is a report: one item for the place and the vehicles, and one for each person
who is party to it, with their phones, e-mails and current address. People and phones are opaque: there is no
date of birth, and the numbers are not of this country. So is an address that the door refuses.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from tests.real_data.report_file import Named, RawItem, RawReport
from tests.real_data.tables import links, nodes
from throughline.selectors.registry import NotASelector, parse

FORCES = ("GMP", "MERS", "LANCS", "CHES", "WYP")
FORCE_OF_AREA = {"M": "GMP", "OL": "WYP", "BL": "LANCS", "SK": "CHES", "WN": "MERS", "WA": "MERS"}
RULES = ("turns", "areas")


def person(number: str) -> Named:
    """A person by their number in the graph."""
    return Named("opaque", f"person {number}")


def phone(written: str) -> Named:
    """A phone as written, such as 0-(070)893-3322: no country has such numbers."""
    return Named("opaque", f"phone {written}")


def email(written: str) -> Named:
    """An e-mail address."""
    return Named("email", written)


def vehicle(written: str) -> Named:
    """A vehicle by its mark."""
    return Named("vehicle", written)


def address(line: str, postcode: str) -> Named:
    """An address, or an opaque value where the door finds no street (74 A6: the road has a number, no name)."""
    written = f"{line}, {postcode}"
    try:
        parse(written, "address")
    except NotASelector:
        return Named("opaque", f"place {written}")
    return Named("address", written)


def pole_reports(rule: str) -> dict[str, list[RawReport]]:
    """The reports of each force, by its code, the crimes split by ``turns`` or by ``areas``."""
    places, crimes = nodes("Location"), nodes("Crime")
    at = dict(links("OCCURRED_AT"))
    share: dict[str, Callable[[str], str]] = {
        "turns": lambda crime: FORCES[int(crime) % len(FORCES)],
        "areas": lambda crime: FORCE_OF_AREA[_area(places[at[crime]]["postcode"])],
    }
    by_force: dict[str, list[RawReport]] = {force: [] for force in FORCES}
    vehicles, parties = _vehicles(), _parties()
    for number, crime in crimes.items():
        what = crime["type"] or "Crime of no stated type"
        scene = RawItem(f"{what}. {crime['last_outcome']}", (_address_of(at[number]), *vehicles[number]))
        report = RawReport(number, crime["date"], what, (scene, *parties[number]))
        by_force[share[rule](number)].append(report)
    return by_force


def _area(postcode: str) -> str:
    found = re.match(r"[A-Z]+", postcode)
    assert found, postcode
    return found[0]


@cache
def _addresses() -> dict[str, Named]:
    return {number: address(row["address"], row["postcode"]) for number, row in nodes("Location").items()}


def _address_of(place: str) -> Named:
    return _addresses()[place]


def _vehicles() -> dict[str, list[Named]]:
    marks = nodes("Vehicle")
    involved: dict[str, list[Named]] = defaultdict(list)
    for thing, crime in links("INVOLVED_IN"):  # drugs and money are involved as well as vehicles
        if thing in marks:
            involved[crime].append(vehicle(marks[thing]["reg"]))
    return involved


def _parties() -> dict[str, list[RawItem]]:
    phones, emails = nodes("Phone"), nodes("Email")
    known: dict[str, list[Named]] = defaultdict(list)
    for one, number in links("HAS_PHONE"):
        known[one].append(phone(phones[number]["phoneNo"]))
    for one, number in links("HAS_EMAIL"):
        known[one].append(email(emails[number]["email_address"]))
    for one, place in links("CURRENT_ADDRESS"):
        known[one].append(_address_of(place))
    parties: dict[str, list[RawItem]] = defaultdict(list)
    for one, crime in links("PARTY_TO"):
        parties[crime].append(RawItem(f"Person {one} is party to it.", (person(one), *known[one])))
    return parties
