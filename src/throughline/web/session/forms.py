"""What a person types to sign in."""

from throughline.access.reader import Reader
from throughline.access.services import SignInRefused, sign_in
from throughline.web.fields import Password, Text
from throughline.web.forms import Form


class SignInForm(Form):
    """A username and a password; once valid, `reader` is who they belong to."""

    username = Text(
        "Username", needed="Enter your username", autocomplete="username", width="govuk-input--width-20"
    )
    password = Password(label="Password", needed="Enter your password")
    reader: Reader

    def rules(self) -> None:
        try:
            self.reader = sign_in(username=self.username, password=self.password)
        except SignInRefused as refused:
            self.refuse("username", str(refused))
