"""A code as well as a password: set up, asked for, good once, locked after failures, taken away by an administrator."""

from datetime import UTC, datetime, timedelta

import psycopg
import pyotp
import pytest

from tests.inside import someone
from tests.instance import Instance
from throughline.access.one_time_codes import STEP, new_secret, step_of
from throughline.access.queries import UnknownPerson
from throughline.access.reader import NotAllowed
from throughline.access.second_factor import (
    CodeProblem,
    asks_for_code,
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
    reset_second_factor,
)
from throughline.access.services import CAST_PASSWORD
from throughline.access.signing_in import FAILURES_ALLOWED, LOCKED_FOR, SignInRefused, enter_code, sign_in
from throughline.kernel import clock

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SHOWN_IN_RFC_6238 = (("94287082", 59), ("07081804", 1111111109), ("14050471", 1111111111))
"""RFC 6238, appendix B, for SHA-1: the codes of eight digits, of which ours are the last six."""


@pytest.mark.parametrize(("code", "seconds"), SHOWN_IN_RFC_6238)
def test_codes_are_those_of_the_standard(code: str, seconds: int) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"
    at = datetime.fromtimestamp(seconds, tz=UTC)
    assert step_of(secret, code[-6:], at=at, after=0) == seconds // STEP


def test_whatever_is_typed_is_compared() -> None:
    for typed in ("\u00e9", "\u0661\u0662\u0663\u0664\u0665\u0666", "\U0001f600" * 300, "", " "):
        assert step_of(new_secret(), typed, at=datetime(2026, 11, 2, 12, tzinfo=UTC), after=0) is None


def test_a_code_stands_a_step_either_way_and_is_good_once() -> None:
    secret = new_secret()
    code, step = pyotp.TOTP(secret).at(NOON), int(NOON.timestamp()) // STEP
    assert step_of(secret, f"{code[:3]} {code[3:]}", at=NOON, after=0) == step
    for drift, found in ((-2, None), (-1, step), (1, step), (2, None)):
        assert step_of(secret, code, at=NOON + timedelta(seconds=drift * STEP), after=0) == found
    assert step_of(secret, code, at=NOON, after=step) is None
    assert step_of(secret, "", at=NOON, after=0) is None


def _turned_on(username: str) -> tuple[str, list[str]]:
    reader = someone(username)
    secret = begin_second_factor(by=reader).secret
    return secret, confirm_second_factor(by=reader, code=pyotp.TOTP(secret).at(clock.now()))


def test_it_counts_once_a_code_was_shown_and_is_then_asked_for(house: Instance) -> None:
    with clock.stopped(NOON):
        aisha = someone("analyst@norf")
        secret = begin_second_factor(by=aisha).secret
        assert begin_second_factor(by=aisha).secret == secret, "the picture stays until it has worked"
        with pytest.raises(CodeProblem, match="that your app shows now"):
            confirm_second_factor(by=aisha, code="000000x")
        assert sign_in(username="analyst@norf", password=CAST_PASSWORD) == (aisha, False)
        confirm_second_factor(by=aisha, code=pyotp.TOTP(secret).at(NOON))
        assert asks_for_code(aisha)
        assert sign_in(username="analyst@norf", password=CAST_PASSWORD) == (aisha, True)
        with pytest.raises(SignInRefused):
            enter_code(reader=aisha, code=pyotp.TOTP(secret).at(NOON))
    with clock.stopped(NOON + timedelta(minutes=1)):
        enter_code(reader=aisha, code=pyotp.TOTP(secret).at(clock.now()))


def test_a_spare_code_is_good_once(house: Instance) -> None:
    _, spares = _turned_on("analyst@norf")
    aisha = someone("analyst@norf")
    assert len(set(spares)) == 8
    enter_code(reader=aisha, code=spares[3].upper())
    with pytest.raises(SignInRefused):
        enter_code(reader=aisha, code=spares[3])


def test_wrong_codes_lock_the_account_and_a_right_password_buys_no_more_tries(house: Instance) -> None:
    with clock.stopped(NOON):
        _, spares = _turned_on("analyst@norf")
        aisha = someone("analyst@norf")
        for _ in range(FAILURES_ALLOWED):
            sign_in(username="analyst@norf", password=CAST_PASSWORD)
            with pytest.raises(SignInRefused):
                enter_code(reader=aisha, code="123")
        with pytest.raises(SignInRefused):
            enter_code(reader=aisha, code=spares[0])
    with clock.stopped(NOON + LOCKED_FOR):
        enter_code(reader=aisha, code=spares[0])


def test_a_person_ends_it_with_a_code_and_an_administrator_of_the_body_without(house: Instance) -> None:
    secret, spares = _turned_on("analyst@norf")
    aisha = someone("analyst@norf")
    with pytest.raises(CodeProblem):
        end_second_factor(by=aisha, code="123")
    end_second_factor(by=aisha, code=spares[0])
    assert not asks_for_code(aisha)
    assert begin_second_factor(by=aisha).secret != secret
    with clock.stopped(clock.now() + timedelta(hours=1)):
        _turned_on("analyst@norf")
    with pytest.raises(UnknownPerson):
        reset_second_factor(by=someone("admin@mps"), username="analyst@norf", why="lost")
    with pytest.raises(NotAllowed):
        reset_second_factor(by=someone("manager@norf"), username="analyst@norf", why="lost")
    with pytest.raises(CodeProblem, match="Say why"):
        reset_second_factor(by=someone("admin@norf"), username="analyst@norf", why=" ")
    assert asks_for_code(aisha)
    reset_second_factor(by=someone("admin@norf"), username="analyst@norf", why="lost")
    assert not asks_for_code(aisha)
    with pytest.raises(CodeProblem, match="without a code"):
        reset_second_factor(by=someone("admin@norf"), username="analyst@norf", why="lost")


def test_nobody_else_sees_a_secret_or_takes_it_away_by_hand(house: Instance) -> None:
    _turned_on("analyst@norf")
    aisha, mei = someone("analyst@norf"), someone("admin@mps")
    with house.as_app() as app:
        assert app.execute("select count(*) from access_second_factor").fetchone() == (0,)
        app.execute(
            "select set_config('tl.person', %s, false), set_config('tl.body', %s, false), "
            "set_config('tl.permissions', '[\"person:manage\"]', false)",
            [str(mei.person), str(mei.body)],
        )
        assert app.execute("select count(*) from access_second_factor").fetchone() == (0,)
        assert app.execute("select access_end_second_factor(%s)", [aisha.person]).fetchone() == (False,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("delete from access_second_factor")
