"""Names as words, their forms, and how alike two of them are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.search.names import LEAST, jaro_winkler, likeness, words_of
from throughline.search.nicknames import WAYS, ways_of

SOUNDS = {word: frozenset({sound}) for word, sound in
          {"smith": "SM0", "smyth": "SM0", "example": "AKSMPL", "eksample": "AKSMPL"}.items()}  # fmt: skip


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


@pytest.mark.parametrize(
    ("asked", "name", "why"),
    [
        ("sam example", "sam example", "the same name"),
        ("example sam", "sam example", "in another order"),
        ("sam example", "samuel example", "another form of the name"),
        ("s example", "sam example", "an initial"),
        ("sam smith", "sam smyth", "it sounds alike"),
        ("sam exampel", "sam example", "spelt nearly alike"),
        ("sam lee example", "sam example", "some of the words"),
    ],
)
def test_it_says_in_what_way_a_name_is_like_the_one_asked_for(asked: str, name: str, why: str) -> None:
    found = likeness(asked.split(), name.split(), SOUNDS)
    assert 0.6 < found.score <= 1
    assert found.why == why


def test_it_does_not_take_another_name_for_the_one_asked_for() -> None:
    assert (
        likeness(["phone"], ["finn"], {"phone": frozenset({"FN"}), "finn": frozenset({"FN"})}).score < LEAST
    )
    assert likeness(["sam", "example"], ["joe", "sample"], SOUNDS).score < LEAST


def test_the_published_similarities_come_out() -> None:
    # The worked examples of Winkler's paper, as they are usually quoted.
    assert jaro_winkler("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert jaro_winkler("dwayne", "duane") == pytest.approx(0.84, abs=1e-4)
    assert jaro_winkler("dixon", "dicksonx") == pytest.approx(0.8133, abs=1e-4)


_words = st.text("abcdef", min_size=1, max_size=8)


@given(_words, _words)
def test_the_similarity_is_the_same_both_ways_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= jaro_winkler(one, other) <= 1
    assert jaro_winkler(one, one) == 1


@given(st.lists(_words, min_size=1, max_size=4))
def test_no_name_is_more_alike_than_the_same(words: list[str]) -> None:
    assert likeness(words, words, {}).score == 1
    assert likeness(words, [*words, "zz"], {}).score < 1
