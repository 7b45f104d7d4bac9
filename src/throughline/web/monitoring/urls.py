"""The addresses for the programs that watch over an installation."""

from django.urls import path

from throughline.web.monitoring import views

urlpatterns = [
    path("alive", views.alive, name="alive"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
