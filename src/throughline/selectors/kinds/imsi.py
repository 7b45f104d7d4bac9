"""IMSI numbers: the subscription inside a SIM."""

import re

from throughline.selectors.kinds.cleaning import digits_of, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_LENGTHS = {14, 15}
# Zones 2 to 7 of ITU-T E.212, 9xx shared networks, 00x test networks.
_COUNTRY = re.compile(r"[2-7]\d\d|9[09]\d|00\d", re.ASCII)


def normalise_imsi(raw: str) -> str:
    """The 14 or 15 digits of an IMSI (ITU-T E.212), which start with a mobile country code."""
    digits = digits_of(raw, what="an IMSI", example=IMSI.example)
    if len(digits) not in _LENGTHS:
        raise NotASelector(
            f"{quoted(digits)} has {len(digits)} digits. An IMSI has 15, or 14 on some networks."
        )
    if not _COUNTRY.fullmatch(digits[:3]) or len(set(digits)) == 1:
        raise NotASelector(
            f"{quoted(digits)} does not start with a mobile country code (234 and 235 are the UK). "
            "Check that it is an IMSI and not an IMEI."
        )
    return digits


def show_imsi(key: str) -> str:
    """The country code apart from the rest."""
    return f"{key[:3]} {key[3:]}"


IMSI = Kind(
    name="imsi",
    label="IMSI",
    plural="IMSIs",
    hint="The 15 digits of a mobile subscription, from the network.",
    example="234150123456789",
    weight=1.0,
    normalise=normalise_imsi,
    show=show_imsi,
)
