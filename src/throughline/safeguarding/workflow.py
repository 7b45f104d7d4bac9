"""The life of a concern: proposed or raised, assessed, acted on, closed with its outcome, and reopened."""

from typing import Any, Final

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

_WORK = Permission.CONCERN_WORK


def authority_is_told(concern: Any) -> str | None:
    """A child is told of to the local authority before the referral is made.

    Source: GOV.UK, Report modern slavery as a first responder: the child welfare form first, then the NRM form.
    """
    if concern.age != "adult" and concern.authority_told_at is None:
        return "Record first that the local authority was told: for a child that comes before the referral."
    return None


CONCERN = Workflow(
    name="concern",
    table="safeguarding_concern",
    starts=("raised", "proposed"),
    moves=(
        Move("take-up", "proposed -> raised", needs=_WORK),
        Move("set-aside", "proposed -> set aside", needs=_WORK),
        Move("take-up", "set aside -> raised", needs=_WORK),
        Move("assess", "raised -> assessed", needs=_WORK),
        Move("refer", "assessed -> referred", needs=_WORK, guard=authority_is_told),
        Move("refer", "safeguarded -> referred", needs=_WORK, guard=authority_is_told),
        Move("safeguard", "assessed -> safeguarded", needs=_WORK),
        Move("safeguard", "referred -> safeguarded", needs=_WORK),
        Move("close", "raised -> closed", needs=_WORK),
        Move("close", "assessed -> closed", needs=_WORK),
        Move("close", "referred -> closed", needs=_WORK),
        Move("close", "safeguarded -> closed", needs=_WORK),
        Move("reopen", "closed -> raised", needs=_WORK),
    ),
)
OPEN: Final = ("raised", "assessed", "referred", "safeguarded")
"""States in which somebody is being looked after."""


def may_be_submitted(referral: Any) -> str | None:
    """A child, or somebody who may be one, is always referred; an adult when they consent.

    Source: UKHomeOffice/modern-slavery, apps/nrm: any answer but *no* to under 18 makes the referral automatic.
    """
    if referral.answers.get("under_18", "") == "no" and referral.answers.get("consent") != "yes":
        return (
            "An adult is referred with consent alone. Without it, send a Duty to Notify, which names nobody."
        )
    return None


def may_be_notified(referral: Any) -> str | None:
    """A notice without a name is for an adult who does not consent (Modern Slavery Act 2015 s.52)."""
    if referral.answers.get("under_18") != "no":
        return "A child, or somebody who may be one, is always referred: no consent is needed."
    if referral.answers.get("consent") != "no":
        return "A Duty to Notify is for an adult who was asked and does not consent."
    return None


REFERRAL: Final = Workflow(
    name="referral",
    table="safeguarding_referral",
    starts=("drafted",),
    moves=(
        Move("submit", "drafted -> submitted", needs=_WORK, guard=may_be_submitted),
        Move("notify", "drafted -> notified", needs=_WORK, guard=may_be_notified),
        Move("withdraw", "drafted -> withdrawn", needs=_WORK),
        Move("find-reasonable", "submitted -> reasonable grounds", needs=_WORK),
        Move("find-conclusive", "reasonable grounds -> conclusive grounds", needs=_WORK),
        Move("decide-against", "submitted -> negative decision", needs=_WORK),
        Move("decide-against", "reasonable grounds -> negative decision", needs=_WORK),
        Move("reconsider", "negative decision -> submitted", needs=_WORK),
    ),
)

EPISODE: Final = Workflow(
    name="missing episode",
    table="safeguarding_episode",
    starts=("missing", "found"),
    moves=(
        Move("find", "missing -> found", needs=_WORK),
        Move("interview", "found -> interviewed", needs=_WORK),
    ),
)
