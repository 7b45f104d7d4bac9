"""Invented numbers that can never be anyone's: telephones, handsets, SIMs, vehicle marks and postcodes.

Telephones. Ofcom keeps 07700 900000 to 900999 for drama: a thousand numbers, which the examples of the product use,
and far too few for a nation. The simulation uses 072 (07200 000000 to 07299 999999): the numbering plan sets it
aside for mobiles, and no part of it is allocated to any network (the list of allocations that `phonenumbers`
carries has none, and a test asks it). The telephone rules take it as they take every mobile, so nothing is loosened.
Should Ofcom ever open 072, that test fails with the next release of the list, and the range must move.

Handsets have IMEIs of the GSMA's test range (a type code that opens with 00, TS.06), SIMs the country code 001 of
test networks (ITU-T E.212). Marks of vehicles are of the current style with the area letters of no DVLA office.
Postcodes are of districts 86 and 89, which no area of the postcode file has.
"""

import numpy as np
from numpy.typing import NDArray

from throughline.selectors.kinds.check_digits import luhn_digit

FIRST, LAST = 447_200_000_000, 447_299_999_999
_RANGE = LAST - FIRST + 1
# Any odd number not divisible by five goes once round the range before it comes to the same number again.
_STRIDE = 61_803_399
_SHARES = {
    "customer": 0,
    "line": 20_000_000,
    "person": 40_000_000,
    "business": 60_000_000,
    "bystander": 70_000_000,
}
_TEST_TYPE, _TEST_NETWORK = "00101", "00101"
# DVLA gives no mark that opens with these; letters I, Q and Z never stand in front.
_NO_OFFICE = ("JA", "JB", "JC", "JD", "JE", "TA", "TB", "TC", "TD", "UA", "UB", "XA")
_MARK_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
_NO_DISTRICT = ("86", "89")
_INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def telephone(kind: str, nth: int, seed: int) -> int:
    """The nth number of a kind of holder, in E.164 without the plus; each kind has its own share of the range."""
    return FIRST + (_STRIDE * (_SHARES[kind] + nth) + _turn(seed)) % _RANGE


def telephones(kind: str, nth: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """The same for many at once."""
    turned: NDArray[np.int64] = FIRST + (_STRIDE * (_SHARES[kind] + nth) + _turn(seed)) % _RANGE
    return turned


def written(number: int) -> str:
    """A number as it is keyed: +447200123456."""
    return f"+{number}"


def imei(nth: int) -> str:
    """The nth test handset: 15 digits with their check digit."""
    body = f"{_TEST_TYPE}{nth:09d}"
    return body + luhn_digit(body)


def imsi(nth: int) -> str:
    """The nth SIM of the test network: 15 digits."""
    return f"{_TEST_NETWORK}{nth:010d}"


def mark(nth: int, year: int) -> str:
    """The nth vehicle mark, first registered in a year: JA21 ABC, without the space."""
    office = _NO_OFFICE[nth % len(_NO_OFFICE)]
    rest, letters = nth // len(_NO_OFFICE), ""
    for _ in range(3):
        rest, place = divmod(rest, len(_MARK_LETTERS))
        letters += _MARK_LETTERS[place]
    return f"{office}{year % 100:02d}{letters}"


def postcode(letters: str, dice: np.random.Generator) -> str:
    """A postcode of no house, in the letters of an area: NR86 3XY."""
    district, sector, first, second = dice.integers((0, 1, 0, 0), (len(_NO_DISTRICT), 10, 20, 20))
    return f"{letters}{_NO_DISTRICT[district]} {sector}{_INWARD_LETTERS[first]}{_INWARD_LETTERS[second]}"


def _turn(seed: int) -> int:
    return (seed * 7_654_321) % _RANGE
