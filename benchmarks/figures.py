"""What a measurement gives: one figure with its peer from the same run, its target, and what exactly was compared."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the results.

    ``ours`` and ``peer`` are in ``unit``; ``judged`` is the number that the target is about, and ``most`` (or
    ``least``) is that target. A figure without a target is there to be read beside the others.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    judged: float | None = None
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the peer's."""
        return self.ours / self.peer if self.peer else None

    @property
    def target(self) -> str:
        """The target in words, or ''."""
        if self.most is not None:
            return f"at most {self.most:g}"
        return f"at least {self.least:g}" if self.least is not None else ""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.judged is None:
            return None
        if self.most is not None:
            return self.judged <= self.most
        return self.judged >= self.least if self.least is not None else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def milliseconds(seconds: Sequence[float], share: float) -> float:
    """A percentile of times in seconds, in milliseconds."""
    return 1000 * percentile(seconds, share)


def write_json(path: Path, figures: Sequence[Figure], about: dict[str, object]) -> None:
    """Keep the figures for whoever draws or compares them."""
    rows = [asdict(f) | {"ratio": f.ratio, "target": f.target, "met": f.is_met} for f in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"about": about, "figures": rows}, indent=2, default=str) + "\n", encoding="utf-8"
    )


def show(figures: Sequence[Figure], about: dict[str, object]) -> None:
    """The figures as a table on the terminal."""
    from rich.console import Console  # noqa: PLC0415 slow to import
    from rich.table import Table  # noqa: PLC0415

    table = Table(
        *("figure", "unit", "ours", "peer", "ratio", "target", "met"), title="Throughline benchmarks"
    )
    for f in figures:
        met = {True: "yes", False: "NO", None: ""}[f.is_met]
        ratio = "" if f.ratio is None else f"{f.ratio:.2f}"
        peer = "" if f.peer is None else _number(f.peer)
        table.add_row(f.name, f.unit, _number(f.ours), peer, ratio, f.target, met)
    console = Console(width=150)
    console.print(table)
    for note in dict.fromkeys(f.note for f in figures if f.note):
        first = next(f.name for f in figures if f.note == note)
        console.print(f"{first}: {note}", style="dim")
    console.print(", ".join(f"{name}: {value}" for name, value in about.items()))


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"  # noqa: PLR2004 three figures are enough
