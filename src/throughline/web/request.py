"""What a request carries here, beyond what Django puts on it."""

from django.http import HttpRequest

from throughline.access.reader import Reader


class Visit(HttpRequest):
    """Any request: with the nonce of its page, and its reader if someone is signed in."""

    nonce: str
    reader: Reader | None


class Request(Visit):
    """A request behind the sign-in: there is always a reader."""

    reader: Reader


def posted(request: HttpRequest, name: str) -> str:
    """What was sent under a name that a view reads without a form; nothing where it holds NUL, as no text here does."""
    text = request.POST.get(name, "")
    return "" if "\0" in text else text
