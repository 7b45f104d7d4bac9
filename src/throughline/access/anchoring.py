"""The head of the journal anchored outside: signed, printed or sent, and held against the journal later.

Whoever owns the database server can write a whole new chain. What they cannot do is make it end in the hashes that
somebody else keeps under a signature. The hashes are worked out here anew, from the rows as they are read, and not
by a function of the database, which its owner could replace.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from throughline.access.journal import Fault
from throughline.kernel import clock

LANES = 64
KIND = "head of the Throughline journal"
SECRET_BYTES = 32
ROWS = 2000
"""Entries read at a time."""


class AnchorProblem(Exception):
    """A key or a head cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class LaneHead:
    """How many entries one chain holds, and the hash of the last."""

    lane: int
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Head:
    """The ends of all chains at a moment. ``digest`` is one hash over it all, short enough to print."""

    at: datetime
    lanes: tuple[LaneHead, ...]

    @property
    def entries(self) -> int:
        """How many entries the journal holds."""
        return sum(lane.entries for lane in self.lanes)

    @property
    def digest(self) -> str:
        """SHA-256 over the statement, in 64 hexadecimal digits."""
        return hashlib.sha256(self.statement()).hexdigest()

    def statement(self) -> bytes:
        """The bytes that are signed: JSON in one form only."""
        values = {
            "kind": KIND,
            "at": self.at.isoformat(),
            "lanes": [[n.lane, n.entries, n.head] for n in self.lanes],
        }
        return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def journal_head() -> Head:
    """Where every chain ends now: counts and hashes, no content."""
    with connection.cursor() as cursor:
        cursor.execute("select lane, entries, head from access_journal_heads()")
        lanes = tuple(LaneHead(lane, entries, bytes(head).hex()) for lane, entries, head in cursor.fetchall())
    return Head(clock.now(), lanes)


# --- Keys ---------------------------------------------------------------------------------------------------------


def make_signing_key(path: Path) -> str:
    """Write a fresh Ed25519 key that only its owner reads, and its public half beside it; gives the public half."""
    public = path.with_name(f"{path.name}.pub")
    for one in (path, public):
        if one.exists():
            raise AnchorProblem(
                f"{one.name} is there already. A key is never overwritten: choose another name."
            )
    key = Ed25519PrivateKey.generate()
    try:
        path.touch(mode=0o600)
        path.write_text(f"{key.private_bytes_raw().hex()}\n", encoding="ascii")
        public.write_text(f"{_public_of(key)}\n", encoding="ascii")
    except OSError as problem:
        raise AnchorProblem(f"{path} cannot be written: {problem.strerror}.") from problem
    return _public_of(key)


def _public_of(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _read_hex(path: Path, what: str) -> bytes:
    try:
        value = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as problem:
        raise AnchorProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError:
        value = b""
    if len(value) != SECRET_BYTES:
        raise AnchorProblem(
            f"{path.name} is not a {what}. Make one with 'throughline journal key --output KEY'."
        )
    return value


# --- Signed and read again ----------------------------------------------------------------------------------------


def signed_head(head: Head, key: Path) -> dict[str, Any]:
    """The head as plain values for JSON, under the signature of this key. AnchorProblem where the key is none."""
    secret = Ed25519PrivateKey.from_private_bytes(_read_hex(key, "key to sign with"))
    return {
        **json.loads(head.statement()), "entries": head.entries, "digest": head.digest,
        "public_key": _public_of(secret), "signature": secret.sign(head.statement()).hex(),
    }  # fmt: skip


def read_signed_head(path: Path, public_key: Path) -> Head:
    """A head from its file, its signature held against a public key that was kept apart from it.

    Raises:
        AnchorProblem: it cannot be read, is no head, or was not signed so by the key's owner.
    """
    public = Ed25519PublicKey.from_public_bytes(_read_hex(public_key, "public key"))
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        head = Head(
            datetime.fromisoformat(values["at"]), tuple(LaneHead(int(n), int(e), str(h)) for n, e, h in values["lanes"])
        )  # fmt: skip
        signature = bytes.fromhex(values["signature"])
    except OSError as problem:
        raise AnchorProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise AnchorProblem(f"{path.name} is not the signed head of a journal.") from problem
    try:
        public.verify(signature, head.statement())
    except InvalidSignature as problem:
        raise AnchorProblem(
            f"{path.name} was not signed with this key as it stands: it was changed, or signed with another."
        ) from problem
    return head


# --- Held against the journal -------------------------------------------------------------------------------------


def faults_against(head: Head) -> list[Fault]:
    """Where the journal is no longer what it was when this head was signed; an empty list when it only grew.

    Every chain is hashed anew from its rows, up to its end: an entry changed, missing or added shows itself, and a
    chain that was written anew as a whole does not come by the anchored hash.
    """
    anchored = {lane.lane: lane for lane in head.lanes}
    faults = [
        Fault(n, None, "the signed head does not name this lane") for n in range(LANES) if n not in anchored
    ]
    for n, lane in sorted(anchored.items()):
        faults += _faults_of(lane, _rows_of(n))
    return faults


def _faults_of(lane: LaneHead, rows: Iterable[tuple[Any, ...]]) -> Iterator[Fault]:
    before = hashlib.sha256(f"throughline journal lane {lane.lane}".encode()).digest()
    is_met, place = lane.entries == 0 and before.hex() == lane.head, 0
    for row in rows:
        place += 1
        worked_out = hashlib.sha256(before + _text(row)).digest()
        if row[2] != place:
            yield Fault(lane.lane, row[2], "an entry before this one is missing, or this one was moved")
            return
        if worked_out != bytes(row[-1]):
            yield Fault(lane.lane, place, "this entry, or the one before it, was changed")
            return
        if place == lane.entries:
            is_met = worked_out.hex() == lane.head
        before = worked_out
    if place < lane.entries:
        yield Fault(
            lane.lane, place, f"entries are missing: {lane.entries} stood here when the head was signed"
        )
    elif not is_met:
        yield Fault(lane.lane, lane.entries, "this chain was written anew since the head was signed")


def _rows_of(lane: int) -> Iterator[tuple[Any, ...]]:
    """Every entry of a chain, by its number. Columns: those that the hash covers, in its order, and the hash."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select * from access_journal_rows(%s::smallint, %s, %s)", [lane, after, ROWS])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < ROWS:
            return
        after = rows[-1][2]


def _text(row: tuple[Any, ...]) -> bytes:
    """What the hash of an entry covers, as ``access_journal_text`` writes it: a JSON array of its columns."""
    number, lane, seq, at, person, name, body, verb, thing, ref, why, detail, owner, _ = row
    parts = [
        *map(str, (number, lane, seq)), _json(at), _json(person), *map(_json, (name, body, verb, thing, ref, why)),
        detail, _json(owner),
    ]  # fmt: skip
    return f"[{', '.join(parts)}]".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
