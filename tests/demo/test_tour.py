"""The tour fits a terminal, and everything it names is there."""

import re
import shlex

import pytest
from django.urls import Resolver404, resolve

from tests.instance import Instance
from throughline.access.queries import reader_named
from throughline.access.services import CAST_PASSWORD
from throughline.demo.story import DESKS
from throughline.demo.tour import tour

PAGE = tour("http://127.0.0.1:8000")
PATHS = sorted(set(re.findall(r"(?<![\w/.])/[a-z-]+|(?<=8000)/sign-in", PAGE)))


def _is_served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def test_it_fits_a_terminal() -> None:
    lines = PAGE.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 110


def test_it_gives_the_address_and_the_password() -> None:
    assert "http://127.0.0.1:8000/sign-in" in PAGE
    assert CAST_PASSWORD in PAGE


@pytest.mark.django_db
def test_everyone_it_names_can_sign_in(cast: object) -> None:
    usernames = set(re.findall(r"[a-z]+@[a-z]+", PAGE))
    assert {username.partition("@")[2] for username in usernames} <= {*DESKS}
    assert all(reader_named(username).roles for username in usernames)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_it_names_is_there(path: str) -> None:
    assert _is_served(path) or _is_served(f"{path}/")  # the second by a redirect


def test_the_demonstration_prints_it_and_its_commands_work(instance: Instance) -> None:
    printed = instance.run("demo", "--no-serve").stdout
    assert printed.strip() == PAGE
    commands = [shlex.split(line) for line in PAGE.splitlines() if line.startswith("  .venv")]
    assert len(commands) == 3
    outputs = [instance.run(*words[1:]).stdout for words in commands]
    assert outputs[0].startswith("EXISTENCE  Merseyside Police")
    assert outputs[1].count("CONTENT") == 3
    assert outputs[2].startswith("The journal holds")
