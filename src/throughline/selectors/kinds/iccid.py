"""ICCID numbers: the SIM card itself."""

from throughline.selectors.kinds.check_digits import luhn_digit
from throughline.selectors.kinds.cleaning import clean, digits_of, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_BODY, _SHORT, _LONG = 18, 19, 20
_TELECOMS = "89"


def normalise_iccid(raw: str) -> str:
    """The 19 or 20 digits of a SIM (ITU-T E.118), from 18 without the check digit or with a padding F."""
    digits = digits_of(clean(raw).rstrip("Ff") or raw, what="an ICCID", example=ICCID.example)
    if len(digits) not in {_BODY, _SHORT, _LONG} or not digits.startswith(_TELECOMS):
        raise NotASelector(f"{quoted(digits)} is not an ICCID: it starts with 89 and has 19 or 20 digits.")
    if len(digits) == _BODY:
        return digits + luhn_digit(digits)
    check = luhn_digit(digits[:-1])
    if digits[-1] != check:
        raise NotASelector(
            f"The last digit of ICCID {digits} should be {check}, so one digit is wrong: check it."
        )
    return digits


def show_iccid(key: str) -> str:
    """The digits in fours, as printed on the card."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


ICCID = Kind(
    name="iccid",
    label="SIM card (ICCID)",
    plural="SIM cards (ICCIDs)",
    hint="The 19 or 20 digits printed on a SIM card. They start with 89.",
    example="8944 1100 0000 0000 008",
    weight=1.0,
    normalise=normalise_iccid,
    show=show_iccid,
)
