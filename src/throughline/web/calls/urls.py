"""The addresses of call data. A number is only ever sent in a form: an address stays in logs and histories."""

from django.urls import path

from throughline.web.calls import confirming, views, watches

urlpatterns = [
    path("", views.calls, name="calls"),
    path("candidates", views.call_candidates, name="call-candidates"),
    path("took-over", confirming.took_over, name="took-over"),
    path("watches", watches.watches, name="watches"),
    path("watches/keep", watches.watch_keep, name="watch-keep"),
    path("watches/<slug:ref>", watches.watch, name="watch"),
    path("watches/<slug:ref>/<slug:verb>", watches.watch_move, name="watch-move"),
]
