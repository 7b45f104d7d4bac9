"""The address of rights and disclosure."""

from django.urls import path

from throughline.web.rights import views

urlpatterns = [path("", views.schedule, name="rights")]
