"""Names as words, their forms, and how alike two of them are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.search.names import LEAST, likeness

SOUNDS = {word: frozenset({sound}) for word, sound in
          {"smith": "SM0", "smyth": "SM0", "example": "AKSMPL", "eksample": "AKSMPL"}.items()}  # fmt: skip


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


_words = st.text("abcdef", min_size=1, max_size=8)


@given(st.lists(_words, min_size=1, max_size=4))
def test_no_name_is_more_alike_than_the_same(words: list[str]) -> None:
    assert likeness(words, words, {}).score == 1
    assert likeness(words, [*words, "zz"], {}).score < 1
