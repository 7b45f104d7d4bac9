"""Encodings as a file: a heading that says by what they were made, and one line for each record."""

import base64
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from throughline.matching.blind.encoding import Bits
from throughline.matching.blind.model import blind_model
from throughline.matching.linkage.labelled import FileProblem, rows_of

COLUMNS = ["record_id", "encoding", "made_by"]
LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Encodings:
    """Records by their own references, each as bits, and the model and fingerprint of the key that made them."""

    ids: tuple[str, ...]
    bits: Bits
    made_by: str


def write_encodings(path: Path, ids: Sequence[str], bits: Bits, *, key: str) -> None:
    """Write encodings. ``key`` is the fingerprint of the key. ``FileProblem`` where the file cannot be written."""
    made_by = f"{blind_model().name} {key}"
    try:
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows((own, text_of(row), made_by) for own, row in zip(ids, bits, strict=True))
    except OSError as problem:
        raise FileProblem(f"{path} cannot be written: {problem.strerror}.") from problem


def read_encodings(path: Path) -> Encodings:
    """The encodings of a file. ``FileProblem`` where it is not one that ``throughline blind encode`` wrote."""
    rows = rows_of(path)
    if next(rows)[1] != COLUMNS:
        raise FileProblem(
            f"{path.name} needs the columns {', '.join(COLUMNS)}: make it with 'throughline blind encode'."
        )
    ids, packed, made_by = list[str](), list[bytes](), set[str]()
    for line, (own, text, maker) in rows:
        if not 0 < len(own) <= LONGEST_ID:
            raise FileProblem(f"Line {line} of {path.name} has no record_id of 1 to {LONGEST_ID} characters.")
        ids.append(own)
        packed.append(_read(text, path, line))
        made_by.add(maker)
    if not ids:
        raise FileProblem(f"{path.name} has no encodings, only a heading.")
    if len(set(ids)) < len(ids):
        raise FileProblem(f"{path.name} has a record_id more than once. Each record needs one of its own.")
    if len(made_by) > 1 or not made_by.pop().startswith(f"{blind_model().name} "):
        raise FileProblem(
            f"{path.name} was not made by one key and by {blind_model().name}. Encode all of it anew."
        )
    return Encodings(tuple(ids), bits_of(packed), maker)


def refuse_two_keys(one: Encodings, other: Encodings) -> None:
    """``FileProblem`` where two files were made with two keys: nothing in them can agree."""
    if one.made_by != other.made_by:
        raise FileProblem(
            "The two files were made with different keys, so nothing in them agrees. "
            "Encode both with the key that the bodies share."
        )


def text_of(row: Bits) -> str:
    """One record's bits as text."""
    return base64.b64encode(np.packbits(row).tobytes()).decode("ascii")


def packed_of(bits: Bits) -> list[bytes]:
    """Each record's bits as bytes, eight bits in each."""
    return [row.tobytes() for row in np.packbits(bits, axis=1)]


def bits_of(packed: Sequence[bytes]) -> Bits:
    """Records that were packed as eight bits a byte, as rows of bits."""
    joined = np.frombuffer(b"".join(packed), dtype=np.uint8)
    return np.unpackbits(joined.reshape(len(packed), -1), axis=1)


def _read(text: str, path: Path, line: int) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        found = b""
    if len(found) * 8 != blind_model().folded:
        raise FileProblem(
            f"Line {line} of {path.name} is no encoding of {blind_model().folded} bits by {blind_model().name}."
        )
    return found
