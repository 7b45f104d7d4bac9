"""What the law held as data marks as not verified stands in docs/unverified.md, word for word, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

from throughline.custody.law import regimes
from throughline.custody.timing import REVIEW
from throughline.orders.items import item_kinds
from throughline.orders.law import all_versions
from throughline.safeguarding.law import duties, sharing, steps
from throughline.safeguarding.law.referral import questions, section_45

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
    yield from _safeguarding()
    for law in regimes():
        yield from (
            ("Bail", f"{one.name}: {one.unverified}", one.source)
            for one in law.stages.values()
            if one.unverified
        )
        yield from (("Bail", fact.says, fact.source) for fact in law.facts if fact.is_unverified)


def _safeguarding() -> Iterator[tuple[str, str, str]]:
    yield from (
        ("Duty", f"{d.term.name}: {d.says}", d.source) for d in duties().values() if d.term.is_unverified
    )
    yield from (("Step", one.name, one.source) for one in steps().values() if one.is_unverified)
    yield from (("Regime", one.says, one.source) for one in sharing.regimes().values() if one.is_unverified)
    yield from (
        ("Referral", q.asks, f"{q.section}: {q.unverified}") for q in questions().values() if q.unverified
    )
    for facts in section_45():
        yield from (("Section 45", one.says, one.source) for one in facts if one.is_unverified)
    yield ("Bail", f"{REVIEW.name}: {REVIEW.length} {REVIEW.unit}", REVIEW.basis)


def test_every_flag_in_the_data_is_in_the_list_and_the_other_way_round() -> None:
    section = DOC.read_text(encoding="utf-8").partition(HEADING)[2]
    listed = {line for line in section.splitlines() if line.startswith("| ")} - {
        "| Of | What it says | Source |"
    }
    listed = {line for line in listed if not line.startswith("| ---")}
    assert listed == {f"| {' | '.join(row)} |" for row in marked()}
