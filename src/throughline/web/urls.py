"""The address of every page."""

from django.urls import path

from throughline.web.about import views as about

urlpatterns = [
    path("help", about.help_page, name="help"),
    path("accessibility", about.accessibility, name="accessibility"),
]
