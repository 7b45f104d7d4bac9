"""What a session remembers of a person: their number and nothing else, so that a changed role counts at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.middleware.csrf import rotate_token

from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.web.request import Visit

PERSON = "person"
HALF, SINCE = "half", "since"
"""Someone who has given a password and not yet the code; and since when."""
MUST_SET_UP = "must-set-up"
TIME_FOR_CODE = timedelta(minutes=5)


def remember(request: Visit, reader: Reader, *, has_code: bool) -> None:
    """Begin a session for this person under a fresh key, so that a key planted beforehand opens nothing."""
    request.session.flush()
    rotate_token(request)
    request.session[PERSON] = reader.person
    if settings.SECOND_FACTOR_REQUIRED and not has_code:
        request.session[MUST_SET_UP] = True


def must_set_up(request: Visit) -> bool:
    """Whether this instance asks everyone for a second factor, and this person has none yet."""
    return MUST_SET_UP in request.session


def has_set_up(request: Visit) -> None:
    """The second factor is on: every page is open again."""
    request.session.pop(MUST_SET_UP, None)


def remember_half(request: Visit, reader: Reader) -> None:
    """A password was right; a code is asked for next, within five minutes. Nobody is signed in yet."""
    request.session.flush()
    rotate_token(request)
    request.session[HALF], request.session[SINCE] = reader.person, clock.now().isoformat()


def half_remembered(request: Visit) -> Reader | None:
    """Whose code is asked for; None when nobody's, or when it took too long."""
    number, since = request.session.get(HALF), request.session.get(SINCE, "")
    if not number or clock.now() - datetime.fromisoformat(since) > TIME_FOR_CODE:
        return None
    return reader_numbered(number)


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
