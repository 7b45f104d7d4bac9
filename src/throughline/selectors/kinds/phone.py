"""Phone numbers, keyed in E.164 and shown as people in the United Kingdom write them."""

import re

import phonenumbers

from throughline.selectors.kinds.cleaning import clean, quoted, whole_number
from throughline.selectors.kinds.kind import Kind, NotASelector

# An ordinary UK mobile, the drama range 07700 900xxx included. Most sightings are one of these, and this
# reads them many times faster than the full rules below, with the same answer.
_UK_MOBILE = re.compile(r"(?:\+44|0044|44|0)?(7[1-57-9]\d{8})", re.ASCII)
_UK_MOBILE_KEY = re.compile(r"\+447[1-57-9]\d{8}", re.ASCII)
# Ofcom keeps 01632 960xxx for drama and no place has the code, so the published ranges leave it out.
_DRAMA_LANDLINE = re.compile(r"\+441632960\d{3}", re.ASCII)
_SEPARATORS = re.compile(r"[ .\-/()]")
_WRITTEN = re.compile(r"\+?\d+", re.ASCII)
_UNITED_KINGDOM = 44
_SHORTEST = 7


def normalise_phone(raw: str) -> str:
    """A number in E.164, such as +447700900123; a number without a country code is read as from the UK."""
    text = whole_number(clean(raw))
    compact = _SEPARATORS.sub("", text.replace("(0)", ""))
    if mobile := _UK_MOBILE.fullmatch(compact):
        return f"+44{mobile[1]}"
    return by_full_rules(compact, text)


def by_full_rules(compact: str, text: str) -> str:
    """The same answer through the published numbering plans of every country (libphonenumber)."""
    if not _WRITTEN.fullmatch(compact):
        raise NotASelector(
            f"{quoted(text)} has characters that are not part of a phone number. "
            "Write the number alone, without a name or an extension, such as 07700 900123."
        )
    if len(compact) < _SHORTEST:
        raise NotASelector(
            f"{quoted(text)} is too short, or is a short code that many people use. "
            "Give the full number with its area code."
        )
    key = _in_e164(_with_country(compact), text)
    if _in_e164(key, text) != key:
        raise NotASelector(f"{quoted(text)} has too many leading zeros. Write it as +, country code, number.")
    return key


def _with_country(compact: str) -> str:
    # A 44 without its +, or a UK mobile that lost its first 0 to a spreadsheet: no number at home begins so.
    if re.fullmatch(r"44\d{9,11}", compact):
        return f"+{compact}"
    if re.fullmatch(r"7\d{9}", compact):
        return f"+44{compact}"
    return compact


def _in_e164(compact: str, text: str) -> str:
    try:
        number = phonenumbers.parse(compact, "GB")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not _is_real(number):
        raise NotASelector(
            f"{quoted(text)} is not a phone number: check its digits. "
            "A number from abroad starts with + and its country code."
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_real(number: phonenumbers.PhoneNumber) -> bool:
    """Within a published range for the UK; of a possible length elsewhere, whose ranges change unseen."""
    if number.country_code != _UNITED_KINGDOM:
        return phonenumbers.is_possible_number(number)
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    held_for_drama = _DRAMA_LANDLINE.fullmatch(key) is not None
    # A mobile range may be opened before the published list knows of it: its shape is enough.
    return held_for_drama or _UK_MOBILE_KEY.fullmatch(key) is not None or phonenumbers.is_valid_number(number)


def show_phone(key: str) -> str:
    """A UK number as dialled at home, any other with its country code."""
    if _UK_MOBILE_KEY.fullmatch(key):
        return f"0{key[3:7]} {key[7:]}"
    number = phonenumbers.parse(key)
    at_home = number.country_code == _UNITED_KINGDOM
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)


PHONE = Kind(
    name="phone",
    label="Phone number",
    plural="Phone numbers",
    hint="A full number. A number from abroad starts with + and its country code.",
    example="07700 900123",
    weight=0.95,
    normalise=normalise_phone,
    show=show_phone,
)
