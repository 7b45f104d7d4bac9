"""The review groups, as data: how long a clear period lasts before a record is reviewed, and how soon again."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

USUAL: Final = "3"
"""The group of a record that nobody has put into another."""
REASONS: Final = {
    "not needed": "No longer necessary for a policing purpose",
    "not accurate": "Not accurate or not up to date, and cannot be mended",
    "not adequate": "Not adequate or not relevant to the purpose for which it was held",
    "no purpose": "Should not have been held: it never had a policing purpose",
    "order": "A court, the Information Commissioner or the data owner ordered it erased",
}
"""Why a record is disposed of. Chosen and never typed: a certificate must not repeat what is gone."""


@dataclass(frozen=True, slots=True)
class Group:
    """One review group: what it covers, the clear period in years, and the years from one review to the next."""

    key: str
    name: str
    covers: str
    clear_years: int
    again_years: int
    is_verified: bool
    source: str

    @property
    def rule(self) -> str:
        """The rule in a sentence, as a certificate says it."""
        mark = "" if self.is_verified else " (not verified)"
        return f"{self.name}: reviewed after a clear period of {self.clear_years} years{mark}"


@cache
def groups() -> dict[str, Group]:
    """Every group by its key, in order. Source: see `Group.source`; none was read in the APP itself."""
    text = files("throughline.retention").joinpath("groups.csv").read_text(encoding="utf-8")
    return {
        row["key"]: Group(
            row["key"], row["name"], row["covers"], int(row["clear_years"]), int(row["again_years"]),
            row["is_verified"] == "yes", row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip
