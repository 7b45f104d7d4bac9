"""``python -m benchmarks.linkage_bias``: who bears the errors of linkage, on invented people of six origins of name.

As many people of each origin and sex, their records written with the errors that were measured on published data, the
same for all: what differs is what the model makes of the names. With ``--to`` the records and their truth are written
as files for ``throughline link evaluate``.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from throughline.matching.linkage.evaluating import Evaluation, evaluate
from throughline.simulation.errors import MEASURED, write_born, write_name, write_postcode
from throughline.simulation.names import ORIGINS, invent_of

SEED = 1965
EACH, MOST_RECORDS = 250, 4
"""People of each origin and sex, and records of one person at most."""
Row = dict[str, str]


def people() -> tuple[list[Row], list[str]]:
    """The records, and of each who it is of."""
    dice = np.random.default_rng(SEED)
    rows, truth = list[Row](), list[str]()
    for origin in ORIGINS:
        for sex in ("female", "male"):
            for number in range(EACH):
                for row in _records(dice, origin, sex):
                    rows.append(row | {"record_id": str(len(rows)), "name_origin": origin, "gender": sex})
                    truth.append(f"{origin} {sex} {number}")
    return rows, truth


def _records(dice: np.random.Generator, origin: str, sex: str) -> Iterator[Row]:
    born = date(1950, 1, 1) + timedelta(days=int(dice.integers(0, 365 * 58)))
    given, family = invent_of(dice, origin, sex, born.year)
    postcode = _postcode(dice)
    for _ in range(int(dice.integers(1, MOST_RECORDS + 1))):
        written = write_name(dice, given, family, care=MEASURED)
        yield {
            "given_name": written[0], "surname": written[1],
            "date_of_birth": write_born(dice, born, care=MEASURED),
            "postcode": write_postcode(dice, postcode, lambda: _postcode(dice), care=MEASURED),
        }  # fmt: skip


def _postcode(dice: np.random.Generator) -> str:
    return f"NR{dice.integers(1, 30)} {dice.integers(1, 10)}{''.join(dice.choice(list('ABDEFGHJ'), 2))}"


def evaluated() -> Evaluation:
    """The linkage of these records beside their truth. Neither sex nor origin is linked on."""
    rows, truth = people()
    hidden = ("record_id", "name_origin", "gender")
    linked = [{name: value for name, value in row.items() if name not in hidden} for row in rows]
    return evaluate(linked, truth, kinds={by: [row[by] for row in rows] for by in ("gender", "name_origin")})


def bias_figures() -> Iterator[Figure]:
    """B-cubed F1 in all and for each kind, with what is wrongly joined and missed."""
    found = evaluated()
    yield Figure("invented people of six origins: B-cubed F1", "", found.bcubed.f1 or 0.0,
                 note=f"{found.records:,} records")  # fmt: skip
    for by, kinds in found.by.items():
        for kind, one in kinds.items():
            joined, missed = 1 - (one.measure.precision or 0), 1 - (one.measure.recall or 0)
            yield Figure(f"of them, {by.replace('_', ' ')} {kind}: B-cubed F1", "", one.measure.f1 or 0.0,
                         found.bcubed.f1, "all", note=f"wrongly joined {joined:.4f}, missed {missed:.4f}")  # fmt: skip


def main() -> int:
    """Write the files, or measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage_bias", description=__doc__)
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write people.csv and truth.csv here instead"
    )
    chosen = parser.parse_args()
    if chosen.to:
        rows, truth = people()
        chosen.to.mkdir(parents=True, exist_ok=True)
        with (chosen.to / "people.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        told = "".join(f"{row['record_id']},{person}\n" for row, person in zip(rows, truth, strict=True))
        (chosen.to / "truth.csv").write_text(f"record_id,person\n{told}", encoding="utf-8")
        return 0
    for figure in bias_figures():
        sys.stdout.write(f"{figure.ours:8.4f}  {figure.name}  {figure.note}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
