"""The addresses of proposed links."""

from django.urls import path

from throughline.web.links import blind, places, rightness, views

urlpatterns = [
    path("", views.links, name="links"),
    path("rightness", rightness.right, name="links-rightness"),
    path("blind", blind.links, name="blind-links"),
    path("blind/<slug:ref>", blind.link, name="blind-link"),
    path("places", places.places, name="two-places"),
    path("places/<slug:ref>", places.judged, name="places"),
    path("<slug:ref>", views.link, name="link"),
]
