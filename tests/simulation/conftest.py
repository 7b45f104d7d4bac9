"""A nation small enough to be written in a second or two, once for all the tests that read it."""

from dataclasses import replace
from pathlib import Path

import pytest

from throughline.simulation.scales import SMALL
from throughline.simulation.writing import write_nation

TINY = replace(SMALL, days=26, lines=14, noise=9.0, intensive=(SMALL.first,))
SEED = 5


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run."""
    folder = tmp_path_factory.mktemp("nation") / "files"
    write_nation(TINY, SEED, folder)
    return folder
