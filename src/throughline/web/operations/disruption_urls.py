"""The addresses of disruptions."""

from django.urls import path

from throughline.web.operations import disruptions

urlpatterns = [
    path("", disruptions.disruptions, name="disruptions"),
    path("claim", disruptions.disruption_claim, name="disruption-claim"),
    path("<slug:ref>", disruptions.disruption, name="disruption"),
    path("<slug:ref>/join", disruptions.disruption_join, name="disruption-join"),
    path("<slug:ref>/<slug:verb>", disruptions.disruption_moderate, name="disruption-moderate"),
]
