"""The 3x5x2: what may be written down as a grade, and how a refusal reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.intelligence.grading import (
    TRIO,
    Action,
    Assessment,
    Conditions,
    Grade,
    GradeRefused,
    Handling,
    Sanitising,
    Source,
    grade_from,
)


def refusals(**boxes: str) -> dict[str, str]:
    whole = {"source": "1", "assessment": "B", "handling": "P"} | boxes
    with pytest.raises(GradeRefused) as refused:
        grade_from(**whole)
    return {problem.field: problem.sentence for problem in refused.value.problems}


def test_it_reads_a_grade_that_may_be_shared_as_it_stands() -> None:
    grade = grade_from(source="1", assessment="B", handling="P")
    assert grade == Grade(Source.RELIABLE, Assessment.CORROBORATED, None)
    assert (str(grade), grade.trio, grade.handling) == ("1BP", "[1BP]", Handling.PERMITTED)


def test_it_reads_a_grade_with_conditions_and_forgives_spaces_and_lower_case() -> None:
    grade = grade_from(
        source=" 2 ",
        assessment="c",
        handling="c",
        action="a2",
        sanitisation=" s1",
        instructions=" Ring first. ",
    )
    assert grade.conditions == Conditions(Action.USE_COVERTLY, Sanitising.DELEGATED, "Ring first.")
    assert str(grade) == "2CC"


def test_it_names_every_problem_at_once() -> None:
    assert refusals(source="", assessment="Q", handling="X").keys() == {"source", "assessment", "handling"}
    assert refusals(handling="C").keys() == {"action", "sanitisation", "instructions"}


def test_it_takes_no_conditions_under_p() -> None:
    problems = refusals(action="A1", sanitisation="S1", instructions="Ring first.")
    assert problems.keys() == {"action", "sanitisation", "instructions"}
    assert problems["action"] == "Handling code P takes no action code: leave it blank, or use C."


@pytest.mark.parametrize(
    "boxes", [{"source": "B"}, {"assessment": "2"}, {"handling": "1"}, {"source": "e", "assessment": "5"}]
)
def test_it_refuses_a_grade_of_the_older_scheme_and_converts_nothing(boxes: dict[str, str]) -> None:
    problems = refusals(**boxes)
    assert problems.keys() == boxes.keys()
    assert all("is 5x5x5; Throughline takes 3x5x2" in sentence for sentence in problems.values())


def test_it_bounds_the_instructions() -> None:
    boxes = {"handling": "C", "action": "A1", "sanitisation": "S2"}
    assert grade_from(source="1", assessment="A", instructions="x" * 2_000, **boxes).conditions
    assert refusals(instructions="x" * 2_001, **boxes).keys() == {"instructions"}


@pytest.mark.parametrize("kind", [Source, Assessment, Handling, Action, Sanitising])
def test_it_gives_every_code_a_label_and_a_line_of_help(kind: type[Source]) -> None:
    assert all(code.label and code.help.endswith((".",)) for code in kind)


@given(st.fixed_dictionaries({box: st.text(max_size=3) for box in ("source", "assessment", "handling")}))
def test_it_either_grades_or_says_why_not(boxes: dict[str, str]) -> None:
    try:
        grade = grade_from(**boxes)
    except GradeRefused as refused:
        assert refused.problems
    else:
        assert TRIO.fullmatch(grade.trio)
