"""Arrests as the tests record and decide on them."""

from datetime import datetime
from typing import Any

from tests.inside import someone
from throughline.access.reader import Reader
from throughline.custody.queries import ArrestPage, arrest_page
from throughline.custody.services import (
    ArrestDraft,
    Extension,
    Release,
    extend_bail,
    record_arrest,
    release_on_bail,
)
from throughline.kernel import clock

OFFICER, HEAD = "officer@norf", "manager@norf"
MET = dict.fromkeys("ABCD", "As the file shows")


def arrested(by: Reader | None = None, *, line: str = "", **other: Any) -> str:
    """An arrest of Norfolk's, an hour ago unless said otherwise; its reference."""
    told: dict[str, Any] = {
        "suspect": "Alex Heron", "offence": "Being concerned in supply", "arrested_at": clock.now(), "case": "standard",
    }  # fmt: skip
    return record_arrest(by=by or someone(OFFICER), draft=ArrestDraft(**told | other), line=line)


def release(**other: Any) -> Release:
    """What is said on release."""
    told: dict[str, Any] = {
        "necessity": "Users live nearby",
        "victims": "sought",
        "victims_said": "She fears him",
    }
    return Release(
        **told | {"rank": "custody officer", "conditions": (("Keep away", "Interference"),)} | other
    )


def on_bail(by: Reader | None = None, **other: Any) -> str:
    """Somebody on bail; the reference of the arrest."""
    ref = arrested(by, **other)
    release_on_bail(by=by or someone(OFFICER), ref=ref, release=release())
    return ref


def extended(ref: str, stage: str, rank: str = "", **other: Any) -> datetime:
    """Extend bail as the head of Norfolk's desk records it."""
    told: dict[str, Any] = {
        "stage": stage, "why": "Phones are with the laboratory", "satisfied": MET, "rank": rank,
        "representations": "None were made; he was told",
    }  # fmt: skip
    return extend_bail(by=someone(HEAD), ref=ref, extension=Extension(**told | other))


def page(ref: str, by: Reader | None = None) -> ArrestPage:
    """The page of an arrest that the reader may know."""
    found = arrest_page(by or someone(OFFICER), ref)
    assert found is not None
    return found
