"""The data sets and the rules by which they are split: what to load, and what must come of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tests.real_data import pole, st_louis
from tests.real_data.calculation import Answer, pole_answer, st_louis_answer
from tests.real_data.report_file import Named, RawReport


@dataclass(frozen=True, slots=True)
class Case:
    """One data set under one rule."""

    name: str
    forces: Sequence[str]
    reports: Callable[[], Mapping[str, Sequence[RawReport]]]
    answer: Callable[[], Answer]
    named: Mapping[str, Callable[[str], Named]]


def _address(written: str) -> Named:
    return pole.address(*written.rsplit(", ", 1))


_OF_POLE = {
    "person": pole.person, "phone": pole.phone, "email": pole.email, "vehicle": pole.vehicle, "address": _address,
}  # fmt: skip

ST_LOUIS = Case(
    "St Louis", st_louis.FORCES, st_louis.st_louis_reports, st_louis_answer, {"person": st_louis.person}
)
POLE_BY_TURNS, POLE_BY_AREAS = (
    Case(
        f"Manchester by {rule}", pole.FORCES, partial(pole.pole_reports, rule), partial(pole_answer, rule), _OF_POLE
    )
    for rule in pole.RULES
)  # fmt: skip
CASES = (ST_LOUIS, POLE_BY_TURNS, POLE_BY_AREAS)
