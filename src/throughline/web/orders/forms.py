"""What is asked of someone who drafts an order, moves it, or answers a question about one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from throughline.kernel.problems import LONGEST_WORDS
from throughline.kernel.working_days import NATION_NAMES
from throughline.orders.asking import ANSWERS
from throughline.orders.drafting import DISCLOSURES, OrderDraft
from throughline.orders.items import item_kinds
from throughline.orders.law import OrderKind, all_versions, ranks
from throughline.orders.moving import Made
from throughline.web.fields import Choice, Day, Field, ManyOf, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.moments import moment_of, time_of_day
from throughline.web.orders.words import STATES

_FULL = LONGEST_WORDS - 1
_NATIONS = [Choice(nation.value, name) for nation, name in NATION_NAMES.items()]
_TIME = "govuk-input--width-5"


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in words.items()]


def law_of(kind: OrderKind, *about: str) -> str:
    """What the law says about these matters, as it stands beside a field; what was not verified says so."""
    return " ".join(
        f"{fact.says} ({fact.source}{'; not verified' if fact.is_unverified else ''})"
        for fact in kind.about(*about)
    )


_DDTRO = all_versions()["ddtro"][-1]


class FilterForm(Form):
    """Which orders to list."""

    state = Select("State", choices=_choices(STATES), empty="Every state", hint="Now")
    kind = Select(
        "Kind", hint="Of order", empty="Every kind",
        choices=[Choice(key, versions[-1].short) for key, versions in all_versions().items()],
    )  # fmt: skip


class DraftForm(Form):
    """An order to be. Beside each field stands what the law asks for an order of its kind (`draft_form`)."""

    def draft(self) -> OrderDraft:
        """What the service takes."""
        return OrderDraft(**self.answers)


@cache
def draft_form(key: str) -> type[DraftForm]:
    """The form of one kind of order: the tests, the applicant, the court and the lengths of that kind."""
    kind = all_versions()[key][-1]
    fields: dict[str, Field[Any]] = {
        "kind": OneOf("Kind of order", hint=law_of(kind, "applicant"), needed="Choose the kind of order",
                      choices=[Choice(key, kind.name)]),
        "title": Text("What is it about?", hint="In a few words, as it should stand in lists. No names of people",
                      limit=120, needed="Say in a few words what the order is about"),
        "nation": OneOf("Where does the court sit?", hint=law_of(kind, "court", "working day"),
                        choices=[Choice(one.value, NATION_NAMES[one]) for one in kind.nations],
                        needed="Choose where the court sits"),
        **_against_whom(kind),
        "used": TextArea(_FIRST if kind.is_of_items else "First part of the test", limit=_FULL, rows=4,
                         hint=law_of(kind, "used", "standard"), needed="Say how the first limb of the test is met"),
        "prevents": TextArea(_SECOND if kind.is_of_items else "Second part of the test", limit=_FULL, rows=4,
                             hint=law_of(kind, "prevents"), needed="Say how the second limb of the test is met"),
        "plan": TextArea("What else is done?", limit=_FULL, rows=3,
                         hint="Arrests, safeguarding, outreach to users, the watch for what takes over. An order alone "
                         "had little effect in the review of 2022"),
        "affected": TextArea("Persons likely to be affected", limit=_FULL, rows=3,
                             hint=law_of(kind, "affected") or "Who else lives, works or depends on what it changes",
                             needed="Say who is likely to be affected, or that nobody is known to be"),
        "innocent": TextArea("Innocent use", limit=_FULL, rows=3,
                             hint=law_of(kind, "carve-out") or "What is lawful and would be stopped as well",
                             needed="Say what innocent use there may be, or that none is known"),
        "proportionate": TextArea("Why is it proportionate?", hint="Against the harm, and against milder means",
                                  limit=_FULL, rows=3, needed="Say why it is proportionate"),
        "without_notice": TextArea("Why without notice?", limit=_FULL, rows=2,
                                   hint=law_of(kind, "notice") or "Only if it is asked for, and the court allows it"),
        "duration": Text("Duration asked", hint=law_of(kind, "duration"), limit=200),
    }  # fmt: skip
    return type("DraftFormOfKind", (DraftForm,), fields)


_FIRST, _SECOND = "First limb of the test: use", "Second limb of the test: effect"


def _against_whom(kind: OrderKind) -> dict[str, Field[Any]]:
    whom = "Provider or person" if kind.is_of_items else "Person or place"
    fields: dict[str, Field[Any]] = {
        "provider": Text(f"{whom} against whom it is asked", limit=200,
                         hint=law_of(kind, "respondent") or "As it should stand in the order",
                         needed=f"Name the {whom.lower()} against whom it is asked"),
        "provider_contact": Text("How are they reached?", hint="A desk, not a person's own number", limit=200),
    }  # fmt: skip
    if kind.offences:
        fields["offences"] = ManyOf(
            "Offences in issue", hint=law_of(kind, "offences"), choices=_choices(kind.offences)
        )
    return fields


_NAMED = ", ".join(f"{key}:" for key in ("imei", *item_kinds()))


class ItemForm(Form):
    """Something that the order is to cut off."""

    value = Text("Number or identifier", hint=f"Such as 07700 900123, or with its kind before it: {_NAMED}", limit=70,
                 needed="Enter a number or an identifier", width="govuk-input--width-20")  # fmt: skip
    attribution = TextArea("How is it attributed?", hint="By what, to the line or to whom", limit=_FULL, rows=3,
                           needed="Say how it is attributed")  # fmt: skip
    provider = Select(
        "Provider", hint="One alone, where it is for it to do", empty="Every provider", choices=[]
    )
    first_seen = Day("First seen", hint="In connection with the line, if known", past=True)
    last_seen = Day("Last seen", hint="In connection with the line, if known", past=True)


class ProviderForm(Form):
    """Another provider against whom the order is asked."""

    name = Text("Provider", hint=law_of(_DDTRO, "respondent"), limit=200, needed="Name the provider")
    contact = Text("How are they reached?", hint="A desk, not a person's own number", limit=200)


class OutForm(Form):
    """What is taken out of a draft."""

    chosen = ManyOf(
        "What shall be taken out?", hint="The journal keeps that it was in the draft", needed="Choose one"
    )


class PiecesForm(Form):
    """Evidence of the line."""

    pieces = ManyOf("Evidence of the line", hint="As far as you may know it. Numbers go into the order with it",
                    needed="Choose at least one")  # fmt: skip
    disclosure = OneOf("May it be disclosed?", hint="What is sensitive goes into no version for disclosure",
                       choices=_choices(DISCLOSURES), needed="Choose whether it may be disclosed")  # fmt: skip


class EvidenceForm(Form):
    """A piece of evidence that stands on no line."""

    says = TextArea("What does it show?", hint="In a sentence or two", limit=_FULL, rows=4,
                    needed="Say what it shows")  # fmt: skip
    source_ref = Text("Reference", hint="Of the item, exhibit or statement", limit=60)
    grade = Text("Grade", hint="Of the item, such as 1AP", limit=10, width=_TIME)
    disclosure = OneOf("May it be disclosed?", hint="What is sensitive goes into no version for disclosure",
                       choices=_choices(DISCLOSURES), needed="Choose whether it may be disclosed")  # fmt: skip


class MoveForm(Form):
    """Why, or how, in words."""

    why = TextArea("In your own words", hint="Kept in the history", needed="Say why, in a few words", limit=_FULL,
                   rows=3)  # fmt: skip

    def made(self) -> Made:
        """What the service takes."""
        return Made(self.why)


class AuthoriseForm(MoveForm):
    """The authority of a rank."""

    rank = OneOf("Rank that you hold", hint=law_of(_DDTRO, "applicant"), needed="Choose the rank that you hold",
                 choices=[Choice(key, one.name) for key, one in ranks().items()])  # fmt: skip
    loss_decision = TextArea(
        "Decision about intelligence that would be lost", limit=_FULL, rows=3,
        hint="After the answers of the bodies with an interest: what you decided, and why",
        needed="Say what was decided about intelligence that would be lost",
    )  # fmt: skip

    none_to_ask = TextArea("If nobody was asked: why?", limit=_FULL, rows=2,
                           hint="Why no body has an interest. Leave it empty where they were asked")  # fmt: skip

    def made(self) -> Made:
        return Made(self.why, rank=self.rank, loss_decision=self.loss_decision, none_to_ask=self.none_to_ask)


class ApplyForm(MoveForm):
    """Before which court."""

    court = Text("Court", hint=law_of(_DDTRO, "court"), needed="Name the court", limit=200)

    def made(self) -> Made:
        return Made(self.why, court=self.court)


class GrantForm(MoveForm):
    """As the court made it."""

    ordered_on = Day(
        "Day of the order", hint="As it is dated", needed="Enter the day of the order", past=True
    )
    ends_on = Day("Last day", hint="If the order says one; otherwise it stands until it is discharged")
    comply_on = Day("Another day for compliance", hint=law_of(_DDTRO, "compliance"))
    comply_at = Text("Time on that day", hint="Such as 16:30. Only with another day", limit=5, width=_TIME,
                     check=time_of_day)  # fmt: skip
    comply_why = TextArea("Why another time?", hint="What was asked, and why the court found it reasonable",
                          limit=_FULL, rows=2)  # fmt: skip

    def rules(self) -> None:
        moment_of(self, self.comply_on, self.comply_at, field="comply_on")

    def made(self) -> Made:
        other = moment_of(self, self.comply_on, self.comply_at, field="comply_on")
        return Made(
            self.why, ordered_on=self.ordered_on, ends_on=self.ends_on, comply_by=other, comply_why=self.comply_why
        )  # fmt: skip


class AtForm(MoveForm):
    """When it happened."""

    on = Day("Day", hint="On which it happened", needed="Enter the day", past=True)
    at = Text("Time", hint="Such as 16:30", needed="Enter the time", limit=5, width=_TIME, check=time_of_day)

    def rules(self) -> None:
        moment_of(self, self.on, self.at, field="at")

    def made(self) -> Made:
        return Made(self.why, at=self.moment())

    def moment(self) -> datetime | None:
        """The moment that was said."""
        return moment_of(self, self.on, self.at, field="at")


class EarlierForm(Form):
    """An earlier time that applicant and provider agreed."""

    provider = Select("Provider", hint="With whom it was agreed", empty="Every provider", choices=[])
    comply_on = Day("Day", hint=law_of(_DDTRO, "earlier"), needed="Enter the day")
    comply_at = Text(
        "Time", hint="Such as 16:30", needed="Enter the time", limit=5, width=_TIME, check=time_of_day
    )
    why = TextArea("Who agreed it, and why?", hint="Kept with the order", limit=_FULL, rows=2,
                   needed="Say who agreed it, and why")  # fmt: skip

    def rules(self) -> None:
        self.moment()

    def moment(self) -> datetime | None:
        """The moment that was said."""
        return moment_of(self, self.comply_on, self.comply_at, field="comply_on")


class ReplacementForm(Form):
    """The number that took over. Its first use is looked up in call data where it is not said."""

    number = Text("Number that took over", hint="Such as 07700 900123", needed="Enter the number", limit=40,
                  width="govuk-input--width-20")  # fmt: skip
    on = Day(
        "First used on", hint="Left empty, it is the first call in the data that you may know", past=True
    )
    at = Text("Time", hint="Such as 16:30. Only with a day", limit=5, width=_TIME, check=time_of_day)
    why = TextArea("How do you know that it took over?", hint="Kept in the journal", limit=_FULL, rows=3,
                   needed="Say how you know that it is the replacement")  # fmt: skip

    def rules(self) -> None:
        self.moment()

    def moment(self) -> datetime | None:
        """The moment that was said, if one was."""
        return moment_of(self, self.on, self.at, field="at")


class AnswerForm(Form):
    """Whether a body wants something kept alive."""

    answer = OneOf("Should it be kept alive?", hint="For intelligence that would be lost",
                   choices=_choices(ANSWERS), needed="Choose your answer")  # fmt: skip
    words = TextArea("Why?", hint="The body that applies reads this. Name no source", limit=_FULL, rows=3,
                     needed="Say why: the body that applies reads this")  # fmt: skip


def piece_choices(pieces: Iterable[tuple[str, str, str, str]]) -> list[Choice]:
    """Pieces of evidence as choices: reference, what it says, its grade, and the body whose it is."""
    return [Choice(ref, f"{shown} ({grade}, {body})") for ref, shown, grade, body in pieces]
