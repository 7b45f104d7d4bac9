"""The lists of words that a concern is put in, with what each means."""

from collections.abc import Iterable
from typing import Final

AGES: Final = {"child": "Under 18", "adult": "18 or over", "not sure": "Not sure: treated as a child"}
HARMS: Final = {
    "criminal exploitation": "Made to carry, hold or sell drugs",
    "home taken over": "Home taken over",
    "sexual exploitation": "Sexual exploitation",
    "debt bondage": "Works a debt off",
    "trafficking": "Moved to be exploited",
    "missing": "Missing, or found far from home",
    "violence": "Violence or threats",
    "drug use": "Harm from drugs",
    "other harm": "Another harm",
}
EXPLOITED: Final = frozenset({"criminal exploitation", "sexual exploitation", "debt bondage", "trafficking"})
JUDGEMENTS: Final = {
    "immediate protection": "Immediate protection: suffering significant harm, or likely to",
    "in need": "In need of help that one agency cannot give alone",
    "early help": "Early help by those who know the person",
    "nothing more": "Nothing more than what is done already",
}
"""What an assessment comes to, judged by a person: it is not worked out from how many indicators are there."""
OUTCOMES: Final = {
    "safe": "Safe, and those who look after the person know why",
    "looked after elsewhere": "Looked after by another agency, which has taken it on",
    "declined": "An adult who has capacity declined, and knows how to come back",
    "not found": "Could not be found after all that could be tried",
    "no concern": "There was no concern after all",
}


def is_exploited_child(age: str, harms: Iterable[str]) -> bool:
    """Whether a concern is of a child, or of somebody who may be one, that is exploited."""
    return age != "adult" and not EXPLOITED.isdisjoint(harms)
