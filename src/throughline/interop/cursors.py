"""Places in a feed that are given out and taken back, and tell nobody what they hold."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class UnknownPlace(ValueError):
    """A cursor that was not given out here."""


def _cipher(feed: str) -> Fernet:
    """A running number would tell how much others hold, so a place is shown to nobody as it is."""
    return Fernet(base64.urlsafe_b64encode(sha256(f"{feed} {settings.SECRET_KEY}".encode()).digest()))


def sealed(feed: str, *place: object) -> str:
    """A place of one feed, in words without spaces, as a cursor."""
    return _cipher(feed).encrypt(" ".join(map(str, place)).encode()).decode().rstrip("=")


def opened(feed: str, cursor: str) -> list[str]:
    """The words of a place; raises UnknownPlace for a cursor that this feed did not give out."""
    try:
        return _cipher(feed).decrypt((cursor + "=" * (-len(cursor) % 4)).encode()).decode().split()
    except InvalidToken as problem:
        raise UnknownPlace("This cursor was not given out here. Begin without one.") from problem
