"""A machine is let in by its secret, does what its roles and scopes both allow, and is ended in a moment."""

import base64
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from tests.inside import someone
from tests.instance import Instance
from tests.interop.machines import machine
from throughline.access.four_eyes import answer_wish
from throughline.access.machines import (
    MachineProblem,
    MachineRefused,
    add_machine,
    end_machine,
    end_token,
    issue_token,
    machines_of,
    reader_with_token,
)
from throughline.access.models import JournalEntry, Token
from throughline.access.permissions import Permission, Role
from throughline.access.reader import NotAllowed
from throughline.access.services import change_roles
from throughline.access.sessions import clear_sessions
from throughline.access.signing_in import SignInRefused, sign_in
from throughline.kernel import clock


def test_its_token_opens_what_its_role_and_its_scopes_both_allow(house: Instance) -> None:
    made = machine(scopes=frozenset({"report:read", "check:run"}))
    reader = reader_with_token(issue_token(client=made.client, secret=made.secret).token)
    assert reader
    assert reader.permissions == {Permission.REPORT_READ, Permission.CHECK_RUN}
    assert (reader.body_code, reader.clearance) == ("NORF", someone("analyst@norf").clearance)
    less = reader_with_token(issue_token(client=made.client, secret=made.secret, scopes=["check:run"]).token)
    assert less
    assert less.permissions == {Permission.CHECK_RUN}


@pytest.mark.parametrize("wrong", ["", "x", "client"])
def test_a_wrong_secret_or_client_is_refused_with_the_same_words(house: Instance, wrong: str) -> None:
    made = machine()
    client, secret = (made.client, wrong) if wrong != "client" else ("MA-2222-2222", made.secret)
    with pytest.raises(MachineRefused, match="do not open an account") as refused:
        issue_token(client=client, secret=secret)
    assert refused.value.error == "invalid_client"


def test_it_gets_no_token_for_more_than_it_may_do(house: Instance) -> None:
    made = machine(scopes=frozenset({"report:read"}))
    with pytest.raises(MachineRefused) as refused:
        issue_token(client=made.client, secret=made.secret, scopes=["hit:read"])
    assert refused.value.error == "invalid_scope"
    auditor = machine(role=Role.AUDITOR)
    with pytest.raises(MachineRefused):
        issue_token(client=auditor.client, secret=auditor.secret)


def test_a_token_runs_out_and_is_cleared_away(house: Instance) -> None:
    made = machine()
    token = issue_token(client=made.client, secret=made.secret).token
    with clock.stopped(clock.now() + timedelta(minutes=31)):
        assert reader_with_token(token) is None
    with house.as_owner() as owner:
        owner.execute("update access_token set expires_at = now() - interval '1 minute'")
        clear_sessions()
        assert owner.execute("select count(*) from access_token").fetchone() == (0,)


def test_ended_it_is_out_at_once(house: Instance) -> None:
    made = machine()
    (card,) = machines_of(someone("admin@norf"))
    token = issue_token(client=made.client, secret=made.secret).token
    with pytest.raises(MachineProblem):
        end_machine(by=someone("admin@norf"), username=card.username, why=" ")
    end_machine(by=someone("admin@norf"), username=card.username, why="Replaced")
    assert reader_with_token(token) is None
    with pytest.raises(MachineRefused):
        issue_token(client=made.client, secret=made.secret)


def test_it_ends_its_own_token_and_no_other(house: Instance) -> None:
    one, other = machine(), machine()
    tokens = [issue_token(client=made.client, secret=made.secret).token for made in (one, other)]
    reader = reader_with_token(tokens[0])
    assert reader
    for token in tokens:
        end_token(by=reader, token=token)
    assert [bool(reader_with_token(token)) for token in tokens] == [False, True]


def test_a_role_taken_away_is_gone_from_a_token_that_was_given(house: Instance) -> None:
    made = machine()
    (card,) = machines_of(someone("admin@norf"))
    token = issue_token(client=made.client, secret=made.secret).token
    change_roles(
        by=someone("admin@norf"), username=card.username, roles=frozenset({Role.AUDITOR}), why="Reads no more"
    )
    reader = reader_with_token(token)
    assert reader
    assert not reader.permissions


def test_it_cannot_sign_in_as_a_person(house: Instance) -> None:
    machine()
    (card,) = machines_of(someone("admin@norf"))
    for password in ("", "county-lines-trial"):
        with pytest.raises(SignInRefused):
            sign_in(username=card.username, password=password)


def test_only_an_administrator_adds_one_and_sees_those_of_the_own_body(house: Instance) -> None:
    machine("kent")
    assert machines_of(someone("admin@norf")) == []
    with pytest.raises(NotAllowed):
        add_machine(
            by=someone("analyst@norf"), username="a@norf", name="A", roles=frozenset({Role.ANALYST}),
            scopes=["report:read"],
        )  # fmt: skip
    with pytest.raises(MachineProblem, match="Choose what it may do"):
        machine(scopes=frozenset({"person:manage"}))


def test_its_secret_and_tokens_are_known_here_by_their_hashes_alone(house: Instance) -> None:
    made = machine()
    token = issue_token(client=made.client, secret=made.secret).token
    with house.as_owner() as owner:
        held = owner.execute("select m::text || t::text from access_machine m, access_token t").fetchall()
    assert token not in str(held)
    assert made.secret not in str(held)


@override_settings(FOUR_EYES=True)
def test_where_four_eyes_are_asked_for_it_may_do_nothing_until_a_second_agrees(apart: Instance) -> None:
    with override_settings(FOUR_EYES=False):
        change_roles(
            by=someone("admin@norf"), username="manager@norf", roles=frozenset({Role.ADMIN}), why="Second"
        )
    made = machine()
    assert made.waits
    with pytest.raises(MachineRefused):
        issue_token(client=made.client, secret=made.secret)
    (card,) = machines_of(someone("admin@norf"))
    answer_wish(by=someone("manager@norf"), username=card.username, agrees=True, why="Asked the force")
    assert issue_token(client=made.client, secret=made.secret).scopes


def test_the_address_gives_a_token_as_the_standard_says(house: Instance) -> None:
    made, client = machine(), Client()
    basic = base64.b64encode(f"{made.client}:{made.secret}".encode()).decode()
    asked = {"grant_type": "client_credentials", "scope": "report:read"}
    for given in (
        client.post("/api/v1/token", asked, headers={"Authorization": f"Basic {basic}"}),
        client.post("/api/v1/token", {**asked, "client_id": made.client, "client_secret": made.secret}),
    ):
        assert given.status_code == 200, given.content
        assert given.json()["scope"] == "report:read"
        assert given.json()["token_type"] == "Bearer"
        assert given.headers["Cache-Control"] == "no-store"
    for sent, status, error in (
        ({**asked, "client_id": made.client, "client_secret": "x"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        (
            {**asked, "scope": "flow:mend", "client_id": made.client, "client_secret": made.secret},
            400,
            "invalid_scope",
        ),
    ):
        refused = client.post("/api/v1/token", sent)
        assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert Token.objects.count() == 0, "no token is seen by nobody"
    with house.as_owner() as owner:
        noted = owner.execute("select verb, thing from access_journal_entry where thing = 'token'").fetchall()
    assert ("sign in", "token") in noted
    assert ("refuse", "token") in noted
    assert JournalEntry.objects.count() == 0
