"""The rule by which a body lets a national identifier join records: read by its people, stated by its administrator."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.matching.people.rules import end_identifier_rule, identifier_rules, state_identifier_rule
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.people.forms import EndRuleForm, StateRuleForm
from throughline.web.request import Request
from throughline.web.view import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_READ)
def rule(request: Request) -> HttpResponse:
    """The rule of the reader's body and those of others, with a form for its administrator to state or end it."""
    every = identifier_rules(request.reader)
    standing = next((one for one in every if one.body == request.reader.body and one.ends_on is None), None)
    form = EndRuleForm.sent(request) if standing else StateRuleForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            if isinstance(form, EndRuleForm):
                end_identifier_rule(by=request.reader, ends_on=form.ends_on, why=form.why)
                tell(request, "The rule ends. What it joined comes apart on that day.")
            else:
                state_identifier_rule(by=request.reader, starts_on=form.starts_on, why=form.why)
                tell(request, "The rule is stated.")
            return redirect("identifier-rule")
    return page(
        request, "people/identifier_rule.html", title="Joining by identifier", active="people", form=form,
        standing=standing, past=[one for one in every if one.body == request.reader.body and one is not standing],
        others=[one for one in every if one.body != request.reader.body and one.holds_on(clock.today())],
        may_state=request.reader.may(Permission.PERSON_MANAGE),
    )  # fmt: skip
