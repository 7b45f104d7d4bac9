"""``python -m benchmarks.blind``: how right blind matching is on FEBRL 4, and what encodings give away to two attacks.

No truth is used in matching. The published line is 0.924 (the README of GoldenMatch, for Bloom filters under HMAC).
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.figures import Figure
from benchmarks.linkage_sets import LabelledSet, febrl
from throughline.matching.blind.encoding import Bits, encode, pieces_of
from throughline.matching.blind.matching import match
from throughline.matching.linkage.measuring import Measure, measure
from throughline.matching.linkage.preparing import prepare

PUBLISHED, TARGET = 0.924, 0.95
KEY = bytes(range(32))
HARDENED = {
    "as in 2009": {"salted": False, "folded": False}, "salted": {"salted": True, "folded": False},
    "folded": {"salted": False, "folded": True}, "salted and folded, which is ours": {},
}  # fmt: skip
KNOWN = (200, 1000)
"""Records of which an attacker knows both the clear text and the encoding."""
TOLD = 30
"""So many of the commonest pieces of names, or of births, are looked for."""
COMMONEST = 20
Row = Mapping[str, str]


def blind_figures() -> Iterator[Figure]:
    """Rightness first, then the two attacks."""
    data = febrl(4)
    records = data.records()
    for name, hardened in HARDENED.items():
        begun = time.perf_counter()
        bits = encode(records, KEY, **hardened)
        found = _right(data, bits)
        is_ours = not hardened
        yield Figure(
            f"blind, FEBRL 4, {name}: F1", "", found.f1 or 0.0, PUBLISHED, "published", found.f1 if is_ours else None,
            least=TARGET if is_ours else None,
            note=f"P {found.precision:.4f}, R {found.recall:.4f}, {time.perf_counter() - begun:.1f} s",
        )  # fmt: skip
        yield from _known_plaintext(name, records[: len(records) // 2], bits[: len(records) // 2])
    yield from _with_less(data, records)
    yield from _frequency(records[: len(records) // 2])


def _with_less(data: LabelledSet, records: Sequence[Row]) -> Iterator[Figure]:
    """Ours where half of the people are known to one side alone, and where less is known of each."""
    half, dice = len(records) // 2, np.random.default_rng(1)
    kept = dice.permutation(half)[: half // 2] + half
    found = _right(data, encode(records, KEY), right=kept)
    yield Figure("blind, FEBRL 4, half of the people on one side alone: F1", "", found.f1 or 0.0,
                 note=f"P {found.precision:.4f}, R {found.recall:.4f}")  # fmt: skip
    for name, fields in (
        ("without the identifier", [field for field in data.fields if field != "identifier"]),
        ("name and date of birth alone", ["given_name", "surname", "date_of_birth"]),
    ):
        less = [{field: record[field] for field in fields} for record in records]
        found = _right(data, encode(less, KEY))
        yield Figure(f"blind, FEBRL 4, {name}: F1", "", found.f1 or 0.0, PUBLISHED, "published",
                     note=f"P {found.precision:.4f}, R {found.recall:.4f}")  # fmt: skip


def _right(data: LabelledSet, bits: Bits, right: npt.NDArray[np.int64] | None = None) -> Measure:
    half = len(bits) // 2
    places = np.arange(half, 2 * half) if right is None else right
    pairs = match(bits[:half], bits[places]).pairs
    same = sum(data.truth[one.left] == data.truth[int(places[one.right])] for one in pairs)
    theirs = {data.truth[int(place)] for place in places}
    return measure(same, len(pairs), sum(person in theirs for person in data.truth[:half]))


def _known_plaintext(name: str, records: Sequence[Row], bits: Bits) -> Iterator[Figure]:
    """An insider who knows some people's encodings learns, by ridge regression, which bits tell of which piece.

    The figure is how well that tells the commonest pieces in everybody else: the area under the curve, 0.5 by chance.
    """
    held = [list(pieces_of(prepare(record))) for record in records]
    for field in ("name", "born"):
        common = [
            piece for piece, _ in Counter(p for each in held for f, p in each if f == field).most_common(TOLD)
        ]
        stands = np.array([[(field, piece) in each for piece in common] for each in held])
        for known in KNOWN:
            area = _learnt(bits.astype(np.float64), stands, known)
            yield Figure(
                f"blind, {name}: pieces of {field} told by {known} known people", "AUC", area, 0.5, "chance"
            )


def _learnt(bits: npt.NDArray[np.float64], stands: npt.NDArray[np.bool_], known: int) -> float:
    order = np.random.default_rng(1).permutation(len(bits))
    seen, others = order[:known], order[known:]
    middle = bits[seen].mean(axis=0)
    rows, asked = bits[seen] - middle, stands[seen] - stands[seen].mean(axis=0)
    weights = rows.T @ np.linalg.solve(rows @ rows.T + 50 * np.eye(known), asked)
    scores = (bits[others] - middle) @ weights
    told = [n for n in range(stands.shape[1]) if 0 < stands[others, n].sum() < len(others)]
    return float(np.mean([_area(scores[:, n], stands[others, n]) for n in told]))


def _area(scores: npt.NDArray[np.float64], is_so: npt.NDArray[np.bool_]) -> float:
    """The chance that one which is so scores above one which is not."""
    ranks = scores.argsort().argsort()
    yes = int(is_so.sum())
    return float((ranks[is_so].mean() - (yes - 1) / 2) / (len(scores) - yes))


def _frequency(records: Sequence[Row]) -> Iterator[Figure]:
    """An outsider who knows how common each surname is lines up equal encodings with surnames, the commonest first.

    The figure is the share of the people with one of the commonest surnames who are named rightly (P. Christen et al.,
    Efficient Cryptanalysis of Bloom Filters for PPRL, PAKDD 2017, take this as their first step).
    """
    surname = [prepare(record)["surname"] for record in records]
    alone = [{"surname": record["surname"], "date_of_birth": record["date_of_birth"]} for record in records]
    bare = [{"surname": record["surname"]} for record in records]
    for name, bits in (
        ("the surname alone, as in 2009", encode(bare, KEY, salted=False, folded=False)),
        ("the surname with the birth, ours", encode(alone, KEY)), ("the whole record, ours", encode(records, KEY)),
    ):  # fmt: skip
        equal = [row.tobytes() for row in np.packbits(bits, axis=1)]
        ranked = [value for value, _ in Counter(equal).most_common(COMMONEST)]
        known = [value for value, _ in Counter(s for s in surname if s).most_common(COMMONEST)]
        guess = dict(zip(ranked, known, strict=False))
        asked = [place for place, own in enumerate(surname) if own in known]
        right = sum(guess.get(equal[place]) == surname[place] for place in asked)
        yield Figure(
            f"blind, {name}: people named by how common their surname is", "share", right / len(asked)
        )


def main() -> int:
    """Measure, and print each figure."""
    for figure in blind_figures():
        peer = "" if figure.peer is None else f"  ({figure.peer_name} {figure.peer})"
        sys.stdout.write(f"{figure.ours:8.4f}  {figure.name}{peer} {figure.note}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
