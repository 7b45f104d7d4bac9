"""What a person types to sign in."""

from throughline.access.reader import Reader
from throughline.access.signing_in import SignInRefused, enter_code, sign_in
from throughline.web.fields import Password, Text
from throughline.web.forms import Form


class SignInForm(Form):
    """A username and a password; once valid, `reader` is who they belong to, and `waits` whether a code is asked."""

    username = Text(
        "Username", needed="Enter your username", autocomplete="username", width="govuk-input--width-20"
    )
    password = Password(label="Password", needed="Enter your password")
    reader: Reader
    waits: bool

    def rules(self) -> None:
        try:
            self.reader, self.waits = sign_in(username=self.username, password=self.password)
        except SignInRefused as refused:
            self.refuse("username", str(refused))


class CodeForm(Form):
    """A one-time code of the person who has just given their password."""

    code = Text(
        "Code from your app",
        hint="Six digits. If you have lost your phone, type one of your spare codes.",
        needed="Enter the code that your app shows now",
        autocomplete="one-time-code",
        width="govuk-input--width-10",
        limit=40,
    )
    reader: Reader

    def rules(self) -> None:
        try:
            enter_code(reader=self.reader, code=self.code)
        except SignInRefused as refused:
            self.refuse("code", str(refused))
