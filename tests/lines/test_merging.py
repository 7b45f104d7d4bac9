"""The same line under two names: what makes two a pair, merging, undoing, and saying no."""

import random
from typing import Any

import pytest

from tests.inside import dice_of, someone
from tests.instance import Instance
from tests.lines.keeping import NEXT_NUMBER, NUMBER, an_item, page, says
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.kernel import outbox
from throughline.lines.known import Known, known
from throughline.lines.merging import keep_apart, merge_lines, undo_merge
from throughline.lines.models import CountyLine
from throughline.lines.pairs import compare_lines, pairs_of, pairs_with
from throughline.lines.queries import line_list, line_page, lines_with
from throughline.lines.same import likeness
from throughline.lines.services import LineProblem, Said, add_line
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse

TO_NORFOLK = Said("imports to", "body", "NORF")
POSTCODE, RUNNER = "postcode:NR1 1AA", "person:Example, Sam, 2001-05-03"


def _line(by: Reader, name: str, *values: str, said: tuple[Said, ...] = (), **circulated: Any) -> str:
    item = an_item(by, name, selectors=values, **circulated)
    return add_line(by=by, items=[item], said=[*map(says, values), *said], why="A line of ours")


def test_two_lines_that_share_a_number_are_a_pair_with_reasons(house: Instance) -> None:
    norf = someone("manager@norf")
    one = _line(norf, "N1", NUMBER, "brand:Ricky")
    other = _line(norf, "N2", NUMBER, RUNNER)
    _line(norf, "N3", NEXT_NUMBER)
    (pair,) = pairs_of(norf, size=9)
    assert (pair.one, pair.other, pair.one_name) == (one, other, "Ricky line")
    assert [r.sentence for r in pair.reasons] == ["Both have 07700 900301."]
    assert pairs_with(norf, other) == (pair,)


@pytest.mark.parametrize(("ours", "theirs", "alike"), [
    ((POSTCODE,), (POSTCODE,), False),
    (("brand:Ricky",), ("brand:Ricky",), False),
    ((RUNNER,), (RUNNER,), True),
    (("vehicle:AB12 CDE",), ("vehicle:AB12 CDE",), True),
])  # fmt: skip
def test_what_is_shared_must_be_telling(
    house: Instance,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    alike: bool,  # noqa: FBT001
) -> None:
    norf = someone("manager@norf")
    _line(norf, "N1", *ours)
    _line(norf, "N2", *theirs)
    assert bool(pairs_of(norf, size=9)) is alike


def test_a_name_and_an_area_together_are_telling(house: Instance) -> None:
    norf = someone("manager@norf")
    for name in ("N1", "N2"):
        _line(norf, name, "brand:Ricky", said=(TO_NORFOLK,))
    (pair,) = pairs_of(norf, size=9)
    assert pair.reasons[0].sentence == "Both are Ricky line and touch Norfolk Constabulary."


def test_likeness_is_the_same_both_ways(house: Instance) -> None:
    norf = someone("manager@norf")
    sides = [page(norf, _line(norf, name, NUMBER, RUNNER, *more)).known.facts
             for name, more in (("N1", ()), ("N2", ("brand:Ricky",)))]  # fmt: skip
    assert likeness(*sides) == likeness(*reversed(sides))


def test_nobody_is_asked_of_what_they_may_not_know(house: Instance) -> None:
    norf, mps = someone("manager@norf"), someone("manager@mps")
    hidden = _line(norf, "N1", NUMBER)
    own = _line(mps, "M1", NUMBER)
    assert pairs_of(mps, size=9) == pairs_of(norf, size=9) == ()
    assert compare_lines(mps, own, hidden) is None
    with pytest.raises(CountyLine.DoesNotExist):
        merge_lines(by=mps, kept=own, gone=hidden, why="The same")


def test_a_merge_counts_once_and_is_undone_whole(house: Instance) -> None:
    norf, mps, kent = (someone(f"manager@{body}") for body in ("norf", "mps", "kent"))
    one = _line(norf, "N1", NUMBER, "brand:Ricky", bodies=["MPS"])
    other = _line(mps, "M1", NUMBER, RUNNER, bodies=["KENT"])
    compared = compare_lines(mps, one, other)
    assert compared is not None
    assert compared.lines_before == 2
    before = {ref: page(mps, ref).pieces for ref in (one, other)}
    with pytest.raises(NotAllowed):
        merge_lines(by=someone("analyst@mps"), kept=one, gone=other, why="The same")
    batch = merge_lines(by=mps, kept=one, gone=other, why="One number")
    outbox.drain()
    assert (line_list(mps).total, line_list(norf).total) == (1, 1)
    assert len(page(mps, one).pieces) == len(before[one]) + len(before[other])
    assert len(page(norf, one).pieces) == len(before[one]), "Norfolk reads no more than before"
    assert [row.ref for row in line_list(kent).rows] == [one], "who knew the one knows what it is part of"
    assert page(kent, one).known.name == "Line on 07700 900301"
    assert page(mps, other).merged_into == one
    assert page(mps, other).moves == ()
    assert [on.ref for on in lines_with(kent, [parse(RUNNER)])] == [one]
    assert [n.thing_ref for n in notice_list(norf, kind="merge")[0]] == [one]
    assert pairs_of(mps, size=9) == ()
    with pytest.raises(LineProblem, match="merged already"):
        merge_lines(by=mps, kept=one, gone=other, why="Again")
    undo_merge(by=mps, batch=batch, why="Two numbers")
    assert {ref: page(mps, ref).pieces for ref in (one, other)} == before
    assert (line_list(mps).total, line_list(kent).total) == (2, 1)
    assert line_page(kent, one) is None
    with pytest.raises(LineProblem, match="undone already"):
        undo_merge(by=mps, batch=batch, why="Again")


def test_lines_kept_apart_are_not_asked_about_again(house: Instance) -> None:
    norf = someone("manager@norf")
    one, other = _line(norf, "N1", NUMBER), _line(norf, "N2", NUMBER)
    keep_apart(by=norf, one=other, other=one, why="A reissued number")
    keep_apart(by=norf, one=one, other=other, why="Again")
    assert pairs_of(norf, size=9) == ()
    assert line_list(norf).total == 2


def test_a_line_is_never_in_two_and_every_merge_can_be_undone(house: Instance) -> None:
    """A random walk of merges and undos against a plain picture of it: which line stands for which."""
    norf, dice = someone("manager@norf"), dice_of(11)
    refs = [_line(norf, f"N{n}", f"phone:07700 9003{n:02}") for n in range(6)]
    own = {ref: _values(norf, ref) for ref in refs}
    heads, done = [{ref: ref for ref in refs}], list[str]()
    for _ in range(40):
        if done and dice.random() < 0.4:
            undo_merge(by=norf, batch=done.pop(), why="Undo")
            heads.pop()
        else:
            _try_to_merge(norf, dice, refs, heads, done)
        now = heads[-1]
        listed = [row.ref for row in line_list(norf).rows]
        assert sorted(listed) == sorted(set(now.values()))
        for head in listed:
            held = {value for ref in refs if now[ref] == head for value in own[ref]}
            assert _values(norf, head) == held
    while done:
        undo_merge(by=norf, batch=done.pop(), why="Undo")
    assert {ref: _values(norf, ref) for ref in refs} == own
    with reading(norf):
        assert CountyLine.objects.count() == len(refs)


def _try_to_merge(
    by: Reader, dice: random.Random, refs: list[str], heads: list[dict[str, str]], done: list[str]
) -> None:
    kept, gone = dice.sample(refs, 2)
    now = heads[-1]
    if now[kept] != kept or now[gone] != gone:
        with pytest.raises(LineProblem):
            merge_lines(by=by, kept=kept, gone=gone, why="The same")
        return
    done.append(merge_lines(by=by, kept=kept, gone=gone, why="The same"))
    heads.append({ref: kept if head == gone else head for ref, head in now.items()})


def _values(reader: Reader, ref: str) -> set[str]:
    facts: Known = known(page(reader, ref).pieces)
    return {fact.value for fact in facts.facts}


def test_an_earlier_merge_is_undone_after_the_later_one(house: Instance) -> None:
    norf = someone("manager@norf")
    one, two, three = (_line(norf, f"N{n}", f"phone:07700 9003{n:02}") for n in range(3))
    first = merge_lines(by=norf, kept=two, gone=one, why="The same")
    second = merge_lines(by=norf, kept=three, gone=two, why="The same")
    assert len(page(norf, three).pieces) == 3
    with pytest.raises(LineProblem, match="a later one rests on it"):
        undo_merge(by=norf, batch=first, why="Undo")
    undo_merge(by=norf, batch=second, why="Undo")
    assert len(page(norf, two).pieces) == 2
    undo_merge(by=norf, batch=first, why="Undo")
    assert line_list(norf).total == 3
