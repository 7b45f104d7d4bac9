"""What came of work on a target pack, put on the line of the pack."""

from collections.abc import Sequence

from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.operations.models import Pack
from throughline.operations.periods import PeriodProblem, read_day
from throughline.operations.planning import OperationProblem, said
from throughline.tasking.work_done import FOUND, NEEDED, WorkDone, put_on_line


@writes
def record_pack_result(*, by: Reader, ref: str, day: str, text: str, found: Sequence[str]) -> str:
    """Write down what came of a pack, as ``put_on_line`` does; returns the report's reference.

    Raises:
        Pack.DoesNotExist: the reader may not know such a pack.
        OperationProblem: for the field that needs mending, or the reader may not know the line of the pack.
    """
    for needed in NEEDED:
        by.require(needed)
    pack = Pack.objects.get(ref=ref)
    line = CountyLine.objects.filter(pk__in=[pack.line_id]).first()
    if line is None:
        raise OperationProblem("", "The pack has no line that you may know: file a report instead")
    text = said("text", text, "Say what was done and what was found")
    if not found or not set(found) <= FOUND.keys():
        raise OperationProblem("found", "Choose what was found or done")
    try:
        on = read_day(day)
    except PeriodProblem as problem:
        raise OperationProblem("day", str(problem)) from None
    if on > clock.today():
        raise OperationProblem("day", "The day must not be in the future")
    done = WorkDone(pack.title, on, text, found, pack.compartment)
    return put_on_line(by, line, done, why=f"Result of pack {ref}")
