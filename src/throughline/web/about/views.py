"""Help and the accessibility statement, open to anyone."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.web.page import page
from throughline.web.request import Visit


@require_safe
def help_page(request: Visit) -> HttpResponse:
    """How to do the common things, and what the codes mean."""
    return page(request, "about/help.html", title="Help", marking="OFFICIAL")


@require_safe
def accessibility(request: Visit) -> HttpResponse:
    """What was tested and how, and whom to tell of a fault."""
    return page(request, "about/accessibility.html", title="Accessibility statement", marking="OFFICIAL")
