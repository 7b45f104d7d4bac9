"""What the entries of the journal are called on its page."""

from throughline.access.journal import Verb

DONE = {
    Verb.COLLECT: "Collected",
    Verb.ALTER: "Changed",
    Verb.CONSULT: "Looked at",
    Verb.DISCLOSE: "Disclosed",
    Verb.COMBINE: "Combined",
    Verb.ERASE: "Erased",
    Verb.SIGN_IN: "Signed in or out",
    Verb.REFUSE: "Refused",
}


def in_words(detail: dict[str, object]) -> str:
    """The counts and references kept with an entry, `roles: analyst, officer; to: NORF`; those left empty are not."""
    return "; ".join(
        f"{name}: {_text(value)}" for name, value in detail.items() if value not in ("", [], None)
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
