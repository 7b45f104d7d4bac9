"""Of whom a person asks what they would see."""

from throughline.access.permissions import Role
from throughline.web.fields import Choice, Select
from throughline.web.forms import Form


class SupposeForm(Form):
    """A body and a role in it."""

    body = Select(
        "Body", hint="Of the person you have in mind", needed="Choose a body", empty="Choose a body"
    )
    role = Select(
        "Role",
        hint="What they do there",
        needed="Choose a role",
        choices=[Choice(role.value, role.value.capitalize()) for role in Role],
        empty="Choose a role",
    )
