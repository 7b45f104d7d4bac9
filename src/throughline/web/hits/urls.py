"""The addresses of hits."""

from django.urls import path

from throughline.web.hits import overdue, together, views

urlpatterns = [
    path("", views.hits, name="hits"),
    path("together", together.hits_together, name="hits-together"),
    path("second-looks", together.looks, name="second-looks"),
    path("second-looks/<slug:batch>", together.look, name="second-look"),
    path("overdue", overdue.hits_overdue, name="hits-overdue"),
    path("<slug:ref>", views.hit, name="hit"),
    path("<slug:ref>/note", views.hit_note, name="hit-note"),
]
