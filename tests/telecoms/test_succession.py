"""Who took over from whom: by contacts that stay, by phones changed together, and a plain none where there is none."""

from collections.abc import Iterable

import duckdb
import numpy as np
import pyarrow
import pytest

from tests.telecoms.calling import DAY, Call, acquaintances, renamed
from throughline.telecoms.contest import left_by_others
from throughline.telecoms.evidence import close_look
from throughline.telecoms.scene import scene_around
from throughline.telecoms.shapes import EDGES_OF, NUMBERS_OF, SIDES_OF, SUBJECT
from throughline.telecoms.succession import match
from throughline.telecoms.weighing import FEATURES, probabilities

CUT = 7.0 * DAY


def engine_of(calls: Iterable[Call], device: str = "null") -> duckdb.DuckDBPyConnection:
    """An engine over invented calls, as a question has it."""
    at, caller, callee, *_ = zip(*calls, strict=True)
    engine = duckdb.connect(config={"threads": 1})
    engine.execute("set timezone = 'UTC'")
    engine.register("given", pyarrow.table({"t": list(map(float, at)), "caller": caller, "callee": callee}))
    engine.execute(
        "create table fresh as select distinct make_timestamp((t * 1000000)::bigint) as moment, caller, callee, "
        f"'call' as kind, 60 as seconds, null::varchar as cell, {device}::varchar as imei, null::varchar as imsi "
        "from given"
    )
    engine.execute(SUBJECT)
    for name, query in (("sides", SIDES_OF), ("edges", EDGES_OF), ("numbers", NUMBERS_OF)):
        engine.execute(f"create table {name} as {query}")
    return engine


def ranked(engine: duckdb.DuckDBPyConnection, number: str, *, rounds: int = 8) -> list[tuple[str, float]]:
    """Candidates and their chances, best first."""
    scene = scene_around(engine, [number])
    assert scene is not None
    look = close_look(engine, scene, match(scene, rounds=rounds), number)
    chances = probabilities(look.features)
    return [(look.names[place], float(chances[place])) for place in np.argsort(-chances, kind="stable")]


def test_it_finds_a_phone_that_was_changed_alone() -> None:
    for number in ("p3", "p8", "p20"):
        (first, chance), *_ = ranked(engine_of(renamed(acquaintances(1), {number}, CUT)), number)
        assert first == f"new-{number}"
        assert chance > 0.5


@pytest.mark.parametrize("share", [3, 2])
def test_phones_changed_together_are_mapped_together(share: int) -> None:
    who = {f"p{n}" for n in range(60) if n % share == 0}
    engine = engine_of(renamed(acquaintances(2), who, CUT))
    asked = sorted(who)[:14]
    together = sum(ranked(engine, number)[0][0] == f"new-{number}" for number in asked)
    apart = sum(ranked(engine, number, rounds=0)[0][0] == f"new-{number}" for number in asked)
    assert together >= 12
    assert together >= apart


def test_a_number_that_nobody_followed_has_no_likely_successor() -> None:
    calls = [call for call in renamed(acquaintances(3), {"p5", "p30"}, CUT) if "new-p5" not in call]
    found = ranked(engine_of(calls), "p5")
    assert sum(chance for _, chance in found) < 0.5


def test_whom_it_rang_last_week_says_more_than_whom_it_rang_last_month() -> None:
    old = [[day * DAY, "old", f"{when}{n}"] for when, day in (("early", 1), ("late", 39)) for n in range(4)]
    new = [[(40 + n / 10) * DAY, f"new-{when}", f"{when}{n}"] for when in ("early", "late") for n in range(4)]
    assert [name for name, _ in ranked(engine_of([*old, *new]), "old")] == ["new-late", "new-early"]


def test_a_handset_carried_over_makes_it_likelier() -> None:
    calls = renamed(acquaintances(4, a_day=40), {"p9"}, CUT)
    device = "case when 'p9' in (caller, callee) or 'new-p9' in (caller, callee) then '35123456789012' end"
    plain, carried = (dict(ranked(engine_of(calls, how), "p9"))["new-p9"] for how in ("null", device))
    assert carried > plain


def test_only_numbers_that_came_to_life_after_the_silence_are_candidates() -> None:
    engine = engine_of(renamed(acquaintances(5), {"p1"}, CUT))
    assert {name for name, _ in ranked(engine, "p1")} == {"new-p1"}
    scene = scene_around(engine, ["p1"], at=CUT - 3 * DAY)
    assert scene is not None
    assert scene.silent.last[scene.asked["p1"]] == CUT - 3 * DAY
    assert scene_around(engine, ["nobody"]) is None


def test_the_chances_of_a_number_never_add_up_to_more_than_one() -> None:
    rows = np.tile(np.array([5.0] * len(FEATURES)), (7, 1))
    assert probabilities(rows).sum() <= 1 + 1e-9
    assert len(probabilities(np.zeros((0, len(FEATURES))))) == 0


def test_whoever_has_a_part_of_the_contacts_alone_is_ranked_and_not_believed() -> None:
    """A rival to whom customers went ranks first where nobody else came; it is none found all the same."""
    score, kept = FEATURES.index("score"), FEATURES.index("kept")
    rows = np.zeros((2, len(FEATURES)))
    rows[:, score], rows[:, kept] = (9.0, 7.0), (0.2, 0.1)
    rival = probabilities(rows)
    rows[:, kept] = 0.9, 0.1
    successor = probabilities(rows)
    assert rival.argmax() == successor.argmax() == 0
    assert rival.max() < 1 - rival.sum()
    assert successor.max() > 1 - successor.sum()


def test_the_order_of_the_calls_changes_nothing() -> None:
    calls = renamed(acquaintances(6), {"p2", "p4"}, CUT)
    (names, chances), (again, as_likely) = (
        zip(*ranked(engine_of(way), "p2"), strict=True) for way in (calls, calls[::-1])
    )
    assert names == again
    assert chances == pytest.approx(as_likely, abs=1e-6)


def test_a_newcomer_that_is_anothers_successor_is_left_to_that_other() -> None:
    """A larger line changed its number at the same time, and took customers: its new number is not ours."""
    odds = np.array([[24.0, 20.0, -5.0], [37.0, -5.0, -5.0]])
    left = left_by_others(odds)
    assert left.max() <= 0
    assert (odds + left).argmax(axis=1).tolist() == [1, 0]
    assert left[:, 2] == pytest.approx(0, abs=0.01)
    assert not left_by_others(odds[:1]).any()
    assert left_by_others(np.zeros((2, 0))).shape == (2, 0)


def test_a_pair_that_cannot_be_claims_nothing() -> None:
    odds = np.array([[24.0, 20.0], [-1e8, -1e8]])
    assert left_by_others(odds)[0] == pytest.approx([0, 0], abs=1e-9)
    assert left_by_others(np.full((2, 2), -1e8)) == pytest.approx(np.zeros((2, 2)))
