"""What was not read in its source is marked where it is shown, each fact on the page of its law."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.custody.law import regimes
from throughline.orders.items import item_kinds
from throughline.orders.law import all_versions
from throughline.safeguarding.law import duties, steps
from throughline.safeguarding.law.referral import section_45

ORDERS = [
    fact.says
    for versions in all_versions().values()
    for kind in versions
    for fact in kind.facts
    if fact.is_unverified
] + [one.name for one in item_kinds().values() if one.is_unverified]
BAIL = [fact.says for law in regimes() for fact in law.facts if fact.is_unverified] + [
    one.unverified for law in regimes() for one in law.stages.values() if one.unverified
]
DUTIES = [one.says for one in duties().values() if one.term.is_unverified] + [
    one.name for one in steps().values() if one.is_unverified
]
DEFENCE = [one.says for facts in section_45() for one in facts if one.is_unverified]


@pytest.mark.parametrize(
    ("role", "route", "facts"),
    [("orders", "order-law", ORDERS), ("officer", "bail-law", BAIL), ("safeguarding", "concern-law", DUTIES),
     ("safeguarding", "section-45", DEFENCE)],
)  # fmt: skip
def test_every_fact_that_was_not_verified_is_on_its_page_with_its_mark(
    cast: Cast, role: str, route: str, facts: list[str]
) -> None:
    page = words_of(visitor(f"{role}@norf").get(reverse(route)))
    assert [fact for fact in facts if fact not in page] == []
    assert page.count("Not verified") >= len(facts)
