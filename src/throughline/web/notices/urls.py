"""The addresses of notices."""

from django.urls import path

from throughline.web.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("preferences", views.preferences, name="notices-preferences"),
    path("read", views.notices_read, name="notices-read"),
    path("<slug:ref>/read", views.notice_read, name="notice-read"),
]
