"""The reviewed file of blind matching: which fields are encoded, how heavily, and how the filters are hardened."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class BlindModel:
    """``bits``: of a filter before it is folded into half. ``hashes``: how many bits each piece of a field sets.

    ``salted``: fields whose hashes depend on the year of birth. ``threshold``: the likeness from which two records are
    proposed where fewer than ``fewest_to_learn`` stand on a side, so that none can be learnt.
    """

    name: str
    bits: int
    hashes: Mapping[str, int]
    salted: frozenset[str]
    fewest_to_learn: int
    threshold: float

    @property
    def folded(self) -> int:
        """Bits of an encoding as it leaves the body."""
        return self.bits // 2


@cache
def blind_model() -> BlindModel:
    """The file that stands in the repository."""
    said = json.loads(files(__package__).joinpath("blind.json").read_text(encoding="utf-8"))
    return BlindModel(
        f"{said['model']} {said['version']}", said["bits"], said["hashes"], frozenset(said["salted"]),
        said["fewest_to_learn"], said["threshold"],
    )  # fmt: skip
