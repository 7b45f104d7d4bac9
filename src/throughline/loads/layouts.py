"""How a map of columns is written down, and how a header is known again."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from throughline.intelligence.report_columns import REPORT_ROWS, RowShape, column_name
from throughline.intelligence.report_layout import GRADE, USES, Layout
from throughline.loads.line_rows import LINE_ROWS

_SHAPES: dict[str, tuple[RowShape, tuple[str, ...]]] = {
    REPORT_ROWS.reference: (REPORT_ROWS, USES),
    LINE_ROWS.reference: (LINE_ROWS, (*LINE_ROWS.every, GRADE)),
}
"""What the rows of a layout are, and what their columns may be used for, by the column of the reference."""


def layout_to(layout: Layout) -> dict[str, Any]:
    """A layout as plain values."""
    return {
        "uses": dict(layout.uses), "fixed": dict(layout.fixed),
        "values": {use: dict(meanings) for use, meanings in layout.values.items()},
        "sheet": layout.sheet, "header_line": layout.header_line, "rows": layout.shape.reference,
    }  # fmt: skip


def layout_from(plain: Mapping[str, Any]) -> Layout:
    """The layout that was written down; a use that is no longer known is left out."""
    shape, uses = _SHAPES[plain.get("rows", REPORT_ROWS.reference)]
    return Layout(
        uses={heading: use for heading, use in plain["uses"].items() if use in uses},
        fixed={column: value for column, value in plain["fixed"].items() if column in shape.every},
        values=plain["values"], sheet=plain["sheet"], header_line=plain["header_line"], shape=shape,
    )  # fmt: skip


def fingerprint(headings: Iterable[str]) -> str:
    """Know a header again, however its columns are ordered and its words are cased."""
    names = sorted({column_name(heading) for heading in headings})
    return hashlib.sha256("\x1f".join(names).encode("utf-8", "surrogatepass")).hexdigest()
