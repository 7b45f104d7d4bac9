"""The addresses of bids."""

from django.urls import path

from throughline.web.tasking import moving, views

urlpatterns = [
    path("", views.bids, name="bids"),
    path("of-line/<slug:line>", views.bid_of_line, name="bid-of-line"),
    path("<slug:ref>", views.bid, name="bid"),
    path("<slug:ref>/<slug:verb>", moving.bid_move, name="bid-move"),
]
