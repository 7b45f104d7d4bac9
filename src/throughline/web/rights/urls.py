"""The addresses of rights and disclosure."""

from django.urls import path

from throughline.web.rights import requests, views

urlpatterns = [
    path("", views.schedule, name="rights"),
    path("requests", requests.requests, name="rights-requests"),
    path("requests/add", requests.add, name="rights-add"),
    path("requests/<slug:ref>", requests.one, name="rights-request"),
    path("requests/<slug:ref>/records/<int:record>", requests.record, name="rights-record"),
    path("requests/<slug:ref>/answer.<slug:kind>", requests.answer, name="rights-answer"),
    path("requests/<slug:ref>/<slug:act>", requests.act, name="rights-act"),
]
