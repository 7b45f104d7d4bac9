"""A peer that needs an environment of its own: nomenklatura, as its own command ``xref`` finds and scores duplicates.

``PYTHON benchmarks/linkage_nomenklatura.py``, with the rows of a labelled set as JSON on the standard input, each with
its ``fields`` in our names; gives for each threshold the pairs from it on. It needs another DuckDB than ours, so it is
run by the interpreter that ``THROUGHLINE_BENCH_NOMENKLATURA`` names. Pairs come from its own index
and are scored by both of its trained models; the better one is what counts. Its guide has a person look at each pair:
here those from a threshold on are taken, and pairs joined.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
PAIRS_EACH = 60
"""Pairs of its index that are scored for each record; its command scores 10 for each suggestion asked for."""
PROPERTIES = {
    "given_name": "firstName", "surname": "lastName", "full_name": "name", "date_of_birth": "birthDate",
    "place": "birthPlace", "postcode": "address", "address": "address", "identifier": "idNumber", "email": "email",
    "phone": "phone", "gender": "gender", "occupation": "position",
}  # fmt: skip


def main() -> None:
    """Read the rows, write the pairs."""
    from followthemoney import Dataset, StatementEntity  # noqa: PLC0415 an environment of its own
    from nomenklatura.blocker import Index  # noqa: PLC0415
    from nomenklatura.matching import DedupeAlgorithm, DefaultAlgorithm, ScoringConfig  # noqa: PLC0415
    from nomenklatura.resolver import Linker  # noqa: PLC0415
    from nomenklatura.store.memory import MemoryStore  # noqa: PLC0415

    rows = json.load(sys.stdin)
    dataset = Dataset.make({"name": "bench", "title": "bench"})
    store = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for number, row in enumerate(rows):
            writer.add_entity(StatementEntity.from_data(dataset, said(number, row)))
    view = store.default_view()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        index = Index(view, Path(folder))
        index.build()
        pairs = [
            (int(one.id), int(other.id)) for (one, other), _ in index.pairs(max_pairs=PAIRS_EACH * len(rows))
        ]
        index.close()
    entities = [view.get_entity(str(number)) for number in range(len(rows))]
    for name, algorithm in (("regression", DefaultAlgorithm), ("resolve", DedupeAlgorithm)):
        config = ScoringConfig.defaults()
        scored = [
            (one, other, algorithm.compare(entities[one], entities[other], config).score)
            for one, other in pairs
        ]
        for least in THRESHOLDS:
            found[f"{name} {least}"] = [(one, other) for one, other, score in scored if score >= least]
    sys.stdout.write(json.dumps(found))


def said(number: int, row: Mapping[str, str]) -> dict[str, Any]:
    """A person in its own words: a date as it writes dates, a whole name besides the parts."""
    properties: dict[str, list[str]] = {}
    for field, value in row.items():
        if value and field in PROPERTIES:
            written = dated(value) if field == "date_of_birth" else value
            properties.setdefault(PROPERTIES[field], []).append(written)
    if "name" not in properties:
        whole = " ".join(row.get(part, "") for part in ("given_name", "surname")).strip()
        properties["name"] = [whole] if whole else []
    return {"id": str(number), "schema": "Person", "properties": properties, "datasets": ["bench"]}


def dated(text: str) -> str:
    """YYYYMMDD as YYYY-MM-DD; any other as it is."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text  # noqa: PLR2004


if __name__ == "__main__":
    main()
