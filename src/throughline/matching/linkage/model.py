"""The reviewed model of how records of one person differ: read from its file, and strict about what it says."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEAST_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two values may be alike; ``m`` and ``u`` are shares of pairs, the same person's and others'."""

    words: str
    when: str
    m: float
    u: float
    frequency_of: str = ""
    """The value whose rarity counts when it is the same on both sides."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared, best level first; ``reads`` are the prepared values it looks at, its own first."""

    name: str
    reads: tuple[str, ...]
    nothing_said: str
    levels: tuple[Level, ...]
    is_held: bool = False
    """Its shares stay as the file has them: what no records without labels could teach."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is compared, which pairs come to be compared, and which of those teach what.

    ``keys``: two records are compared when all values of a key are the same. ``sessions``: pairs that agree on these
    values are mostly of one person, and teach how everything else differs.
    """

    name: str
    version: int
    comparisons: tuple[Comparison, ...]
    keys: tuple[tuple[str, ...], ...]
    sessions: tuple[tuple[str, ...], ...]


@cache
def persons() -> Model:
    """The model for persons that stands in the repository."""
    return model_of(files(__package__).joinpath("persons.json").read_text(encoding="utf-8"))


@cache
def addresses() -> Model:
    """The model for addresses that stands beside it."""
    return model_of(files(__package__).joinpath("addresses.json").read_text(encoding="utf-8"))


def model_of(text: str) -> Model:
    """A model from the text of its file. ``ValueError`` where it contradicts itself."""
    said = json.loads(text)
    model = Model(
        name=said["model"],
        version=said["version"],
        comparisons=tuple(_comparison(one) for one in said["comparisons"]),
        keys=tuple(tuple(key) for key in said["keys"]),
        sessions=tuple(tuple(session) for session in said["sessions"]),
    )
    for one in model.comparisons:
        if len(one.levels) < LEAST_LEVELS or one.levels[-1].when != "ELSE":
            raise ValueError(f"{one.name} needs two levels or more, the last of them for everything else")
        if not all(0 < level.m < 1 and 0 < level.u < 1 for level in one.levels):
            raise ValueError(f"{one.name} has a share that is not between 0 and 1")
    return model


def _comparison(said: dict[str, object]) -> Comparison:
    levels = said["levels"]
    assert isinstance(levels, list)  # noqa: S101 for the type checker; the file is ours
    return Comparison(
        name=str(said["name"]), reads=tuple(map(str, said["reads"])),  # type: ignore[call-overload]
        nothing_said=str(said["nothing_said"]), levels=tuple(Level(**level) for level in levels),
        is_held=bool(said.get("held", False)),
    )  # fmt: skip
