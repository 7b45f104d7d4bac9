"""Partner agencies see what was disclosed to them and what they sent, and nothing else, by the database's lock."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.safeguarding.caring import LEAD, page, raised, shared
from tests.web.visiting import visitor, words_of
from throughline.access.delegation import DelegationProblem, delegate_roles
from throughline.access.permissions import NO_CLEARANCE, Role
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import PersonProblem, change_roles
from throughline.clocks.queries import running_clocks
from throughline.kernel import clock, outbox
from throughline.notices.queries import notice_list
from throughline.safeguarding.models import Agency, Disclosure, PartnerMessage
from throughline.safeguarding.partners import (
    add_agency_person,
    agency_list,
    answer_message,
    disclose_concern,
    disclosures_of,
    keep_agency,
    messages_from_partners,
    partner_page,
    send_message,
)
from throughline.safeguarding.raising import ConcernProblem

PARTNER = "partner@norf"
WORDS = "The child is known to the team and needs a worker today"


def joined(body: str = "norf", name: str = "Children's services") -> str:
    """An agency of a body with its one log-in joined; its reference."""
    lead = someone(f"safeguarding@{body}")
    ref = keep_agency(by=lead, name=name, kind="local authority")
    add_agency_person(by=lead, agency=ref, username=f"partner@{body}")
    return ref


def disclosed(concern: str, agency: str) -> str:
    """Something of a concern, disclosed; its reference."""
    return disclose_concern(
        by=someone(LEAD),
        ref=concern,
        agency=agency,
        words=WORDS,
        regime="part 2",
        basis="Children Act 1989 s.47",
    )


def test_an_agency_sees_what_was_disclosed_to_it_and_what_it_sent_and_nothing_else(cast: Cast) -> None:
    partner = someone(PARTNER)
    assert partner.clearance == NO_CLEARANCE
    file_report(cast.aisha, "R1", everyone=True)
    concern = raised()
    assert partner_page(partner).agency == ""
    with pytest.raises(ConcernProblem, match="not joined"):
        send_message(by=partner, words="x")
    agency = joined()
    other = keep_agency(by=someone(LEAD), name="A charity", kind="charity")
    disclosed(concern, other)
    ref = disclosed(concern, agency)
    sent = send_message(by=partner, words="A boy of ours came back with money")
    found = partner_page(partner)
    assert [one.ref for one in found.disclosures] == [ref]
    assert (found.disclosures[0].words, found.disclosures[0].basis) == (WORDS, "Children Act 1989 s.47")
    assert found.disclosures[0].concern == ""
    assert [one.ref for one in found.messages] == [sent]
    away = joined("kent", "Kent's services")
    assert partner_page(someone("partner@kent")).disclosures == ()
    assert [one.ref for one in agency_list(someone("safeguarding@kent"))] == [away]
    with reading(partner), connection.cursor() as cursor:
        seen = {}
        cursor.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relrowsecurity "
            "and has_table_privilege(c.oid, 'select')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table}")
            seen[table] = cursor.fetchone()[0]
    assert {table for table, count in seen.items() if count} <= {
        "safeguarding_agency", "safeguarding_agency_person", "safeguarding_disclosure",
        "safeguarding_partner_message", "access_session",
    }  # fmt: skip


def test_each_disclosure_has_its_regime_and_basis_and_is_never_changed(cast: Cast) -> None:
    concern, agency, lead = raised(), joined(), someone(LEAD)
    for field, said in (("words", {"words": " "}), ("regime", {"regime": "x"}), ("basis", {"basis": ""}),
                        ("agency", {"agency": "AG-NONE"})):  # fmt: skip
        whole = {"agency": agency, "words": WORDS, "regime": "part 2", "basis": "s.47"} | said
        with pytest.raises(ConcernProblem) as refused:
            disclose_concern(by=lead, ref=concern, **whole)
        assert refused.value.field == field
    ref = disclosed(concern, agency)
    (row,) = disclosures_of(lead, concern)
    assert (row.ref, row.to_name, row.by_name) == (ref, "Children's services", lead.name)
    assert [one.ref for one in disclosures_of(someone("safeguarding@mps"), concern)] == []
    shared(concern)
    assert [one.ref for one in disclosures_of(someone("safeguarding@mps"), concern)] == [ref]
    with reading(lead), pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(ref=ref).update(words="Another")
    with reading(cast.grace), connection.cursor() as cursor:
        cursor.execute(
            "select detail->>'to', detail->>'regime' from access_journal_entry where why = 'disclosed to a partner'"
        )
        assert cursor.fetchall() == [(agency, "part 2")]


def test_what_an_agency_sends_is_told_of_without_its_words_and_answered_once(cast: Cast) -> None:
    joined()
    partner, lead = someone(PARTNER), someone(LEAD)
    ref = send_message(by=partner, words="A boy of ours")
    outbox.drain()
    told = [card.text for card in notice_list(lead)[0] if card.kind == "partner message"]
    assert told == [f"A partner agency wrote to you ({ref})"]
    assert notice_list(cast.aisha)[0] == []
    with pytest.raises(ConcernProblem, match="no concern"):
        answer_message(by=lead, ref=ref, answer="Thank you", concern="SG-NONE")
    concern = raised()
    answer_message(by=lead, ref=ref, answer="Thank you", concern=concern)
    with pytest.raises(ConcernProblem, match="already"):
        answer_message(by=lead, ref=ref, answer="Again")
    (mine,) = partner_page(partner).messages
    assert (mine.answer, mine.concern) == ("Thank you", "")
    assert messages_from_partners(lead, size=9)[0].concern == concern
    with pytest.raises(PartnerMessage.DoesNotExist):
        answer_message(by=someone("safeguarding@kent"), ref=ref, answer="x")


def test_the_role_is_held_alone_is_never_lent_and_opens_no_other_service(cast: Cast) -> None:
    admin = someone("admin@norf")
    for roles in ({Role.PARTNER, Role.OFFICER}, {Role.PARTNER, Role.ADMIN}):
        with pytest.raises(PersonProblem, match="no other role"):
            change_roles(by=admin, username="officer@norf", roles=frozenset(roles), why="A reason")
    with pytest.raises(DelegationProblem, match="partner agency"):
        delegate_roles(by=someone("manager@norf"), roles=frozenset({Role.MANAGER}), username=PARTNER,
                       last_day=clock.today(), why="Leave")  # fmt: skip
    with pytest.raises(NotAllowed):
        keep_agency(by=someone(PARTNER), name="x", kind="charity")
    with pytest.raises(ConcernProblem, match="partner's log-in"):
        add_agency_person(by=someone(LEAD), agency=joined(), username="officer@norf")
    with pytest.raises(Agency.DoesNotExist):
        add_agency_person(
            by=someone("safeguarding@kent"), agency=agency_list(someone(LEAD))[0].ref, username="x"
        )
    assert running_clocks(someone(PARTNER), size=9) == []


def test_its_pages_lead_from_the_disclosure_to_the_answer(cast: Cast) -> None:
    concern, lead, partner = raised(), visitor(LEAD), visitor(PARTNER)
    assert "not joined to your agency yet" in words_of(partner.get("/partners/mine"))
    assert "Name the agency" in words_of(lead.post("/partners/keep", {"name": ""}))
    lead.post("/partners/keep", {"name": "Children's services", "kind": "local authority"})
    (agency,) = agency_list(someone(LEAD))
    lead.post(f"/partners/{agency.ref}/people", {"username": PARTNER})
    assert "Children" in words_of(lead.get("/partners/"))
    assert "Data Protection Act 2018 Part 3" in words_of(lead.get(f"/partners/disclose/{concern}"))
    said = {"agency": agency.ref, "words": WORDS, "regime": "court", "basis": "An order of the court"}
    assert lead.post(f"/partners/disclose/{concern}", said).headers["Location"] == f"/concerns/{concern}"
    assert WORDS in words_of(lead.get(f"/concerns/{concern}"))
    mine = words_of(partner.get("/partners/mine"))
    assert concern not in mine
    ref = disclosures_of(someone(LEAD), concern)[0].ref
    one = words_of(partner.get(f"/partners/mine/{ref}"))
    assert WORDS in one
    assert "Not verified" in one
    assert concern not in one
    assert visitor("partner@kent").get(f"/partners/mine/{ref}").status_code == 404
    partner.post("/partners/mine/send", {"words": "He is back"})
    (message,) = messages_from_partners(someone(LEAD), size=9)
    assert "He is back" in words_of(lead.get(f"/partners/messages/{message.ref}"))
    lead.post(f"/partners/messages/{message.ref}", {"answer": "We will ring you"})
    assert "We will ring you" in words_of(partner.get("/partners/mine"))
    for closed in ("/lines/", "/reports/", "/concerns/", "/check/", "/clocks/", "/people/", "/partners/",
                   f"/concerns/{concern}"):  # fmt: skip
        assert partner.get(closed).status_code in (403, 404), closed
    assert page(concern).row.ref == concern
