"""Unique property reference numbers: one property, for ever."""

from throughline.selectors.kinds.cleaning import digits_of, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_LENGTH = 12


def normalise_uprn(raw: str) -> str:
    """The 12 digits of a UPRN (BS 7666, POLE data standard 011), zeros in front where they were left off."""
    digits = digits_of(raw, what="a UPRN", example=UPRN.example)
    if len(digits) > _LENGTH or not int(digits):
        raise NotASelector(
            f"{quoted(digits)} is not a UPRN, which has at most {_LENGTH} digits and is not 0."
        )
    return digits.zfill(_LENGTH)


def show_uprn(key: str) -> str:
    """The number without the zeros in front."""
    return key.lstrip("0")


UPRN = Kind(
    name="uprn",
    label="UPRN",
    plural="UPRNs",
    hint="The unique property reference number, up to 12 digits.",
    example="10001234567",
    weight=0.65,
    normalise=normalise_uprn,
    show=show_uprn,
)
