"""What a session remembers of a person: their number, so that a changed role counts at once, and when it was used."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.middleware.csrf import rotate_token

from throughline.access.addresses import address_of
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader
from throughline.access.sessions import end_lasted, ended_how, open_session, see_session
from throughline.kernel import clock
from throughline.web.request import Visit
from throughline.web.session.browser import browser_of

PERSON = "person"
BEGUN = "begun"
LONGEST = timedelta(hours=12)
"""However busy it is, a session lasts no longer than the longest shift."""
SEEN = "seen"
"""When the use of the session was last noted, which also lets it last longer. Noting costs writes, so it is seldom."""
NOTED_EVERY = timedelta(minutes=1)
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
    request.session[SEEN] = request.session[BEGUN] = clock.now().isoformat()
    with transaction.atomic():
        request.session.save()
        open_session(by=reader, key=key_of(request), address=address_of(request), browser=browser_of(request))


def key_of(request: Visit) -> str:
    """The key of this session, which opens it."""
    return request.session.session_key or ""


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
    reader = reader_numbered(number) if number else None
    return reader if reader and _is_noted(request, reader) else None


def _is_noted(request: Visit, reader: Reader) -> bool:
    """Note that the session is in use, unless that was done a moment ago. One that nobody could end is none."""
    seen = request.session.get(SEEN)
    if seen and clock.now() - datetime.fromisoformat(seen) < NOTED_EVERY:
        return True
    begun = request.session.get(BEGUN)
    if not begun or clock.now() - datetime.fromisoformat(begun) > LONGEST:
        end_lasted(by=reader, key=key_of(request))
        request.session.flush()
        return False
    if not see_session(by=reader, key=key_of(request)):
        request.session.flush()
        return False
    request.session[SEEN] = clock.now().isoformat()
    return True


def why_ended(request: Visit) -> str:
    """Of a browser that still shows the key of a session: how it was ended, or `time-out`; '' if it had none."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key is None or PERSON in request.session:
        return ""
    return ended_how(key) or "time-out"
