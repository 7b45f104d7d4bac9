"""Standing enquiries, as interests are called on pages: ending those whose day is over, and telling their keepers."""

from collections.abc import Sequence

from throughline.kernel.outbox import Payload
from throughline.notices.services import Message, tell
from throughline.selectors.services import Lapsed, lapse_interests

NOTICES_APIECE = 5
"""Up to so many that end together are told one by one; more are told as one notice with a count."""


def end_due_interests(facts: Sequence[Payload]) -> None:
    """End the interests whose last day is over, unless they were renewed, and tell the body that kept them."""
    messages = []
    for fact in facts:
        lapsed = lapse_interests(body=fact["body"], refs=fact["interests"])
        messages += _to_keeper(fact["body"], lapsed)
    tell(messages)


def _to_keeper(body: int, lapsed: Sequence[Lapsed]) -> list[Message]:
    if len(lapsed) > NOTICES_APIECE:
        text = (
            f"{len(lapsed):,} standing enquiries ended: {lapsed[0].ends_on:%-d %B %Y} was their last day. "
            "Keep new ones if you still need to hear of any of them."
        )
        return [Message(body, "standing", text, "interests")]
    return [
        Message(
            body, "standing",
            f"Your standing enquiry about {one.selector.shown} ended: {one.ends_on:%-d %B %Y} was its last day. "
            "Keep a new one if you still need to hear of it.", "interests",
        )
        for one in lapsed
    ]  # fmt: skip
