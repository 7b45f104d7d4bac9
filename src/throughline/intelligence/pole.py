"""What the POLE minimum standard asks of an item of a report: a table of rules. Advice, and never a reason to refuse.

NPCC and Police Digital Service, POLE Data Standards Dictionary 1.1, 30 July 2023, read in a copy and not from its
publisher. A rule marked unverified is remembered, or is our reading of a rule made for another field: see
docs/unverified.md. The standard also asks for gender, which is not held here, so no rule asks for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.kernel.working_days import age_on

_CONTACTS: Final = frozenset({"address", "phone", "email"})
_PLACES: Final = frozenset({"address", "postcode", "uprn"})
_CHILD: Final = 18
_OLDEST: Final = 120
_SHORTEST_TEXT: Final = 20
_PLACEHOLDER_BIRTH: Final = date(1900, 1, 1)
_RUNS: Final = ("01234567890", "09876543210")
_MADE_UP: Final = 6
"""So many last digits that are one digit, or count up or down, look made up."""

Test = Callable[[ItemDraft, date], bool]
"""Asked of an item and of the day of its intelligence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what falls short, what to do, and of which items it is asked."""

    code: str
    words: str
    remedy: str
    of: str
    is_unverified: bool = False

    @property
    def sentence(self) -> str:
        """What falls short and what to do, on one line, with a mark where the rule is not verified."""
        return f"{self.words} {self.remedy}{' (Not verified.)' if self.is_unverified else ''}"


NO_BIRTH: Final = Rule(
    "no-birth", "A person is named without a date of birth, so only the words of the item hold the name.",
    "Add the date where it is known.", "items that name somebody",
)  # fmt: skip
NO_NAME: Final = Rule(
    "no-name", "A date of birth stands without a name, so only the words of the item hold it.",
    "Add the given name and the surname where they are known.", "items that name somebody",
)  # fmt: skip
WRONG_BIRTH: Final = Rule(
    "wrong-birth",
    "A date of birth cannot be right: on or after the day of the intelligence, 120 years before it, or 1 January 1900.",
    "Blank is better than wrong: correct it, or take the person off the selectors.", "items with a person",
)  # fmt: skip
NO_CONTACT: Final = Rule(
    "no-contact", "A person stands without an address, a telephone number or an e-mail address (4+1).",
    "Add one where it is known, and leave it out where it is not.", "items with a person",
)  # fmt: skip
CHILD: Final = Rule(
    "child", "A person under 18, who is always vulnerable, stands without an address.",
    "Give the home address, and a parent or guardian in the text.", "items with a person under 18",
)  # fmt: skip
ALONE: Final = Rule(
    "alone", "A person is linked to nothing and nobody else (no orphans).",
    "Add what links them to the matter: another person, an object or a place.", "items with a person",
)  # fmt: skip
MADE_UP: Final = Rule(
    "made-up", "A telephone number looks made up: it ends in one digit six times, or in six that count up or down.",
    "Blank is better than wrong: check it against its source, and take it off if nobody knows it.",
    "items with a telephone number", is_unverified=True,
)  # fmt: skip
ONLY_POSTCODE: Final = Rule(
    "only-postcode", "A place is a postcode alone.", "Give the house and street where they are known.",
    "items with a place", is_unverified=True,
)  # fmt: skip
NOTHING: Final = Rule(
    "nothing", "The item names nothing that can be matched: no person, object or location.",
    "Add what it is about, where that is known.", "all items", is_unverified=True,
)  # fmt: skip
SHORT: Final = Rule(
    "short", f"The text is shorter than {_SHORTEST_TEXT} characters, the least for how something was done.",
    "Say who did what, where and when.", "all items", is_unverified=True,
)  # fmt: skip


def _kinds(item: ItemDraft) -> set[str]:
    return {selector.kind for selector in item.selectors}


def _births(item: ItemDraft) -> list[date]:
    return [date.fromisoformat(one.key.rsplit("|", 1)[-1]) for one in item.selectors if one.kind == "person"]


def _has_person(item: ItemDraft, _: date) -> bool:
    return "person" in _kinds(item)


def _has_child(item: ItemDraft, day: date) -> bool:
    return any(age_on(day, born) < _CHILD for born in _births(item))


# Parts of a person that came without the other were put into the words by the map of columns.
def _lacks_birth(item: ItemDraft, _: date) -> bool:
    return "Person named: " in item.text


def _lacks_name(item: ItemDraft, _: date) -> bool:
    return "Date of birth: " in item.text


def _names_someone(item: ItemDraft, day: date) -> bool:
    return _has_person(item, day) or _lacks_birth(item, day) or _lacks_name(item, day)


def _is_wrong_birth(born: date, day: date) -> bool:
    return born in (_PLACEHOLDER_BIRTH, day) or born > day or age_on(day, born) > _OLDEST


def _is_made_up(number: str) -> bool:
    end = number[-_MADE_UP:]
    return len(set(end)) == 1 or any(end in run for run in _RUNS)


def _is_any(_: ItemDraft, __: date) -> bool:
    return True


_TABLE: Final[dict[Rule, tuple[Test, Test]]] = {
    NO_BIRTH: (_names_someone, _lacks_birth),
    NO_NAME: (_names_someone, _lacks_name),
    WRONG_BIRTH: (_has_person, lambda item, day: any(_is_wrong_birth(born, day) for born in _births(item))),
    NO_CONTACT: (_has_person, lambda item, _: not _kinds(item) & _CONTACTS),
    CHILD: (_has_child, lambda item, _: "address" not in _kinds(item)),
    ALONE: (_has_person, lambda item, _: len(item.selectors) == 1),
    MADE_UP: (
        lambda item, _: "phone" in _kinds(item),
        lambda item, _: any(_is_made_up(one.key) for one in item.selectors if one.kind == "phone"),
    ),
    ONLY_POSTCODE: (
        lambda item, _: bool(_kinds(item) & _PLACES), lambda item, _: _kinds(item) & _PLACES == {"postcode"},
    ),
    NOTHING: (_is_any, lambda item, _: not item.selectors),
    SHORT: (_is_any, lambda item, _: len(item.text) < _SHORTEST_TEXT),
}  # fmt: skip
"""Each rule with whether it is asked of an item, and whether an item of which it is asked falls short."""
RULES: Final = tuple(_TABLE)
BY_CODE: Final = {rule.code: rule for rule in RULES}


def rules_asked(item: ItemDraft, day: date) -> tuple[Rule, ...]:
    """The rules that are asked of this item."""
    return tuple(rule for rule, (is_asked, _) in _TABLE.items() if is_asked(item, day))


def shortfalls_of(item: ItemDraft, day: date) -> tuple[Rule, ...]:
    """The rules of which the item falls short; ``day`` is that of the intelligence."""
    return tuple(rule for rule in rules_asked(item, day) if _TABLE[rule][1](item, day))


def shortfalls_in(draft: ReportDraft) -> Iterator[tuple[int, str]]:
    """The line of each item of a report that falls short, and in what, with what to do."""
    for item in draft.items:
        for rule in shortfalls_of(item, draft.date_of_intelligence):
            yield item.line, rule.sentence
