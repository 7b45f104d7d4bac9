"""What the law held as data marks as not verified stands in docs/unverified.md, word for word, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

from throughline.custody.law import regimes
from throughline.orders.items import item_kinds
from throughline.orders.law import all_versions

DOC = Path(__file__).parents[2] / "docs" / "unverified.md"
HEADING = "## Law held as data"


def marked() -> Iterator[tuple[str, str, str]]:
    """Every fact with the flag: what it is of, what it says, and its source."""
    for versions in all_versions().values():
        for kind in versions:
            yield from ((kind.short, fact.says, fact.source) for fact in kind.facts if fact.is_unverified)
    yield from (
        ("Items", f"The form of {one.name}", one.source) for one in item_kinds().values() if one.is_unverified
    )
    for law in regimes():
        yield from (
            ("Bail", f"{one.name}: {one.unverified}", one.source)
            for one in law.stages.values()
            if one.unverified
        )
        yield from (("Bail", fact.says, fact.source) for fact in law.facts if fact.is_unverified)


def test_every_flag_in_the_data_is_in_the_list_and_the_other_way_round() -> None:
    section = DOC.read_text(encoding="utf-8").partition(HEADING)[2]
    listed = {line for line in section.splitlines() if line.startswith("| ")} - {
        "| Of | What it says | Source |"
    }
    listed = {line for line in listed if not line.startswith("| ---")}
    assert listed == {f"| {' | '.join(row)} |" for row in marked()}
