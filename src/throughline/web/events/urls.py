"""The addresses of planned events."""

from django.urls import path

from throughline.web.events import views

urlpatterns = [
    path("", views.events, name="events"),
    path("plan", views.event_plan, name="event-plan"),
    path("<slug:ref>", views.event, name="event"),
    path("<slug:ref>/change", views.event_change, name="event-change"),
    path("<slug:ref>/cancel", views.event_cancel, name="event-cancel"),
    path("<slug:ref>/break-silence", views.event_break_silence, name="event-break-silence"),
]
