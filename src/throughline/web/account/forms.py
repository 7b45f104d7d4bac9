"""What a person is asked about their own account."""

from throughline.access.passwords import SHORTEST_PASSWORD
from throughline.access.permissions import Role
from throughline.access.services import LONGEST_USERNAME
from throughline.web.fields import Choice, Day, ManyOf, Password, Text
from throughline.web.forms import Form


class CodeForm(Form):
    """One code from the app."""

    code = Text(
        "Code from your app", hint="Six digits", needed="Enter the code that your app shows now",
        autocomplete="one-time-code", width="govuk-input--width-10", limit=40,
    )  # fmt: skip


class PasswordForm(Form):
    """The present password and the one to come."""

    current = Password(
        label="Present password", hint="The one that you signed in with", needed="Enter your present password",
        autocomplete="current-password",
    )  # fmt: skip
    password = Password(
        label="New password",
        hint=f"At least {SHORTEST_PASSWORD} characters. Three words that do not belong together do well.",
        needed="Enter a new password",
        autocomplete="new-password",
    )


class StandInForm(Form):
    """Which roles go to whom, until when, and why."""

    roles = ManyOf(
        label="Which of your roles?",
        hint="Those that your colleague needs while you are away",
        needed="Choose at least one of your roles",
    )
    username = Text(
        "Username of your colleague", hint="Someone of your own body, such as analyst@norf",
        needed="Enter the username of a colleague", limit=LONGEST_USERNAME, autocomplete="off",
        width="govuk-input--width-20",
    )  # fmt: skip
    last_day = Day(
        label="Last day", hint="The roles end by themselves after this day, which is at most 60 days ahead",
        needed="Enter the last day",
    )  # fmt: skip
    why = Text("Why?", hint="Kept in the journal, such as: on leave", needed="Say why", limit=200)


def choices_of(roles: frozenset[Role]) -> dict[str, list[Choice]]:
    """The roles that this person may lend."""
    return {"roles": [Choice(role.value, role.value.capitalize()) for role in Role if role in roles]}
