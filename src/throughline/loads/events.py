"""The facts that loads announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class LoadGoesOn(Fact):
    """There is more of a load to do, on behalf of the person whose load it is."""

    load: int
    person: int


@dataclass(frozen=True, slots=True)
class LoadTouched(Fact):
    """Somebody worked on a load; once it has lain long enough its file and its refused rows are forgotten."""

    load: int
