"""What is asked when a record is reviewed, held or disposed of."""

from throughline.retention.groups import REASONS, groups
from throughline.retention.services import LONGEST
from throughline.web.fields import Choice, Day, OneOf, Text, TextArea
from throughline.web.forms import Form


class WhyForm(Form):
    """A reason."""

    why = TextArea(
        "Why?", hint="Kept in the history of the review. Such as: still at large, and named in a live investigation",
        needed="Give your reason", limit=LONGEST, rows=3,
    )  # fmt: skip


class GroupForm(WhyForm):
    """The group whose periods count, with the reason."""

    group = OneOf(
        label="Which group is it in?",
        hint="The highest that fits what the report is about",
        needed="Choose a group",
        choices=[Choice(one.key, one.name, hint=one.covers) for one in groups().values()],
    )


class DisposeForm(Form):
    """Why it should go. Chosen and never typed: a certificate must not repeat what is gone."""

    reason = OneOf(
        label="Why should it be disposed of?",
        hint="The certificate says this, and nothing of the content",
        needed="Choose a reason",
        choices=[Choice(key, words) for key, words in REASONS.items()],
    )


class ConfirmForm(Form):
    """Nothing is asked: whoever sends it has read what goes."""


class HoldForm(Form):
    """A hold: who asked for it, why, and until when."""

    asked_by = Text(
        "Who asked for it?", hint="Such as a court, a public inquiry or the Commissioner",
        needed="Say who asked for it", limit=200,
    )  # fmt: skip
    why = TextArea(
        "Why?",
        hint="Such as: evidence in a trial that has not ended",
        needed="Give your reason",
        limit=LONGEST,
        rows=3,
    )
    until = Day(label="Until when?", hint="The last day; leave it empty if it stands until it is lifted")
