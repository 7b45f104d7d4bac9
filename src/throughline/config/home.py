"""Where this instance keeps its data."""

import os
from pathlib import Path


def home() -> Path:
    """Return the absolute path of the data folder, which need not exist yet.

    `THROUGHLINE_HOME` names it; without that it is `.throughline` in the current directory.
    """
    return Path(os.environ.get("THROUGHLINE_HOME") or ".throughline").expanduser().resolve()
