"""The addresses of the pages for everyone."""

from django.urls import path

from throughline.web.about import views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
]
