"""Postal addresses, keyed by the line down to the street and the postcode."""

import re

from throughline.selectors.kinds.cleaning import clean, fold, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector
from throughline.selectors.kinds.postcode import normalise_postcode

_SHORT_FOR = {
    "RD": "ROAD", "AVE": "AVENUE", "AV": "AVENUE", "LN": "LANE", "CL": "CLOSE", "CLS": "CLOSE", "DR": "DRIVE",
    "DRV": "DRIVE", "CRES": "CRESCENT", "CR": "CRESCENT", "CT": "COURT", "GDNS": "GARDENS", "GDN": "GARDEN",
    "TERR": "TERRACE", "TCE": "TERRACE", "TER": "TERRACE", "PL": "PLACE", "GRV": "GROVE",
    "GR": "GROVE", "SQ": "SQUARE", "PK": "PARK", "PDE": "PARADE", "HSE": "HOUSE", "BLDG": "BUILDING",
    "APT": "FLAT", "APARTMENT": "FLAT", "FLT": "FLAT", "SAINT": "ST", "MT": "MOUNT",
    "STR": "STREET",
}  # fmt: skip
STREETS = {
    "ROAD", "STREET", "AVENUE", "LANE", "CLOSE", "DRIVE", "CRESCENT", "TERRACE", "GARDENS", "PLACE", "GROVE",
    "SQUARE", "WAY", "WALK", "ROW", "MEWS", "PARADE",
}  # fmt: skip
_SIDES = {"NORTH", "SOUTH", "EAST", "WEST", "UPPER", "LOWER"}
WITHIN = {"FLAT", "UNIT", "ROOM", "BLOCK", "FLOOR"}
_POSTCODE_AT_END = re.compile(r"(.*?)[ ,|.]*([A-Z]{1,2}[\dOI][A-Z\d]?[ .]?[\dOI][A-Z\d]{2})", re.ASCII)
_LONGEST_LINE = 200


def normalise_address(raw: str) -> str:
    """LINE|POSTCODE, such as 12 WHERRY ROAD|NR1 1AA; the town is left out, since the postcode says it."""
    text = clean(raw)
    found = _POSTCODE_AT_END.fullmatch(fold(text).rstrip(" .,"))
    if not found:
        raise NotASelector(f"{quoted(text)} has no UK postcode at the end. Write it as {ADDRESS.example}.")
    postcode = normalise_postcode(found[2])
    line = " ".join(down_to_street(in_full(words_of_line(found[1]))))
    if not re.search(r"[^\W\d_]{2}", line) or len(line) > _LONGEST_LINE:
        raise NotASelector(
            f"{quoted(text)} needs a house and a street before the postcode, as in {ADDRESS.example}."
        )
    return f"{line}|{postcode}"


def words_of_line(line: str) -> list[str]:
    line = re.sub(r"['.]", "", line).replace("&", " AND ")
    line = re.sub(r"\b(?:NO|NUMBER|#) ?(?=\d)", "", line)
    line = re.sub(r"\b(FLAT|APT|UNIT)(?=\d)", r"\1 ", line)
    return re.sub(r"[^\w/-]|_|(?<!\d)[-/]|[-/](?!\d)", " ", line).split()


def in_full(words: list[str]) -> list[str]:
    """Each word in full; ST is a street after a name where no other street follows, else a saint."""
    full = [_SHORT_FOR.get(word, word) for word in words]
    for place, word in enumerate(full):
        follows_name = place > 0 and not has_digit(full[place - 1])
        if word == "ST" and follows_name and not STREETS.intersection(full[place + 1 :]):
            full[place] = "STREET"
            break
    return full


def down_to_street(words: list[str]) -> list[str]:
    """The words up to the street: what follows is a town. Grove Road, two street words, is one street."""
    start = house_number(words) + 1
    for place in range(start + 1, len(words)):
        runs_on = place + 1 < len(words) and words[place + 1] in STREETS
        if words[place] in STREETS and not runs_on:
            side = words[place + 1 : place + 2]
            return words[: place + 1] + [word for word in side if word in _SIDES]
    return words


def house_number(words: list[str]) -> int:
    """The place of the first number that is not the number of a flat, or -1."""
    for place, word in enumerate(words):
        if has_digit(word) and (place == 0 or words[place - 1] not in WITHIN):
            return place
    return -1


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def show_address(key: str) -> str:
    """12 Wherry Road, NR1 1AA."""
    line, _, postcode = key.rpartition("|")
    return f"{' '.join(word if has_digit(word) else word.title() for word in line.split())}, {postcode}"


ADDRESS = Kind(
    name="address",
    label="Address",
    plural="Addresses",
    hint="House, street and postcode.",
    example="12 Wherry Road, NR1 1AA",
    weight=0.6,
    normalise=normalise_address,
    show=show_address,
)
