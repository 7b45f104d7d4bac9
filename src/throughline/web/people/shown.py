"""A person as the list and the page of their roles show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.queries import PersonCard
from throughline.access.reader import Reader
from throughline.access.sessions import SessionCard
from throughline.web.fields import Choice
from throughline.web.words import moment


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list; `href` leads to where the roles are changed, or the account is opened again, or is ''."""

    username: str
    name: str
    roles: tuple[str, ...]
    is_active: bool
    is_self: bool
    href: str


@dataclass(frozen=True, slots=True)
class Whom:
    """The person whose roles stand on a page."""

    username: str
    name: str
    is_self: bool


def choices_of(cards: Sequence[SessionCard]) -> list[Choice]:
    """The open sessions of a person, to choose from."""
    return [
        Choice(
            card.ref,
            f"{card.browser}, from {card.address or 'an address not known'}{' (this one)' if card.is_this else ''}",
            hint=f"Signed in on {moment(card.begun_at)}, last used on {moment(card.seen_at)}",
        )
        for card in cards
    ]


def rows_of(reader: Reader, cards: Sequence[PersonCard]) -> list[PersonRow]:
    """The lines of the list."""
    return [_row(reader, card) for card in cards]


def _row(reader: Reader, card: PersonCard) -> PersonRow:
    is_self = card.username == reader.username
    may_change = reader.may(Permission.PERSON_MANAGE) and not is_self
    roles = tuple(role.capitalize() for role in card.roles)
    to = "person-roles" if card.active else "person-return"
    href = reverse(to, args=[card.username]) if may_change else ""
    return PersonRow(card.username, card.name, roles, card.active, is_self, href)


def next_address(text: str, following: str) -> str:
    """The list under the same search, from after this username."""
    query = QueryDict(mutable=True)
    if text:
        query["text"] = text
    query["after"] = following
    return f"{reverse('people')}?{query.urlencode()}"
