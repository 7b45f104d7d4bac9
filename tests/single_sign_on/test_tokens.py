"""What an identity token must hold to prove anything: each thing wrong with one is enough to refuse it."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from pytest_django.fixtures import Settings

from throughline.access.provider import ALGORITHMS, LEEWAY, LONGEST_SUBJECT, Proof, proved
from throughline.kernel import clock

ISSUER, CLIENT, NONCE = "https://sign-on.example", "throughline", "n-1"
FORGERY = b'{"alg":"HS256","kid":"k1"}'
OURS = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
KEYS = KeySet([OURS])


@pytest.fixture(autouse=True)
def turned_on(settings: Settings) -> None:
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_CLIENT = ISSUER, CLIENT


def _token(
    claims: Mapping[str, Any] | None = None, *, key: Any = OURS, alg: str = "RS256", kid: str = "k1"
) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    said = {"iss": ISSUER, "sub": "s-1", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": NONCE}
    kept = {name: value for name, value in {**said, **(claims or {})}.items() if value is not None}
    return {"id_token": jwt.encode({"alg": alg, "kid": kid}, kept, key, algorithms=[alg])}


def _in_base64(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")


def _seconds(count: int) -> int:
    return int(clock.now().timestamp()) + count


def test_a_right_one_proves_who() -> None:
    assert proved(_token(), NONCE, KEYS) == Proof(ISSUER, "s-1")


def test_clocks_may_differ_a_little_and_no_more() -> None:
    assert proved(_token({"exp": _seconds(-LEEWAY + 20)}), NONCE, KEYS)
    assert proved(_token({"iat": _seconds(LEEWAY - 20)}), NONCE, KEYS)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "n-2"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another", "a third"], "azp": CLIENT},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"iss": "https://elsewhere.example"},
        {"iss": f"{ISSUER}/"},
        {"iss": [ISSUER, "https://elsewhere.example"]},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * (LONGEST_SUBJECT + 1)},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"exp": -LEEWAY - 30},
        {"iat": LEEWAY + 30},
        {"nbf": LEEWAY + 30},
    ],
    ids=str,
)
def test_one_thing_wrong_is_enough(claims: dict[str, Any]) -> None:
    moved = {
        name: _seconds(value) if name in ("exp", "iat", "nbf") and isinstance(value, int) else value
        for name, value in claims.items()
    }
    with pytest.raises((JoseError, ValueError)):
        proved(_token(moved), NONCE, KEYS)


def test_it_holds_the_provider_to_the_strength_that_is_asked_for(settings: Settings) -> None:
    settings.SIGN_ON_STRENGTH = "two-factors"
    assert proved(_token({"acr": "two-factors"}), NONCE, KEYS)
    for said in (None, "", "password", ["two-factors", "password"]):
        with pytest.raises((JoseError, ValueError)):
            proved(_token({"acr": said}), NONCE, KEYS)


def test_it_takes_no_signature_but_with_a_key_of_the_provider() -> None:
    another = RSAKey.generate_key(2048, {"kid": "k1"})
    with pytest.raises(JoseError):
        proved(_token(key=another), NONCE, KEYS)
    with pytest.raises((JoseError, ValueError)):
        proved(_token(kid="k2"), NONCE, KEYS)


def test_keys_may_be_swapped_and_the_old_ones_open_nothing_more() -> None:
    fresh = RSAKey.generate_key(2048, {"kid": "k2"})
    assert proved(_token(key=fresh, kid="k2"), NONCE, KeySet([OURS, fresh]))
    with pytest.raises((JoseError, ValueError)):
        proved(_token(), NONCE, KeySet([fresh]))


def test_it_takes_none_and_shared_secrets_never() -> None:
    """`none` is no signature; with HS256 the public key, which everybody has, would be the secret."""
    assert not {"none", "HS256"} & set(ALGORITHMS)
    _, claims, _ = _token()["id_token"].split(".")
    for head in (b'{"alg":"none"}', b'{"alg":"None","kid":"k1"}', b'{"kid":"k1"}'):
        with pytest.raises((JoseError, ValueError, KeyError)):
            proved({"id_token": f"{_in_base64(head)}.{claims}."}, NONCE, KEYS)
    said = f"{_in_base64(FORGERY)}.{claims}"
    forged = hmac.digest(OURS.as_pem(private=False), said.encode(), "sha256")
    with pytest.raises((JoseError, ValueError)):
        proved({"id_token": f"{said}.{_in_base64(forged)}"}, NONCE, KEYS)


def test_a_token_changed_by_one_character_proves_nothing() -> None:
    head, claims, signature = _token()["id_token"].split(".")
    for changed in (
        f"{head}.{claims[:-1]}{'A' if claims[-1] != 'A' else 'B'}.{signature}",
        f"{head}.{claims}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        f"{head}.{claims}.",
    ):
        with pytest.raises((JoseError, ValueError)):
            proved({"id_token": changed}, NONCE, KEYS)


def test_an_elliptic_key_does_as_well() -> None:
    curve = ECKey.generate_key("P-256", {"kid": "e1"})
    assert proved(_token(key=curve, alg="ES256", kid="e1"), NONCE, KeySet([curve]))


def test_an_access_token_that_is_not_its_own_is_refused() -> None:
    with pytest.raises(JoseError):
        proved({**_token({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}), "access_token": "another"}, NONCE, KEYS)
