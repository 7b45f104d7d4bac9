"""The addresses of hits."""

from django.urls import path

from throughline.web.hits import overdue, views

urlpatterns = [
    path("", views.hits, name="hits"),
    path("overdue", overdue.hits_overdue, name="hits-overdue"),
    path("<slug:ref>", views.hit, name="hit"),
    path("<slug:ref>/note", views.hit_note, name="hit-note"),
]
