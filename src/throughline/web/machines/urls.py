"""The address of the page on the doors for machines."""

from django.urls import path

from throughline.web.machines import views

urlpatterns = [path("docs", views.doors, name="api-docs")]
