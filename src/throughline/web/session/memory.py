"""What a session remembers of a person: their number and nothing else, so that a changed role counts at once."""

from django.conf import settings
from django.middleware.csrf import rotate_token

from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader
from throughline.web.request import Visit

PERSON = "person"


def remember(request: Visit, reader: Reader) -> None:
    """Begin a session for this person under a fresh key, so that a key planted beforehand opens nothing."""
    request.session.flush()
    rotate_token(request)
    request.session[PERSON] = reader.person


def forget(request: Visit) -> None:
    """End the session: its row goes, and its key opens nothing any more."""
    request.session.flush()
    request.reader = None


def remembered(request: Visit) -> Reader | None:
    """The person of this session with the roles that they hold today; None when nobody is signed in."""
    number = request.session.get(PERSON)
    return reader_numbered(number) if number else None


def has_timed_out(request: Visit) -> bool:
    """Whether this browser had a session that has ended: it still shows the key of one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and PERSON not in request.session
