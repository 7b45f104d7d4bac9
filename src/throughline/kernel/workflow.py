"""A workflow is a table of named moves; nothing else sets a state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, transaction

from throughline.kernel import clock
from throughline.kernel.outbox import Fact, announce


class Mover(Protocol):
    """Whoever makes a move: a signed-in reader."""

    @property
    def person(self) -> int: ...
    @property
    def name(self) -> str: ...
    def may(self, permission: str, /) -> bool: ...


_MOVE = """
with moved as (update {table} set state = %(after)s where id = any(%(ids)s) and state = %(before)s returning id)
insert into kernel_history (thing, thing_id, verb, before, after, by_person, by_name, at, why, bodies, compartment)
select %(thing)s, m.id, %(verb)s, %(before)s, %(after)s, %(person)s, %(name)s, %(at)s, %(why)s, r.bodies::smallint[],
       r.compartment
  from moved m join unnest(%(ids)s::bigint[], %(bodies)s::text[], %(compartments)s::smallint[])
    as r(id, bodies, compartment) using (id) order by m.id
"""
"""State and history in one statement: every body records and moves through it."""


class MoveRefused(Exception):
    """A move that the table, the person's role or the guard does not allow; the text says why."""


Guard = Callable[[Any], str | None]
"""Looks at the record; returns a sentence when the move must not be made yet."""


@dataclass(frozen=True, slots=True)
class Move:
    """``Move("grade", "received -> graded", needs=Permission.REPORT_GRADE)``"""

    verb: str
    path: str
    needs: str
    guard: Guard | None = None

    @property
    def before(self) -> str:
        return self.path.split(" -> ")[0]

    @property
    def after(self) -> str:
        return self.path.split(" -> ")[1]


@dataclass(frozen=True, slots=True)
class Workflow:
    """The life of one kind of thing: the states in which it may start, and every move it can make."""

    name: str
    table: str
    starts: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def start(self) -> str:
        """The usual first state: the first of ``starts``."""
        return self.starts[0]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which the table first names it."""
        named = [*self.starts, *(state for move in self.moves for state in (move.before, move.after))]
        return tuple(dict.fromkeys(named))

    def moves_open(self, *, by: Mover, state: str) -> list[str]:
        """The verbs that this person could use on a record in this state (guards are asked at the move)."""
        return [move.verb for move in self.moves if move.before == state and by.may(move.needs)]

    def make(self, verb: str, record: Any, *, by: Mover, why: str = "", fact: Fact | None = None) -> None:
        """Check state, permission and guard, then write state, history and fact in one transaction."""
        with transaction.atomic(savepoint=False):
            self.make_all(verb, [record], by=by, why=why)
            announce(*([fact] if fact else []))

    def make_all(self, verb: str, records: Sequence[Any], *, by: Mover, why: str = "") -> None:
        """The same move on many records at once: all are made or none is. Their facts are the caller's to announce."""
        at = clock.now()
        chosen = [self._allowed(verb, record, by) for record in records]
        with transaction.atomic(savepoint=False):
            for move in dict.fromkeys(chosen):
                moved = [r for r, m in zip(records, chosen, strict=True) if m == move]
                self._write(move, moved, by=by, why=why, at=at)

    def _allowed(self, verb: str, record: Any, by: Mover) -> Move:
        named = [move for move in self.moves if move.verb == verb]
        if not named:
            raise MoveRefused(f"There is no move called {verb!r} for a {self.name}.")
        for move in named:
            if move.before == record.state:
                return self._checked(move, record, by)
        raise MoveRefused(f"This {self.name} is {record.state}, so it cannot be moved by {verb!r}.")

    def _checked(self, move: Move, record: Any, by: Mover) -> Move:
        if not by.may(move.needs):
            raise MoveRefused(f"Your role does not let you {move.verb} a {self.name}.")
        trouble = move.guard(record) if move.guard else None
        if trouble:
            raise MoveRefused(trouble)
        return move

    def _write(self, move: Move, records: Sequence[Any], *, by: Mover, why: str, at: Any) -> None:
        table = connection.ops.quote_name(self.table)
        with connection.cursor() as cursor:
            cursor.execute(
                _MOVE.format(table=table),
                {
                    "ids": [record.pk for record in records], "before": move.before, "after": move.after,
                    "thing": self.name, "verb": move.verb, "person": by.person, "name": by.name, "at": at, "why": why,
                    "bodies": [f"{{{','.join(map(str, record.history_bodies()))}}}" for record in records],
                    "compartments": [record.history_compartment() for record in records],
                },
            )  # fmt: skip
            if cursor.rowcount != len(records):
                raise MoveRefused(f"Someone else has moved this {self.name} in the meantime. Look again.")
        for record in records:
            record.state = move.after

    def trigger_sql(self) -> str:
        """The database's own refusal of any state or move that the table does not name."""
        pairs = ", ".join(f"'{move.before}>{move.after}'" for move in self.moves)
        return (
            f"create or replace trigger {self.table}_moves before insert or update of state on {self.table} "
            f"for each row execute function kernel_enforce_moves('{self.name}', '{' or '.join(self.starts)}', {pairs});"
        )
