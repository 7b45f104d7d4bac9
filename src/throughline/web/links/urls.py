"""The addresses of proposed links."""

from django.urls import path

from throughline.web.links import views

urlpatterns = [
    path("", views.links, name="links"),
    path("<slug:ref>", views.link, name="link"),
]
