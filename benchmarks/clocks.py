"""How long the wall gathers its rows from 10,000 clocks that run: `.venv/bin/python -m benchmarks.clocks`."""

import statistics
import sys
import time

from benchmarks.instance import as_owner, benched

COUNT, LOOKS = 10_000, 9
_SEED = """
with marking as (
  insert into access_marking (owner, released, classification, handling, action, sanitisation, instructions, conditions,
                              everyone, bodies, people, teams, compartment, silent)
  select id, true, 1, 'P', '', '', '', 0, false, '{}', '{}', '{}', 0, false from organisations_body where code = 'NORF'
  returning id, owner)
insert into clocks_clock (marking_id, owner, released, classification, conditions, everyone, bodies, people, teams,
                          compartment, silent, ref, term, name, basis, is_unverified, unit, length, nation, warn_hours,
                          thing, thing_ref, part, what, needs, escalates, start_event, started_at, due_at, pause_basis,
                          paused_why, pauses, made_by, made_at, ended_how, ended_why, ended_by)
select m.id, m.owner, true, 1, 0, false, '{}', '{}', '{}', 0, false, 'CL-' || n, 'test ' || n %% 7, 'A duty ' || n %% 7,
       'A source', false, 'days', 5, 'ENG', '{24}', 'order', 'CO-' || n, '', 'The thing ' || n, 'order:read', '',
       'It began', now() - interval '3 days', now() + (n - 2000) * interval '1 minute',
       '', '', '{}', 'Somebody', now(), '', '', ''
  from marking m, generate_series(1, %s) n
"""


def main() -> None:
    """Gather again and again as somebody who may know every clock, and print the median and the slowest."""
    with benched(None):
        from throughline.access.queries import reader_named  # noqa: PLC0415 needs the settings
        from throughline.access.services import load_cast  # noqa: PLC0415 needs the settings
        from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415 needs the settings
        from throughline.web.clocks.sources import all_clocks  # noqa: PLC0415 needs the settings

        load_reference_bodies()
        load_cast()
        with as_owner() as owner:
            owner.execute(_SEED, [COUNT])
            owner.execute("analyze")
        reader = reader_named("orders@norf")
        for kind in ("", "test 3"):
            took, found = [], 0
            for _ in range(LOOKS):
                begun = time.perf_counter()
                found = len(all_clocks(reader, kind=kind))
                took.append(1000 * (time.perf_counter() - begun))
            said = f"median {statistics.median(took):.0f} ms, slowest {max(took):.0f} ms"
            sys.stdout.write(f"{kind or 'every kind'}: {found} of {COUNT} clocks, {said}\n")


if __name__ == "__main__":
    main()
