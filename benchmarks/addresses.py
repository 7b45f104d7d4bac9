"""``python -m benchmarks.addresses``: which addresses are one place, beside the exact key. No truth is used."""

import sys
import time
from collections.abc import Iterator

from benchmarks.address_sets import febrl_addresses, invented
from benchmarks.figures import Figure
from benchmarks.linkage_sets import LabelledSet
from throughline.matching.linkage.addressing import prepare_address
from throughline.matching.linkage.evaluating import evaluate
from throughline.matching.linkage.measuring import by_pairs
from throughline.matching.linkage.model import addresses
from throughline.selectors.registry import NotASelector, parse


def address_figures() -> Iterator[Figure]:
    """Pairs F1 on each set, ours and that of addresses which are written to the very same key."""
    for data in (febrl_addresses(1), febrl_addresses(3), febrl_addresses(4), invented()):
        begun = time.perf_counter()
        found = evaluate(data.records(), data.truth, model=addresses(), prepared=prepare_address)
        exact = by_pairs(_keyed(data), data.truth)
        seconds = time.perf_counter() - begun
        yield Figure(
            f"{data.name}: pairs F1", "", found.pairs.f1 or 0.0, exact.f1 or 0.0, "the same key",
            note=f"P {found.pairs.precision:.4f}, R {found.pairs.recall:.4f}, B-cubed {found.bcubed.f1:.4f}, "
            f"of the true pairs compared {found.blocking_recall:.4f}, {len(data.rows):,} records, {seconds:.1f} s; "
            f"the same key: P {exact.precision:.4f}, R {exact.recall:.4f}",
        )  # fmt: skip


def _keyed(data: LabelledSet) -> list[str]:
    """Each record under the key of its selector, or its words where it makes none."""
    found = []
    for place, record in enumerate(data.records()):
        try:
            found.append(parse(f"{record['address']}, {record['postcode']}", "address").key)
        except NotASelector:
            said = f"{record['address']}|{record['postcode']}".strip("|")
            found.append(said.casefold() if record["address"] and record["postcode"] else f"#{place}")
    return found


def main() -> int:
    """Measure, and print each figure."""
    for figure in address_figures():
        sys.stdout.write(
            f"{figure.ours:8.4f}  {figure.name} ({figure.peer_name} {figure.peer:.4f}); {figure.note}\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
