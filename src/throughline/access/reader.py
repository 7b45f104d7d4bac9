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


SET_READER = """
select set_config('tl.person', %s, true), set_config('tl.name', %s, true), set_config('tl.body', %s, true),
       set_config('tl.clearance', %s, true), set_config('tl.conditions', %s, true),
       set_config('tl.compartments', %s, true), set_config('tl.teams', %s, true),
       set_config('tl.permissions', %s, true)
"""
NOBODY = ("", "", "", "", "", "", "", "")


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
        cursor.execute(
            "select coalesce(current_setting('tl.' || k, true), '') from unnest(array['person', 'name', 'body', "
            "'clearance', 'conditions', 'compartments', 'teams', 'permissions']) with ordinality as t(k, n) order by n"
        )
        before = tuple(row[0] for row in cursor.fetchall())
        cursor.execute(SET_READER, reader_settings(reader))
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
