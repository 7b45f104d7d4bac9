"""The people in the tests: who works where, and what each may hope to see."""

from dataclasses import dataclass

from throughline.access.queries import reader_named
from throughline.access.reader import Reader


@dataclass(frozen=True)
class Cast:
    """Readers by the names that the tests call them."""

    aisha: Reader
    """analyst in a county force (Norfolk), where the harm is"""
    ben: Reader
    """officer in a city force (the Metropolitan Police), where the line is held"""
    mia: Reader
    """analyst in that city force"""
    carys: Reader
    """regional co-ordinator (ERSOU)"""
    dev: Reader
    """safeguarding lead in the county force"""
    ewa: Reader
    """tasking chair at the national centre"""
    grace: Reader
    """auditor in the county force: the journal, no intelligence"""
    ivan: Reader
    """administrator in the county force: people and roles, no intelligence"""
    harry: Reader
    """vetted, trained, and outside every circulation (Kent): must see nothing"""


USERNAMES = {
    "aisha": "analyst@norf", "ben": "officer@mps", "mia": "analyst@mps", "carys": "coordinator@ersou",
    "dev": "safeguarding@norf", "ewa": "chair@nclcc", "grace": "auditor@norf", "ivan": "admin@norf",
    "harry": "analyst@kent",
}  # fmt: skip


def assemble() -> Cast:
    """Read the cast from the database."""
    return Cast(**{name: reader_named(username) for name, username in USERNAMES.items()})
