"""Who may know a hit: the clauses from which its policy is made, and the same asked of supposed readers."""

from throughline.access.rule import SUPPOSED, Clause, supposed

_IN_IT = "(compartment_{s} = 0 or compartment_{s} = any((select tl_compartments())::smallint[]))"


def _own_side(condition: str) -> str:
    """A condition on the side of the reader's own body, whichever of the two it is."""
    sides = (f"body_{s} = (select tl_body()) and {condition.format(s=s)}" for s in "ab")
    return f"({' or '.join(f'({side})' for side in sides)})"


CLEARED = Clause("cleared", "(select tl_clearance()) >= 0", "The reader's role reads intelligence.")
SIDE = Clause("side", _own_side("true"), "The reader's own body is one of the two that hold it.")
TOLD = Clause("told", _own_side("told_{s}"), "Their body is told: the other side keeps no silence over it.")
CIRCLE = Clause(
    "circle", _own_side(_IN_IT), "Their body's side is in no closed compartment, or they are on its list."
)
HIT_CLAUSES = (CLEARED, SIDE, TOLD, CIRCLE)


def hit_policy() -> str:
    """The policy of a hit: every clause holds."""
    return " and ".join(clause.sql for clause in HIT_CLAUSES)


def who_can_see_hit_sql() -> str:
    """The function that asks the clauses of a hit of supposed readers.

    Of the other body it does not say who is on whose list: that is the other body's to know.
    """
    clauses = [
        clause.sql if clause is not CIRCLE else f"(s.body <> tl_body() or {clause.sql})"
        for clause in HIT_CLAUSES
    ]
    columns = ", ".join(f"coalesce({supposed(sql)}, false)" for sql in clauses)
    names = ", ".join(f"{clause.name} boolean" for clause in HIT_CLAUSES)
    return f"""
drop function if exists matching_who_can_see(text, jsonb);
-- Purpose: to say who could know a hit of the present reader's own body, for people who know it and for auditors.
create function matching_who_can_see(p_ref text, p_readers jsonb) returns table (may_know boolean, {names})
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce({" and ".join(map(supposed, clauses))}, false), {columns}
    from matching_hit h cross join {SUPPOSED}
   where h.ref = p_ref and (coalesce({hit_policy()}, false)
     or (tl_may('journal:read') and {SIDE.sql} and {TOLD.sql}))
   order by s.place $$;
"""  # noqa: S608
