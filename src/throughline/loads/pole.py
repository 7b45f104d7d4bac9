"""What the POLE minimum standard would still ask for of a report: advice, and never a reason to refuse.

NPCC and Police Digital Service, POLE Data Standards Dictionary 1.1, 30 July 2023. What stands here of it is marked
[V] where its full text was read and [M] where it is remembered: see docs/unverified.md.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.selectors.registry import Selector

_CONTACTS: Final = frozenset({"address", "phone", "email"})
_PLACES: Final = frozenset({"address", "postcode", "uprn"})
_CHILD: Final = 18
_SHORTEST_TEXT: Final = 20

NO_CONTACT: Final = "A person stands without an address, a telephone number or an e-mail address (4+1)."
CHILD: Final = (
    "A person under 18 is always vulnerable: give the home address, and a parent or guardian in the text."
)
NO_BIRTH: Final = "A person is named without a date of birth, so only the words of the item hold the name."
NO_NAME: Final = "A date of birth stands without a name, so only the words of the item hold it."
ONLY_POSTCODE: Final = "A place is a postcode alone: give the house and street where they are known."
NOTHING: Final = "The item names nothing that can be matched: no person, object or location."
SHORT: Final = f"The text is shorter than {_SHORTEST_TEXT} characters, the least for how something was done."


def advice_on(draft: ReportDraft) -> Iterator[tuple[int, str]]:
    """The line of each item that falls short, and in what."""
    for item in draft.items:
        for sentence in _of_item(item, draft.date_of_intelligence):
            yield item.line, sentence


def _of_item(item: ItemDraft, day: date) -> Iterator[str]:
    kinds = {selector.kind for selector in item.selectors}
    people = [selector for selector in item.selectors if selector.kind == "person"]
    # Names that came without a date of birth were put into the words by the map of columns.
    if "Person named: " in item.text:
        yield NO_BIRTH
    if "Date of birth: " in item.text:
        yield NO_NAME
    if people and not kinds & _CONTACTS:  # [V] four identifying details and one contact reference
        yield NO_CONTACT
    if any(_is_child(person, day) for person in people) and "address" not in kinds:  # [V]
        yield CHILD
    if kinds & _PLACES == {"postcode"}:  # [M] a location is given by its address where it has one
        yield ONLY_POSTCODE
    if not item.selectors:  # [V] no record stands alone
        yield NOTHING
    if len(item.text) < _SHORTEST_TEXT:  # [V] data standard 088: 20 to 300 characters
        yield SHORT


def _is_child(person: Selector, day: date) -> bool:
    born = date.fromisoformat(person.key.rsplit("|", 1)[-1])
    return (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < _CHILD
