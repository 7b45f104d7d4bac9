"""The addresses of networks."""

from django.urls import path

from throughline.web.networks import views

urlpatterns = [
    path("", views.networks, name="networks"),
    path("<slug:ref>", views.network, name="network"),
    path("<slug:ref>/change", views.network_change, name="network-change"),
    path("<slug:ref>/chart", views.network_chart, name="network-chart"),
]
