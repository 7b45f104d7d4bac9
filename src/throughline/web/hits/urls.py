"""The addresses of hits."""

from django.urls import path

from throughline.web.hits import views

urlpatterns = [
    path("", views.hits, name="hits"),
    path("<slug:ref>", views.hit, name="hit"),
    path("<slug:ref>/note", views.hit_note, name="hit-note"),
]
