"""What a column probably holds, by the words of its heading and by what stands under it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from throughline.intelligence.report_columns import COLUMNS, column_name
from throughline.intelligence.report_layout import (
    BORN,
    GIVEN,
    GRADE,
    MANY,
    NAME,
    POSTCODE,
    SELECTOR,
    STREET,
    SURNAME,
)
from throughline.selectors.kinds.likeness import sure_kinds
from throughline.selectors.registry import NotASelector, parse

MOSTLY: Final = 0.8
"""Of the values under a heading, so many must look like it."""

_S: Final = SELECTOR
_WORDS: Final[dict[str, str]] = {
    "report": "ref reference urn log_no log_number report_no report_number report_ref report_reference intel_ref "
    "intelligence_reference unique_reference record_no record_number our_ref id",
    "date_of_intelligence": "date intel_date date_of_intel date_of_event event_date date_received report_date "
    "date_submitted date_of_information",
    "title": "subject heading headline summary report_title",
    "item": "item_no item_number line_no paragraph",
    "text": "intelligence intel information narrative details detail content body report_text intelligence_text "
    "free_text description",
    "source": "source_evaluation source_eval source_grade source_code",
    "assessment": "intelligence_assessment information_evaluation intel_assessment intelligence_evaluation info_eval "
    "assessment_code",
    "handling": "handling_code handling_codes dissemination dissemination_code",
    "action": "action_code", "sanitisation": "sanitisation_code sanitization",
    "instructions": "conditions handling_instructions handling_conditions",
    "marking": "classification protective_marking gsc security_classification security_marking",
    "circulation": "circulate_to distribution share_with circulated_to",
    GRADE: "grading 3x5x2 3x5x2_grade grade_3x5x2",
    f"{_S}phone": "phone phone_number telephone telephone_number tel mobile mobile_number mobile_no tel_no msisdn "
    "contact_number phone_no",
    f"{_S}vehicle": "vrm vrn reg registration vehicle vehicle_registration reg_no registration_number "
    "index_number car_reg",
    f"{_S}email": "email e_mail email_address",
    f"{_S}social": "handle social_media username instagram snapchat social_media_tag",
    f"{_S}imei": "imei imei_number handset", f"{_S}imsi": "imsi", f"{_S}iccid": "iccid sim sim_number",
    f"{_S}account": "account account_number bank_account iban", f"{_S}brand": "line line_name brand deal_line_name",
    f"{_S}national_id": "pnc_id pncid cro nino ni_number passport driving_licence", f"{_S}uprn": "uprn",
    f"{_S}person": "nominal name_and_dob person",
    SURNAME: "surname last_name family_name", GIVEN: "forename forenames first_name given_name given_names",
    NAME: "name full_name subject_name", BORN: "dob date_of_birth born birth_date d.o.b. d.o.b",
    STREET: "address location premises street address_line_1 home_address", POSTCODE: "postcode post_code pcode",
}  # fmt: skip
_BY_WORD: Final = {word: use for use, words in _WORDS.items() for word in words.split()} | {
    c: c for c in COLUMNS
}
_CODES: Final = (
    "source", "assessment", "handling", "action", "sanitisation", "instructions", "marking", "circulation",
)  # fmt: skip
_CONTENT: Final = ("phone", "vehicle", "imei", "email", "postcode", "iccid", "imsi")
_GRADE: Final = re.compile(r"[1-3][A-E][PC]", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
_SHORTEST_TEXT: Final = 40


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is known of the columns of one kind of file: a use by the words of a heading, and by what stands there."""

    by_word: Mapping[str, str]
    by_look: Mapping[str, str]
    many: Collection[str]

    def words(self, heading: str, _values: Sequence[str]) -> str:
        """By the words of the heading."""
        return self.by_word.get(column_name(heading).strip("_.:#"), "")

    def content(self, _heading: str, values: Sequence[str]) -> str:
        """By what stands under it."""
        if not values:
            return ""
        looks = (
            look for look, is_like in _LOOKS.items() if look in self.by_look and _mostly(values, is_like)
        )
        return self.by_look.get(next(looks, ""), "")


def guess_uses(
    headings: Sequence[str], samples: Sequence[Sequence[str]], known: Guesses | None = None
) -> dict[str, str]:
    """What each heading is used for, as far as can be told; `samples` are the values under each, some of them.

    By the words of the heading first, and each single use once; then by what stands there.
    """
    known = known or OF_REPORTS
    out: dict[str, str] = {}
    for guess in (known.words, known.content):
        for heading, values in zip(headings, samples, strict=True):
            use = (
                guess(heading, [value.strip() for value in values if value.strip()])
                if heading not in out
                else ""
            )
            if use and (use in known.many or use not in out.values()):
                out[heading] = use
    return {heading: out[heading] for heading in headings if heading in out}


def _mostly(values: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return sum(map(looks, values)) >= MOSTLY * len(values)


def _like(kind: str) -> Callable[[str], bool]:
    return lambda value: kind in sure_kinds(value[:100]) and _reads(value, kind)


def _reads(value: str, kind: str) -> bool:
    try:
        parse(value, kind)
    except NotASelector:
        return False
    return True


_LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    GRADE: lambda value: _GRADE.fullmatch(value) is not None,
    **{f"{SELECTOR}{kind}": _like(kind) for kind in _CONTENT},
    "date_of_intelligence": lambda value: _DAY.fullmatch(value) is not None,
    "text": lambda value: len(value) >= _SHORTEST_TEXT and " " in value,
}


OF_REPORTS: Final = Guesses(_BY_WORD, {look: look for look in _LOOKS}, MANY)
GRADING_WORDS: Final = {word: use for word, use in _BY_WORD.items() if use in {*_CODES, GRADE}}
"""The words for codes, which every kind of file has."""


def header_line_of(rows: Sequence[tuple[int, Sequence[str]]], known: Guesses = OF_REPORTS) -> int:
    """The line of the row that is most probably the header: the first of those with most names of columns.

    `rows` are the line and the cells of the first rows. A word that names a column counts more than any other text.
    """
    return max(rows, key=lambda row: _score(row[1], known), default=(0, []))[0]


def _score(cells: Sequence[str], guesses: Guesses) -> int:
    written = [cell for cell in cells if cell.strip()]
    known = sum(column_name(cell) in guesses.by_word for cell in written)
    texts = sum(not re.search(r"\d", cell) and len(cell) < _SHORTEST_TEXT for cell in written)
    return known * 3 + texts
