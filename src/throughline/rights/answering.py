"""The answer to a request, made from what was decided on each record: what the person reads, and nothing else."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from throughline.custody.models import Arrest
from throughline.intelligence.models import Item, Report
from throughline.rights.grounds import GIVE, PART, WITHHOLD, grounds
from throughline.rights.models import FoundRecord, RightsRequest


@dataclass(frozen=True, slots=True)
class Given:
    """One record in the answer: its reference, its day, whether it is a part, and the words that are given."""

    ref: str
    on: date
    is_part: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given, oldest first; and the grounds in words where the person is told that something is withheld."""

    given: tuple[Given, ...]
    tells_withheld: bool
    grounds: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all of it, in hex: the same answer gives the same digest."""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def answer_of(one: RightsRequest) -> Answer:
    """The answer as the decisions stand, of the records that the reader may know. Must run inside ``reading``."""
    rows = list(FoundRecord.objects.filter(request=one).exclude(decision="").order_by("on", "id"))
    full = _in_full(one.kind, [row for row in rows if row.decision == GIVE])
    given = tuple(
        Given(row.ref, row.on, row.decision == PART, (row.words,) if row.decision == PART else full[row.pk])
        for row in rows
        if row.decision != WITHHOLD
    )
    less = [row for row in rows if row.decision != GIVE and grounds()[row.ground].said]
    said = dict.fromkeys(grounds()[row.ground].said for row in less)
    return Answer(given, one.tells_withheld and bool(less), tuple(said) if one.tells_withheld else ())


def _in_full(kind: str, rows: list[FoundRecord]) -> dict[int, tuple[str, ...]]:
    """The words of each record that is given whole. Of one that is put right, erased or restricted, what was done."""
    if kind in _DONE:
        return {row.pk: (_DONE[kind],) for row in rows}
    items: dict[int, list[str]] = {}
    reports = [row.thing_id for row in rows if row.thing == "report"]
    for report, title in Report.objects.filter(pk__in=reports).values_list("id", "title"):
        items[report] = [title]
    for report, text in (
        Item.objects.filter(report__in=reports).order_by("number").values_list("report", "text")
    ):
        items[report].append(text)
    arrests = {
        one.pk: (f"Arrest for: {one.offence}",)
        for one in Arrest.objects.filter(pk__in=[row.thing_id for row in rows if row.thing == "arrest"])
    }
    concern = ("A safeguarding concern was raised.",)
    return {
        row.pk: tuple(items.get(row.thing_id, ())) if row.thing == "report"
        else arrests.get(row.thing_id, ()) if row.thing == "arrest" else concern
        for row in rows
    }  # fmt: skip


_DONE = {
    "rectification": "This was put right. Whoever was given it before was told.",
    "erasure": "This was erased.",
    "restriction": "The use of this is restricted.",
}
