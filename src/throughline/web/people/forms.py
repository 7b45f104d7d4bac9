"""What is asked of an administrator: whom to find, whom to add, and which roles someone is to hold."""

from throughline.access.passwords import SHORTEST_PASSWORD
from throughline.access.permissions import ROLE_SUMMARY, Role
from throughline.access.provider import LONGEST_SUBJECT
from throughline.access.services import LONGEST_USERNAME
from throughline.matching.answering import LONGEST_DAYS
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Password, Text, Wrong
from throughline.web.forms import Form

LONGEST_NAME = 200
LONGEST_REASON = 500
ROLES = [Choice(role.value, role.value.capitalize(), hint=ROLE_SUMMARY[role]) for role in Role]


class FindForm(Form):
    """Part of a name or username."""

    text = Text("Name or username", hint="A part of either will do", limit=LONGEST_NAME)


class AddForm(Form):
    """A new person: the log-in and the roles."""

    name = Text(
        "Full name",
        hint="As colleagues know them, without rank",
        needed="Enter the full name",
        limit=LONGEST_NAME,
    )
    username = Text(
        "Username",
        hint="Without spaces, such as j.smith@norf. It cannot be changed later.",
        needed="Enter a username",
        limit=LONGEST_USERNAME,
        autocomplete="off",
    )
    password = Password(
        label="First password",
        hint=f"At least {SHORTEST_PASSWORD} characters. Three words that do not belong together do well.",
        needed="Enter a first password",
        autocomplete="new-password",
    )
    roles = ManyOf(
        label="Roles", hint="Choose all that fit the work", needed="Choose at least one role", choices=ROLES
    )


class CodeForm(Form):
    """Why the second factor is taken from someone."""

    why = Text(
        "Why?", hint="Kept in the journal, such as: lost their phone, seen in person", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


class SignOnForm(Form):
    """By which subject the single sign-on knows someone, and why that is kept."""

    subject = Text(
        "Subject at the single sign-on",
        hint="As the page shows it to them. Empty: their account opens by no single sign-on any more.",
        limit=LONGEST_SUBJECT,
        autocomplete="off",
    )
    why = Text(
        "Why?", hint="Kept in the journal, such as: read it to me in person", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


class PasswordForm(Form):
    """A new first password for someone, and why."""

    password = Password(
        label="New first password",
        hint=f"At least {SHORTEST_PASSWORD} characters. Hand it over in person; they change it under their account.",
        needed="Enter a new first password",
        autocomplete="new-password",
    )
    why = Text(
        "Why?", hint="Kept in the journal, such as: forgot it, seen in person", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


class LeaveForm(Form):
    """Why someone's account is closed."""

    why = Text(
        "Why?", hint="Kept in the journal, such as: moved to another force", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


class SessionsForm(Form):
    """Which sessions of someone are ended, and why."""

    sessions = ManyOf(
        label="Sessions to end", hint="Whoever uses one has to sign in again. What they had just typed may be lost.",
        needed="Choose at least one session",
    )  # fmt: skip
    why = Text(
        "Why?", hint="Kept in the journal, such as: left a computer unlocked at a station", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


class RolesForm(Form):
    """The roles someone is to hold from now on, and why."""

    roles = ManyOf(
        label="Roles from now on",
        hint="With none chosen the person can sign in and do nothing else.",
        choices=ROLES,
    )
    why = Text(
        "Why do the roles change?",
        hint="Kept in the journal, such as: joined the intelligence desk",
        needed="Say why the roles change: it is kept in the journal",
        limit=LONGEST_REASON,
    )


class WishForm(Form):
    """A second administrator's answer to roles that wait."""

    answer = OneOf(
        label="Are they to have these roles?", hint="From today, if you agree",
        needed="Choose whether you agree",
        choices=[Choice("agree", "Agree"), Choice("decline", "Decline")],
    )  # fmt: skip
    why = Text(
        "Why?", hint="Kept in the journal, such as: I asked their supervisor", needed="Say why",
        limit=LONGEST_REASON,
    )  # fmt: skip


def _days(text: str) -> None:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LONGEST_DAYS):
        raise Wrong(f"Enter a number of working days from 1 to {LONGEST_DAYS}")


class AnswerTimesForm(Form):
    """How long every body has to answer a hit, and why that changes."""

    ordinary = Text(
        "Working days for a hit", hint="From the day it is told, such as 5",
        needed="Enter the working days for a hit", check=_days,
        width="govuk-input--width-3", limit=9,
    )  # fmt: skip
    urgent = Text(
        "Working days for a rare hit",
        hint="A telling value, such as a number, seen once in each of two bodies",
        needed="Enter the working days for a rare hit",
        check=_days,
        width="govuk-input--width-3",
        limit=9,
    )
    why = Text(
        "Why does it change?", hint="Kept in the journal", needed="Say why: it is kept in the journal",
        limit=LONGEST_REASON,
    )  # fmt: skip


class StateRuleForm(Form):
    """From when a national identifier joins records of the body, and why."""

    starts_on = Day(
        label="From which day?", hint="Today or later, such as 1 4 2027",
        needed="Enter the day from which the rule holds",
    )  # fmt: skip
    why = Text(
        "Why does your body join by identifier?",
        hint="Shown as the reason of each join, such as: identifiers are checked at the custody desk",
        needed="Say why: it is shown as the reason of each join",
        limit=LONGEST_REASON,
    )


class EndRuleForm(Form):
    """From when it joins none any more, and why."""

    ends_on = Day(
        label="From which day not any more?", hint="Today or later, such as 1 4 2027",
        needed="Enter the day on which the rule ends",
    )  # fmt: skip
    why = Text(
        "Why does the rule end?", hint="Kept in the journal", needed="Say why: it is kept in the journal",
        limit=LONGEST_REASON,
    )  # fmt: skip
