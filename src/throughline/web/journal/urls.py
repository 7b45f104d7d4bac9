"""The addresses of the journal."""

from django.urls import path

from throughline.web.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("patterns", views.journal_patterns_page, name="journal-patterns"),
    path("sample", views.journal_sample_page, name="journal-sample"),
    path("check", views.journal_check, name="journal-check"),
]
