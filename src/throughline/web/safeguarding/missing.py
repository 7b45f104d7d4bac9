"""The pages on which an episode of missing and found is recorded, moved on, and acknowledged by who was told."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.organisations.queries import body_cards
from throughline.safeguarding.missing import (
    EpisodeDraft,
    acknowledge,
    episodes_of,
    move_episode,
    record_episode,
)
from throughline.web.fields import Choice, Day, ManyOf, Select, Text
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.moments import moment_of, time_of_day
from throughline.web.request import Request
from throughline.web.safeguarding.forms import MoveForm
from throughline.web.safeguarding.views import opened
from throughline.web.safeguarding.words import EPISODE_MOVES
from throughline.web.safeguarding.working import ask
from throughline.web.view import needs

_TIME = "govuk-input--width-5"


class EpisodeForm(Form):
    """Who is missing, or was found where."""

    home = Select("Home force", hint="Where the person lives. It is told, and may know the concern from then on",
                  needed="Choose the home force")  # fmt: skip
    authority = Text("Home local authority", hint="Responsible for the person, with its desk", limit=200)
    missing_on = Day("Missing since", hint="The day, if known", past=True)
    missing_at = Text("Time on that day", hint="Such as 16:30", limit=5, width=_TIME, check=time_of_day)
    missing_from = Text("Missing from", hint="Home, placement, school", limit=300)
    found_on = Day("Found on", hint="The day. Leave it blank while the person is missing", past=True)
    found_at = Text("Time when found", hint="Such as 23:15", limit=5, width=_TIME, check=time_of_day)
    host = Select(
        "Force where found", hint="It is told, and may know the concern from then on", empty="Not found yet"
    )
    found_place = Text("Found where", hint="Town and place", limit=300)
    host_authority = Text("Local authority where found", hint="With its desk", limit=200)
    by_train = ManyOf("How did the person travel?", hint="By rail, the British Transport Police are told as well",
                      choices=[Choice("train", "By train")])  # fmt: skip

    def draft(self) -> EpisodeDraft:
        """What the service takes."""
        return EpisodeDraft(
            home=self.home, host=self.host, missing_from=self.missing_from,
            missing_at=moment_of(self, self.missing_on, self.missing_at, field="missing_on"),
            found_place=self.found_place, found_at=moment_of(self, self.found_on, self.found_at, field="found_on"),
            is_by_train="train" in self.by_train, authority=self.authority, host_authority=self.host_authority,
        )  # fmt: skip

    def rules(self) -> None:
        self.draft()


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_missing(request: Request, ref: str) -> HttpResponse:
    """Record that the person is missing or was found."""
    found = opened(request, ref, "to record an episode")
    if not found.is_open or not found.row.is_own:
        raise Http404
    cards = body_cards(on=clock.today()).values()
    forces = [Choice(one.code, one.name) for one in cards if one.kind in ("territorial", "devolved")]
    form = EpisodeForm.sent(request, choices={"home": forces, "host": forces})
    if form.is_valid() and is_done(
        form, lambda: record_episode(by=request.reader, ref=ref, draft=form.draft())
    ):
        tell(request, "It is recorded, and the forces that need it are told.")
        return redirect("concern", ref)
    return ask(
        request, form, title="Record missing or found", ref=ref,
        follows="The home force, the force that found and, by rail, the British Transport Police may know the concern "
        "from then on. They are told that it is there, and nothing more. Tell the home authority yourself and note it.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_acknowledge(request: Request, ref: str) -> HttpResponse:
    """Acknowledge a concern that another body pushed."""
    found, form = opened(request, ref, "to acknowledge it"), MoveForm.sent(request)
    if found.row.is_own:
        raise Http404
    if form.is_valid() and is_done(form, lambda: acknowledge(by=request.reader, ref=ref, words=form.words)):
        tell(request, "The other body reads that you have it.")
        return redirect("concern", ref)
    return ask(
        request,
        form,
        title="Acknowledge it",
        ref=ref,
        follows="Say what your body does now. The other body reads it.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def episode_move(request: Request, ref: str, episode: str, verb: str) -> HttpResponse:
    """Record that the person was found, or the return interview."""
    opened(request, ref, f"to {verb}")
    if not any(one.ref == episode for one in episodes_of(request.reader, ref)) or verb not in EPISODE_MOVES:
        raise Http404
    form, act = MoveForm.sent(request), EPISODE_MOVES[verb]
    if form.is_valid() and is_done(
        form, lambda: move_episode(by=request.reader, ref=ref, episode=episode, verb=verb, words=form.words)
    ):
        tell(request, act.done)
        return redirect("concern", ref)
    return ask(request, form, title=act.name, follows=act.follows, ref=ref)
