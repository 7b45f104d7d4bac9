"""Publishing the totals of a concluded week, with a lead sentence whose figures the totals bear out."""

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import LONGEST_WORDS
from throughline.operations.board import standing_returns, total_of
from throughline.operations.checking import unsupported
from throughline.operations.events import OperationMoved
from throughline.operations.figures import figures_in
from throughline.operations.measures import measures_on
from throughline.operations.models import Publication
from throughline.operations.planning import OperationProblem, led, said
from throughline.operations.workflow import OPERATION


@writes
def publish_operation(*, by: Reader, ref: str, lead: str, why: str) -> None:
    """Fix the totals as they stand now as those published; what is corrected later is shown beside them.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: no reason, another body leads it, there is nothing to publish, or the lead names a figure
            that no total bears out.
        MoveRefused: it is not concluded, or is published already.
    """
    operation = led(by, ref)
    why = said("words", why, "Say who agreed the totals")
    measures = measures_on(operation.starts_on)
    sent = standing_returns(operation)
    totals = {key: total for key in measures if (total := total_of(sent, key, measures)) is not None}
    if not totals:
        raise OperationProblem("", "No return is in: there is nothing to publish")
    wrong = unsupported(figures_in(lead), list(totals.values()))
    if wrong:
        raise OperationProblem("lead", f"The lead says {wrong[0]}, and no total of the week bears that out")
    OPERATION.make("publish", operation, by=by, why=why)
    Publication.objects.create(
        marking_id=operation.marking_id, owner=operation.owner, operation=operation, at=clock.now(), by_name=by.name,
        lead=lead.strip()[:LONGEST_WORDS],
        totals={key: {"figure": str(total), "version": measures[key].version} for key, total in totals.items()},
    )  # fmt: skip
    journal.note(Verb.ALTER, "operation", ref, why=why, verb="publish")
    announce(OperationMoved(operation=operation.pk, verb="publish", body=by.body))
