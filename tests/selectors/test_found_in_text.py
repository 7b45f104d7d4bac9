"""What is offered from free text, and that no text can make it slow."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.found_in_text import found_in_text

REPORT = (
    "Call 07700 900123 07700 900456 or (020) 7946 0018, +44 (0)7700-900-124. E-mail Sam@mail.example; "
    "snap: ricky_b. @ab.c on tiktok. Seen at NR1 1AA, on the M25 2nd exit, AB12 CDE and a123bcd, A123 BCD. "
    "IMEI 490154203237518. Then +33 6 12 34 56 78 2 times; 447700900125. https://instagram.com/foo.bar?x. "
    "tel:07700900126."
)


def test_it_finds_each_in_its_place() -> None:
    found = found_in_text(REPORT)
    assert [(hit.selector.kind, hit.selector.key) for hit in found] == [
        ("phone", "+447700900123"),
        ("phone", "+447700900456"),
        ("phone", "+442079460018"),
        ("phone", "+447700900124"),
        ("email", "sam@mail.example"),
        ("social", "snapchat/ricky_b"),
        ("social", "tiktok/ab.c"),
        ("postcode", "NR1 1AA"),
        ("vehicle", "AB12CDE"),
        ("vehicle", "A123BCD"),
        ("imei", "490154203237518"),
        ("phone", "+33612345678"),
        ("phone", "+447700900125"),
        ("social", "instagram/foo.bar"),
        ("phone", "+447700900126"),
    ]
    assert all(REPORT[hit.start : hit.end] == hit.text for hit in found)


@pytest.mark.parametrize(
    "text",
    [
        "On the M25 AND the A12 THE same day",
        "at 10am on 12/05/2024 he paid £1,200.50",
        "the m25 3rd exit at e10 5am",
        "Crime 42/123456/24, custody 0123",
        "IMEI 490154203237519",
        "IMSI 234150000000005",
        "x@y, a@@b.c, @",
        "07700 90012 and 0770090012345678",
        "",
    ],
)
def test_it_offers_nothing_that_only_looks_alike(text: str) -> None:
    assert found_in_text(text) == []


def test_it_keeps_places_where_characters_are_wide() -> None:
    written = "07700\u00a0900123".translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    text = f"📱 {written} 📱"
    (hit,) = found_in_text(text)
    assert hit.selector.key == "+447700900123"
    assert text[hit.start : hit.end] == hit.text == written


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(REPORT.split())), max_size=12).map(" ".join))
def test_it_never_overlaps_and_never_fails(text: str) -> None:
    found = found_in_text(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "0",
        "+",
        "@",
        "a",
        "a@",
        "a.a",
        "a@b.",
        "07700 ",
        "+1 2 ",
        "+44 1",
        "1-",
        "12 ",
        "A1 ",
        "AB12 ",
        "snapchat ",
        "x.com/",
        "https://",
    ],
)
def test_it_takes_bounded_time_on_hostile_text(unit: str) -> None:
    text = unit * (250_000 // len(unit))
    started = time.perf_counter()
    found_in_text(text)
    assert time.perf_counter() - started < 10
