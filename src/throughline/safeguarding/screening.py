"""Screening: which words of a graded item say that somebody may be at risk, and the concerns proposed for them."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.organisations.queries import body_cards
from throughline.safeguarding.events import ConcernMoved
from throughline.safeguarding.nations import nation_of


@dataclass(frozen=True, slots=True)
class Sign:
    """What some words say: of a child or of anybody, which harm, and whether they are enough by themselves."""

    says: str
    words: re.Pattern[str]
    is_child: bool = False
    harm: str = ""
    is_strong: bool = False


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_CHILD = r"child(?:ren)?|school ?(?:boy|girl)s?|teenagers?|juveniles?|under ?18"
_AGE = r"(?:aged? )?1[0-7](?:[- ]years?[- ]old| yrs?| ?yo)|aged? 1[0-7]"
_MISSING = r"missing (?:from|persons?|child(?:ren)?|episodes?)|reported missing|misper"
_HOME = r"cuckoo(?:ed|ing)?|taken over (?:his|her|their) (?:flat|home|house)"
_EXPLOITED = r"exploit(?:ed|ing|ation)|groom(?:ed|ing)|traffick(?:ed|ing)"
_RUNS = r"runners?|(?:sent|brought) (?:down|up|out)|going country|plugg(?:ed|ing)"
_DEBT = r"debt bond(?:age|ed)|works? off (?:a|the|his|her|their) debt|owes? (?:them|the line)"
_NEEDS = r"vulnerable|learning (?:need|disabilit)\w*|safeguarding"
SIGNS: Final = (
    Sign("A child is spoken of", _words(_CHILD), is_child=True),
    Sign("An age below 18 is given", _words(_AGE), is_child=True),
    Sign("Somebody is missing", _words(_MISSING), harm="missing"),
    Sign("A home may be taken over", _words(_HOME), harm="home taken over", is_strong=True),
    Sign("Somebody may be exploited", _words(_EXPLOITED), harm="criminal exploitation", is_strong=True),
    Sign("Somebody runs drugs for others", _words(_RUNS), harm="criminal exploitation"),
    Sign("A debt is worked off", _words(_DEBT), harm="debt bondage"),
    Sign("Somebody is vulnerable", _words(_NEEDS)),
)
"""Our words, for a person to look at: none proves anything, and a text that has none may still need a concern."""
ENOUGH: Final = 2
BY_A_HIT: Final = "Another body holds the same: a hit was raised on it"


@dataclass(frozen=True, slots=True)
class Found:
    """What screening proposes: for whom, which harms, and for which reasons."""

    age: str
    harms: tuple[str, ...]
    reasons: tuple[str, ...]


def screen(text: str, *, further: Sequence[str] = ()) -> Found | None:
    """What the words of an item propose, if they say enough: one strong sign, or two; ``further`` reasons count too."""
    signs = [sign for sign in SIGNS if sign.words.search(text)]
    is_of_somebody = any(sign.is_child or sign.harm for sign in signs)
    is_enough = any(sign.is_strong for sign in signs) or len(signs) + len(further) >= ENOUGH
    if not (is_of_somebody and is_enough):
        return None
    harms = tuple(dict.fromkeys(sign.harm for sign in signs if sign.harm)) or ("other harm",)
    age = "child" if any(sign.is_child for sign in signs) else "not sure"
    return Found(age, harms, tuple(sign.says for sign in signs) + tuple(further))


def screen_reports(facts: Sequence[Payload]) -> None:
    """Propose concerns for items that have just been graded."""
    sightings = [n for fact in facts for n in fact.get("sightings", ())]
    reports = [n for fact in facts for n in fact.get("reports", ())]
    _propose(_rows("select * from safeguarding_texts(%s, %s)", sightings, reports))


def screen_hits(facts: Sequence[Payload]) -> None:
    """Propose concerns where what a body holds was not enough alone, and another body holds the same."""
    hits = [n for fact in facts for n in fact["hits"]]
    _propose(_rows("select * from safeguarding_hit_texts(%s)", hits), further=(BY_A_HIT,))


def _rows(door: str, *asked: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(door, asked)
        return list(cursor.fetchall())


def _propose(items: Iterable[Any], *, further: Sequence[str] = ()) -> None:
    cards, wanted = body_cards(), list[dict[str, Any]]()
    for ref, owner, text in items:
        if found := screen(text, further=further):
            wanted.append(
                {"ref": ref, "age": found.age, "nation": nation_of(cards[owner].code), "harms": found.harms,
                 "reasons": found.reasons}
            )  # fmt: skip
    if not wanted:
        return
    made = _rows("select safeguarding_propose(%s::jsonb, %s)", json.dumps(wanted), clock.now())
    if made:
        journal.note(Verb.COMBINE, "concerns", why="proposed by screening", concerns=len(made))
        announce(*(ConcernMoved(concern=one, verb="propose") for (one,) in made))
