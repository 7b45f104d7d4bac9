"""One sentence carried over a redirect, shown once on the next page: what was just done."""

from throughline.web.request import Visit

KEY = "told"


def tell(request: Visit, sentence: str) -> None:
    """Keep a sentence for the next page that this person sees."""
    request.session[KEY] = sentence


def told(request: Visit) -> str:
    """The sentence kept for this page, if there is one; it is forgotten now."""
    session = getattr(request, "session", None)
    # Looking first keeps the session unchanged, and so unwritten, on nearly every page.
    return str(session.pop(KEY)) if session and KEY in session else ""
