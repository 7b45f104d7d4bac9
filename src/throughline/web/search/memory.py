"""What was typed, kept in the session: addresses stay in logs and histories, and hold only a random word for it."""

import secrets

from throughline.web.request import Visit

SEARCHES = "searches"
KEPT = 20
"""So many are kept; the oldest goes first."""


def keep(request: Visit, text: str) -> str:
    """Keep what was typed and give the word that stands for it in addresses."""
    kept: dict[str, str] = request.session.get(SEARCHES, {})
    for word, typed in kept.items():
        if typed == text:
            return word
    word = secrets.token_urlsafe(9)
    request.session[SEARCHES] = dict([*kept.items(), (word, text)][-KEPT:])
    return word


def kept(request: Visit, word: str) -> str:
    """What was typed under this word; '' when this session keeps nothing under it."""
    searches: dict[str, str] = request.session.get(SEARCHES, {})
    return searches.get(word, "")
