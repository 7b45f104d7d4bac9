"""Behind a proxy with TLS: cookies that travel by TLS alone, and a browser that is told never to come back without."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from tests.instance import fresh_instance
from throughline.access.services import CAST_PASSWORD

HOST = "throughline.example"
BY_PROXY = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.9",
    "Origin": f"https://{HOST}",
}


@pytest.fixture(scope="module")
def behind_tls(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the proxy reaches."""
    told = {"THROUGHLINE_TLS": "1", "THROUGHLINE_HOSTS": f"127.0.0.1,{HOST}"}
    with (
        fresh_instance(tmp_path_factory.mktemp("tls")) as made,
        replace(made, told=told).served() as address,
    ):
        yield address


def _sign_in(address: str, headers: dict[str, str]) -> requests.Response:
    """As a browser does through the proxy: it keeps cookies and sends the form's token back."""
    shown = requests.get(f"{address}/sign-in", headers=headers, timeout=30)
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.text)
    return requests.post(
        f"{address}/sign-in", headers=headers, timeout=30, allow_redirects=False,
        cookies=dict(shown.cookies.items()),
        data={"csrfmiddlewaretoken": token, "username": "analyst@norf", "password": CAST_PASSWORD},
    )  # fmt: skip


def test_a_person_signs_in_through_the_proxy(behind_tls: str) -> None:
    assert _sign_in(behind_tls, BY_PROXY).headers["Location"] == "/desk"


def test_a_form_from_another_site_is_refused(behind_tls: str) -> None:
    for origin in ("https://elsewhere.example", f"http://{HOST}", "null"):
        assert _sign_in(behind_tls, {**BY_PROXY, "Origin": origin}).status_code == 403


def test_its_cookies_travel_by_tls_to_this_host_alone(behind_tls: str) -> None:
    cookies = _sign_in(behind_tls, BY_PROXY).raw.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["__Host-csrftoken", "__Host-sessionid"]
    for cookie in cookies:
        parts = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)


def test_a_browser_is_told_to_come_back_by_tls_alone(behind_tls: str) -> None:
    said = requests.get(f"{behind_tls}/sign-in", headers=BY_PROXY, timeout=30).headers
    assert said["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_it_answers_to_no_name_but_its_own(behind_tls: str) -> None:
    named = {**BY_PROXY, "Host": "elsewhere.example"}
    assert requests.get(f"{behind_tls}/sign-in", headers=named, timeout=30).status_code == 400


def test_its_answers_do_not_name_the_program_that_serves_them(behind_tls: str) -> None:
    for path in ("alive", "sign-in", "static/none"):
        assert (
            requests.get(f"{behind_tls}/{path}", headers=BY_PROXY, timeout=30).headers["Server"]
            == "Throughline"
        )
