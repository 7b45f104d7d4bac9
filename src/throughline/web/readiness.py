"""What a web process does before its first visitor comes, so that nobody waits for it."""

from threading import Thread

from django.template import engines
from django.urls import reverse


def get_ready() -> Thread:
    """Load every page's code now, and compile the templates beside the first visits, in the thread that is given."""
    reverse("home")
    compiling = Thread(target=_compile_templates, daemon=True)
    compiling.start()
    return compiling


def _compile_templates() -> None:
    """All of our own: each is kept by the environment that serves the pages."""
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # of Django's own backend for Jinja
    for name in environment.list_templates(filter_func=lambda name: not name.startswith("govuk")):
        environment.get_template(name)
