"""What a record says, in the forms that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.matching.linkage.preparing import (
    FIELDS,
    LONGEST,
    date_of,
    district_of,
    names_of,
    postcode_at_end,
    prepare,
    sound_of,
)


@pytest.mark.parametrize(
    ("given_name", "surname", "full", "names"),
    [
        ("Sam", "Example", "", ("sam", (), "example")),
        ("", "", "Sam Lee Example", ("sam", ("lee",), "example")),
        ("", "", "EXAMPLE, Sam Lee", ("sam", ("lee",), "example")),
        ("Sam Lee", "Example", "", ("sam", ("lee",), "example")),
        ("sir", "baronet", "Sir Sam Lee Example, 1st Baronet", ("sam", ("lee",), "example")),
        ("Sam", "", "Sam Example", ("sam", (), "example")),
        ("", "Example", "Sam Example", ("sam", (), "example")),
        ("Sam", "O'Example-Smith", "", ("sam", (), "oexamplesmith")),
        ("", "", "Sam", ("sam", (), None)),
        ("", "", "Сергей Пример", ("sergei", (), "primer")),
        ("", "", "s4m example", ("s4m", (), "example")),
        ("", "", "", (None, (), None)),
        ("", "", "unknown", (None, (), None)),
    ],
)
def test_it_finds_the_parts_of_a_name(
    given_name: str, surname: str, full: str, names: tuple[object, ...]
) -> None:
    assert names_of(given_name, surname, full) == names


def test_words_in_another_order_or_run_together_are_the_same_words() -> None:
    one, other = prepare({"full_name": "Sam Lee Example"}), prepare({"full_name": "Example Sam Lee"})
    assert one["words"] == other["words"] == "example lee sam"
    assert prepare({"full_name": "SamLee Example"})["joined"] == one["joined"] == "samleeexample"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1999-05-03", (1999, 5, 3)),
        ("19990503", (1999, 5, 3)),
        ("03/05/1999", (1999, 5, 3)),
        ("3 May 1999", (1999, 5, 3)),
        ("May 1999", (1999, 5, None)),
        ("1999", (1999, None, None)),
        ("1999-05", (1999, 5, None)),
        ("1999-00-00", (1999, None, None)),
        ("1999-05-03T00:00:00", (1999, 5, 3)),
        ("unknown", (None, None, None)),
        ("03/05/99", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_it_reads_whole_and_partial_dates(text: str, parts: tuple[int | None, ...]) -> None:
    assert date_of(text) == parts


def test_it_knows_how_words_sound_as_they_are_usually_quoted() -> None:
    quoted = {"robert": "r163", "rupert": "r163", "ashcraft": "a261", "tymczak": "t522", "pfister": "p236"}
    assert {word: sound_of(word) for word in quoted} == quoted


def test_it_knows_the_parts_of_a_postcode() -> None:
    assert (district_of("nr11aa"), district_of("w1h7hw"), district_of("3212")) == ("nr1", "w1h", "32")
    assert postcode_at_end("12 Wherry Road, NR1 1AA.") == "nr11aa"
    assert postcode_at_end("12 Wherry Road") == ""


def test_a_value_that_stands_for_nothing_or_is_far_too_long_says_nothing() -> None:
    blank = prepare({})
    assert prepare({"postcode": "N/A", "date_of_birth": "unknown", "phone": "-", "place": " NK "}) == blank
    assert prepare({"surname": "x" * (LONGEST + 1), "address": "12 " * LONGEST}) == blank


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=40)))
def test_it_prepares_anything(record: dict[str, str]) -> None:
    prepared = prepare(record)
    assert prepared == prepare(record)
    assert "" not in prepared.values()
