"""What a role in a body would see of a record, as a sentence."""

from dataclasses import dataclass

from throughline.kernel.explain import Reason
from throughline.sharing.who import CONTENT, EXISTENCE, Verdict

SEES = {
    CONTENT: "would read it.",
    EXISTENCE: "would not read it. A check on a selector in it would tell them that your body holds it, "
    "and which desk to ring.",
}
SEES_NOTHING = "would see nothing, and would not learn that it exists."
VALUES = {"yes": "Holds", "no": "Does not hold"}


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """The answer: its degree, a sentence, the clause that decided, and every clause."""

    degree: str
    sentence: str
    decided: str
    reasons: tuple[Reason, ...]


def verdict_shown(verdict: Verdict) -> VerdictShown:
    """The answer in words."""
    article = "An" if verdict.role[0] in "aeiou" else "A"
    sees = SEES.get(verdict.degree, SEES_NOTHING)
    decided = next(reason for reason in verdict.reasons if reason.name == verdict.decided)
    doing = (
        "It opens because this holds"
        if verdict.degree == CONTENT
        else "It is shut because this does not hold"
    )
    return VerdictShown(
        verdict.degree, f"{article} {verdict.role} in {verdict.body_name} {sees}", f"{doing}: {decided.sentence}",
        tuple(Reason(r.name.capitalize(), VALUES[r.value], r.sentence) for r in verdict.reasons),
    )  # fmt: skip
