"""Reading the journal, and checking that nothing in it was changed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from throughline.access.journal import Look, Verb, journal_faults, journal_page, journal_size
from throughline.access.permissions import Permission
from throughline.organisations.queries import body_names
from throughline.oversight.auditing import DAYS, journal_patterns
from throughline.oversight.patterns import PATTERNS
from throughline.oversight.sampling import Sample, journal_sample
from throughline.web.flash import tell
from throughline.web.journal.filters import LookForm, address, chosen, selected
from throughline.web.journal.sampling import SampleForm, usual_answers
from throughline.web.journal.words import DONE, in_words
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import plural

SHOWN = 200
"""Patterns on the page, the newest."""


@dataclass(frozen=True, slots=True)
class LookRow:
    """One entry as it stands in the table."""

    place: str
    at: datetime
    who: str
    done: str
    thing: str
    ref: str
    why: str
    detail: str


@require_safe
@needs(Permission.JOURNAL_READ)
def journal(request: Request) -> HttpResponse:
    """The entries of the auditor's body, newest first; this look is one of the next."""
    form, before = LookForm(request.GET), request.GET.get("before", "")
    filters = chosen(form)
    looks, following = journal_page(
        request.reader, who=filters["who"], verb=filters["verb"], ref=filters["ref"], before=before
    )
    return page(
        request, "journal/journal.html", title="Journal", active="journal", form=form,
        rows=[_row(look) for look in looks], selected=selected(filters),
        newest=address(filters) if before else "",
        older=address(filters, before=following) if following else "",
    )  # fmt: skip


@require_POST
@needs(Permission.JOURNAL_READ)
def journal_check(request: Request) -> HttpResponse:
    """Walk the chains: a sentence when all holds, a page of the faults when it does not."""
    faults = journal_faults()
    if faults:
        return page(
            request, "journal/faults.html", title="The journal was changed", active="journal", faults=faults
        )
    tell(request, f"The journal holds: {plural(journal_size(), 'entry', 'entries')}, none changed.")
    return redirect("journal")


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A pattern as it stands in the table, and the journal of that person."""

    name: str
    href: str
    pattern: str
    at: datetime
    sentence: str
    entries: int


@require_safe
@needs(Permission.JOURNAL_READ)
def journal_patterns_page(request: Request) -> HttpResponse:
    """What stands out in the looks of the auditor's body: reasons to ask, and no findings."""
    looked = journal_patterns(request.reader)
    rows = [
        PatternRow(
            found.name, address({"who": found.name, "verb": Verb.CONSULT, "ref": ""}), PATTERNS[found.pattern],
            found.at, found.sentence, len(found.places),
        )
        for found in looked.found
    ]  # fmt: skip
    return page(
        request, "journal/patterns.html", title="Patterns in the journal", active="journal", rows=rows[:SHOWN],
        more=max(0, len(rows) - SHOWN), since=looked.since, entries=looked.entries, is_cut=looked.is_cut, days=DAYS,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One look that was drawn, as it stands in the table."""

    place: str
    at: datetime
    who: str
    body: str
    done: str
    thing: str
    ref: str
    why: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How many looks of one kind there are, and how many were drawn."""

    body: str
    done: str
    looks: int
    drawn: int


@require_safe
@needs(Permission.JOURNAL_READ)
def journal_sample_page(request: Request) -> HttpResponse:
    """Looks drawn by a seed that the auditor states; the address draws the same ones again."""
    form = SampleForm(request.GET or None, start=usual_answers())
    is_drawn, sample = form.is_valid(), Sample((), ())
    if is_drawn:
        sample = journal_sample(
            request.reader, since=form.answers["since"], until=form.answers["until"], size=int(form.size),
            seed=form.seed,
        )  # fmt: skip
    names = body_names({share.body for share in sample.shares})
    rows = [
        SampleRow(
            one.place, one.at, one.who, names[one.body], DONE[Verb(one.verb)], one.thing, one.ref, one.why, one.is_own
        )
        for one in sample.drawn
    ]  # fmt: skip
    shares = [ShareRow(names[one.body], DONE[Verb(one.verb)], one.looks, one.drawn) for one in sample.shares]
    return page(
        request, "journal/sample.html", title="A sample of the journal", active="journal", form=form, rows=rows,
        shares=shares, looks=sample.looks, is_drawn=is_drawn, is_too_many=sample.is_too_many,
        seed=form.answers.get("seed", ""), since=form.answers.get("since"), until=form.answers.get("until"),
    )  # fmt: skip


def _row(look: Look) -> LookRow:
    # A page must show every entry, also one whose verb a later version has given up.
    done = DONE[Verb(look.verb)] if look.verb in DONE else look.verb
    return LookRow(look.place, look.at, look.who, done, look.thing, look.ref, look.why, in_words(look.detail))
