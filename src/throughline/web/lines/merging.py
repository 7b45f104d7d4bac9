"""Lines that may be one: the list, two beside each other, merging them or saying no, and undoing it."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.lines.known import Known, of
from throughline.lines.merging import keep_apart, merge_lines, undo_merge
from throughline.lines.pairs import Comparison, compare_lines, pairs_of
from throughline.lines.queries import line_page
from throughline.lines.statements import STATEMENTS
from throughline.web.fields import Choice, OneOf
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.lines.forms import ReasonForm
from throughline.web.lines.words import STATES, Act
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

MOST = 200
UNDO = Act("Undo the merge", "Each line stands for itself again, as before.", "The merge is undone.")
DIFFERENT = "different"


class CompareForm(ReasonForm):
    """Whether two lines are one, and which of them stands for both."""

    verdict = OneOf(
        label="Are they one line?", hint="Nothing is lost: what is made one can be undone",
        needed="Choose whether they are one line",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of statement beside each other: what each line has, and how much both would have."""

    what: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    shared: tuple[str, ...]
    counts: tuple[int, int, int]


@require_safe
@needs(Permission.LINE_READ)
def same_lines(request: Request) -> HttpResponse:
    """Pairs of lines that may be one, most alike first."""
    pairs = pairs_of(request.reader, size=MOST)
    return page(request, "lines/same.html", title="Lines that may be one", active="lines", pairs=pairs)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_READ)
def line_compare(request: Request, one: str, other: str) -> HttpResponse:
    """Two lines beside each other, and the decision whether they are one."""
    found = compare_lines(request.reader, one, other)
    if found is None:
        raise Http404
    form = CompareForm.sent(request, choices={"verdict": _verdicts(found)})
    if form.is_valid() and (there := _decided(request, form, one, other)):
        tell(request, "They stay two lines." if form.verdict == DIFFERENT else "The two are one line now.")
        return redirect("line", there)
    return page(
        request, "lines/compare.html", title=f"Compare {one} and {other}", active="lines", form=form,
        compared=found, rows=_rows(found), states=STATES, may_merge=request.reader.may(Permission.LINE_MERGE),
    )  # fmt: skip


def _verdicts(found: Comparison) -> list[Choice]:
    return [
        *(
            Choice(side.ref, f"Yes: {side.known.name} ({side.ref}) stands for both")
            for side in (found.one, found.other)
        ),
        Choice(DIFFERENT, "No, they are different lines", hint="Nobody is asked again"),
    ]


def _decided(request: Request, form: CompareForm, one: str, other: str) -> str:
    """The line to go to once it is decided, or '' with the refusal on the form."""
    with beside_fields(form):
        if form.verdict == DIFFERENT:
            keep_apart(by=request.reader, one=one, other=other, why=form.why)
            return one
        gone = other if form.verdict == one else one
        merge_lines(by=request.reader, kept=form.verdict, gone=gone, why=form.why)
        return str(form.verdict)
    return ""


def _rows(found: Comparison) -> list[Row]:
    rows = []
    for statement in STATEMENTS.values():
        one, other, both = (
            _shown(known, statement.name) for known in (found.one.known, found.other.known, found.both)
        )
        if both:
            shared = tuple(text for text in one if text in other)
            rows.append(Row(statement.label, one, other, shared, (len(one), len(other), len(both))))
    return rows


def _shown(known: Known, statement: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.shown for fact in of(known.facts, statement)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_MERGE)
def merge_undo(request: Request, batch: str, ref: str) -> HttpResponse:
    """Undo a merge of the line on whose page it stands."""
    held, form = line_page(request.reader, ref), ReasonForm.sent(request)
    if held is None or batch not in {merge.batch for merge in held.merges}:
        raise Http404
    if form.is_valid():
        with beside_fields(form):
            try:
                undo_merge(by=request.reader, batch=batch, why=form.why)
            except ObjectDoesNotExist:
                raise Http404 from None
            tell(request, UNDO.done)
            return redirect("line", ref)
    return page(
        request, "lines/reason.html", title=f"{UNDO.name}: {ref}", active="lines", form=form, ref=ref,
        name=held.known.name, act=UNDO, asks=["why"],
    )  # fmt: skip
