"""What is asked of someone who plans an event, changes one, or gives a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clashes.kinds import EVENT_KINDS
from throughline.clashes.places import Place, PlaceProblem, parse_place
from throughline.clashes.queries import EventPage, open_compartments
from throughline.clashes.services import EventDraft, EventProblem
from throughline.clashes.times import in_london, read_time
from throughline.kernel import clock
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Select, Text, day_boxes
from throughline.web.forms import Form
from throughline.web.moments import time_of_day

LONGEST_REASON = 500
SILENT = "silent"
FIELDS = {"starts": "starts_day", "ends": "ends_day", "silent": "silent"}
"""Where the form asks for what a service names otherwise."""


def _reach(metres: int) -> str:
    return f"{metres} metres" if metres % 1000 else f"{metres // 1000} km"


class EventForm(Form):
    """What is planned, where and when; once valid, `draft` is what the service takes."""

    kind = OneOf(
        label="What kind of event is it?",
        hint="It decides how near in space and time another body's event must be for you both to be told",
        needed="Choose what kind of event it is",
        choices=[
            Choice(
                kind.name,
                kind.label,
                hint=f"Near: {_reach(kind.radius)}, {kind.margin.seconds // 3600} hours",
            )
            for kind in EVENT_KINDS.values()
        ],
    )
    what = Text(
        "What is planned?",
        hint="In a few words, for your own body, such as: a warrant at a flat",
        needed="Say in a few words what is planned",
    )
    postcode = Text(
        "Postcode",
        hint="If you have one, such as NR1 1AA",
        width="govuk-input--width-10",
        limit=12,
        autocomplete="off",
    )
    spot = Text(
        "Place on the map",
        hint="A grid reference such as TG 231 087, or a latitude and longitude such as 52.6284, 1.2971. "
        "Give it as well as the postcode if you can: it is compared in metres",
        width="govuk-input--width-20",
        limit=60,
        autocomplete="off",
    )
    starts_day = Day(label="Starts on", hint="For example, 27 3 2027", needed="Enter the day it starts")
    starts_time = Text(
        "Starts at", hint="On a 24-hour clock, such as 14:30", needed="Enter the time it starts", check=time_of_day,
        width="govuk-input--width-5", limit=20,
    )  # fmt: skip
    ends_day = Day(label="Ends on", hint="For example, 27 3 2027", needed="Enter the day it ends")
    ends_time = Text(
        "Ends at", hint="On a 24-hour clock, such as 16:30", needed="Enter the time it ends", check=time_of_day,
        width="govuk-input--width-5", limit=20,
    )  # fmt: skip
    contact = Text(
        "Whom should your desk ring about it?",
        hint="A name or post and a number. Your own body alone sees it: others ring your desk",
        needed="Say whom your desk should ring about it",
    )
    why = Text(
        "Why is it planned?", hint="Kept in the journal, such as: to act on IR-7K3M-9QXT",
        needed="Say why: it is kept in the journal",
        limit=LONGEST_REASON,
    )  # fmt: skip
    draft: EventDraft

    def rules(self) -> None:
        place = self._place()
        starts = self._moment("starts", fold=0)
        # Of an hour that comes twice, the longest span that the words bear.
        ends = self._moment("ends", fold=1)
        if place and starts and ends:
            self.draft = EventDraft(self.kind, self.what, place, starts, ends, self.contact)

    def _place(self) -> Place | None:
        try:
            return parse_place(postcode=self.postcode, spot=self.spot)
        except PlaceProblem as problem:
            self.refuse(problem.field, str(problem))
            return None

    def _moment(self, end: str, *, fold: int) -> datetime | None:
        day: date = self.answers[f"{end}_day"]
        try:
            return in_london(day, read_time(self.answers[f"{end}_time"]), fold=fold)
        except ValueError as problem:
            self.refuse(f"{end}_time", str(problem))
            return None

    def refuse_for(self, problem: EventProblem) -> None:
        """Put a service's refusal beside the box that it is about."""
        field = FIELDS.get(problem.field, problem.field)
        self.refuse(field if field in self.fields else "", str(problem))


class PlanForm(EventForm):
    """A new event, and who may learn of it."""

    silent = ManyOf(
        label="Who may learn of it",
        choices=[
            Choice(
                SILENT,
                "Keep it silent",
                hint="You are told of others who plan near it from now on, and they are told nothing. "
                "You are not told of what stands there already.",
            )
        ],
    )
    compartment = Select(
        label="Compartment", hint="Only the people on its list will see the event", empty="None"
    )

    @property
    def is_silent(self) -> bool:
        """Whether it is to be kept silent."""
        return SILENT in self.silent

    @property
    def circle(self) -> int:
        """The number of the compartment, 0 for none."""
        return int(self.compartment or 0)


def plan_choices(reader: Reader) -> dict[str, Sequence[Choice]]:
    """What this person may choose: silence if their role lets them, and their own compartments."""
    silence = PlanForm.silent.choices if reader.may(Permission.EVENT_SILENCE) else ()
    return {
        "silent": silence,
        "compartment": [Choice(str(number), name) for number, name in open_compartments(reader)],
    }


def standing_answers(event: EventPage) -> dict[str, object]:
    """What stands in the boxes when an event is to be changed."""
    starts, ends = (moment.astimezone(clock.LONDON) for moment in (event.starts_at, event.ends_at))
    place = event.place
    return {
        "kind": event.kind, "what": event.what, "postcode": place.postcode, "spot": place.reference,
        "starts_day": day_boxes(starts), "starts_time": f"{starts:%H:%M}", "ends_day": day_boxes(ends),
        "ends_time": f"{ends:%H:%M}", "contact": event.contact,
    }  # fmt: skip


class ReasonForm(Form):
    """Why an event is cancelled, or its silence broken."""

    why = Text(
        "Why?",
        hint="Kept in the journal, such as: the flat is empty",
        needed="Say why: it is kept in the journal",
        limit=LONGEST_REASON,
    )
