"""The life of a court order: drafted, authorised, applied for, granted or refused, served, complied with, ended."""

from typing import Any, Final

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow
from throughline.orders.law import kind_in, ranks

_P = Permission


def may_be_authorised(order: Any) -> str | None:
    """The rank that the law asks for, and the decision whether intelligence is lost. Set on the record before."""
    kind = kind_in(order.kind, order.law_version)
    if kind.ranks and order.rank not in kind.ranks:
        names = ranks()
        sources = ", ".join(fact.source for fact in kind.about("applicant"))
        return f"{names[order.rank].name if order.rank in names else 'This rank'} may not authorise it: {sources}."
    if kind.is_of_items and not (order.asked_at or order.none_to_ask):
        return "Nobody with an interest was asked of all that it names. Ask them, or record why there is none to ask."
    if not order.loss_decision:
        return "Say what was decided about intelligence that would be lost."
    return None


ORDER = Workflow(
    name="court order",
    table="orders_order",
    starts=("drafted",),
    moves=(
        Move("authorise", "drafted -> authorised", needs=_P.ORDER_AUTHORISE, guard=may_be_authorised),
        Move("apply", "authorised -> applied", needs=_P.ORDER_DRAFT),
        Move("grant", "applied -> granted", needs=_P.ORDER_DRAFT),
        Move("refuse", "applied -> refused", needs=_P.ORDER_DRAFT),
        Move("serve", "granted -> served", needs=_P.ORDER_DRAFT),
        Move("serve", "varied -> served", needs=_P.ORDER_DRAFT),
        Move("serve", "extended -> served", needs=_P.ORDER_DRAFT),
        Move("comply", "served -> complied", needs=_P.ORDER_DRAFT),
        Move("vary", "served -> varied", needs=_P.ORDER_DRAFT),
        Move("vary", "complied -> varied", needs=_P.ORDER_DRAFT),
        Move("extend", "served -> extended", needs=_P.ORDER_DRAFT),
        Move("extend", "complied -> extended", needs=_P.ORDER_DRAFT),
        Move("expire", "served -> expired", needs=_P.ORDER_DRAFT),
        Move("expire", "complied -> expired", needs=_P.ORDER_DRAFT),
        Move("discharge", "granted -> discharged", needs=_P.ORDER_DRAFT),
        Move("discharge", "served -> discharged", needs=_P.ORDER_DRAFT),
        Move("discharge", "complied -> discharged", needs=_P.ORDER_DRAFT),
        Move("discharge", "varied -> discharged", needs=_P.ORDER_DRAFT),
        Move("discharge", "extended -> discharged", needs=_P.ORDER_DRAFT),
        Move("withdraw", "drafted -> withdrawn", needs=_P.ORDER_DRAFT),
        Move("withdraw", "authorised -> withdrawn", needs=_P.ORDER_DRAFT),
        Move("withdraw", "applied -> withdrawn", needs=_P.ORDER_DRAFT),
    ),
)
TO_COMPLY: Final = ("granted", "varied", "extended", "served")
"""States in which the time for compliance runs."""
IN_FORCE: Final = (*TO_COMPLY, "complied")
"""States in which the order binds, until its last day."""
ENDED: Final = ("refused", "expired", "discharged", "withdrawn")
