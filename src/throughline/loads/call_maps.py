"""The maps of columns that a body keeps for files of calls: found by name, or again by the header."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from throughline.access.reader import Reader, reading
from throughline.intelligence.report_lines import FileProblem
from throughline.loads.layouts import fingerprint
from throughline.loads.models import ColumnMap
from throughline.telecoms.layout import USES, CallLayout

CALLS = "calls"


def call_layout_to(layout: CallLayout) -> dict[str, Any]:
    """A layout as plain values."""
    return asdict(layout)


def call_layout_from(plain: Mapping[str, Any]) -> CallLayout:
    """The layout that was written down; a use that is no longer known is left out."""
    return CallLayout(
        **{**plain, "uses": {heading: use for heading, use in plain["uses"].items() if use in USES}}
    )


def saved_call_map(reader: Reader, name: str) -> CallLayout:
    """The layout that the reader's body keeps under a name. Raises `FileProblem`, naming those there are."""
    with reading(reader):
        maps = dict(ColumnMap.objects.filter(kind=CALLS).order_by("name").values_list("name", "layout"))
    found = next((layout for one, layout in maps.items() if one.casefold() == name.casefold()), None)
    if found is None:
        known = ", ".join(f"'{one}'" for one in maps) or "none yet: save one on the page Load calls"
        raise FileProblem(f"Your body has no map of columns for calls called {name!a}. It has {known}.")
    return call_layout_from(found)


def known_call_map(body: int, headings: Iterable[str]) -> tuple[str, CallLayout] | None:
    """The newest map of a body that knows this header, with its name. Inside a reading."""
    found = ColumnMap.objects.filter(body=body, kind=CALLS, fingerprint=fingerprint(headings))
    kept = found.order_by("-saved_at").first()
    return (kept.name, call_layout_from(kept.layout)) if kept else None
