"""What holds for every kind, on any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.kinds.kind import Kind
from throughline.selectors.registry import (
    KINDS,
    LONGEST_KEY,
    NotASelector,
    Selector,
    guess,
    parse,
    parse_many,
)

KIND = st.sampled_from(list(KINDS.values()))
HOSTILE = st.sampled_from(
    [
        "=", "+cmd|", "@SUM(", "\u202e", "\u200b", "\ufeff", "\x00", "\ud800", ";", ":", "\\", "|", "'", '"', "\n",
        "\ufdfa", "\u0130", "\u0149", "\u00df", "1E9", ".0", "\u0663", "\uff11", "@", "-", "/", "NR1 1AA",
        "2001-05-03", "snapchat:", "GB29", "+44", "PNC ",
    ]
)  # fmt: skip
ANY_TEXT = st.lists(
    st.one_of(HOSTILE, st.text(max_size=8), st.text("0123456789ABz ", max_size=12)), max_size=6
).map("".join)
NEAR_MISS = st.builds(
    lambda kind, before, after: before + kind.example + after, KIND, st.text(max_size=2), st.text(max_size=2)
)

WORDS = st.text(
    st.characters(categories=["L", "M", "Zs", "Pd", "Nd"], include_characters="'.&,"), max_size=20
)
FILLED_IN = st.builds(
    str.format,
    st.sampled_from(
        [
            "{0}, {1}, 2001-05-03", "{0} {1} 3 May 2001", "{0}|{1}|2001-05-03", "12 {0} St {1} NR1 1AA",
            "Flat {0}, {1} Road, NR1 1AA", "the {0} line", "{0}@{1}.example", "snapchat:{0}", "@{0} on x", "{0}",
            "https://t.me/{0}", "whatsapp:{0}", "IBAN {0}", "+{0}", "{0}.0", "AB12{0}", "NINO {0}", "PNC 20{0}/{1}Z",
        ]
    ),
    WORDS,
    WORDS,
)  # fmt: skip


def reads(kind: Kind, text: str) -> str | None:
    try:
        return kind.normalise(text)
    except NotASelector as problem:
        assert str(problem).endswith((".", "?"))
        return None


@given(KIND, st.one_of(ANY_TEXT, NEAR_MISS, FILLED_IN))
def test_it_gives_a_key_or_a_sentence_and_a_key_is_its_own_key(kind: Kind, text: str) -> None:
    key = reads(kind, text)
    if key is not None:
        assert key.isprintable()
        assert key == key.strip()
        assert kind.normalise(key) == key
        assert kind.normalise(kind.show(key)) == key


@given(st.one_of(ANY_TEXT, NEAR_MISS, FILLED_IN))
def test_it_raises_nothing_else_at_the_door(text: str) -> None:
    for door in (parse, guess, parse_many):
        try:
            found = door(text)
        except NotASelector:
            continue
        for selector in [found] if isinstance(found, Selector) else found:
            assert len(selector.key) <= LONGEST_KEY
            assert parse(selector.shown, selector.kind) == selector


@given(
    st.sampled_from(["", "=", "+", "0", "a", "@", "ß", "\u202e", " ", ".", "1 ", "A-", "\u0663"]),
    st.integers(490, 100_000),
)
def test_it_refuses_huge_text_at_once(unit: str, times: int) -> None:
    for kind in KINDS.values():
        reads(kind, unit * times)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.name != "opaque"], ids=lambda kind: kind.name
)
@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.upper,
        lambda t: f"  {t}\t",
        lambda t: f"\u202a{t}\u202c",
        full_width,
        lambda t: unicodedata.normalize("NFD", t),
    ],
    ids=["lower", "upper", "spaces", "marks", "full width", "apart"],
)
def test_it_is_blind_to_how_an_example_is_written(kind: Kind, change: object) -> None:
    assert callable(change)
    assert kind.normalise(change(kind.example)) == kind.normalise(kind.example)
