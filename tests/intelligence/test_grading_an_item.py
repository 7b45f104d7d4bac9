"""An item is graded once, by its own body, before the report goes on."""

import pytest

from tests.cast import Cast
from tests.inside import file_report
from throughline.access.reader import reading
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Item
from throughline.intelligence.services import grade_item
from throughline.kernel.workflow import MoveRefused

CLOSED = grade_from(
    source="1", assessment="A", handling="C", action="A1", sanitisation="S2", instructions="Ring us first"
)


def test_it_refuses_a_new_grade_once_the_report_has_gone_on(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", selectors=["phone:07700 900123"], bodies=("MPS",))
    with pytest.raises(MoveRefused, match="cannot be graded again"):
        grade_item(by=cast.aisha, ref=f"{ref}/1", grade=CLOSED)
    with reading(cast.aisha):
        assert Item.objects.get(ref=f"{ref}/1").handling == "P"


def test_it_does_not_let_another_body_grade_what_was_circulated_to_it(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", selectors=["phone:07700 900123"], bodies=("MPS",))
    with pytest.raises(Item.DoesNotExist):
        grade_item(by=cast.mia, ref=f"{ref}/1", grade=CLOSED)
