"""The addresses of clocks."""

from django.urls import path

from throughline.web.clocks import views

urlpatterns = [
    path("", views.clocks, name="clocks"),
    path("clocks.ics", views.clocks_calendar, name="clocks-calendar"),
    path("<slug:ref>/pause", views.clock_pause, name="clock-pause"),
    path("<slug:ref>/resume", views.clock_resume, name="clock-resume"),
]
