"""What a record says of a place, in the forms that are compared: pure rules, no database."""

from collections.abc import Mapping
from functools import lru_cache

from throughline.matching.linkage.preparing import (
    Prepared,
    district_of,
    letters_of,
    plain,
    postcode_at_end,
    postcode_of,
    sound_of,
)
from throughline.selectors.premises import Premises, premises_of

LONGEST = 200


def prepare_address(record: Mapping[str, str]) -> Prepared:
    """The values of one address as they are compared; what it does not say is None. ``identifier`` is its UPRN."""
    line = record.get("address", "").strip()[:LONGEST]
    said = _premises(line)
    postcode = postcode_of(record.get("postcode", "") or postcode_at_end(line))
    street = plain(said.street)
    return {
        "flat": said.flat.casefold() or None, "house": plain(said.house), "number": said.number.casefold() or None,
        "street": street, "street_sound": sound_of(street) if street and street[0].isalpha() else None,
        "line": plain(line), "postcode": postcode, "district": district_of(postcode) if postcode else None,
        "sector": postcode[:-2] or None if postcode else None, "place": plain(record.get("place", "")),
        "uprn": letters_of(record.get("identifier", "")),
    }  # fmt: skip


@lru_cache(200_000)
def _premises(line: str) -> Premises:
    return premises_of(line)
