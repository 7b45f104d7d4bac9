"""A real provider: panva's oidc-provider, certified by the OpenID Foundation, run by Node.js on this machine."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from pytest_django.fixtures import Settings

from tests.journeys.conftest import browser_type_launch_args

__all__ = ["browser_type_launch_args"]

HERE = Path(__file__).parent
ANSWER_AT = "http://testserver/sign-in/organisation/answer"
SECRET = "known to the tests alone"


@dataclass(frozen=True)
class AtProvider:
    """The provider, and how a person signs in there."""

    issuer: str
    secret_file: Path

    def sign_in(self, address: str, name: str, *, browser: requests.Session | None = None) -> str:
        """Follow `address` as a browser would and type a name; gives the address that it is sent back to."""
        with browser or requests.Session() as there:
            form = there.get(address, timeout=30)
            assert form.ok, form.text
            sent = there.post(
                form.url, data={"prompt": "login", "login": name, "password": "any"}, allow_redirects=False,
                timeout=30,
            )  # fmt: skip
            while sent.headers["Location"].startswith(self.issuer):
                sent = there.get(sent.headers["Location"], allow_redirects=False, timeout=30)
            return sent.headers["Location"]


def run_provider(folder: Path, *answers: str) -> Iterator[AtProvider]:
    """Run one until the tests are done with it."""
    secret_file = folder / "secret"
    secret_file.write_text(SECRET, encoding="utf-8")
    words = ["node", str(HERE / "provider.mjs"), ",".join(answers), SECRET]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout
        try:
            issuer = running.stdout.readline().strip()
            assert issuer, "the provider did not start: is node_modules up to date (make install)?"
            yield AtProvider(issuer, secret_file)
        finally:
            running.terminate()


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtProvider]:
    """One provider for all tests in process."""
    yield from run_provider(tmp_path_factory.mktemp("provider"), ANSWER_AT)


@pytest.fixture
def provider(running_provider: AtProvider, settings: Settings) -> AtProvider:
    """The same, with single sign-on turned on."""
    settings.SIGN_ON_ISSUER = running_provider.issuer
    settings.SIGN_ON_SECRET_FILE = str(running_provider.secret_file)
    return running_provider
