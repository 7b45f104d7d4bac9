"""References that people read out: short, hard to mishear, and telling nothing of how many there are."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without 0/O, 1/I/L and U, which are misheard or misread."""


def new_ref(prefix: str) -> str:
    """A fresh reference such as ``IR-7K3M-9QXT``.

    Random and never counted up: a running number would tell a reader how much other bodies hold.
    Eight characters of thirty give 6.5e11 values; a unique constraint guards the rare clash.
    """
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
