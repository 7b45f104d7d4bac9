"""A record of a person as a keyed filter of bits, hardened: what leaves a body that may not send clear text.

All fields go into one Bloom filter (cryptographic long-term key; R. Schnell, T. Bachteler and J. Reiher, BMC Medical
Informatics and Decision Making 9:41, 2009, and A Novel Error-Tolerant Anonymous Linking Code, 2011). Each piece of a
field (two letters of a name, a digit at its place) sets bits chosen by HMAC-SHA-512 under the key, and not by the
double hashing of 2009, which F. Niedermeyer et al. broke (Journal of Privacy and Confidentiality 6(2), 2014). Pieces
that tell more set more bits (E. A. Durham et al., IEEE TKDE 26(12), 2014).

Hardened twice. Names are salted with the year of birth (Niedermeyer et al. 2014): SMITH of 1990 and SMITH of 1991 share
no bits, so a common name is no pattern. The filter is then folded, one half XOR the other (R. Schnell and C. Borgs,
XOR-Folding for Bloom Filter-based Encryptions, German Record Linkage Center WP 2016-22; IEEE ICDM Workshops 2016): a
bit that is set no longer says which of two pieces set it, or that none did.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from throughline.matching.blind.model import blind_model
from throughline.matching.linkage.preparing import Prepared, prepare

Bits = npt.NDArray[np.uint8]
"""One row of 0 and 1 for each record."""
_CACHED = 500_000
FIELDS = (
    "given_name",
    "surname",
    "full_name",
    "date_of_birth",
    "postcode",
    "identifier",
    "phone",
    "email",
    "address",
    "place",
)
"""What an encoding holds of a record."""


def encode(
    records: Sequence[Mapping[str, str]], key: bytes, *, salted: bool = True, folded: bool = True
) -> Bits:
    """Each record as its bits. Without ``salted`` and ``folded`` it is as weak as in 2009: for measurements alone."""
    model = blind_model()
    bits = np.zeros((len(records), model.bits), dtype=np.uint8)
    for row, record in enumerate(records):
        prepared = prepare(record)
        year = str(prepared["year"] or "")
        for field, piece in pieces_of(prepared):
            salt = year if salted and field in model.salted else ""
            bits[row, _places(key, field, salt, piece)] = 1
    return bits[:, : model.folded] ^ bits[:, model.folded :] if folded else bits


def pieces_of(said: Prepared) -> Iterator[tuple[str, str]]:
    """The pieces of a record, each with its field. Given name and surname are one field, since people swap them."""
    for name in ("given", "surname"):
        yield from (("name", two) for two in _twos(said[name]))
    ways = said["given_ways"]
    yield from (("way", way) for way in (ways if isinstance(ways, list) else ()))
    for name in ("born", "postcode", "identifier", "phone"):
        yield from ((name, f"{place}{letter}") for place, letter in enumerate(str(said[name] or "")))
    yield from (("email", two) for two in _twos(said["email"]))
    for name, field in (("street", "address"), ("place", "place")):
        yield from ((field, two) for word in str(said[name] or "").split() for two in _twos(word))


def _twos(word: object) -> set[str]:
    """Two letters that stand side by side, with the beginning and the end marked."""
    if not word:
        return set()
    marked = f"_{word}_"
    return {marked[place : place + 2] for place in range(len(marked) - 1)}


@lru_cache(_CACHED)
def _places(key: bytes, field: str, salt: str, piece: str) -> tuple[int, ...]:
    """The bits that one piece sets: a key of its own for each field, and 16 bits of the digest for each place."""
    model = blind_model()
    own = hmac.digest(key, f"{model.name} {field}".encode(), hashlib.sha256)
    digest = hmac.digest(own, f"{salt}\x1f{piece}".encode(), hashlib.sha512)
    return tuple(
        int.from_bytes(digest[2 * n : 2 * n + 2], "big") % model.bits for n in range(model.hashes[field])
    )
