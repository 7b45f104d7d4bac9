"""Whatever is chosen and however it is laid out: refused in a sentence, or every row accounted for."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.cli.test_random_files import any_sheet, contents, workbook
from throughline.intelligence.report_layout import USES, Layout
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel import outbox
from throughline.loads.queries import codes_to_explain, load_card, load_preview
from throughline.loads.services import begin_load, keep_upload, lay_out_load

SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
any_file = st.one_of(
    st.tuples(contents, st.sampled_from(["a.csv", "a.jsonl", "a.xlsx", "a", "../../x.csv", "\u202e.xlsx"])),
    any_sheet.map(lambda sheet: (workbook(*sheet), "a.xlsx")),
)


@SHARED
@given(
    file=any_file,
    uses=st.lists(st.sampled_from(["", *USES]), max_size=20),
    verb=st.sampled_from(["try", "load"]),
)
def test_any_file_however_laid_out_is_refused_or_accounted_for(
    cast: Cast, file: tuple[bytes, str], uses: list[str], verb: str
) -> None:
    content, name = file
    with transaction.atomic():
        try:
            ref = keep_upload(by=cast.aisha, filename=name, size=len(content), chunks=[content])
            if not name.endswith("jsonl"):
                seen = load_preview(cast.aisha, ref)
                chosen = {c.heading: use for c, use in zip(seen.columns, uses, strict=False) if use}
                layout = Layout(chosen, {"marking": "OFFICIAL"}, {}, seen.sheet, seen.header_line)
                codes_to_explain(cast.aisha, ref, layout)
                lay_out_load(by=cast.aisha, ref=ref, layout=layout, save_as="A map")
            begin_load(by=cast.aisha, ref=ref, verb=verb)
            outbox.drain()
            found = load_card(cast.aisha, ref)
            assert found is not None
            assert outbox.failed() == 0
            assert found.read == found.rows == found.kept + found.rejected + found.unchanged
            assert bool(found.problem) == (found.state == "kept")
        except FileProblem as problem:
            assert str(problem).endswith((".", ":"))
            assert str(problem).isprintable()
        transaction.set_rollback(True)
