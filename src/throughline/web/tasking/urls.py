"""The addresses of bids."""

from django.urls import path

from throughline.web.tasking import asking, moving, views

urlpatterns = [
    path("", views.bids, name="bids"),
    path("lines-that-ask", asking.asking, name="asking"),
    path("lines-that-ask/<slug:line>/<slug:cause>", asking.asking_set_aside, name="asking-set-aside"),
    path("of-line/<slug:line>", views.bid_of_line, name="bid-of-line"),
    path("<slug:ref>", views.bid, name="bid"),
    path("<slug:ref>/<slug:verb>", moving.bid_move, name="bid-move"),
]
