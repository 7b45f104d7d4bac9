"""Commands run inside the test's own transaction, so that a hundred of them cost little."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cast import Cast
from throughline.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on stderr."""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


Command = Callable[..., Said]


@pytest.fixture
def command(cast: Cast, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run one command with the cast in the database."""

    def run(*words: Any) -> Said:
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:  # argparse leaves this way
            status = int(left.code or 0)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run
