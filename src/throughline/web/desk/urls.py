"""The addresses of the desk."""

from django.urls import path

from throughline.web.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk", views.desk, name="desk"),
]
