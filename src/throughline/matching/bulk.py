"""Checking a list of values under one reason: asking, looking up part by part, and telling the holders in groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.asked import NOTICES_APIECE, messages_to_fellows
from throughline.matching.bulk_lines import ListProblem, ValueList
from throughline.matching.events import BulkAnswered, BulkAsked
from throughline.matching.models import BulkCheck, BulkLine, Enquiry
from throughline.matching.queries import Holding, check_all_holdings, pointed_to
from throughline.matching.services import HolderRow, kept_silent, may_ask, told_holder
from throughline.matching.workflow import BULK
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards, body_ids
from throughline.selectors.registry import Selector

AT_ONCE = 500
"""Values that are looked up while the person waits, under a second; a longer list is left to the worker."""
A_PART = 500
"""Values looked up in one transaction, so that a killed worker loses little and the page can say how far it is."""


@writes
def ask_in_bulk(*, by: Reader, values: ValueList, why: str, silent: bool = False) -> str:
    """Check every value of a list under one reason and return the reference of the list.

    A short list is answered when this returns; the worker looks up a longer one, and ``bulk_page`` says how far it is.

    Raises:
        CheckProblem: no reason was given.
        ListProblem: no line of the list could be read.
        NotAllowed: the person's role does not check, or does not ask silently.
    """
    why = may_ask(by, why=why, silent=silent)
    if not values.wanted:
        raise ListProblem(f"No line of this list could be read. The first: {values.refused[0].problem}")
    bulk = BulkCheck.objects.create(
        ref=new_ref("BC"), body=by.body, person=by.person, person_name=by.name, why=why, silent=silent, at=clock.now(),
        read=values.read, values=len(values.wanted), refused=len(values.refused),
    )  # fmt: skip
    BulkLine.objects.bulk_create(_rows(bulk, values), batch_size=1000)
    journal.note(
        Verb.COLLECT, "bulk check", bulk.ref, why=why, lines=values.read, values=bulk.values, refused=bulk.refused,
        silent=silent,
    )  # fmt: skip
    if bulk.values <= AT_ONCE:
        _look_up_part(bulk, by=by)
    else:
        announce(BulkAsked(bulk=bulk.pk, person=by.person))
    return bulk.ref


def _rows(bulk: BulkCheck, values: ValueList) -> Iterable[BulkLine]:
    for place, one in enumerate(values.wanted, 1):
        yield BulkLine(
            bulk=bulk, person=bulk.person, place=place, line=one.line, typed=one.typed, kind=one.selector.kind,
            key=one.selector.key, times=one.times,
        )  # fmt: skip
    for refused in values.refused:
        yield BulkLine(
            bulk=bulk,
            person=bulk.person,
            place=0,
            line=refused.line,
            typed=refused.typed,
            problem=refused.problem,
        )


def look_up_bulk(facts: Sequence[Payload]) -> None:
    """Look up the next part of a list that waits. Someone who may no longer check gets no answer."""
    for fact in facts:
        by = reader_numbered(fact["person"])
        if by is None or not by.may(Permission.CHECK_RUN):
            continue
        with reading(by):
            bulk = BulkCheck.objects.select_for_update().filter(pk=fact["bulk"], state=BULK.start).first()
            if bulk and not _look_up_part(bulk, by=by):
                announce(BulkAsked(bulk=bulk.pk, person=by.person))


@writes
def look_up_next_part(*, by: Reader, ref: str) -> int:
    """Look up the next part of one's own list now, without waiting for a worker; returns how many values are done.

    Raises:
        BulkCheck.DoesNotExist: the reader has no such list.
    """
    bulk = BulkCheck.objects.select_for_update().get(ref=ref)
    if bulk.state == BULK.start:
        _look_up_part(bulk, by=by)
    return bulk.answered


def _look_up_part(bulk: BulkCheck, *, by: Reader) -> bool:
    """Ask for the next values, each an enquiry of its own in the journal; true when the list is done."""
    until = bulk.answered + A_PART
    lines = list(bulk.lines.filter(place__gt=bulk.answered, place__lte=until).order_by("place"))
    selectors = [Selector(line.kind, line.key) for line in lines]
    holdings = check_all_holdings(by, selectors, noted_by=bulk.at)
    quiet, codes = kept_silent(selectors, by=by), body_ids()
    enquiries = Enquiry.objects.bulk_create(
        [
            Enquiry(
                ref=new_ref("EN"), kind=s.kind, key=s.key, body=by.body, person=by.person, person_name=by.name,
                why=bulk.why, at=clock.now(), silent=bulk.silent or s in quiet, bulk=bulk.ref,
                pointed=pointed_to(found, codes),
            )
            for s, found in zip(selectors, holdings, strict=True)
        ]
    )  # fmt: skip
    journal.note_all([_entry(e, found) for e, found in zip(enquiries, holdings, strict=True)])
    bulk.answered += len(lines)
    BulkCheck.objects.filter(pk=bulk.pk).update(answered=bulk.answered)
    is_done = bulk.answered >= bulk.values
    if is_done:
        BULK.make("answer", bulk, by=by, fact=BulkAnswered(bulk=bulk.ref, person=by.person))
    return is_done


def _entry(enquiry: Enquiry, holdings: Sequence[Holding]) -> Entry:
    degrees = [h.degree for h in holdings]
    return Entry(
        Verb.CONSULT, "check", enquiry.ref, enquiry.why,
        {"kind": enquiry.kind, "content": degrees.count("content"), "existence": degrees.count("existence"),
         "silent": enquiry.silent, "list": enquiry.bulk},
    )  # fmt: skip


def tell_of_bulk(facts: Sequence[Payload]) -> None:
    """Tell each holder what a list asked about: a few values one by one, more as one notice that leads to them."""
    cards = body_cards()
    messages = []
    for fact in facts:
        with connection.cursor() as cursor:
            cursor.execute("select * from matching_holders_of_bulk(%s)", [fact["bulk"]])
            rows = [HolderRow(*row) for row in cursor.fetchall()]
        told: dict[tuple[int, int], list[HolderRow]] = defaultdict(list)
        for row in rows:
            told[row.body, row.compartment].append(row)
        for group in told.values():
            messages += _to_holder(fact["bulk"], group, cards)
        messages += messages_to_fellows(_enquiries_of(fact), cards)
    tell(messages)


def _enquiries_of(fact: Payload) -> list[int]:
    by = reader_numbered(fact["person"])
    if by is None:
        return []
    with reading(by):
        return list(Enquiry.objects.filter(bulk=fact["bulk"]).values_list("id", flat=True))


def _to_holder(bulk: str, group: list[HolderRow], cards: dict[int, BodyCard]) -> list[Message]:
    if len(group) <= NOTICES_APIECE:
        return [told_holder(row, cards) for row in group]
    first, asker = group[0], cards[group[0].asked_by]
    count, silent = len(group), sum(row.is_silent for row in group)
    silence = f" Your interest in {silent:,} of them is silent: they were not shown it." if silent else ""
    named = [row for row in group if not row.is_unnamed]
    if named:
        who = f"{first.person_name} at {asker.name} checked"
        rest = f" Reason: {first.why}. Ring them at {asker.desk}."
    else:
        who, rest = "A body that asks not to be named checked", ""
    text = f"{who} {count:,} values that you hold, in one list.{rest}{silence}"
    return [Message(first.body, "enquiry", text, "asked", bulk, first.compartment)]
