"""The addresses of requests for access."""

from django.urls import path

from throughline.web.sharing import views

urlpatterns = [
    path("", views.requests, name="requests"),
    path("of-check/<slug:ref>/<slug:body>", views.request_of_check, name="request-of-check"),
    path("of-hit/<slug:ref>", views.request_of_hit, name="request-of-hit"),
    path("<slug:ref>", views.request, name="request"),
    path("<slug:ref>/grant", views.grant, name="request-grant"),
    path("<slug:ref>/sanitise", views.sanitise, name="request-sanitise"),
    path("<slug:ref>/refuse", views.refuse, name="request-refuse"),
    path("<slug:ref>/withdraw", views.withdraw, name="request-withdraw"),
]
