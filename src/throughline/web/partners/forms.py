"""What is asked of whoever discloses to a partner agency, and of the agency."""

from throughline.kernel.problems import LONGEST_WORDS
from throughline.safeguarding.law.sharing import agency_kinds, regimes
from throughline.web.fields import Choice, OneOf, Select, Text, TextArea
from throughline.web.forms import Form

_FULL = LONGEST_WORDS - 1


def _regime(says: str, source: str, *, is_unverified: bool) -> str:
    return f"{says} ({source}{'; not verified' if is_unverified else ''})"


class AgencyForm(Form):
    """A partner agency."""

    name = Text("Name of the agency", hint="With its team, such as an authority's children's services", limit=200,
                needed="Name the agency")  # fmt: skip
    kind = OneOf("What kind of agency is it?", hint="The nearest of these", needed="Choose what kind of agency it is",
                 choices=[Choice(key, name) for key, name in agency_kinds().items()])  # fmt: skip


class AgencyPersonForm(Form):
    """Who works for it."""

    username = Text("Username", hint="Of somebody with the role partner alone, whom an administrator added", limit=100,
                    needed="Enter the username")  # fmt: skip


class DiscloseForm(Form):
    """What is disclosed of a concern, and under what."""

    agency = Select("Agency", hint="Everybody with a log-in for it reads this", choices=[],
                    needed="Choose an agency from the list")  # fmt: skip
    words = TextArea("What is disclosed", hint="They read these words and nothing else of the concern. No more than "
                     "they need", limit=_FULL, rows=6, needed="Write what is disclosed")  # fmt: skip
    regime = OneOf(
        "Under which regime does the agency stand?", hint="The Data Protection Act 2018 has several",
        needed="Choose under which regime the agency stands",
        choices=[
            Choice(one.key, one.name, _regime(one.says, one.source, is_unverified=one.is_unverified))
            for one in regimes().values()
        ],
    )  # fmt: skip
    basis = TextArea("On which basis, and why is it necessary?", limit=_FULL, rows=3,
                     hint="The power or duty, such as Children Act 1989 s.47. Kept with it, and shown to the agency",
                     needed="Say on which basis, and why it is necessary")  # fmt: skip


class SendForm(Form):
    """What a partner agency tells the police."""

    words = TextArea("What do you want to tell?", limit=_FULL, rows=8, needed="Write what you want to tell",
                     hint="Who worries you, what was seen or heard, when and where, how you are reached")  # fmt: skip


class AnswerForm(Form):
    """The answer to an agency."""

    answer = TextArea("Your answer", hint="The agency reads it. To disclose something of a concern, use its page",
                      limit=_FULL, rows=4, needed="Write your answer: the agency reads it")  # fmt: skip
    concern = Text("Concern that was raised from it", hint="Its reference, if there is one. The agency does not see it",
                   limit=20, width="govuk-input--width-20")  # fmt: skip
