"""What an organisation's OpenID Connect provider is asked, and how what it answers is proved. No database here.

OpenID Connect Core 1.0, the authorization code flow, with PKCE (RFC 7636) and the issuer of an answer (RFC 9207).
Authlib speaks the protocol and joserfc proves the signature; what they are to insist on is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures with a key of which the provider alone has the secret half. Never `none`, nor a secret that two share."""
LEEWAY = 60
"""Seconds by which the two clocks may differ."""
PATIENCE = 10
"""Seconds that the provider is waited for, each time that it is asked."""
PLAINLY = {"withhold_token": True, "allow_redirects": False}
"""What it says of itself is asked without any token, and at no address but its own."""
LONGEST_SUBJECT = 255
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
FAULTS = (RequestException, OAuthError, JoseError, ValueError, KeyError, TypeError, AttributeError)
"""All that a provider that is down, or speaks another language, can lead to."""


class ProviderProblem(Exception):
    """The provider cannot be used, or said what is not proved. The text is one sentence for whoever runs it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser keeps between leaving for the provider and coming back: it ties the two together."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Who the provider says somebody is: a subject never given to anybody else, as its issuer knows them."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a provider says of itself, and how many keys it signs with."""

    issuer: str
    authorization: str
    token: str
    keys: int


def is_on() -> bool:
    """Whether this instance has a single sign-on."""
    return bool(settings.SIGN_ON_ISSUER)


def begin_sign_on(*, answer_at: str) -> tuple[str, Begun]:
    """Where the browser is sent, and what it keeps until it is back at `answer_at`.

    Raises:
        ProviderProblem: the provider does not answer, or is not one that can be trusted.
    """
    begun = Begun(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48))
    with _session(answer_at) as session:
        about = _about(session)
        address, _ = session.create_authorization_url(
            about["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
            **({"acr_values": settings.SIGN_ON_STRENGTH} if settings.SIGN_ON_STRENGTH else {}),
        )
    return address, begun


def prove(begun: Begun, *, answer: Mapping[str, str], answer_at: str) -> Proof:
    """Turn what a browser brought back into proof of who somebody is.

    Raises:
        ProviderProblem: it was not begun in this browser, or the provider does not stand by it.
    """
    if not compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise ProviderProblem("The answer belongs to another sign-in.")
    if answer.get("iss", settings.SIGN_ON_ISSUER) != settings.SIGN_ON_ISSUER:
        raise ProviderProblem("The answer comes from another provider.")
    if "error" in answer or not answer.get("code"):
        raise ProviderProblem("The provider did not sign anybody in.")
    try:
        with _session(answer_at) as session:
            about = _about(session)
            token = session.fetch_token(
                about["token_endpoint"], code=answer["code"], code_verifier=begun.verifier,
                grant_type="authorization_code", allow_redirects=False,
            )  # fmt: skip
            return proved(token, begun.nonce, _keys(session, about))
    except FAULTS as problem:
        raise ProviderProblem(f"What the provider said is not proved: {_words(problem)}.") from problem


def ask_provider() -> Found:
    """What the provider says of itself, for whoever sets it up.

    Raises:
        ProviderProblem: what has to be mended.
    """
    with _session("") as session:
        about = _about(session)
        try:
            keys = len(_keys(session, about).keys)
        except FAULTS as problem:
            raise ProviderProblem(f"The keys of the provider cannot be read: {_words(problem)}.") from problem
    if "S256" not in about.get("code_challenge_methods_supported", ["S256"]):
        raise ProviderProblem(
            "The provider does not take PKCE with S256, without which a code could be stolen."
        )
    if not set(ALGORITHMS) & set(about.get("id_token_signing_alg_values_supported", [])):
        raise ProviderProblem(
            f"The provider signs in none of the ways that are taken: {', '.join(ALGORITHMS)}."
        )
    return Found(about["issuer"], about["authorization_endpoint"], about["token_endpoint"], keys)


def _session(answer_at: str) -> Any:
    """A fresh one each time: nothing of one person's sign-in is there for the next."""
    secret = _secret()
    return OAuth2Session(
        settings.SIGN_ON_CLIENT, secret, scope="openid", redirect_uri=answer_at, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secret else "none", default_timeout=PATIENCE,
    )  # fmt: skip


def _secret() -> str | None:
    """The client's secret, from a file that the environment names, so that it stands in no list of processes."""
    if not settings.SIGN_ON_SECRET_FILE:
        return None
    try:
        return Path(settings.SIGN_ON_SECRET_FILE).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ProviderProblem(
            f"The file that THROUGHLINE_SIGN_ON_SECRET_FILE names cannot be read: {problem.strerror}."
        ) from problem


def _about(session: Any) -> dict[str, Any]:
    """What the provider says of itself, asked anew each time: keys and addresses change, and an old copy would err."""
    issuer = settings.SIGN_ON_ISSUER
    _refuse_unsafe(issuer)
    try:
        found = session.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", **PLAINLY)
        found.raise_for_status()
        about: dict[str, Any] = found.json()
        missing = [name for name in NEEDED if not isinstance(about.get(name), str)]
    except FAULTS as problem:
        raise ProviderProblem(f"The provider does not answer at {issuer}: {_words(problem)}.") from problem
    if missing:
        raise ProviderProblem(f"The provider at {issuer} does not say its {', '.join(missing)}.")
    if about["issuer"] != issuer:
        raise ProviderProblem(f"The provider calls itself {about['issuer']}, and the setting says {issuer}.")
    for name in NEEDED:
        _refuse_unsafe(about[name])
    return about


def _refuse_unsafe(address: str) -> None:
    """TLS, or a provider on this very machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ProviderProblem(f"The provider must be reached by https, and {address} is not.")


def _keys(session: Any, about: Mapping[str, Any]) -> KeySet:
    found = session.get(about["jwks_uri"], **PLAINLY)
    found.raise_for_status()
    return KeySet.import_key_set(found.json())


def proved(token: Mapping[str, Any], nonce: str, keys: KeySet) -> Proof:
    """Signature, issuer, audience, times, nonce and strength of an identity token; JoseError where one fails."""
    client, issuer = settings.SIGN_ON_CLIENT, settings.SIGN_ON_ISSUER
    said = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS)
    claims = CodeIDToken(
        said.claims,
        said.header,
        # Authlib looks at the audience only when it is told which.
        {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}},
        {"nonce": nonce, "client_id": client, "access_token": token.get("access_token")},
    )
    claims.validate(leeway=LEEWAY)
    if claims["iss"] != issuer:  # the library takes a list that holds it as well
        raise ValueError("it comes from another provider")
    if settings.SIGN_ON_STRENGTH and claims.get("acr") != settings.SIGN_ON_STRENGTH:
        raise ValueError("it does not prove the strength that is asked for")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("it names nobody")
    return Proof(issuer, subject)


def _words(problem: Exception) -> str:
    return " ".join(str(problem).split()).rstrip(".") or type(problem).__name__
