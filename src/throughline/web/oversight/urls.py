"""The addresses of the indicators."""

from django.urls import path

from throughline.web.oversight import views

urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("self-assessment.pdf", views.self_assessment, name="self-assessment"),
    path("<slug:key>", views.indicator, name="indicator"),
]
