"""The door of a view: who must be signed in, and what their role must let them do, before it runs."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.web.request import Request, Visit
from throughline.web.session.memory import must_set_up
from throughline.web.session.way_back import to_sign_in

ALLOWED_BEFORE = ("account-code", "sign-out")
"""Where someone may go who has yet to set up the second factor that this instance asks for."""
Rest = ParamSpec("Rest")
Behind = Callable[Concatenate[Request, Rest], HttpResponseBase]
"""A view behind the sign-in: it takes a request that has a reader."""
Open = Callable[Concatenate[Visit, Rest], HttpResponseBase]
"""A view as Django calls it, with or without someone signed in."""


def signed_in(view: Behind[Rest]) -> Open[Rest]:
    """Let the view run for anyone signed in; send others to sign in and back."""
    return _door(view, permission=None)


def needs(permission: Permission) -> Callable[[Behind[Rest]], Open[Rest]]:
    """Let the view run for whoever holds a permission; anyone else signed in reads that they may not.

    @needs(Permission.HIT_READ)
    def hit(request: Request, ref: str) -> HttpResponseBase: ...
    """
    return lambda view: _door(view, permission=permission)


def _name_of(request: Visit) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _door(view: Behind[Rest], *, permission: Permission | None) -> Open[Rest]:
    @functools.wraps(view)
    def answer(request: Visit, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.reader is None:
            return to_sign_in(request)
        if must_set_up(request) and _name_of(request) not in ALLOWED_BEFORE:
            return HttpResponseRedirect(reverse("account-code"))
        if permission:
            request.reader.require(permission)
        return view(cast(Request, request), *args, **kwargs)

    return answer
