"""The addresses of the check, of one value and of a list."""

from django.urls import path

from throughline.web.check import list_views, views

urlpatterns = [
    path("", views.check, name="check"),
    path("lists", list_views.check_lists, name="check-lists"),
    path("lists/<slug:ref>", list_views.check_list, name="check-list"),
    path("lists/<slug:ref>/file", list_views.check_list_file, name="check-list-file"),
    path("lists/<slug:ref>/standing", list_views.check_list_standing, name="check-list-standing"),
    path("asked/<slug:ref>", list_views.check_asked, name="check-asked"),
]
