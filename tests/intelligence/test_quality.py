"""The check of a report's words: it names the item and the words, says why and what to do, and never forbids."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.intelligence import quality
from throughline.intelligence.phrases import (
    NO_PLACE,
    NO_TIME,
    OPINION,
    SOURCE,
    TACTICS,
    TOO_LONG,
    UNGRADED,
    UNLISTED,
)
from throughline.intelligence.quality import Advice, Statement, advice_on

PLAIN = "He waits in Norwich each Friday."


def _item(text: str = PLAIN, *, number: int = 1, is_graded: bool = True, **listed: str) -> Statement:
    return Statement(number, text, is_graded, tuple(listed.items()))


def _told(advice: list[Advice]) -> list[tuple[int, str, str]]:
    return [(one.item, one.words, one.what) for one in advice]


def test_it_has_nothing_to_say_of_a_plain_report() -> None:
    assert advice_on("A deal line", [_item()]) == []


def test_it_names_the_item_the_words_and_what_to_do() -> None:
    items = [_item(), _item("A source told us that he is obviously in Norwich.", number=2)]
    advice = advice_on("Operation Heron", items)
    assert _told(advice) == [
        (0, "Operation Heron", TACTICS.name), (2, "A source told", SOURCE.name), (2, "obviously", OPINION.name),
    ]  # fmt: skip
    assert advice[1].sentence == (
        "Item 2 (“A source told”): it may show the source. "
        "Write what is known, not who said it or how you came by it."
    )


def test_it_asks_for_a_grade_only_of_who_may_give_it() -> None:
    items = [_item(is_graded=False)]
    assert _told(advice_on("A line", items)) == [(1, "", UNGRADED.name)]
    assert advice_on("A line", items, grading=False) == []


def test_it_names_each_selector_that_is_not_listed_once() -> None:
    text = "In Norwich on Friday he used 07700 900123, 07700 900123, @ricky_b and AB12 CDE."
    found = _told(advice_on("A line", [_item(text, phone="07700 900123", social="@ricky_b on Snapchat")]))
    assert found == [(1, "AB12 CDE", UNLISTED.name)]


def test_it_asks_when_and_where_of_the_report_as_a_whole() -> None:
    bare = [_item("He waits."), _item("She waits.", number=2)]
    assert _told(advice_on("A line", bare)) == [(0, "", NO_TIME.name), (0, "", NO_PLACE.name)]
    assert _told(advice_on("A line", [*bare, _item(number=3)])) == []
    assert _told(advice_on("A line", [_item("He waits.", postcode="NR1 3JU")])) == [(0, "", NO_TIME.name)]


def test_it_advises_to_divide_a_long_item_and_one_in_paragraphs() -> None:
    long = PLAIN + " He waits." * 200
    parts = PLAIN + "\n\n" + "She waits. " * 50
    found = _told(advice_on("A line", [_item(long), _item(parts, number=2), _item(parts[:300], number=3)]))
    assert found == [(1, "", TOO_LONG.name), (2, "", TOO_LONG.name)]


@given(st.text(max_size=400), st.text(max_size=100))
def test_it_reads_anything_and_quotes_only_what_stands_there(text: str, title: str) -> None:
    for one in advice_on(title, [_item(text)]):
        assert len(one.words) <= quality.WORDS_SHOWN
        assert one.words in " ".join((text if one.item else title).split())
        assert one.why.endswith(".")
        assert one.remedy.endswith(".")
