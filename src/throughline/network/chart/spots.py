"""What stands on a link chart: a value of a kind, or a county line; and how a person reads it."""

from dataclasses import dataclass
from typing import Final

from throughline.selectors.registry import KINDS, Selector

LINE: Final = "line"
GROUPS: Final = {
    "person": "person", "national_id": "person", "opaque": "other", "phone": "phone", "imei": "phone", "imsi": "phone",
    "iccid": "phone", "vehicle": "vehicle", "address": "place", "postcode": "place", "uprn": "place",
    "email": "account", "social": "account", "account": "account", "brand": "line name", LINE: "line",
}  # fmt: skip
"""How kinds are drawn: what looks alike on a chart is of one group."""
GROUP_ORDER: Final = ("line", "person", "phone", "place", "vehicle", "account", "line name", "other")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One thing on a chart: a selector by kind and key, or a line by its reference."""

    kind: str
    key: str

    @property
    def group(self) -> str:
        """How it is drawn."""
        return GROUPS.get(self.kind, "other")

    @property
    def is_line(self) -> bool:
        return self.kind == LINE

    @property
    def label(self) -> str:
        """Its value as a person reads it; a line's reference."""
        return self.key if self.is_line else Selector(self.kind, self.key).shown

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return "County line" if self.is_line else KINDS[self.kind].label
