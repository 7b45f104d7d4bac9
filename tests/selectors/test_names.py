"""Names as words in plain letters, their other forms, and how alike two words are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.names import jaro_winkler, words_of
from throughline.selectors.nicknames import WAYS, ways_of

_words = st.text("abcdef", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jon", "jonathan"),
        ("peggy", "margaret"),
        ("muhammad", "mohammed"),
        ("ted", "edward"),
        ("ali", "alice"),
    ],
)
def test_it_knows_other_forms_of_a_name_both_ways(one: str, other: str) -> None:
    assert other in ways_of(one)
    assert one in ways_of(other)


def test_no_name_stands_for_itself_and_every_name_is_in_plain_letters() -> None:
    assert [name for name, ways in WAYS.items() if name in ways or not ways] == []
    assert [name for name in WAYS if words_of(name) != [name]] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Zoë O'Example", ["zoe", "oexample"]),
        ("EXAMPLE-SAMPLE, Dr. Sam", ["example", "sample", "sam"]),
        ("Сергей Пример", ["sergei", "primer"]),
        ("Łukasz Øst", ["lukasz", "ost"]),
        ("Γιώργος", ["giorgos"]),
        ("Mr", ["mr"]),
        ("عبد النور", ["عبد", "النور"]),
    ],
)
def test_it_writes_names_in_plain_letters(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_the_published_similarities_come_out() -> None:
    # The worked examples of Winkler's paper, as they are usually quoted.
    assert jaro_winkler("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert jaro_winkler("dwayne", "duane") == pytest.approx(0.84, abs=1e-4)
    assert jaro_winkler("dixon", "dicksonx") == pytest.approx(0.8133, abs=1e-4)


@given(_words, _words)
def test_the_similarity_is_the_same_both_ways_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= jaro_winkler(one, other) <= 1
    assert jaro_winkler(one, one) == 1
