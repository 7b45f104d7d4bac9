"""Which kind of difference lies between what is so and what was written: one rule for measured data and for ours."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tests.real_data.tables import DATA, table
from throughline.selectors.nicknames import ways_of
from throughline.simulation.names import forms_of

HISTORICAL = DATA / "linkage_historical"
NAME_PAIRS = DATA / "linkage_name_pairs"
Rates = Mapping[str, float]


def distance(a: str, b: str) -> int:
    """Insertions, deletions, substitutions and transpositions of neighbours (optimal string alignment)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def name_kind(true: str, written: str) -> str:
    """How a name differs; both in small letters."""
    if written == true:
        return "same"
    if not written:
        return "missing"
    if written in ways_of(true) or written in {form.lower() for form in forms_of(true.title())}:
        return "another form"
    return {1: "one letter", 2: "two slips"}.get(distance(true, written), "another")


def date_kind(true: str, written: str) -> str:
    """How a date of birth differs, both as YYYY-MM-DD."""
    if written == true:
        return "same"
    if not written:
        return "missing"
    if written.endswith("-01-01"):
        return "year alone"
    return "one digit" if sum(x != y for x, y in zip(true, written, strict=True)) == 1 else "another"


def postcode_kind(true: str, written: str) -> str:
    """How a postcode differs."""
    if written == true:
        return "same"
    if not written:
        return "missing"
    slips = distance(true, written)
    return {1: "one letter", 2: "two slips"}.get(slips, "another")


KINDS = {"first_name": name_kind, "surname": name_kind, "dob": date_kind, "postcode_fake": postcode_kind}


def shares(kinds: Iterable[str]) -> Rates:
    """Each kind's share of all."""
    counts = Counter(kinds)
    return {kind: count / counts.total() for kind, count in counts.items()}


def measured(field: str) -> Rates:
    """The rates in the historical figures: each record against what stands most often for its person."""
    records = {row["record_id"]: row[field] for row in table(HISTORICAL, "records")}
    people: dict[str, list[str]] = defaultdict(list)
    for row in table(HISTORICAL, "truth"):
        people[row["cluster"]].append(records[row["record_id"]])
    kinds = []
    for values in people.values():
        written = Counter(value for value in values if value)
        if written:
            true = written.most_common(1)[0][0]
            kinds += [KINDS[field](true, value) for value in values]
    return shares(kinds)
