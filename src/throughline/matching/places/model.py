"""The weights by which addresses are told to be one place: of the reviewed files, or learnt from what is loaded."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from django.db import connection

from throughline.matching.linkage.model import addresses
from throughline.matching.linkage.weighing import Shares, Weights, shares_of


@dataclass(frozen=True, slots=True)
class PlaceModel:
    """The reviewed file. ``shown_from``: the probability from which two addresses are shown as one place."""

    name: str
    prior: float
    shown_from: float
    fewest_to_learn: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights under a name: shares of each level among pairs of one place (``m``) and of two (``u``), and the prior."""

    name: str
    m: Shares
    u: Shares
    prior: float

    def weights(self, records: int) -> Weights:
        """For so many records. The rarity of a value is left as the model has it: few addresses are asked about."""
        rare = {
            level.frequency_of: np.full(records, self.u[one.name][place])
            for one in addresses().comparisons for place, level in enumerate(one.levels) if level.frequency_of
        }  # fmt: skip
        return Weights(addresses().comparisons, self.m, self.u, rare)

    def as_json(self) -> str:
        """As it is kept."""
        shares = {"m": self.m, "u": self.u}
        listed = {side: {name: each.tolist() for name, each in of.items()} for side, of in shares.items()}
        return json.dumps({"prior": self.prior, **listed})


@cache
def place_model() -> PlaceModel:
    """The file that stands in the repository."""
    said = json.loads(files(__package__).joinpath("places.json").read_text(encoding="utf-8"))
    return PlaceModel(
        f"{said['model']} {said['version']}", said["prior"], said["shown_from"], said["fewest_to_learn"]
    )


def standing_weights() -> Learnt:
    """The weights in force: of the newest run, or of the files where there was none."""
    with connection.cursor() as cursor:
        cursor.execute("select name, learnt from matching_place_standing(%s)", [place_model().name])
        row = cursor.fetchone()
    if row is None:
        return unlearnt()
    name, kept = row
    said = json.loads(kept)
    m, u = ({one: np.array(each) for one, each in said[side].items()} for side in ("m", "u"))
    return Learnt(name, m, u, said["prior"])


@cache
def unlearnt() -> Learnt:
    """The weights of the files alone."""
    m, u = (
        {
            one.name: shares_of([getattr(level, side) for level in one.levels])
            for one in addresses().comparisons
        }
        for side in ("m", "u")
    )
    return Learnt(place_model().name, m, u, place_model().prior)
