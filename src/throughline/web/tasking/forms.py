"""What is asked of someone who bids, decides on a bid, is offered work, or says what came of it."""

from collections.abc import Mapping

from throughline.tasking.bidding import BidDraft
from throughline.tasking.moving import LONGEST_WORDS
from throughline.tasking.words import CLOSURES, LEVELS, OUTCOMES, REASONS, ROUTES, TACTICS, TRACTABILITY
from throughline.tasking.work_done import FOUND
from throughline.web.fields import Choice, ManyOf, OneOf, Select, Text, TextArea, Wrong
from throughline.web.forms import Form
from throughline.web.tasking.words import PILES, STATES


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in words.items()]


def _number(text: str) -> None:
    if not (text.isascii() and text.isdigit() and len(text) <= len("99999")):
        raise Wrong("Enter a whole number in figures, such as 12")


class FilterForm(Form):
    """Which bids to list."""

    pile = Select("Which", choices=_choices(PILES), empty="Every bid", hint="Those that you may know")
    state = Select(
        "State", choices=[Choice("open", "Open"), *_choices(STATES)], empty="Every state", hint="Now"
    )
    level = Select("Level", choices=_choices(LEVELS), empty="Every level", hint="Where it is decided")
    body = Select("Body", empty="Every body", hint="That bids, decides or does the work")


class BidForm(Form):
    """A bid for work on a line."""

    title = Text(
        "What is the bid about?", hint="In a few words, as it should stand in lists. No names of people",
        needed="Say in a few words what the bid is about", limit=120,
    )  # fmt: skip
    asked = TextArea(
        "What do you ask for?", hint="Such as: arrest the holder and take the number out of use",
        needed="Say what you ask for", limit=LONGEST_WORDS, rows=3,
    )  # fmt: skip
    why = TextArea(
        "Why?", hint="The harm, and why now. Whoever decides, and whoever does the work, reads this",
        needed="Say why: the tasking meeting decides on that", limit=LONGEST_WORDS, rows=3,
    )  # fmt: skip
    child_at_risk = TextArea(
        "Is a child at risk? Say how you know",
        hint="Leave it blank if you know of none. No names. Work for a child goes first", limit=LONGEST_WORDS, rows=2,
    )  # fmt: skip
    pursue = TextArea(
        "Pursue", hint="What would be done against those who run it", limit=LONGEST_WORDS, rows=2
    )
    prevent = TextArea("Prevent", hint="What would keep people out of it", limit=LONGEST_WORDS, rows=2)
    protect = TextArea(
        "Protect", hint="What would keep people and homes safe from it", limit=LONGEST_WORDS, rows=2
    )
    prepare = TextArea(
        "Prepare", hint="What would lessen the harm when it comes", limit=LONGEST_WORDS, rows=2
    )
    tactics = ManyOf("Tactics", hint="Those that you think it needs", choices=_choices(TACTICS))
    officer_days = Text(
        "Officer-days", hint="The days of work of all officers together, as far as you can tell",
        needed="Enter the officer-days that you think it needs", check=_number, width="govuk-input--width-5",
    )  # fmt: skip
    numbers = ManyOf(
        "Numbers that go with the bid", hint="Those that your own body put on the line. The sides read them"
    )
    asked_body = Select("Body that should do it", hint="If you know", empty="Not known")
    level = OneOf(
        "Where should it be decided?", hint="At the lowest level that can do it",
        needed="Choose the level at which it should be decided", choices=_choices(LEVELS),
    )  # fmt: skip

    def rules(self) -> None:
        if not (self.pursue or self.prevent or self.protect or self.prepare):
            self.refuse("pursue", "Say what at least one of pursue, prevent, protect and prepare would do")

    @property
    def draft(self) -> BidDraft:
        """What the service takes."""
        return BidDraft(
            title=self.title, asked=self.asked, why=self.why, officer_days=int(self.officer_days), level=self.level,
            pursue=self.pursue, prevent=self.prevent, protect=self.protect, prepare=self.prepare, tactics=self.tactics,
            numbers=self.numbers, child_at_risk=self.child_at_risk, asked_body=self.asked_body,
        )  # fmt: skip


class SetAsideForm(Form):
    """Why a line asks for no bid now."""

    words = TextArea(
        "Why does it ask for no bid now?", hint="Kept for your body. Such as: another operation is under way",
        needed="Say why it asks for no bid", limit=LONGEST_WORDS, rows=3,
    )  # fmt: skip


class WordsForm(Form):
    """Why, or how, in words."""

    words = TextArea(
        "In your own words", hint="Every side of the bid reads this", needed="Say it in your own words",
        limit=LONGEST_WORDS, rows=3,
    )  # fmt: skip


class DeconflictForm(WordsForm):
    """What the desk makes of who else works on it."""

    outcome = OneOf(
        "What does it come to?", hint="From what you know, from the desks that you rang, and from other bids",
        needed="Choose what deconfliction came to", choices=_choices(OUTCOMES),
    )  # fmt: skip


class AssessForm(WordsForm):
    """How far work would get."""

    tractability = OneOf(
        "How far would work get?", hint="The same scale for every bid", needed="Choose how far work would get",
        choices=_choices(TRACTABILITY),
    )  # fmt: skip


class DeclineForm(WordsForm):
    """Why not, and where it goes from there."""

    reason = OneOf(
        "Why is it declined?", hint="Every side reads this", needed="Choose why it is declined",
        choices=_choices(REASONS),
    )  # fmt: skip
    route = OneOf(
        "Where should it go from here?", hint="The route of escalation: whoever decides reads it first",
        needed="Choose where it should go from here", choices=_choices(ROUTES),
    )  # fmt: skip


class OfferForm(WordsForm):
    """To whom the work is offered."""

    body = Select(
        "Which body?", hint="Of your level. To go further, refer the bid up", needed="Choose a body",
    )  # fmt: skip


class AcceptForm(Form):
    """Who answers for the work."""

    officer = Text(
        "Lead responsible officer",
        hint="Name and rank",
        needed="Enter the lead responsible officer",
        limit=120,
    )
    words = TextArea(
        "When and how?", hint="If there is something to say of it yet", limit=LONGEST_WORDS, rows=2
    )


class ResultForm(WordsForm):
    """What came of the work."""

    arrests = Text(
        "Arrests", hint="0 if none", needed="Enter how many", check=_number, width="govuk-input--width-4"
    )
    adults = Text(
        "Adults safeguarded",
        hint="0 if none",
        needed="Enter how many",
        check=_number,
        width="govuk-input--width-4",
    )
    children = Text(
        "Children safeguarded",
        hint="0 if none",
        needed="Enter how many",
        check=_number,
        width="govuk-input--width-4",
    )
    out_of_use = Text(
        "Numbers out of use",
        hint="0 if none",
        needed="Enter how many",
        check=_number,
        width="govuk-input--width-4",
    )
    closure = Select(
        "Is the line closed?", hint="As it stands on the register", empty=CLOSURES[""],
        choices=[Choice(value, text) for value, text in CLOSURES.items() if value],
    )  # fmt: skip
    found = ManyOf(
        "What does it show of the line?", choices=_choices(FOUND),
        hint="If anything. Each becomes evidence on the line, under a report in the words below, and its score moves",
    )  # fmt: skip
