"""What whoever judges must give: an answer that there is, and a reason of some length."""

from throughline.kernel.problems import FieldProblem
from throughline.matching.people.who import VERDICTS

LONGEST_REASON = 1000


def check_verdict(verdict: str, why: str, *, of: str = "person") -> None:
    """Raise `FieldProblem` unless there is such a verdict on two of these, and a reason for it."""
    if verdict not in VERDICTS:
        raise FieldProblem("verdict", f"Say whether they are the same {of}.")
    check_reason(why, longest=LONGEST_REASON)


def check_reason(why: str, *, longest: int) -> None:
    """Raise `FieldProblem` unless a reason is given, in so many characters at most."""
    if not why.strip():
        raise FieldProblem("why", "Give your reason.")
    if len(why) > longest:
        raise FieldProblem("why", f"Your reason must be {longest:,} characters or fewer.")
