"""The door of a machine: which token it shows, what that lets it do, and how often it may ask."""

import base64
import binascii
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest
from ninja.security import HttpBearer

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.machines import reader_with_token
from throughline.access.pace import Limit, TooOften, spend
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.interop.problems import Problem

ASKS = Limit("machine", 3000, timedelta(minutes=15))
CHECKS = Limit("check", 300, timedelta(minutes=15))
REFUSALS = Limit("token", 100, timedelta(minutes=15))
"""The figures are ours. A machine checks no faster than a person may, and reads about three pages a second."""


class Asked(HttpRequest):
    """A request of a machine that was let in."""

    auth: Reader


class Machine(HttpBearer):
    """Lets a machine in that shows a token with one scope."""

    openapi_description = (
        "A token of the client credentials of RFC 6749, section 4.4. Scopes are permissions."
    )

    def __init__(self, needs: Permission | None = None) -> None:
        super().__init__()
        self.needs = needs

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The machine as a reader; None where the token opens nothing.

        Raises:
            Problem: it asked too often, or the token is not for this.
        """
        reader = reader_with_token(token)
        if reader is None:
            return None
        keep_pace(reader, ASKS)
        if self.needs and not reader.may(self.needs):
            raise Problem(
                HTTPStatus.FORBIDDEN, f"This token is not for {self.needs}.",
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{self.needs}"'},
            )  # fmt: skip
        return reader


def keep_pace(reader: Reader, limit: Limit) -> None:
    """Count one use; raises a problem that says how long to wait once there were too many."""
    if held_up := spend(limit, who=reader.username, by=reader):
        raise too_often(held_up, f"Too many in a short time. Ask again in {held_up.seconds} seconds.")


def too_often(held_up: TooOften, sentence: str) -> Problem:
    """429: with how long to wait."""
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence, headers={"Retry-After": str(held_up.seconds)})


def note_refusal(request: HttpRequest, reader: Reader) -> None:
    """Journal that a machine was refused what it asked for, by the name of the address."""
    with reading(reader):
        journal.note(
            Verb.REFUSE, "machine", why=request.resolver_match.view_name if request.resolver_match else ""
        )


def credentials(request: HttpRequest) -> tuple[str, str] | None:
    """What HTTP Basic says, each part encoded as in a form (RFC 6749, section 2.3.1)."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client), unquote_plus(secret)
