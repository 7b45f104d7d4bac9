"""The check digits and letters that catch a mistyped number."""

_MOD_23 = "ZABCDEFGHJKLMNPQRTUVWXY"


def luhn_digit(body: str) -> str:
    """The digit that completes a number (ISO/IEC 7812-1 annex B), as on an IMEI or a SIM."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def passes_luhn(number: str) -> bool:
    """Whether a number ends in its Luhn digit."""
    return luhn_digit(number[:-1]) == number[-1]


def letter_of_23(digits: str) -> str:
    """The check letter of a PNC or CRO number: the remainder by 23, in an alphabet without I, O and S.

    As validated by HMPPS from the CJS data standards catalogue.
    """
    return _MOD_23[int(digits) % len(_MOD_23)]


def passes_mod_97(iban: str) -> bool:
    """Whether an IBAN's two check digits are right (ISO 7064 mod 97-10)."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
