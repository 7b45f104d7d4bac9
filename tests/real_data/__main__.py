"""``python -m tests.real_data``: load each data set on a fresh database, compare, and print the figures as JSON."""

import json
import os
import sys
import tempfile
from pathlib import Path

import django
from django.db import connections

from tests.instance import Instance, fresh_instance, make_template
from tests.real_data.cases import CASES, Case
from tests.real_data.found import assert_as_calculated, keys_of
from tests.real_data.loading import load_forces, row_counts
from tests.real_data.tables import POLE, ST_LOUIS, absent


def main() -> int:
    """Print one object for each case; any difference from the calculation ends the run."""
    if reason := absent(ST_LOUIS, POLE):
        print(reason, file=sys.stderr)  # noqa: T201 a command speaks
        return 1
    prepare_instances()
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder, fresh_instance(Path(folder)) as instance:
            print(json.dumps(_figures(instance, case)), flush=True)  # noqa: T201 a command answers
    return 0


def prepare_instances() -> None:
    """Make a database with the cast in it, to clone instances of."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
    django.setup()
    from throughline.access.services import load_cast  # noqa: PLC0415 Django must be up first
    from throughline.config.database import prepare  # noqa: PLC0415
    from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

    prepare()
    load_reference_bodies()
    load_cast()
    connections.close_all()
    make_template()


def _figures(instance: Instance, case: Case) -> dict[str, object]:
    reports, answer = case.reports(), case.answer()
    keys = keys_of(answer, case.named)
    first = load_forces(instance, reports)
    assert_as_calculated(instance, answer, case.forces, keys)
    counts = row_counts(instance)
    again = load_forces(instance, reports)
    after = row_counts(instance)
    return {
        "data": case.name,
        "forces": len(case.forces),
        "rows": first.total("read"),
        "reports": first.total("reports"),
        "selectors": len(keys),
        "sightings": answer.sightings.total(),
        "hits": len(answer.hits),
        "hits equal the calculation": True,
        "seconds": round(first.seconds, 1),
        "reports a second, with matching": round(first.total("reports") / first.seconds),
        "unchanged at the second load": again.total("unchanged"),
        "seconds of the second load": round(again.seconds, 1),
        "tables that the second load changed": [
            name for name in counts if counts[name] != after[name] and not name.startswith("access_journal")
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
