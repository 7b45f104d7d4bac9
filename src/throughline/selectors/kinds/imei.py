"""IMEI numbers: the handset, whatever SIM is in it."""

from throughline.selectors.kinds.check_digits import luhn_digit
from throughline.selectors.kinds.cleaning import digits_of, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_BODY, _FULL, _WITH_SOFTWARE = 14, 15, 16


def normalise_imei(raw: str) -> str:
    """The 15 digits of an IMEI (3GPP TS 23.003 6.2), from 14 without the check digit, 15, or 16 (IMEISV)."""
    digits = digits_of(raw, what="an IMEI", example=IMEI.example)
    if len(digits) not in {_BODY, _FULL, _WITH_SOFTWARE}:
        raise NotASelector(
            f"{quoted(digits)} has {len(digits)} digits. An IMEI has 15: dial *#06# to read it."
        )
    body = digits[:_BODY]
    if len(set(body)) == 1:
        raise NotASelector(f"{quoted(digits)} is a filler, not a handset. Leave it out.")
    check = luhn_digit(body)
    if len(digits) == _FULL and digits[-1] != check:
        raise NotASelector(
            f"The last digit of IMEI {digits} should be {check}, so one digit is wrong: check it. "
            "In call data, where the last digit may be a 0 for padding, leave it off."
        )
    return body + check


def show_imei(key: str) -> str:
    """The digits in the groups printed on a box."""
    return f"{key[:2]}-{key[2:8]}-{key[8:14]}-{key[14]}"


IMEI = Kind(
    name="imei",
    label="IMEI",
    plural="IMEIs",
    hint="The 15 digits of a handset, from its box or from *#06#.",
    example="35-693803-564380-9",
    weight=1.0,
    normalise=normalise_imei,
    show=show_imei,
)
