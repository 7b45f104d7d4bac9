"""Addresses that may be one place, of those that the reader may know, weighed by a model of their own."""

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.matching.places.alike import places_alike
from throughline.matching.places.learning import learn_places
from throughline.matching.places.model import standing_weights, unlearnt
from throughline.selectors.registry import parse

HERE = "address:Flat 3, 12 Wherry Road, NR1 1AA"


def _seen(by: Reader, *addresses: str, also: str = "") -> None:
    for place, address in enumerate(addresses):
        file_report(
            by, f"{by.body_code} {place} {also}", selectors=[f"address:{address}", *filter(None, [also])]
        )
    outbox.drain()
    assert outbox.failed() == 0


def _alike(reader: Reader, address: str = HERE) -> list[str]:
    return [one.other.shown for one in places_alike(reader, [parse(address)])]


def test_other_ways_of_writing_are_the_same_place_and_other_flats_are_not(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Apt 3 12 Wherrey Rd, NR1 1AA", "Flat 3, 12 Wherry Road, NR1 1AB", "Flat 4, 12 Wherry Road, NR1 1AA",
          "14 Wherry Road, NR1 1AA", "Flat 3, 12 Mill Lane, NR1 1AA")  # fmt: skip
    assert sorted(_alike(aisha)) == ["Flat 3 12 Wherrey Road, NR1 1AA", "Flat 3 12 Wherry Road, NR1 1AB"]
    (first, *_) = places_alike(aisha, [parse(HERE)])
    assert first.words[0].startswith("the same street")
    assert first.model == unlearnt().name


def test_nobody_reads_an_address_that_they_may_not_know(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _seen(aisha, "Apt 3 12 Wherrey Rd, NR1 1AA")
    assert _alike(mia) == []
    assert _alike(aisha)
    assert places_alike(aisha, [parse("phone:07700900123")]) == ()


def test_one_uprn_brings_two_addresses_together(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Rose Cottage, Mill Lane, NR1 1AA", "12 Mill Lane, NR2 2BB", also="uprn:100012345678")
    _seen(aisha, "14 Mill Lane, NR3 3AA")
    assert _alike(aisha, "address:Rose Cottage, Mill Lane, NR1 1AA") == ["12 Mill Lane, NR2 2BB"]


def test_few_addresses_teach_nothing(house: Instance) -> None:
    _seen(someone("analyst@norf"), "12 Wherry Road, NR1 1AA")
    assert learn_places() == unlearnt().name == standing_weights().name
