"""The law as data: every fact has its source, every kind both limbs; times for compliance and ends; pure rules."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from throughline.kernel.working_days import Nation, end_of_day
from throughline.orders.items import item_kinds, parse_item
from throughline.orders.law import all_versions, kind_in, kinds_on, ranks
from throughline.orders.timing import (
    WrongTime,
    check_earlier,
    check_end,
    check_other,
    comply_by,
    hours_to_replacement,
)
from throughline.orders.workflow import may_be_authorised
from throughline.selectors.registry import KINDS, NotASelector

DDTRO = kind_in("ddtro", 1)


def test_every_kind_says_both_limbs_its_court_and_every_source() -> None:
    for kind in (version for versions in all_versions().values() for version in versions):
        for matter in ("applicant", "used", "prevents", "court", "duration"):
            assert kind.about(matter), (kind.key, matter)
        assert all(fact.says and fact.source for fact in kind.facts)
        assert set(kind.ranks) <= ranks().keys()
        assert set(kind.items) <= KINDS.keys() | item_kinds().keys()


def test_what_was_not_read_is_said_to_be_unverified() -> None:
    for versions in all_versions().values():
        for fact in (fact for kind in versions for fact in kind.facts):
            if any(words in fact.source for words in ("not read", "Not read", "general knowledge")):
                assert fact.is_unverified, fact.says


def test_a_kind_is_there_from_the_day_of_its_law() -> None:
    assert "ddtro" not in kinds_on(date(2017, 12, 5))
    assert "ddtro" in kinds_on(date(2017, 12, 6))


@pytest.mark.parametrize(
    ("ordered_on", "nation", "day"),
    [
        # SI 2017/1240 reg 3(4).
        (date(2026, 12, 23), Nation.ENGLAND, date(2027, 1, 4)),
        (date(2026, 12, 23), Nation.SCOTLAND, date(2027, 1, 5)),
        (date(2026, 10, 23), Nation.ENGLAND, date(2026, 10, 30)),  # over the end of summer time
    ],
)
def test_it_is_to_be_complied_with_by_the_end_of_the_fifth_working_day(
    ordered_on: date, nation: Nation, day: date
) -> None:
    assert comply_by(DDTRO, ordered_on=ordered_on, nation=nation) == end_of_day(day)


def test_where_the_law_sets_no_time_there_is_none() -> None:
    assert comply_by(kind_in("stro", 1), ordered_on=date(2026, 1, 5), nation=Nation.WALES) is None


def test_only_an_earlier_time_can_be_agreed() -> None:
    ordered, due = date(2026, 11, 2), end_of_day(date(2026, 11, 9))
    check_earlier(due - timedelta(days=3), than=due, ordered_on=ordered)
    for other in (due, due + timedelta(minutes=1)):
        with pytest.raises(WrongTime, match="earlier"):
            check_earlier(other, than=due, ordered_on=ordered)
    with pytest.raises(WrongTime, match="before the order"):
        check_other(end_of_day(date(2026, 11, 1)), ordered_on=ordered)
    with pytest.raises(WrongTime, match="end before"):
        check_end(date(2026, 11, 1), ordered_on=ordered)


def test_hours_are_counted_over_the_end_of_summer_time() -> None:
    before, after = (
        datetime.fromisoformat("2026-10-24T12:00+01:00"),
        datetime.fromisoformat("2026-10-25T12:00+00:00"),
    )
    assert hours_to_replacement(before, after) == pytest.approx(25)
    assert hours_to_replacement(after, before) == pytest.approx(-25)


@pytest.mark.parametrize(
    ("rank", "may"),
    [
        # Serious Crime Act 2015 s.80A(5).
        ("superintendent", True), ("chief superintendent", True), ("deputy chief constable", True),
        ("director general", True), ("deputy director general", True), ("inspector", False), ("", False),
    ],
)  # fmt: skip
def test_the_rank_that_the_act_asks_for(rank: str, *, may: bool) -> None:
    order = SimpleNamespace(
        kind="ddtro", law_version=1, rank=rank, loss_decision="Nobody objects", asked_at=1, none_to_ask=""
    )
    assert (may_be_authorised(order) is None) is may


def test_no_order_is_authorised_without_the_decision_about_lost_intelligence() -> None:
    order = SimpleNamespace(
        kind="ddtro", law_version=1, rank="superintendent", loss_decision="", asked_at=1, none_to_ask=""
    )
    assert "would be lost" in str(may_be_authorised(order))


@pytest.mark.parametrize(
    ("typed", "kind", "key"),
    [
        # SI 2017/1240 reg 2; the forms from general knowledge.
        ("07700 900123", "phone", "+447700900123"), ("mac: 00:00:5e:00:53:01", "mac", "00005E005301"),
        ("meid:A0-00000000-2329", "meid", "A0000000002329"),
        ("android:0123456789abcdef", "android", "0123456789ABCDEF"),
        ("serial: F2LX 0123", "serial", "F2LX 0123"),
    ],
)  # fmt: skip
def test_an_order_can_name_what_the_regulations_name(typed: str, kind: str, key: str) -> None:
    found = parse_item(typed, DDTRO)
    assert found[0] == kind
    assert found[1].lstrip("+") == key.lstrip("+")


@pytest.mark.parametrize("typed", ["mac:123", "meid:xyz", "email:a@shop.example", "serial:x"])
def test_what_has_not_the_form_or_is_no_relevant_item_is_refused(typed: str) -> None:
    with pytest.raises(NotASelector):
        parse_item(typed, DDTRO)


def test_no_order_is_authorised_before_bodies_with_an_interest_were_asked() -> None:
    order = SimpleNamespace(
        kind="ddtro", law_version=1, rank="superintendent", loss_decision="x", asked_at=None, none_to_ask=""
    )
    assert "Nobody with an interest was asked" in str(may_be_authorised(order))
    order.none_to_ask = "The number was bought by us, and no body can hold it"
    assert may_be_authorised(order) is None
