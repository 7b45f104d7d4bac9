"""A link as its page shows it: in words, as a table and as a picture."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import item_report
from throughline.matching.people.links import LinkPage, LinkRow, Pointed, Source, link_page
from throughline.web.links.picture import Picture, picture_of, signed
from throughline.web.links.words import VERDICTS
from throughline.web.moves import Entry

SHOWN = 20
"""Of each person so many sources are named, the newest first."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """One line of the table: what both say, how that is read, how rare it is, and its bits."""

    label: str
    one: str
    other: str
    words: str
    rarity: str
    bits: str


@dataclass(frozen=True, slots=True)
class SourceShown:
    """Where the reader may read of one of the two, with its page ('' if this reader has none)."""

    ref: str
    href: str
    body_name: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What knowing one more thing of both would make of it."""

    label: str
    if_same: str
    if_different: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Everything on the page of a link."""

    ref: str
    one: str
    other: str
    probability: str
    strength: str
    is_known: bool
    verdict: str
    may_be_child: bool
    made_at: datetime
    pointed: tuple[Pointed, ...]
    parts: tuple[PartShown, ...]
    picture: Picture | None
    changes: tuple[ChangeShown, ...]
    model: str
    sources: tuple[tuple[SourceShown, ...], ...]
    history: tuple[Entry, ...]
    group: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...]
    may_judge: bool


def link_shown(reader: Reader, ref: str) -> LinkShown | None:
    """Open a link, journalled; None when the reader may not know of it."""
    found = link_page(reader, ref)
    if found is None:
        return None
    row = found.row
    is_known = row.probability is not None
    return LinkShown(
        ref=row.ref, one=row.one, other=row.other, probability=percent(row.probability or 0.0), is_known=is_known,
        strength=strength(row), verdict=row.verdict, may_be_child=row.may_be_child, made_at=row.made_at,
        pointed=row.pointed, model=found.model,
        parts=tuple(PartShown(p.label, p.one, p.other, p.words, p.rarity, signed(p.bits) if p.is_said else "0")
                    for p in found.parts if p.one or p.other),
        picture=picture_of(found.start, found.parts, found.bits) if is_known else None,
        changes=_changes(found, percent(row.probability or 0.0)),
        sources=tuple(tuple(_source(reader, one) for one in each[:SHOWN]) for each in found.sources),
        history=_history(found), group=found.group, contradictions=found.contradictions,
        may_judge=is_known and reader.may(Permission.HIT_JUDGE),
    )  # fmt: skip


def _changes(found: LinkPage, now: str) -> tuple[ChangeShown, ...]:
    """What would make another figure of it; nothing where none of it would."""
    said = (ChangeShown(one.label, percent(one.if_same), percent(one.if_different)) for one in found.changes)
    return tuple(one for one in said if {one.if_same, one.if_different} != {now})


def strength(row: LinkRow) -> str:
    """How a link is proposed."""
    return "Strong" if row.is_strong else "Possible"


def percent(share: float) -> str:
    """A probability in words that do not pretend to be sure."""
    if share >= 0.999:  # noqa: PLR2004 what rounds to 100%
        return "more than 99.9%"
    return "less than 0.1%" if share < 0.001 else f"{share:.1%}"  # noqa: PLR2004 what rounds to 0%


def _source(reader: Reader, one: Source) -> SourceShown:
    report = item_report(reader, one.ref) if one.source != "interest" else None
    return SourceShown(
        one.ref, reverse("report", args=[report]) if report else "", one.body_name, one.seen_on
    )


def _history(found: LinkPage) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            f"{VERDICTS[one.verdict]}, at {percent(one.probability)} by {one.model}", f"{one.by}, {one.body_name}",
            one.at, one.why,
        )
        for one in reversed(found.history)
    )  # fmt: skip
