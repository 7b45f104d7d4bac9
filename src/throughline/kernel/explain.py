"""Why a figure or a decision is what it is: a value with the reasons that add up to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of an explanation: what was looked at, what it gave, and a sentence for a person."""

    name: str
    value: str
    sentence: str
