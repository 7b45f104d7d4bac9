"""What is typed into the box, read in every way."""

import pytest

from throughline.search.asked import read_text
from throughline.search.highlights import CLOSE, OPEN, Piece, fragment_in, pieces_of


@pytest.mark.parametrize(
    ("typed", "fragments"),
    [
        ("07700 900", ("07700900", "447700900")),
        ("+44 7700 900", ("+447700900", "447700900")),
        ("900416", ("900416",)),
        ("AB12", ("ab12",)),
        ("u12@line", ("u12@line",)),
        ("12 Wherry Road", ("12wherryroad", "12 wherry road")),
        ("a red van AB12", ("aredvanab12", "a red van ab12", "ab12")),
        ("ab", ()),
        ("a.b", ()),
        ('"red van"', ()),
    ],
)
def test_it_takes_fragments_of_three_letters_or_digits(typed: str, fragments: tuple[str, ...]) -> None:
    assert read_text(typed).fragments == fragments


def test_a_fragment_is_taken_as_it_stands() -> None:
    assert read_text("100%_abc").patterns == [r"%100\%\_abc%"]


def test_it_reads_a_name_and_its_other_forms() -> None:
    asked = read_text("Jon Example")
    assert asked.name == ("jon", "example")
    assert "jonathan" in asked.ways[0]
    assert "jonathan" in asked.also
    assert read_text("Jon OR Example").name == ()
    assert read_text("AB12 Jon").name == ()


def test_it_knows_a_whole_selector() -> None:
    assert [one.key for one in read_text("07700 900416").exact] == ["+447700900416"]
    assert read_text("heron").exact == ()


def test_it_marks_what_was_asked_for() -> None:
    assert pieces_of(f"a {OPEN}red{CLOSE} van") == (Piece("a "), Piece("red", is_hit=True), Piece(" van"))
    assert fragment_in("07700 900416", ["447700900"]) == (Piece("07700 900", is_hit=True), Piece("416"))
    assert fragment_in("AB12 CDE", ["2cd"]) == (Piece("AB1"), Piece("2 CD", is_hit=True), Piece("E"))
    assert fragment_in("AB12 CDE", ["xyz"]) == (Piece("AB12 CDE"),)
