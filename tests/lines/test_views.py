"""Where bodies' own views of a line differ: rules without a database, and the same answer for many lines at once."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.lines.views import Claim, differences, do_differ, level_of


def claim(body: str, statement: str, value: str, detail: str = "") -> Claim:
    kind = {"brand": "brand", "role": "person", "own priority": "text"}.get(statement, "body")
    return Claim(statement, kind, value, value, detail, body, "2BP", date(2026, 10, 1))


BODIES = st.sampled_from(["NORF", "MPS", "KENT"])
CLAIMS = st.lists(
    st.builds(
        claim,
        BODIES, st.sampled_from(["exports from", "imports to", "brand", "own priority"]),
        st.sampled_from(["MPS", "NORF", "high", "red", "low"]),
    ),
    max_size=10,
)  # fmt: skip


def matters(*claims: Claim) -> list[str]:
    return [one.matter for one in differences(claims)]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("NORF", "exports from", "MPS"), claim("KENT", "exports from", "ESSEX")], ["comes from"]),
        ([claim("NORF", "exports from", "MPS"), claim("KENT", "exports from", "MPS")], []),
        ([claim("NORF", "exports from", "MPS"), claim("NORF", "exports from", "ESSEX")], []),
        ([claim("NORF", "exports from", "MPS"), claim("MPS", "imports to", "MPS")], ["both ends"]),
        ([claim("NORF", "brand", "RICKY"), claim("MPS", "brand", "JAY")], ["name"]),
        ([claim("NORF", "role", "X", "runner"), claim("MPS", "role", "X", "line holder")], ["role"]),
        ([claim("NORF", "role", "X", "runner"), claim("MPS", "role", "X", "not known")], []),
        ([claim("NORF", "own priority", "Red"), claim("MPS", "own priority", "Tier 1")], []),
        ([claim("NORF", "own priority", "Red"), claim("MPS", "own priority", "low")], ["priority"]),
    ],
)
def test_bodies_differ_where_they_share_nothing(claims: list[Claim], expected: list[str]) -> None:
    assert matters(*claims) == expected


@given(CLAIMS)
def test_it_says_the_same_of_many_lines_at_once(claims: list[Claim]) -> None:
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in claims:
        said[one.statement][one.body].add(one.value)
    assert do_differ(said) == bool(differences(claims))


def test_a_priority_that_is_on_no_ladder_stands_for_itself() -> None:
    assert (level_of("Tier 2"), level_of("AMBER"), level_of("Gold")) == (2, 2, "gold")
