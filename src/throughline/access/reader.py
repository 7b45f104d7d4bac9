"""Who is reading: a frozen picture of one person, and the key that opens the database to them."""

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from throughline.access.permissions import NO_CLEARANCE, Permission, Role

Args = ParamSpec("Args")
Result = TypeVar("Result")


class NotAllowed(Exception):
    """The person's role does not let them do this; the text says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A person as the database knows them for the length of one transaction."""

    person: int
    username: str
    name: str
    body: int
    body_code: str
    body_name: str
    roles: frozenset[Role] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    clearance: int = NO_CLEARANCE
    conditions: int = 0
    compartments: tuple[int, ...] = ()
    teams: tuple[int, ...] = field(default=())

    def may(self, permission: str, /) -> bool:
        """Whether a role of this person's carries the permission (what they may *know* is asked elsewhere)."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the person may do this."""
        if not self.may(permission):
            raise NotAllowed(f"Your role does not let you do this ({permission}). Ask your administrator.")


_NAMES = ("person", "name", "body", "clearance", "conditions", "compartments", "teams", "permissions")
SET_READER = "select " + ", ".join(f"set_config('tl.{name}', %s, true)" for name in _NAMES)
_KEPT = ", ".join(f"coalesce(current_setting('tl.{name}', true), '')" for name in _NAMES)
_SET_AND_KEEP = f"with kept as materialized (select array[{_KEPT}] as old) {SET_READER}, old from kept"  # noqa: S608 our names
"""The same in one statement with what was set before."""


def reader_settings(reader: Reader) -> tuple[str, ...]:
    """The values that SET_READER takes, in its order."""
    return (
        str(reader.person), reader.name, str(reader.body), str(reader.clearance), str(reader.conditions),
        _array(reader.compartments), _array(reader.teams), json.dumps(sorted(reader.permissions)),
    )  # fmt: skip


def _array(numbers: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """One transaction in which the database shows what this reader may know, and nothing else.

    The settings are local to the transaction, so a pooled connection never carries a reader over. When readings
    nest, the outer reader is put back.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SET_AND_KEEP, reader_settings(reader))
        before = tuple(cursor.fetchone()[-1])
        yield
        cursor.execute(SET_READER, before)


def writes(service: Callable[Args, Result]) -> Callable[Args, Result]:
    """Run a service in one transaction that says who is acting (its ``by``): the row-level security key."""

    @functools.wraps(service)
    def in_one_transaction(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        by = kwargs["by"]
        assert isinstance(by, Reader)  # noqa: S101 a programming fault, not input
        with reading(by):
            return service(*args, **kwargs)

    return in_one_transaction
