"""Visiting pages as someone, without a browser."""

import html
import re
from typing import Any

from django.test import Client

from throughline.access.services import CAST_PASSWORD


def visitor(username: str, **options: Any) -> Client:
    """A client of someone who has just signed in."""
    client = Client(**options)
    sent = client.post("/sign-in", {"username": username, "password": CAST_PASSWORD})
    assert sent.status_code == 302, sent.content.decode()
    return client


def words_of(response: Any) -> str:
    """What the main part of a page says, its markup taken off and its spaces run together."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", "<main" + main)).split())
