"""``throughline blind``: what a body that may not send clear text does at its own side. Needs no database."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, say


def add_commands(commands: Any) -> None:
    """Add ``blind`` to the parser."""
    parser = commands.add_parser(
        "blind", help="encode records so that they can be matched without being read",
        epilog="Example: throughline blind encode --records people.csv --key shared.key --output encodings.csv",
    )  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    key = kinds.add_parser(
        "key", help="make the key that the bodies share",
        description="Write a fresh key. Hand it to the other bodies in person or sealed, and never to Throughline.",
        epilog="Example: throughline blind key --output shared.key",
    )  # fmt: skip
    key.add_argument("--output", type=Path, required=True, metavar="KEY", help="the file to write")
    key.set_defaults(run=run_key, without_database=True)
    encode = kinds.add_parser(
        "encode", help="turn records of people into encodings",
        description="Encode each record under the key. What is written holds your own record_id and no clear text.",
        epilog="Example: throughline blind encode --records people.csv --key shared.key --output encodings.csv",
    )  # fmt: skip
    encode.add_argument(
        "--records", type=Path, required=True, metavar="CSV", help="record_id and what is known"
    )
    encode.add_argument(
        "--key", type=Path, required=True, metavar="KEY", help="the key that the bodies share"
    )
    encode.add_argument("--output", type=Path, required=True, metavar="CSV", help="the file to write")
    encode.add_argument(
        "--columns", default="", metavar="MAP",
        help="field=column,... or a JSON file, where columns are called otherwise",
    )  # fmt: skip
    encode.add_argument("--json", action="store_true")
    encode.set_defaults(run=run_encode, without_database=True)


def run_key(chosen: argparse.Namespace) -> int:
    """Make a key, and say how it is known."""
    from throughline.matching.blind.keys import KeyProblem, make_key  # noqa: PLC0415

    try:
        found = make_key(chosen.output)
    except KeyProblem as problem:
        raise Refused(str(problem)) from problem
    give(f"{chosen.output.name} holds a new key, known as {found}. Only you can read the file.")
    return 0


def run_encode(chosen: argparse.Namespace) -> int:
    """Encode a file of records, and say what of it was used."""
    from throughline.matching.blind.encoding import FIELDS, encode  # noqa: PLC0415 brings numpy
    from throughline.matching.blind.files import write_encodings  # noqa: PLC0415
    from throughline.matching.blind.keys import KeyProblem, fingerprint, read_key  # noqa: PLC0415
    from throughline.matching.linkage.labelled import FileProblem, read_columns, read_records  # noqa: PLC0415

    try:
        key = read_key(chosen.key)
        records = read_records(chosen.records, read_columns(chosen.columns))
        used = {field: column for field, column in records.used.items() if field in FIELDS}
        left = sorted(
            {*records.ignored, *(records.used[field] for field in records.used.keys() - used.keys())}
        )
        if not used:
            raise FileProblem(f"{chosen.records.name} has nothing that is encoded: {', '.join(FIELDS)}.")
        write_encodings(chosen.output, records.ids, encode(records.values, key), key=fingerprint(key))
    except (FileProblem, KeyProblem) as problem:
        raise Refused(str(problem)) from problem
    if left:
        say(f"Not encoded: {', '.join(left)}.")
    if chosen.json:
        give_json(
            {"records": len(records.ids), "key": fingerprint(key), "columns": used, "columns_ignored": left}
        )
    else:
        give(
            f"{len(records.ids):,} records encoded into {chosen.output.name} under the key {fingerprint(key)}"
        )
    return 0
