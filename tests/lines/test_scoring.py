"""The score of a line: order-free, monotone, its reasons sum to it, replayable, and the same for every body."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from throughline.lines.scoring.confidence import HIGH, LOW, NONE
from throughline.lines.scoring.moving import moving
from throughline.lines.scoring.scheme import ANY, VERSIONS, scheme
from throughline.lines.scoring.score import Score, levels, score, total
from throughline.lines.scoring.seen import Row, seen
from throughline.lines.scoring.sensitivity import shares_among_the_first
from throughline.lines.statements import BODY, DRUGS, EXPLOITATION, ROLES, STATEMENTS, TOWN, VIOLENCE

ON = date(2026, 11, 1)
SCHEME = scheme()
WORDS = {"violence": list(VIOLENCE), "exploitation": list(EXPLOITATION), "drug": list(DRUGS), "role": list(ROLES),
         "imports to body": ["NORF", "SUFF", "ESSEX"], "number": ["+447700900301"],
         "imports to town": ["yarmouth", "ely", "diss", "march", "eye"]}  # fmt: skip


@st.composite
def _rows(draw: st.DrawFn) -> Row:
    statement = draw(st.sampled_from(sorted(WORDS)))
    return Row(
        statement, draw(st.sampled_from(WORDS[statement])), f"IR-{draw(st.integers(0, 15))}/1",
        draw(st.sampled_from("ABCD")), draw(st.sampled_from(["1AP", "2BC", "3CP", "2DP", "3EP", "B24"])),
        ON - timedelta(days=draw(st.integers(-40, 400))),
    )  # fmt: skip


ROWS = st.lists(_rows(), max_size=25)


def _score(rows: list[Row], on: date = ON) -> Score:
    return score(rows, on=on, scheme=SCHEME)


@given(ROWS, st.randoms(use_true_random=False))
def test_it_does_not_depend_on_the_order_of_the_evidence(rows: list[Row], dice: Random) -> None:
    shuffled = dice.sample(rows, len(rows))
    assert _score(shuffled) == _score(rows) == _score(rows + rows)


@given(ROWS, ROWS)
def test_no_further_evidence_lowers_it_or_any_part_of_it(rows: list[Row], more: list[Row]) -> None:
    before, after = _score(rows), _score(rows + more)
    assert after.total >= before.total
    assert all(new.level >= old.level for old, new in zip(before.parts, after.parts, strict=True))


@given(ROWS)
def test_its_reasons_sum_to_it_and_each_rests_on_items(rows: list[Row]) -> None:
    found = _score(rows)
    assert found.total == sum(part.points for part in found.parts)
    assert 0 <= found.total <= found.highest == 100
    assert all(bool(part.items) == bool(part.says) == bool(part.level) for part in found.parts)
    assert found.total == total(levels(seen(rows, on=ON, scheme=SCHEME), SCHEME), SCHEME)


@given(ROWS)
def test_it_is_made_again_by_its_version_and_day(rows: list[Row]) -> None:
    found = _score(rows)
    assert score(rows, on=found.on, scheme=scheme(found.version)) == found


@given(ROWS, st.permutations("ABCD"))
def test_the_same_evidence_of_other_bodies_scores_the_same(rows: list[Row], swapped: list[str]) -> None:
    theirs = [replace(row, body=swapped["ABCD".index(row.body)]) for row in rows]
    assert _score(theirs) == _score(rows)


@given(ROWS)
def test_confidence_is_not_in_the_score(rows: list[Row]) -> None:
    weak = [replace(row, grade="3DP") for row in rows]
    strong = [replace(row, grade="1AP") for row in rows]
    assert _score(weak).total == _score(strong).total
    assert (_score(weak).confidence == _score(strong).confidence) == (_score(strong).confidence.level == NONE)


@given(ROWS)
def test_what_would_move_it_says_what_happens(rows: list[Row]) -> None:
    found = _score(rows)
    said = moving(rows, found, SCHEME)
    for one in said.falls:
        left = [row for row in rows if row.item != one.item]
        assert _score(left).total == found.total - one.points
    for later in said.later:
        assert later.total == _score([r for r in rows if r.seen_on <= ON], later.on).total <= found.total


def _row(statement: str, word: str, item: str = "IR-1/1", *, grade: str = "1AP", ago: int = 10) -> Row:
    return Row(statement, word, item, "NORF", grade, ON - timedelta(days=ago))


def test_a_line_with_a_firearm_and_a_child_scores_by_the_table() -> None:
    found = _score(
        [_row("violence", "firearm"), _row("exploitation", "child"), _row("drug", "crack", "IR-2/1")]
    )
    gives = {part.name: part.points for part in found.parts if part.points}
    assert gives == {
        "physical": 20,
        "community": 9,
        "vulnerability": 20,
        "financial": 4,
        "likelihood": 4,
        "trend": 4,
    }
    assert found.total == 61
    physical = found.parts[0]
    assert (physical.says, physical.items) == ("a firearm, kidnap, or three kinds of violence", ("IR-1/1",))
    assert (physical.next_says, physical.next_points) == ("", 0)
    psychological = found.parts[1]
    assert (psychological.next_says, psychological.next_points) == ("threats", 4)


def test_what_is_suspected_to_be_false_or_of_a_later_day_counts_for_nothing() -> None:
    assert _score([_row("violence", "firearm", grade="2EP"), _row("violence", "kidnap", ago=-1)]).total == 0
    assert _score([]).confidence.level == NONE


def test_confidence_is_of_grades_independence_and_age() -> None:
    old = [_row("violence", "assault", grade="3DP", ago=400)]
    assert _score(old).confidence.level == LOW
    three = [replace(_row("violence", "assault", f"IR-{n}/1"), body=str(n)) for n in (1, 2, 3)]
    found = _score(three).confidence
    assert found.level == HIGH
    assert [reason.value for reason in found.reasons] == ["2 of 2"] * 3


def _words_of(statement: str) -> set[str]:
    for kind in (BODY, TOWN):
        statement = statement.removesuffix(f" {kind}")
    return set(STATEMENTS[statement].words)


def test_every_word_of_a_scheme_can_be_said_of_a_line() -> None:
    for version in VERSIONS:
        for part in scheme(version).parts:
            for rung in part.rungs:
                for statement, words in rung.of.items():
                    known = set(ROLES) if statement == "role" else _words_of(statement)
                    assert words == {ANY} or words <= known, (part.name, rung.says)
                assert bool(rung.days) != bool(rung.of)


@given(
    st.dictionaries(st.text("ABC", min_size=1, max_size=4), st.tuples(*[st.integers(0, 4)] * 7), max_size=30)
)
def test_the_ranking_under_other_weights_is_the_same_each_time(reached: dict[str, tuple[int, ...]]) -> None:
    shares = shares_among_the_first(reached, SCHEME, draws=20)
    again = shares_among_the_first(dict(reversed(reached.items())), SCHEME, draws=20)
    assert shares == again
    assert abs(sum(shares.values()) - min(10, len(reached))) < 1e-9


def test_a_line_that_is_highest_in_everything_is_always_among_the_first() -> None:
    reached = {f"L{n:02}": (1,) * 7 for n in range(30)} | {"Z": (4,) * 7}
    shares = shares_among_the_first(reached, SCHEME, draws=50)
    assert shares["Z"] == 1
    assert shares["L29"] == 0


def test_lines_that_cannot_be_told_apart_are_drawn_by_no_more_than_there_is_room() -> None:
    alike = {f"CL-{n:04}": (4, 4, 4, 4, 4, 4, 4)[: len(scheme().parts)] for n in range(500)}
    shares = shares_among_the_first(alike, scheme(), draws=20)
    assert len(shares) == 500
    assert [ref for ref, share in shares.items() if share] == sorted(alike)[:10]
