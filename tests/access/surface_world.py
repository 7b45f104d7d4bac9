"""A generated world for the proof of need-to-know: markings of every kind, and what is to stand under each.

What is planted stands here in plain values, so that the oracle needs nothing of the database to say who may know it.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from tests.access.test_policy_oracle import Terms, may_know
from tests.inside import dice_of, someone
from throughline.access.permissions import Role
from throughline.access.reader import Reader
from throughline.access.services import close_compartment, form_team
from throughline.organisations.queries import body_ids
from throughline.selectors.registry import Selector

CODES = ("norf", "mps", "kent", "ersou")
"""The bodies that own what is planted, with somebody in each role."""
MORE_READERS = ("analyst@mers", "manager@mers", "officer@mers", "coordinator@nclcc", "chair@nclcc")
PLANTINGS = 40
OWNER = "owner"
DAY = date(2026, 10, 1)
AT = datetime(2026, 10, 2, 9, tzinfo=UTC)
LATE = datetime(2026, 10, 9, 17, tzinfo=UTC)
"""By when every hit was to be answered."""
SEARCHES = {"reports": "lantern or nothing", "values": "own.example"}
PAST = "past"
"""A search whose alerts point at everything, as if its person had once been free to know it all."""
LISTER = "analyst@mers"
"""Checks a list of all that is planted."""


@dataclass(frozen=True)
class Planting:
    """One marking and what stands under it; ``item_terms`` are those of what is under handling code C as well.

    ``partner`` is the number of another planting, of the body ``other``: both hold one value, so there is a hit.
    """

    n: int
    word: str
    code: str
    other_code: str
    asker: str
    owner: int
    other: int
    partner: int
    terms: Terms
    item_terms: Terms
    partner_terms: Terms
    is_judged: bool
    is_late: bool
    marking: int = 0

    @property
    def report(self) -> str:
        return f"IR-{self.n:02}"

    @property
    def own(self) -> Selector:
        """A value that this planting alone holds."""
        return Selector("email", f"{self.word}@own.example")

    @property
    def pair(self) -> Selector:
        """A value that the partner's body holds too."""
        return Selector("email", f"{self.word}@pair.example")

    @property
    def person(self) -> Selector:
        return Selector("person", f"{self.word.upper()}|WILLIAM|1990-01-{self.n % 28 + 1:02}")

    @property
    def alias(self) -> Selector:
        """Another person, whom the partner's body holds: a link says that both may be one."""
        return Selector("person", f"{self.word[::-1].upper()}|MARY|1985-02-{self.n % 28 + 1:02}")

    @property
    def state(self) -> str:
        if self.terms.released:
            return "circulated"
        return "received" if self.n % 2 else "graded"

    @property
    def is_sent(self) -> bool:
        """Whether the request that is planted reached its holder."""
        return self.n % 3 != 0

    @property
    def is_asked_silently(self) -> bool:
        return self.n % 5 == 0

    @property
    def is_owner_told(self) -> bool:
        """Of the hit: the other side keeps no silence."""
        return not self.partner_terms.silent

    @property
    def is_other_told(self) -> bool:
        return not self.terms.silent


def inside_of(reader: Reader, body: int, compartment: int = 0, *, classification: int = 0) -> bool:
    """The oracle asked of what a body keeps for its own people, in a compartment or not."""
    nobody: frozenset[int] = frozenset()
    terms = Terms(
        owner=body, released=False, classification=classification, conditions=0, everyone=False, bodies=nobody,
        people=nobody, teams=nobody, compartment=compartment, silent=False,
    )  # fmt: skip
    return may_know(reader, terms)


@dataclass
class SurfaceWorld:
    """Everything planted, everyone who reads, and the references by which the engine calls what it drew from it."""

    plantings: list[Planting]
    readers: dict[str, Reader]
    hits: dict[int, str] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    files: dict[tuple[int, bool], str] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    """The event that the partner's body plans beside the one that is planted."""
    bulk: str = ""
    searches: dict[tuple[int, str], str] = field(default_factory=dict)
    """The saved searches of each person, by name."""
    alerted: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    """What they have noted, by the number of the planting."""
    notices: list[tuple[int, int, int | None, str]] = field(default_factory=list)
    """Of every notice its body, compartment, person and the permission it is for."""
    regions: dict[int, int] = field(default_factory=dict)

    def __getitem__(self, n: int) -> Planting:
        return self.plantings[n]


# --- Generated ------------------------------------------------------------------------------------------------------


def _words(dice: random.Random, many: int) -> list[str]:
    """Words of no language, so unlike each other that none can be taken for another."""
    found: dict[str, None] = {}
    while len(found) < many:
        word = "".join(dice.choice("bdfgklmnprtvz") + dice.choice("aiou") for _ in range(5)) + "x"
        found[word] = None
    return list(found)


CIRCULATIONS = ("to all", "to bodies", "to people", "to teams", "mixed")


def _terms(dice: random.Random, n: int, bodies: list[int], everybody: list[Reader], lists: "_Lists") -> Terms:
    to, bit = CIRCULATIONS[n // 4 % len(CIRCULATIONS)], dice.choice([0, 0, 1, 2, 4])
    people = [reader.person for reader in dice.sample(everybody, dice.randint(1, 4))]
    return Terms(
        owner=bodies[n % 4], released=dice.random() < 0.75, classification=dice.choice([0, 1, 1]), conditions=bit,
        everyone=to == "to all",
        bodies=frozenset(dice.sample(bodies, dice.randint(1, 2)) if to in ("to bodies", "mixed") else ()),
        people=frozenset(people if to in ("to people", "mixed") else ()),
        teams=frozenset(dice.sample(lists.teams, dice.randint(1, 2)) if to in ("to teams", "mixed") else ()),
        compartment=dice.choice([0, 0, 0, *lists.compartments]), silent=dice.random() < 0.2,
    )  # fmt: skip


@dataclass(frozen=True)
class _Lists:
    teams: list[int]
    compartments: list[int]


def _form_lists(dice: random.Random) -> _Lists:
    """Teams of some people each, and compartments with a manager of every body on their lists and some people more."""
    everybody = [someone(f"{role}@{code}").person for code in CODES for role in Role]
    managers = [someone(f"manager@{code}").person for code in CODES]
    return _Lists(
        [form_team(name=f"Team {n}", people=sorted(dice.sample(everybody, 8))) for n in range(3)],
        [
            close_compartment(name=f"Circle {n}", people=sorted({*managers, *dice.sample(everybody, 9)}))
            for n in range(2)
        ],
    )


def _readers() -> dict[str, Reader]:
    """Everyone in every role of four bodies, some of others, and two who are cleared for less than any role is."""
    names = [*(f"{role}@{code}" for code in CODES for role in Role), *MORE_READERS]
    found = {name: someone(name) for name in names}
    for name in ("analyst@kent", "officer@mps"):
        found[f"{name}, cleared for OFFICIAL"] = replace(found[name], clearance=0)
    return found


def _with_conditions(terms: Terms, n: int) -> Terms:
    """What is under handling code C follows the circulation and adds an action code."""
    return replace(terms, conditions=(1, 2, 4)[n % 3])


def generate(seed: int) -> SurfaceWorld:
    """The plan, and the people's lists it needs; nothing that it speaks of is planted yet."""
    dice = dice_of(seed)
    lists, numbers = _form_lists(dice), body_ids()
    readers = _readers()
    people = [reader for name, reader in readers.items() if "," not in name]
    bodies = [numbers[code.upper()] for code in CODES]
    words = _words(dice, PLANTINGS)
    terms = [_terms(dice, n, bodies, people, lists) for n in range(PLANTINGS)]
    plantings = []
    for n in range(PLANTINGS):
        # The body of the partner is never the planting's own: the numbers differ by 1 to 3, four bodies in turn.
        partner = (n + 1 + n // 4 % 3 + 4 * dice.randint(0, 7)) % PLANTINGS
        code, other = CODES[n % 4], CODES[partner % 4]
        third = next(c for c in CODES if c not in (code, other))
        plantings.append(
            Planting(
                n=n, word=words[n], code=code, other_code=other, asker=f"analyst@{third}", owner=terms[n].owner,
                other=terms[partner].owner, partner=partner, terms=terms[n],
                item_terms=_with_conditions(terms[n], n), partner_terms=terms[partner],
                is_judged=n % 2 == 0 and not terms[partner].silent, is_late=n % 4 == 3,
            )
        )  # fmt: skip
    return SurfaceWorld(plantings, readers)
