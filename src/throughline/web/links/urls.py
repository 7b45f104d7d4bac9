"""The addresses of proposed links."""

from django.urls import path

from throughline.web.links import blind, rightness, views

urlpatterns = [
    path("", views.links, name="links"),
    path("rightness", rightness.right, name="links-rightness"),
    path("blind", blind.links, name="blind-links"),
    path("blind/<slug:ref>", blind.link, name="blind-link"),
    path("<slug:ref>", views.link, name="link"),
]
