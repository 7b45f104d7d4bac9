"""A body's stated rule that the same national identifier joins two records without a further yes.

Nothing is joined by one body's word: two records are one person by rule where the rule of each one's body holds on that
day. What a rule joins is worked out when it is read, so it comes apart on the day on which one of the rules ends, and
what held on any day can be told from the rules as they were stated.
"""

from dataclasses import dataclass
from datetime import date

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.matching.people.models import IdentifierRule
from throughline.matching.people.reasons import check_reason
from throughline.organisations.queries import body_cards

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """One statement of a body: from which day, until which (None while it stands), and who said so and why."""

    ref: str
    body: int
    body_name: str
    starts_on: date
    ends_on: date | None
    why: str
    stated_by: str
    ended_by: str
    ended_why: str

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def identifier_rules(reader: Reader) -> tuple[Rule, ...]:
    """Every rule that any body has stated, the newest first: a reader is shown them as the reason of a join."""
    cards = body_cards()
    with reading(reader):
        return tuple(
            Rule(row.ref, row.body, cards[row.body].name, row.starts_on, row.ends_on, row.why, row.stated_by,
                 row.ended_by, row.ended_why)
            for row in IdentifierRule.objects.order_by("-starts_on", "-pk")
        )  # fmt: skip


@writes
def state_identifier_rule(*, by: Reader, starts_on: date | None, why: str) -> str:
    """State the rule for the administrator's own body from a day on; returns its reference.

    Raises:
        FieldProblem: no day or one that has passed, no reason, or a rule that stands already.
        NotAllowed: the person does not administer the body.
    """
    by.require(Permission.PERSON_MANAGE)
    day = _day(starts_on, why, field="starts_on")
    if IdentifierRule.objects.filter(body=by.body, ends_on__isnull=True).exists():
        raise FieldProblem("", "Your body has stated this rule already. End it first.")
    rule = IdentifierRule.objects.create(
        ref=new_ref("LR"), body=by.body, starts_on=day, why=why.strip(), stated_by=by.name,
        stated_at=clock.now(),
    )  # fmt: skip
    journal.note(Verb.ALTER, "identifier rule", rule.ref, why=why.strip(), stated=True, starts_on=str(day))
    return rule.ref


@writes
def end_identifier_rule(*, by: Reader, ends_on: date | None, why: str) -> None:
    """End the rule of the administrator's own body: from that day nothing is joined by it any more.

    Raises:
        FieldProblem: no day or one that has passed, no reason, or no rule that stands.
        NotAllowed: the person does not administer the body.
    """
    by.require(Permission.PERSON_MANAGE)
    day = _day(ends_on, why, field="ends_on")
    rule = IdentifierRule.objects.filter(body=by.body, ends_on__isnull=True).first()
    if rule is None:
        raise FieldProblem("", "Your body has stated no such rule.")
    day = max(day, rule.starts_on)  # one that had not begun never holds
    IdentifierRule.objects.filter(pk=rule.pk).update(ends_on=day, ended_by=by.name, ended_why=why.strip())
    journal.note(Verb.ALTER, "identifier rule", rule.ref, why=why.strip(), stated=False, ends_on=str(day))


def _day(day: date | None, why: str, *, field: str) -> date:
    if day is None:
        raise FieldProblem(field, "Enter a day.")
    if day < clock.today():
        raise FieldProblem(field, "A rule cannot reach back: enter today or a later day.")
    check_reason(why, longest=LONGEST_REASON)
    return day
