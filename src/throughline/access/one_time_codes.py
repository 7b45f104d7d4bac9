"""One-time codes: whether a code fits a secret now, and is not one that was used before."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import pyotp

STEP = 30
"""Seconds for which one code stands (RFC 6238, section 4.1)."""
DRIFT = 1
"""Steps before and after the present one that are taken too, for a clock that is off (RFC 6238, section 5.2)."""
SPARES = 8
ISSUER = "Throughline"
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def new_secret() -> str:
    """A secret of 160 bits in base 32, as RFC 4226, section 4, recommends."""
    return pyotp.random_base32()


def address_of(secret: str, username: str) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The step whose code this is, later than ``after``; None if it fits none. A code is good once (section 5.2)."""
    made = pyotp.TOTP(secret, interval=STEP)
    typed = _digits(code).encode()  # anything may be typed, and only bytes compare without telling how far
    now = int(at.timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(made.generate_otp(step).encode(), typed):
            return step
    return None


def _digits(code: str) -> str:
    """Codes are typed with spaces."""
    return "".join(code.split())


def new_spares() -> list[str]:
    """Codes for the day on which the phone is lost: each good once, of 49 bits."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(SPARES)
    ]


def spare_hash(spare: str) -> str:
    """What is kept of a spare code. It is random and long, so a plain digest tells nothing."""
    return sha256(_digits(spare).lower().encode()).hexdigest()
