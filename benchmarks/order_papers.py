"""How long 200 documents of an order take: `.venv/bin/python -m benchmarks.order_papers`.

Each of the four documents, half as PDF and half as DOCX, of an order that names 25 numbers and rests on 40 pieces.
"""

import os
import sys
import time
from itertools import cycle, islice

import django

COUNT = 200


def main() -> None:
    """Make the documents one after another, in one process, and print the seconds and the size."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    from throughline.orders.law import kind_in  # noqa: PLC0415 needs the settings
    from throughline.orders.papers import FullPapers, Papers  # noqa: PLC0415 needs the settings
    from throughline.orders.queries import ItemRow, OrderEvidenceRow  # noqa: PLC0415 needs the settings
    from throughline.web.orders.papers import WHOLE, disclosure_version  # noqa: PLC0415 needs the settings

    numbers = [f"07700 900{n:03}" for n in range(25)]
    pieces = tuple(
        OrderEvidenceRow(f"A text of the line to a user, {n}", f"E{n}", "1AP", "yes", "") for n in range(40)
    )
    said = dict.fromkeys(
        ("used", "prevents", "affected", "innocent", "proportionate"), "Words in a paragraph. " * 30
    )
    papers = Papers(
        "CO-1", kind_in("ddtro", 1), "A force", "A person", "Superintendent", "England", "A court", "A provider",
        ("Supply",), "12 months", None, None, None, said, tuple(("Telephone", one) for one in numbers), pieces,
    )  # fmt: skip
    items = tuple(ItemRow(one, "phone", "Test purchase", None, None) for one in numbers)
    full = FullPapers(papers, "A plan", "Nobody objects", items, pieces[:9], pieces[:9])
    made = [*(of(full) for of in WHOLE.values()), disclosure_version(papers)]
    begun, size = time.perf_counter(), 0
    for n, document in enumerate(islice(cycle(made), COUNT)):
        size += len(document.as_docx() if n // len(made) % 2 else document.as_pdf())
    took = time.perf_counter() - begun

    said = f"{COUNT} documents in {took:.1f} s, {1000 * took / COUNT:.0f} ms each"
    sys.stdout.write(f"{said}, {size / COUNT / 1024:.0f} KiB each\n")


if __name__ == "__main__":
    main()
