"""What the minimum standard asks of an item: each rule by an item that falls short of it and one that does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.intelligence.pole import (
    ALONE,
    CHILD,
    MADE_UP,
    NO_BIRTH,
    NO_CONTACT,
    NO_NAME,
    NOTHING,
    ONLY_POSTCODE,
    RULES,
    SHORT,
    WRONG_BIRTH,
    Rule,
    rules_asked,
    shortfalls_in,
    shortfalls_of,
)
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.selectors.registry import Selector, parse

DAY = date(2026, 10, 1)
TEXT = "She was seen at the station at noon."
ADULT, YOUNG = "person:Nkemelu, Aisha, 1999-02-01", "person:Nkemelu, Aisha, 2010-02-01"
PHONE, HOME = "phone:07700 900123", "address:12 Wherry Road, NR1 1AA"


def _item(*selectors: str, text: str = TEXT) -> ItemDraft:
    return ItemDraft(1, text, None, tuple(parse(one) for one in selectors), 2)


@pytest.mark.parametrize(
    ("selectors", "text", "expected"),
    [
        ([PHONE], TEXT, []),
        ([ADULT, PHONE], TEXT, []),
        ([YOUNG, HOME], TEXT, []),
        ([], TEXT, [NOTHING]),
        ([ADULT], TEXT, [NO_CONTACT, ALONE]),
        ([ADULT, "vehicle:AB12 CDE"], TEXT, [NO_CONTACT]),
        ([YOUNG, PHONE], TEXT, [CHILD]),
        (["person:Nkemelu, Aisha, 1910-02-01", PHONE], TEXT, []),
        (["phone:07700 900123", "phone:07700 111111"], TEXT, [MADE_UP]),
        (["phone:07700 123456"], TEXT, [MADE_UP]),
        (["postcode:NR1 1AA"], TEXT, [ONLY_POSTCODE]),
        (["postcode:NR1 1AA", HOME], TEXT, []),
        ([PHONE], f"{TEXT}\nPerson named: A B.", [NO_BIRTH]),
        ([PHONE], f"{TEXT}\nDate of birth: 1999-02-01.", [NO_NAME]),
        ([PHONE], "Seen.", [SHORT]),
    ],
)
def test_it_says_of_which_rules_an_item_falls_short(
    selectors: list[str], text: str, expected: list[Rule]
) -> None:
    assert list(shortfalls_of(_item(*selectors, text=text), DAY)) == expected


@pytest.mark.parametrize(
    ("born", "wrong"),
    [("2026-10-01", [WRONG_BIRTH]), ("2026-10-02", [WRONG_BIRTH]), ("2026-09-30", []), ("1900-01-01", [WRONG_BIRTH]),
     ("1906-10-01", []), ("1905-10-01", [WRONG_BIRTH])],
)  # fmt: skip
def test_a_date_of_birth_that_cannot_be_right_is_named(born: str, wrong: list[Rule]) -> None:
    item = ItemDraft(1, TEXT, None, (Selector("person", f"NKEMELU|AISHA|{born}"), parse(HOME)), 2)
    assert list(shortfalls_of(item, DAY)) == wrong


def test_eighteen_is_counted_on_the_day_of_the_intelligence() -> None:
    item = _item("person:Nkemelu, Aisha, 2008-10-01", PHONE)
    assert shortfalls_of(item, DAY) == ()
    assert shortfalls_of(item, date(2026, 9, 30)) == (CHILD,)


def test_a_file_is_told_the_line_what_to_do_and_what_is_not_verified() -> None:
    draft = ReportDraft(
        "N1", DAY, "T", Classification.OFFICIAL, Circulation(), (_item("postcode:NR1 1AA"),), (2,)
    )
    assert list(shortfalls_in(draft)) == [
        (2, "A place is a postcode alone. Give the house and street where they are known. (Not verified.)")
    ]


def test_each_rule_has_a_code_of_its_own_and_says_what_to_do() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.words.endswith(".") and rule.remedy.endswith(".") and rule.of for rule in RULES)


@given(
    st.lists(st.sampled_from([ADULT, YOUNG, PHONE, HOME, "postcode:NR1 1AA", "phone:07700 111111"])),
    st.text(max_size=60),
)
def test_nothing_falls_short_of_a_rule_that_is_not_asked_of_it(selectors: list[str], text: str) -> None:
    item = _item(*selectors, text=text)
    assert set(shortfalls_of(item, DAY)) <= set(rules_asked(item, DAY))
