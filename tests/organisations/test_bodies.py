"""The bodies: the reference list, their days, and which followed which."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from tests.instance import Instance
from throughline.organisations.models import Body, Succession
from throughline.organisations.queries import body_cards, body_coded, body_ids
from throughline.organisations.services import LEVELS, load_reference_bodies, merge_bodies


def test_the_reference_list_is_loaded_once(shared_house: Instance) -> None:
    assert Body.objects.count() == 57
    assert load_reference_bodies() == 0
    assert Body.objects.count() == 57


def test_each_body_has_a_level_a_region_and_a_desk_of_its_own(shared_house: Instance) -> None:
    cards = body_cards().values()
    assert [card.name for card in cards] == sorted(card.name for card in cards)
    assert {card.level for card in cards} == {"local", "regional", "national"}
    assert all(card.level == LEVELS[card.kind] for card in cards)
    assert all(card.region for card in cards)
    phones = {card.desk_phone for card in cards}
    assert len(phones) == len({card.desk_email for card in cards}) == 57
    assert all(phone.startswith("01632 960") and len(phone) == 12 for phone in phones)
    assert all(card.desk_email.endswith(".example") for card in cards)
    assert all(card.desk == f"{card.desk_name}, {card.desk_phone}" for card in cards)


def test_a_body_is_found_by_its_code_in_any_letters(shared_house: Instance) -> None:
    norfolk = body_coded(" norf ")
    assert norfolk is not None
    assert (norfolk.code, body_ids()["NORF"]) == ("NORF", norfolk.id)
    assert body_coded("nowhere") is None


def test_a_merger_ends_some_bodies_and_names_who_follows(apart: Instance) -> None:
    day = date(2027, 4, 1)
    merge_bodies(predecessors=["NORF", "SUFF"], successor="ESSEX", on=day)
    codes = {on: {card.code for card in body_cards(on=on).values()} for on in (date(2027, 3, 31), day)}
    assert codes[date(2027, 3, 31)] - codes[day] == {"NORF", "SUFF"}
    assert len(body_cards()) == 57, "a body that has ended is never forgotten"
    assert set(Succession.objects.values_list("predecessor__code", "successor__code", "on")) == {
        ("NORF", "ESSEX", day), ("SUFF", "ESSEX", day),
    }  # fmt: skip
    merge_bodies(predecessors=["NORF"], successor="ESSEX", on=day)
    assert Succession.objects.count() == 2


@pytest.mark.parametrize(
    "change", [{"level": "galactic"}, {"ends": date(1899, 1, 1)}, {"ends": date(1900, 1, 1)}, {"code": "MPS"}]
)
def test_the_database_refuses_what_cannot_be(shared_house: Instance, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(code="NORF").update(**change)


def test_a_merger_is_of_all_or_of_none(apart: Instance) -> None:
    with pytest.raises(Body.DoesNotExist):
        merge_bodies(predecessors=["NORF", "NOWHERE"], successor="ESSEX", on=date(2027, 4, 1))
    with pytest.raises(IntegrityError):
        merge_bodies(predecessors=["KENT", "ESSEX"], successor="ESSEX", on=date(2027, 4, 1))
    assert not Body.objects.filter(ends__isnull=False).exists()
