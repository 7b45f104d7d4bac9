"""Why a hit is judged as it is, in the words that both bodies read."""

from throughline.matching.workflow import DISMISSAL_REASONS


class HitProblem(ValueError):
    """What is wrong with a judgement, in a sentence."""


def reason_in_words(*, verb: str, reason: str, note: str) -> str:
    """The reason and the note as one text.

    Raises:
        HitProblem: a dismissal without one of the reasons, or another reason without words.
    """
    if verb == "dismiss" and reason not in DISMISSAL_REASONS:
        raise HitProblem("Choose a reason for dismissing the hit.")
    if verb == "dismiss" and reason == "other" and not note.strip():
        raise HitProblem("Say what the other reason is.")
    return ". ".join(part for part in (DISMISSAL_REASONS.get(reason, ""), note.strip()) if part)
