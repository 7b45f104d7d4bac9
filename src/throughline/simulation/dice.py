"""Chance that can be repeated: one stream of random numbers for each name, all from one seed."""

import hashlib

import numpy as np


def dice(seed: int, *names: str | int) -> np.random.Generator:
    """A stream for these names; another name gives another stream, so that a new one changes no old one."""
    digest = hashlib.sha256("/".join(map(str, (seed, *names))).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
