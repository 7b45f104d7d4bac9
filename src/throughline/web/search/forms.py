"""What a person asks of search: the text, what it is narrowed to, and the name under which it is kept."""

from throughline.organisations.queries import body_cards
from throughline.search.asked import LONGEST
from throughline.search.narrowed import GROUPS, Narrowed
from throughline.web.fields import Choice, Day, Select, Text
from throughline.web.forms import Form
from throughline.web.reports.forms import STATES


class SearchForm(Form):
    """The one box."""

    text = Text(
        "What are you looking for?",
        hint="Words of a report, a name, a county line, or three letters or digits of a number, vehicle or e-mail",
        needed="Enter what you are looking for",
        limit=LONGEST,
        input_type="search",
        autocomplete="off",
    )


class NarrowForm(Form):
    """What the results are narrowed to."""

    group = Select("Kind of result", choices=[Choice(*group) for group in GROUPS.items()], empty="Every kind")
    owner = Select("Body", empty="Every body")
    state = Select(
        "State of reports", choices=[Choice(*state) for state in STATES.items()], empty="Every state"
    )
    since = Day(label="From", hint="Day of the intelligence, such as 27 3 2026")
    until = Day(label="To", hint="Such as 31 3 2026")

    def rules(self) -> None:
        if self.since and self.until and self.since > self.until:
            self.refuse("until", "The last day must not be before the first")

    @property
    def narrowed(self) -> Narrowed:
        """The answers; what could not be read is left open."""
        told = self.answers.get
        return Narrowed(told("group", ""), told("owner", ""), told("state", ""), told("since"), told("until"))


class SaveForm(Form):
    """The name under which a search is kept."""

    name = Text(
        "Name for this search",
        hint="You alone see it, such as: hostel in Norwich",
        needed="Give the search a name",
        limit=100,
    )


def owners() -> list[Choice]:
    """Every body, to choose one."""
    return [Choice(card.code, card.name) for card in body_cards().values()]
