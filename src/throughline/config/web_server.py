"""How gunicorn runs the pages; it reads this file by its name before it starts its workers."""

import os
import socket
from contextlib import suppress
from typing import Any

import gunicorn.http.wsgi

# The header says this in place of the name of a program whose faults are published.
gunicorn.http.wsgi.SERVER = "Throughline"

_TELL = os.environ.pop("NOTIFY_SOCKET", "")
"""Where systemd listens. Taken from gunicorn, which would call itself ready before it has read the pages."""


def post_worker_init(worker: Any) -> None:
    """Say that pages are answered, once a process has them in memory, by the protocol of sd_notify(3)."""
    if not _TELL:
        return
    # Pages are answered all the same where nobody listens any more.
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as teller, suppress(OSError):
        teller.sendto(b"READY=1", "\0" + _TELL[1:] if _TELL.startswith("@") else _TELL)
