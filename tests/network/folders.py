"""Folders of networks as the tests write them."""

from pathlib import Path

KITE_EDGES = (
    "source,target,weight\nandre,beverly,1\nandre,carol,1\nandre,diane,1\nandre,fernando,1\nbeverly,diane,1\n"
    "beverly,ed,1\nbeverly,garth,1\ncarol,diane,1\ncarol,fernando,1\ndiane,ed,1\ndiane,fernando,1\ndiane,garth,1\n"
    "ed,garth,1\nfernando,garth,1\nfernando,heather,1\ngarth,heather,1\nheather,ike,1\nike,jane,1\n"
)
"""Krackhardt's kite (1990): Diane has most ties, Heather is on most shortest ways."""


def write(folder: Path, **files: str) -> Path:
    """Write files by their names without the ending; returns the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
