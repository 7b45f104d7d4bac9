"""Signing in through a real provider, from the sign-in page to the desk; and what is refused on the way."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pyotp
import pytest
from django.conf import settings as in_force
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import Cast
from tests.single_sign_on.conftest import ANSWER_AT, AtProvider
from tests.web.visiting import visitor, words_of
from throughline.access.journal import Verb
from throughline.access.leaving import retire_person
from throughline.access.models import JournalEntry, SignOn
from throughline.access.provider import Proof, ProviderProblem, ask_provider, begin_sign_on, prove
from throughline.access.reader import reading
from throughline.access.second_factor import begin_second_factor, confirm_second_factor
from throughline.access.sign_on import SignOnProblem, UnknownSubject, join_subject, sign_on, subject_of
from throughline.cli import main
from throughline.web.session.single import KEPT

PATHS = "/sign-in/organisation"


def _join(cast: Cast, subject: str = "s-4711") -> None:
    join_subject(by=cast.ivan, username=cast.aisha.username, subject=subject, why="Read to me in person")


def _come_back(client: Client, at: AtProvider, name: str, wanted: str = "") -> Any:
    off = client.get(PATHS + (f"?{urlencode({'next': wanted})}" if wanted else ""))
    return client.get(at.sign_in(off.headers["Location"], name))


def test_it_signs_in_whoever_the_provider_proves(cast: Cast, provider: AtProvider) -> None:
    _join(cast)
    client = Client()
    assert "Sign in with your organisation" in words_of(client.get("/sign-in"))
    answer = _come_back(client, provider, "s-4711", "/hits/?kind=phone")
    assert answer.headers["Refresh"] == "0; url=/hits/?kind=phone"
    assert "Analyst at NORF" in client.get("/desk").content.decode()
    with reading(cast.grace):
        noted = JournalEntry.objects.filter(verb=Verb.SIGN_IN, person=cast.aisha.person)
        assert [entry.why for entry in noted] == ["with single sign-on"]


def test_it_sends_a_challenge_a_state_and_a_nonce_of_this_sign_in_alone(provider: AtProvider) -> None:
    asked = [parse_qs(urlsplit(begin_sign_on(answer_at=ANSWER_AT)[0]).query) for _ in range(2)]
    assert asked[0]["code_challenge_method"] == ["S256"]
    for part in ("code_challenge", "state", "nonce"):
        assert asked[0][part] != asked[1][part]


def test_it_asks_for_the_strength_that_the_instance_wants(provider: AtProvider, settings: Settings) -> None:
    settings.SIGN_ON_STRENGTH = "two-factors"
    asked = parse_qs(urlsplit(begin_sign_on(answer_at=ANSWER_AT)[0]).query)
    assert asked["acr_values"] == ["two-factors"]


def test_a_provider_that_does_not_prove_the_strength_signs_nobody_in(
    cast: Cast, provider: AtProvider, settings: Settings
) -> None:
    _join(cast)
    settings.SIGN_ON_STRENGTH = "two-factors"
    assert _come_back(Client(), provider, "s-4711").status_code == 403


def test_where_a_code_is_wanted_of_everybody_one_is_set_up_first(
    cast: Cast, provider: AtProvider, settings: Settings
) -> None:
    _join(cast)
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    _come_back(client, provider, "s-4711")
    assert client.get("/desk").headers["Location"] == "/account/code"


def test_it_keeps_its_cookie_from_scripts_and_sends_it_to_its_own_pages_alone(provider: AtProvider) -> None:
    kept = Client().get(PATHS).cookies[KEPT]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", PATHS)


def test_it_makes_no_account_for_whom_nobody_has_joined(cast: Cast, provider: AtProvider) -> None:
    client = Client()
    answer = _come_back(client, provider, "analyst@norf")
    assert answer.status_code == 403
    words = words_of(answer)
    assert "no account here is joined to you yet" in words
    assert "analyst@norf" in words
    assert client.get("/desk").status_code == 302


def test_it_signs_in_nobody_who_has_left(cast: Cast, provider: AtProvider) -> None:
    _join(cast)
    retire_person(by=cast.ivan, username=cast.aisha.username, why="Moved")
    assert not SignOn.objects.exists()
    assert _come_back(Client(), provider, "s-4711").status_code == 403


def test_it_asks_for_the_code_of_whoever_has_turned_one_on(cast: Cast, provider: AtProvider) -> None:
    _join(cast)
    secret = begin_second_factor(by=cast.aisha).secret
    confirm_second_factor(by=cast.aisha, code=pyotp.TOTP(secret).now())
    client = Client()
    assert _come_back(client, provider, "s-4711").headers["Refresh"] == "0; url=/sign-in/code"
    assert client.get("/desk").status_code == 302


def test_it_takes_no_answer_that_another_browser_began(cast: Cast, provider: AtProvider) -> None:
    """Signing a victim in as somebody else by handing them an answer: login cross-site request forgery."""
    _join(cast)
    off = Client().get(PATHS)
    brought = provider.sign_in(off.headers["Location"], "s-4711")
    assert Client().get(brought).status_code == 403
    other = Client()
    other.get(PATHS)
    assert other.get(brought).status_code == 403
    assert other.get("/desk").status_code == 302


def test_it_takes_an_answer_once(cast: Cast, provider: AtProvider) -> None:
    _join(cast)
    client = Client()
    off = client.get(PATHS)
    kept = client.cookies[KEPT].value
    brought = provider.sign_in(off.headers["Location"], "s-4711")
    assert client.get(brought).status_code == 200
    again = Client()
    again.cookies[KEPT] = kept
    assert again.get(brought).status_code == 403
    assert again.get("/desk").status_code == 302


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("state", "another"),
        ("state", ""),
        ("state", "\u00e9"),
        ("iss", "https://elsewhere.example"),
        ("code", "made-up"),
        ("code", ""),
    ],
)
def test_it_refuses_an_answer_that_was_tampered_with(
    cast: Cast, provider: AtProvider, part: str, value: str
) -> None:
    _join(cast)
    client = Client()
    brought = urlsplit(provider.sign_in(client.get(PATHS).headers["Location"], "s-4711"))
    answer = {**dict(parse_qsl(brought.query)), part: value}
    refused = client.get(f"{brought.path}?{urlencode(answer)}")
    assert refused.status_code == 403
    assert "did not prove who you are" in words_of(refused)


def test_it_refuses_when_the_provider_did(cast: Cast, provider: AtProvider) -> None:
    client = Client()
    asked = parse_qs(urlsplit(client.get(PATHS).headers["Location"]).query)
    answer = {"error": "access_denied", "state": asked["state"][0]}
    assert client.get(f"{PATHS}/answer?{urlencode(answer)}").status_code == 403


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_it_refuses_a_token_of_another_sign_in(provider: AtProvider, part: str) -> None:
    address, begun = begin_sign_on(answer_at=ANSWER_AT)
    answer = dict(parse_qsl(urlsplit(provider.sign_in(address, "s-4711")).query))
    swapped = replace(begun, **{part: "x" * 64})
    with pytest.raises(ProviderProblem):
        prove(swapped, answer=answer, answer_at=ANSWER_AT)


def test_it_refuses_a_client_that_does_not_know_the_secret(
    provider: AtProvider, settings: Settings, tmp_path: Any
) -> None:
    address, begun = begin_sign_on(answer_at=ANSWER_AT)
    answer = dict(parse_qsl(urlsplit(provider.sign_in(address, "s-4711")).query))
    (tmp_path / "wrong").write_text("wrong")
    settings.SIGN_ON_SECRET_FILE = str(tmp_path / "wrong")
    with pytest.raises(ProviderProblem, match="invalid_client"):
        prove(begun, answer=answer, answer_at=ANSWER_AT)


def test_the_command_says_that_it_works_and_what_to_register(
    provider: AtProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign-on"]) == 0
    assert f"{provider.issuer} can be used. It signs with 1 key" in capsys.readouterr().out
    assert ask_provider().keys == 1


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("", "Single sign-on is off"),
        ("http://sign-on.example", "must be reached by https"),
        ("http://localhost:9", "does not answer"),
        ("http://127.0.0.1:{port}", "calls itself"),
    ],
)
def test_the_command_says_what_to_mend(
    provider: AtProvider, settings: Settings, capsys: pytest.CaptureFixture[str], issuer: str, said: str
) -> None:
    settings.SIGN_ON_ISSUER = issuer.format(port=urlsplit(provider.issuer).port)
    assert main(["sign-on"]) == 1
    assert said in capsys.readouterr().err


def test_a_provider_that_is_down_leaves_the_password(cast: Cast, settings: Settings) -> None:
    settings.SIGN_ON_ISSUER = "http://localhost:9"
    refused = Client().get(PATHS)
    assert refused.status_code == 503
    assert "cannot be reached" in words_of(refused)
    assert visitor("analyst@norf").get("/desk").status_code == 200


def test_it_is_off_unless_an_issuer_is_named(cast: Cast) -> None:
    assert in_force.SIGN_ON_ISSUER == ""
    assert Client().get(PATHS).status_code == Client().get(f"{PATHS}/answer").status_code == 404
    assert "organisation" not in words_of(Client().get("/sign-in")).replace("in your organisation.", "")


def test_an_administrator_joins_an_account_and_parts_it(cast: Cast, provider: AtProvider) -> None:
    client = visitor("admin@norf")
    address = "/people/analyst@norf/sign-on"
    assert client.post(address, {"subject": "s-1", "why": ""}).status_code == 200
    client.post(address, {"subject": "s-1", "why": "Seen in person"})
    assert subject_of(cast.ivan, "analyst@norf") == "s-1"
    with pytest.raises(SignOnProblem, match="joined to another account"):
        join_subject(by=cast.ivan, username="officer@norf", subject="s-1", why="A slip")
    client.post(address, {"subject": "", "why": "Left the provider"})
    assert subject_of(cast.ivan, "analyst@norf") == ""
    assert client.get("/people/analyst@kent/sign-on").status_code == 404
    assert visitor("analyst@norf").get(address).status_code == 403


def test_a_subject_of_another_provider_opens_nothing(
    cast: Cast, provider: AtProvider, settings: Settings
) -> None:
    _join(cast)
    settings.SIGN_ON_ISSUER = "https://another.example"
    with pytest.raises(UnknownSubject):
        sign_on(Proof("https://another.example", "s-4711"))
