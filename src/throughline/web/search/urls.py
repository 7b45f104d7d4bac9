"""The addresses of search."""

from django.urls import path

from throughline.web.search import saved, views

urlpatterns = [
    path("", views.search, name="search"),
    path("saved", saved.saved_list, name="searches"),
    path("saved/<slug:ref>", saved.saved_one, name="saved-search"),
    path("saved/<slug:ref>/seen", saved.saved_seen, name="search-seen"),
    path("saved/<slug:ref>/move", saved.saved_move, name="search-move"),
]
