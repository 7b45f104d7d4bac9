"""Notices: to one body, read once, in pages."""

import pytest
from django.db import transaction

from tests.inside import someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed
from throughline.access.services import close_compartment
from throughline.notices.models import Notice
from throughline.notices.queries import notice_list, oldest_unread, unread_count
from throughline.notices.services import Message, read_all_notices, read_notice, tell


def _tell(code: str, count: int, compartment: int = 0) -> None:
    body = someone(f"analyst@{code}").body
    tell([Message(body, "test", f"Notice {n}", compartment=compartment) for n in range(count)])


def test_it_is_for_the_body_told_and_no_other(house: Instance) -> None:
    _tell("norf", 2)
    tell([])
    assert [unread_count(someone(f"{who}")) for who in ("analyst@norf", "officer@norf", "analyst@mps")] == [
        2,
        2,
        0,
    ]
    for role in ("auditor", "admin"):
        reader = someone(f"{role}@norf")
        assert (unread_count(reader), oldest_unread(reader)) == (0, [])
        with pytest.raises(NotAllowed):
            notice_list(reader)
        with pytest.raises(NotAllowed):
            read_all_notices(by=reader)


def test_it_stays_in_its_compartment(house: Instance) -> None:
    circle = close_compartment(name="Inner", people=[someone("analyst@norf").person])
    _tell("norf", 1, compartment=circle)
    assert (unread_count(someone("analyst@norf")), unread_count(someone("manager@norf"))) == (1, 0)
    read_all_notices(by=someone("manager@norf"))
    assert unread_count(someone("analyst@norf")) == 1


def test_it_is_read_by_the_first_who_reads_it(house: Instance) -> None:
    _tell("norf", 2)
    aisha, dev, ben = (someone(name) for name in ("analyst@norf", "safeguarding@norf", "officer@mps"))
    ref = oldest_unread(aisha)[0].ref
    read_notice(by=ben, ref=ref)
    assert unread_count(aisha) == 2
    read_notice(by=aisha, ref=ref)
    read_notice(by=dev, ref=ref)
    card = next(card for card in notice_list(dev)[0] if card.ref == ref)
    assert (card.is_read, card.read_by) == (True, aisha.name)
    assert [c.ref for c in notice_list(dev, unread_only=True)[0]] != [ref]
    assert (read_all_notices(by=dev), read_all_notices(by=dev), unread_count(aisha)) == (1, 0, 0)


def test_it_is_listed_in_pages_newest_first(house: Instance) -> None:
    _tell("norf", 7)
    aisha, seen, mark = someone("analyst@norf"), [], ""
    for _ in range(4):
        cards, mark = notice_list(aisha, before=mark, size=3)
        seen += [card.text for card in cards]
        if not mark:
            break
    assert seen == [f"Notice {n}" for n in range(6, -1, -1)]
    assert [card.text for card in oldest_unread(aisha, size=2)] == ["Notice 0", "Notice 1"]
    assert notice_list(aisha, before="NO-0000-0000")[0] == []
    assert unread_count(aisha, cap=3) == 3


def test_a_mark_of_another_body_pages_nothing(house: Instance) -> None:
    _tell("mps", 1)
    _tell("norf", 1)
    theirs = Notice.objects.using("owner").get(body=someone("analyst@mps").body).ref
    assert notice_list(someone("analyst@norf"), before=theirs)[0] == []


def test_a_telling_that_is_undone_tells_nobody(house: Instance) -> None:
    with transaction.atomic():
        _tell("norf", 1)
        transaction.set_rollback(True)
    assert unread_count(someone("analyst@norf")) == 0
