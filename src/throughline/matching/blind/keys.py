"""The key that bodies share and Throughline never holds: made, read, and known by a fingerprint."""

import hashlib
import hmac
import secrets
from pathlib import Path

BYTES = 32
"""256 bits: nobody tries them all, so whoever has no key cannot encode names to compare."""


class KeyProblem(Exception):
    """The key cannot be used; the text says why and what to do."""


def make_key(path: Path) -> str:
    """Write a fresh key to a file that only its owner reads; gives its fingerprint. ``KeyProblem`` where one stands."""
    if path.exists():
        raise KeyProblem(f"{path.name} is there already. A key is never overwritten: choose another name.")
    try:
        path.touch(mode=0o600)
        path.write_text(f"{secrets.token_hex(BYTES)}\n", encoding="ascii")
    except OSError as problem:
        raise KeyProblem(f"{path} cannot be written: {problem.strerror}.") from problem
    return fingerprint(read_key(path))


def read_key(path: Path) -> bytes:
    """The key in a file of 64 hexadecimal digits. ``KeyProblem`` where it is not that."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as problem:
        raise KeyProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise KeyProblem(
            f"{path.name} is not a key: it needs {2 * BYTES} hexadecimal digits. "
            "Make one with 'throughline blind key --output KEY'."
        )
    return key


def fingerprint(key: bytes) -> str:
    """What tells that two files were made with one key, and tells nothing of it."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:16]
