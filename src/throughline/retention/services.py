"""Reviewing a record, holding it, and disposing of it: proposed by one person and confirmed by another.

What is disposed of is gone from every table, index and derived figure at once; `throughline retention scrub` makes it
leave the database's files as well. A certificate of metadata stays, and the journal is never altered.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.intelligence.models import Report
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.kernel.working_days import years_after
from throughline.matching.people.reasons import check_reason
from throughline.matching.services import forget
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_names
from throughline.retention.events import ReportDisposed
from throughline.retention.groups import REASONS, USUAL, groups
from throughline.retention.models import Hold, Review
from throughline.retention.workflow import REVIEW

LONGEST = 1000
"""Characters of a reason."""


class NotAnOwnReport(ObjectDoesNotExist):
    """The reader's body holds no such report, as far as the reader may know, or it was disposed of already."""


@writes
def put_in_group(*, by: Reader, ref: str, group: str, why: str) -> None:
    """Say by which periods a report is reviewed: its group, one of `groups`.

    Raises:
        FieldProblem: no such group, or no reason.
        NotAnOwnReport, MoveRefused.
    """
    if group not in groups():
        raise FieldProblem("group", "Choose a group.")
    review = _review(by, ref)
    REVIEW.make("group", review, by=by, why=_said(why))
    Review.objects.filter(pk=review.pk).update(group=group, review_on=None)
    journal.note(Verb.ALTER, "review", ref, why=why.strip(), group=group)


@writes
def keep_report(*, by: Reader, ref: str, why: str) -> date:
    """Keep a report that was reviewed, with the reason; gives the day of its next review.

    Raises:
        FieldProblem: no reason.
        NotAnOwnReport, MoveRefused.
    """
    review = _review(by, ref)
    REVIEW.make("keep", review, by=by, why=_said(why))
    on = years_after(clock.today(), groups()[review.group].again_years)
    Review.objects.filter(pk=review.pk).update(review_on=on)
    journal.note(Verb.ALTER, "review", ref, why=why.strip(), kept_until=on.isoformat())
    return on


@writes
def propose_disposal(*, by: Reader, ref: str, reason: str) -> None:
    """Ask another person to dispose of a report, for one of `REASONS`.

    Raises:
        FieldProblem: no such reason.
        NotAnOwnReport.
        MoveRefused: a hold stands, or something that people have done rests on it.
    """
    if reason not in REASONS:
        raise FieldProblem("reason", "Choose a reason.")
    review = _review(by, ref)
    REVIEW.make("propose", review, by=by, why=REASONS[reason])
    Review.objects.filter(pk=review.pk).update(
        reason=reason, proposed_person=by.person, proposed_by=by.name, proposed_at=clock.now()
    )
    journal.note(Verb.ALTER, "review", ref, why=REASONS[reason], asked="disposal")


@writes
def send_back(*, by: Reader, ref: str, why: str) -> None:
    """Do not dispose of a report that somebody proposed to dispose of; it is open for review again.

    Raises:
        FieldProblem: no reason.
        NotAnOwnReport, MoveRefused.
    """
    review = _review(by, ref)
    REVIEW.make("send-back", review, by=by, why=_said(why))
    Review.objects.filter(pk=review.pk).update(reason="", proposed_person=0, proposed_by="", proposed_at=None)
    journal.note(Verb.ALTER, "review", ref, why=why.strip(), disposal="not done")


@writes
def dispose_of(*, by: Reader, ref: str) -> str:
    """Dispose of a report that another person proposed to dispose of. Gives the reference of the certificate.

    Raises:
        NotAnOwnReport.
        MoveRefused: the same person proposed it, a hold stands, or something that people have done rests on it.
    """
    review = _review(by, ref)
    if review.proposed_person == by.person:
        raise MoveRefused("You proposed it. Another person must confirm it.")
    REVIEW.make("confirm", review, by=by)
    certificate, rule = new_ref("RD"), groups()[review.group].rule
    with connection.cursor() as cursor:
        cursor.execute("select retention_sightings(%s)", [review.pk])
        forget(cursor.fetchone()[0])
        cursor.execute(
            "select retention_dispose(%s, %s, %s, %s)", [review.pk, certificate, rule, clock.now()]
        )
    journal.note(Verb.ERASE, "report", ref, why=REASONS[review.reason], certificate=certificate)
    announce(ReportDisposed(certificate=certificate))
    return certificate


@writes
def place_hold(*, by: Reader, ref: str, asked_by: str, why: str, until: date | None = None) -> str:
    """Have a report of the body kept whatever its review says, or with no reference all of them. Its own reference.

    Raises:
        FieldProblem: nobody named, no reason, or a last day that is over.
        NotAnOwnReport.
    """
    by.require(Permission.RETENTION_REVIEW)
    if not asked_by.strip():
        raise FieldProblem("asked_by", "Say who asked for it, such as a court or an inquiry.")
    if until and until < clock.today():
        raise FieldProblem("until", "The last day must not be over.")
    report = _own(by, ref) if ref else None
    hold = Hold.objects.create(
        ref=new_ref("RH"), report=report, body=by.body, compartment=report.compartment if report else 0,
        asked_by=asked_by.strip(), why=_said(why), until=until, placed_at=clock.now(), placed_by=by.name,
    )  # fmt: skip
    journal.note(Verb.ALTER, "hold", ref or hold.ref, why=why.strip(), placed=hold.ref)
    return hold.ref


@writes
def lift_hold(*, by: Reader, ref: str, why: str) -> None:
    """End a hold, with the reason.

    Raises:
        FieldProblem: no reason.
        NotAnOwnReport: no such hold stands in the reader's body.
    """
    by.require(Permission.RETENTION_CONFIRM)
    lifted = Hold.objects.filter(ref=ref, body=by.body, lifted_at=None).update(
        lifted_at=clock.now(), lifted_by=by.name, lifted_why=_said(why)
    )
    if not lifted:
        raise NotAnOwnReport
    journal.note(Verb.ALTER, "hold", ref, why=why.strip(), lifted=True)


def tell_of_disposal(facts: Sequence[Payload]) -> None:
    """Tell whoever had a report that it was disposed of, so that copies of it go as well."""
    rows = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute("select * from retention_to_tell(%s)", [fact["certificate"]])
            rows += cursor.fetchall()
    names = body_names(owner for _, owner, *_ in rows)
    tell(
        [
            Message(
                body, "disposed", f"{names[owner]} has disposed of report {ref}, which you had: delete what you copied "
                "of it", "report", ref, compartment, person,
            )
            for ref, owner, body, person, compartment in rows
        ]
    )  # fmt: skip


def _own(by: Reader, ref: str) -> Report:
    found = Report.objects.select_for_update(of=("self",)).filter(ref=ref, owner=by.body).first()
    if found is None:
        raise NotAnOwnReport
    return found


def _review(by: Reader, ref: str) -> Review:
    """The review of an own report, begun where there is none yet."""
    by.require(Permission.RETENTION_REVIEW)
    report = _own(by, ref)
    review, _ = Review.objects.get_or_create(
        report=report,
        defaults={"ref": new_ref("RV"), "body": by.body, "compartment": report.compartment, "group": USUAL},
    )
    if review.state == "disposed":
        raise NotAnOwnReport
    return review


def _said(why: str) -> str:
    check_reason(why, longest=LONGEST)
    return why.strip()
