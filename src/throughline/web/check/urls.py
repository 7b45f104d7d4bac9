"""The address of the check."""

from django.urls import path

from throughline.web.check import views

urlpatterns = [path("", views.check, name="check")]
